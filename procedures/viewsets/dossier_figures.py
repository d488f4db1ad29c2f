"""The figures on dossiers in the admin: the official form of one's units, and the rows behind each number."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.generic import TemplateView

from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from cms.core.enums import Scope
from cms.core.models import Unit
from cms.core.periods import Period, PeriodError, offered_periods, period_asked, read_period
from cms.core.permissions import can, scope_of
from cms.core.querysets.keys import KeyPage, key_page, read_moment_key
from procedures.figures import COLUMNS, as_of
from procedures.models import Dossier, DossierSettings
from procedures.querysets import DossierQuerySet
from procedures.services.deadlines import clock_now, standing
from procedures.services.dossier_figures import DossierFigures, FigureRow, dossier_figures
from procedures.services.dossier_reports import EDIT, dossier_report_take
from procedures.views.figure_words import FORM, shown
from procedures.viewsets.dossier_columns import badge

YEARS, PAGE = 3, 50


class AboutPeriod(WagtailAdminTemplateMixin):
    """A screen about one period, and perhaps one unit; the right is asked before anything is looked at."""

    request: HttpRequest
    header_icon = "history"
    index_url_name = ""
    rows_url_name = ""
    take_url_name = ""
    error = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, "dossier_figures"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def period(self) -> Period:
        today = timezone.localdate()
        try:
            return period_asked(self.request.GET, today=today)
        except PeriodError as refused:
            self.error = str(refused)
        found = read_period(str(today.year))
        if found is None:
            raise Http404
        return found

    @cached_property
    def units(self) -> list[Unit]:
        """The units whose figures are this person's business."""
        rows = Unit.objects.in_order()
        every = scope_of(self.request.user, "dossier_figures") is Scope.ALL
        return list(rows if every else rows.filter(pk__in=self.request.user.unit_ids))

    @cached_property
    def unit(self) -> Unit | None:
        """The unit asked for; one that is not this person's business is not told apart from one that is not."""
        given = self.request.GET.get("don-vi", "")
        if not given:
            return None
        found = next((unit for unit in self.units if str(unit.pk) == given), None)
        if found is None:
            raise PermissionDenied
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Số liệu hồ sơ")},
            {"url": "", "label": self.period.label},
        ]

    @property
    def query(self) -> str:
        return self.period.query + (f"&don-vi={self.unit.pk}" if self.unit else "")


class FiguresView(AboutPeriod, TemplateView):
    """The official form of the period, line by line; each number leads to its rows for those who may read them."""

    template_name = "procedures/admin/dossier_figures.html"
    page_title = _lazy("Số liệu hồ sơ")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period, today = self.period, timezone.localdate()
        found = dossier_figures(period)
        row = self._row(found)
        # A number of the whole agency has no rows that one person may read: they open unit by unit.
        may_open = self.unit is not None and can(self.request.user, "dossier_list", Dossier(unit=self.unit))
        rows_url = reverse(self.rows_url_name) if may_open else ""
        return super().get_context_data(
            found=found,
            row=row,
            unit=self.unit,
            units=self.units,
            error=self.error,
            lines=[] if row is None else self._lines(row, rows_url),
            unit_lines=[] if self.unit else self._units(found),
            periods=[each for year in offered_periods(period, today=today, years=YEARS) for each in year],
            take_url=reverse(self.take_url_name) if period.key and can(self.request.user, EDIT) else "",
            public_url=f"{reverse('dossier_figures')}?{period.query}",
            rules=DossierSettings.load(),
            **kwargs,
        )

    def _row(self, found: DossierFigures) -> FigureRow | None:
        """Return the line of the chosen unit, or of everything; None where the period has no table of units."""
        if self.unit is None:
            return found.total
        if found.units is None:
            return None
        empty = FigureRow(self.unit.code, self.unit.name, type(found.total.counts)())
        return next((row for row in found.units if row.code == self.unit.code), empty)

    def _lines(self, row: FigureRow, rows_url: str) -> list[dict[str, Any]]:
        values = row.values
        return [
            {
                "name": COLUMNS[name],
                "depth": depth,
                "value": shown(name, values[name]),
                "share": shown(share, values[share]) if share else "",
                "url": f"{rows_url}?{self.query}&do={name}" if rows_url and values[name] else "",
            }
            for name, share, depth in FORM
        ]

    def _units(self, found: DossierFigures) -> list[dict[str, Any]]:
        """Return a line a unit of this person's, each leading to its own form."""
        mine = {unit.code: unit.pk for unit in self.units}
        return [
            {
                "name": row.name,
                "url": f"{reverse(self.index_url_name)}?{self.period.query}&don-vi={mine[row.code]}",
                "cells": [shown(name, row.values[name]) for name in ("received", "resolved", "late")]
                + [shown(name, row.values[name]) for name in ("in_progress_late", "in_time_share")],
            }
            for row in found.units or ()
            if row.code in mine
        ]

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, **kwargs, status=400 if self.error else 200)


class RowsView(AboutPeriod, TemplateView):
    """The dossiers that one number counts, newest first, page by key; only those that this person may read."""

    template_name = "procedures/admin/dossier_figure_rows.html"
    page_title = _lazy("Hồ sơ trong con số")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.request.GET.get("do", "")
        if name not in COLUMNS or self.error or not can(self.request.user, "dossier_list"):
            raise Http404
        today, clock = timezone.localdate(), clock_now()
        piece = self._piece(self._rows(name))
        back = reverse(self.index_url_name)
        return super().get_context_data(
            name=COLUMNS[name],
            period=self.period,
            unit=self.unit,
            rows=[(row, badge(standing(row, today, clock))) for row in piece.rows],
            piece=piece,
            key_query=f"{self.query}&do={name}",
            back_url=f"{back}?{self.query}",
            **kwargs,
        )

    def _rows(self, name: str) -> DossierQuerySet:
        period, today = self.period, timezone.localdate()
        edge = as_of(period.ends_on, today)
        rows = Dossier.objects.visible_to(self.request.user).counted_as(name, period.starts_on, period.ends_on, edge)
        field = self.request.GET.get("linh-vuc", "")
        if self.unit is not None:
            rows = rows.of_unit(self.unit)
        if field.isascii() and field.isdigit():
            rows = rows.of_field(int(field[:9]))
        return rows.with_desk_data().newest()

    def _piece(self, rows: DossierQuerySet) -> KeyPage:
        side, _dash, typed = self.request.GET.get("p", "").partition("-")
        key = read_moment_key(typed)
        asked = {"sau": {"after": key}, "truoc": {"before": key}}.get(side, {})
        return key_page(rows, _key, size=PAGE, **asked)


class TakeView(AboutPeriod, TemplateView):
    """Store what the portal counts of a period now, as its report."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the snapshot and say what it is; a refusal is a sentence."""
        key = request.POST.get("ky", "")
        try:
            report = dossier_report_take(actor=request.user, period=key)
        except ValidationError as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            told = {"period": report.period_label, "received": report.received, "resolved": report.resolved}
            messages.success(
                request, _("Đã chốt %(period)s: tiếp nhận %(received)s, đã giải quyết %(resolved)s.") % told
            )
        return redirect(f"{reverse(self.index_url_name)}?ky={key}" if read_period(key) else self.index_url_name)


def _key(dossier: Dossier) -> tuple[datetime, int]:
    return dossier.filed_at, dossier.pk


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "dossier_figures")


class DossierFiguresViewSet(ViewSet):
    name = "dossier_figures_desk"
    url_prefix = "so-lieu-ho-so"
    icon = "history"
    menu_label = _lazy("Số liệu hồ sơ")
    menu_order = 30
    menu_item_class = FiguresMenuItem

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{name}_url_name": self.get_url_name(name) for name in ("index", "rows", "take")}
        return super().get_common_view_kwargs(**{**names, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(FiguresView), name="index"),
            path("ho-so/", self.construct_view(RowsView), name="rows"),
            path("chot/", self.construct_view(TakeView), name="take"),
        ]
