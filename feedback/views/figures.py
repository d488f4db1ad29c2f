"""The figures of a period as a page, as CSV and as JSON; all three say the same and hide the same."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.charts import BarChart, bar_chart
from cms.core.models import AgencySettings, LedgerEvent
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer, opened
from cms.core.periods import Period, PeriodError, offered_periods, period_asked, read_period
from feedback.api.figures import FORMULAS, figures_record
from feedback.models.pages import LIST_URL
from feedback.services.figures import KEYS, CaseFigures, FigureRow, case_figures
from feedback.views.data import data_state
from surveys.services.ratings import ratings_mark

YEARS = 3
_LOOKS = ("case.identity_viewed", "case.sender_searched")  # somebody looked: no count changes


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period; a period that cannot be is told beside the form, above those of this year."""
    today = timezone.localdate()
    error = ""
    try:
        period = period_asked(request.GET, today=today)
    except PeriodError as refusal:
        error, period = str(refusal), _this_year()
    found = case_figures(period, today=today)
    context = {
        "breadcrumbs": [(_("Phản ánh, kiến nghị"), LIST_URL)],
        "figures": found,
        "headline": headline(found.total.values),
        "formulas": [(label_of(name), FORMULAS[name]) for name in KEYS],
        "columns": [label_of(name) for name in _columns(found)],
        "unit_rows": _rows(found, found.units),
        "category_rows": _rows(found, found.categories),
        "month_chart": _month_chart(found),
        "unit_chart": _share_chart(found.units, _("Tỷ lệ trả lời đúng hạn theo đơn vị")),
        "category_chart": _share_chart(found.categories, _("Tỷ lệ trả lời đúng hạn theo lĩnh vực")),
        "periods": offered_periods(period, today=today, years=YEARS),
        "error": error,
        "typed": {name: request.GET.get(name, "")[:10] for name in ("tu", "den")} if error else {},
        "has_hidden": any(row.hidden for table in (found.units, found.categories) for row in table or ()),
        "noindex": bool(request.GET),
        "shared": {"title": _("Số liệu phản ánh, kiến nghị"), "text": found.period.label},
    }
    return render(request, "pages/feedback/figures.html", context, status=400 if error else 200)


@require_safe
def figures_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same figures for programs; what is hidden is null, and named in ``hidden``."""
    return _as_data(request, lambda found: json_answer(figures_record(found, request.build_absolute_uri)))


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same figures, a line a row of every table."""
    heading = ("period", "from", "to", "table", "code", "name", *KEYS, "hidden")

    def answer(found: CaseFigures) -> HttpResponseBase:
        name = found.period.key or f"{found.period.starts_on}-{found.period.ends_on}"
        return csv_answer(csv_lines(heading, _csv_rows(found)), filename=f"so-lieu-phan-anh-{name}.csv")

    return _as_data(request, answer)


def label_of(name: str) -> str:
    """Return what people call a figure."""
    return {
        "received": _("Gửi đến"),
        "answered": _("Đã trả lời"),
        "answered_on_time": _("Đúng hạn"),
        "open_late": _("Quá hạn chưa trả lời"),
        "median_days": _("Số ngày chờ trung vị"),
        "reopened": _("Phải xem xét lại"),
        "rating_mean": _("Điểm người gửi chấm"),
    }[name]


def shown(name: str, value: Any) -> str:
    """Return a figure as people read it: a share in per cent, a decimal comma, a dash where there is nothing."""
    if value is None:
        return "–"
    if name == "answered_on_time":
        return f"{number_format(round(100 * value, 1), 1)} %"
    return number_format(value, 1 if isinstance(value, float) else 0, force_grouping=True)


def headline(values: Any) -> list[dict[str, str]]:
    """Return the figures of the whole agency, those that there are."""
    return [
        {"name": label_of(name), "value": shown(name, values[name])}
        for name in KEYS
        if name != "rating_mean" or values[name] is not None
    ]


def _this_year() -> Period:
    period = read_period(str(timezone.localdate().year))
    if period is None:
        raise PeriodError
    return period


def _as_data(request: HttpRequest, answer: Callable[[CaseFigures], HttpResponseBase]) -> HttpResponseBase:
    today = timezone.localdate()
    try:
        period = period_asked(request.GET, today=today)
    except PeriodError as refusal:
        return opened(json_answer({"error": str(refusal)}, status=400))
    agency = AgencySettings.load()
    cases = LedgerEvent.objects.last_about("case", leaving_out=_LOOKS)
    state = [*data_state(), cases, ratings_mark("answer_rating"), today, agency.smallest_cell]
    return if_changed(request, state=state, answer=lambda: answer(case_figures(period, today=today)))


def _csv_rows(found: CaseFigures) -> Iterator[list[Any]]:
    period = [found.period.key or None, found.period.starts_on, found.period.ends_on]
    tables = (("total", (found.total,)), ("unit", found.units or ()), ("category", found.categories or ()))
    for table, rows in (*tables, ("month", found.months)):
        for row in rows:
            values = [row.values.get(name) for name in KEYS]
            yield [*period, table, row.code, row.name, *values, " ".join(row.hidden)]


def _columns(found: CaseFigures) -> list[str]:
    """Return the columns of the tables; what senders said has one as soon as anybody has said anything."""
    rows = (found.total, *(found.units or ()), *(found.categories or ()))
    rated = any(row.values["rating_mean"] is not None or "rating_mean" in row.hidden for row in rows)
    return [name for name in KEYS if rated or name != "rating_mean"]


def _rows(found: CaseFigures, rows: tuple[FigureRow, ...] | None) -> list[dict[str, Any]] | None:
    """Return the lines that have something to say; empty ones stand in the files."""
    if rows is None:
        return None
    columns = _columns(found)
    return [
        {
            "name": row.name,
            "cells": [
                {"label": label_of(name), "hidden": name in row.hidden, "text": shown(name, row.values[name])}
                for name in columns
            ],
        }
        for row in rows
        if not row.is_empty
    ]


def _month_chart(found: CaseFigures) -> BarChart | None:
    lines = [
        (
            row.name,
            f"{row.values['received']} / {row.values['answered']}",
            [row.values["received"], row.values["answered"]],
        )
        for row in found.months
    ]
    legend = [_("Gửi đến"), _("Đã trả lời")]
    return bar_chart(lines, title=_("Gửi đến và đã trả lời theo tháng"), text=_see_table(), legend=legend)


def _share_chart(rows: tuple[FigureRow, ...] | None, title: str) -> BarChart | None:
    shares = [(row.name, row.values["answered_on_time"]) for row in rows or ()]
    lines = [(name, shown("answered_on_time", share), [share]) for name, share in shares if share is not None]
    return bar_chart(lines, title=title, text=_see_table(), largest=1)


def _see_table() -> str:
    return _("Các con số nằm trong bảng ngay bên cạnh hình.")
