"""The figures on dossiers of a period as a page, as CSV and as JSON; all three say the same."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cms.core.charts import BarChart, bar_chart
from cms.core.open_data import csv_answer, csv_lines, if_changed, json_answer, opened
from cms.core.periods import Period, PeriodError, offered_periods, period_asked, read_period
from procedures.api import BASE, figures_record
from procedures.api.dossiers import report_record
from procedures.figures import COLUMNS
from procedures.models import ServiceEvaluation
from procedures.services.dossier_figures import KEYS, DossierFigures, FigureRow, dossier_figures
from procedures.views.figure_words import column_of, form_rows, headline, headline_formulas, report_lines, shown

YEARS = 3
# Of the parts; the whole form stands above them, every column of every part in the files.
TABLE = (
    *("received", "resolved", "early", "on_time", "late", "in_progress", "in_progress_late", "in_time_share"),
    "rating_mean",
)


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Show the figures of a period; a period that cannot be is told beside the form, above those of this year."""
    today = timezone.localdate()
    error = ""
    try:
        period = period_asked(request.GET, today=today)
    except PeriodError as refusal:
        error, period = str(refusal), _this_year()
    found = dossier_figures(period, today=today)
    columns = _columns(found)
    context = {
        "breadcrumbs": [(_("Thủ tục hành chính"), BASE)],
        "figures": found,
        "headline": headline(found.total.values),
        "headline_formulas": headline_formulas(found.total.values),
        "form_rows": form_rows(found.total.values),
        "report_lines": report_lines(found.reports),
        "columns": [column_of(name) for name in columns],
        "field_rows": _rows(columns, found.fields),
        "unit_rows": _rows(columns, found.units),
        "channel_rows": _rows(columns, found.channels),
        "month_chart": _month_chart(found),
        "field_chart": _share_chart(found.fields, _("Tỷ lệ không quá hạn theo lĩnh vực")),
        "unit_chart": _share_chart(found.units, _("Tỷ lệ không quá hạn theo đơn vị")),
        "cause_chart": _cause_chart(found),
        "channel_chart": _count_chart(found.channels, _("Tiếp nhận theo cách nộp")),
        "periods": offered_periods(period, today=today, years=YEARS),
        "evaluation": ServiceEvaluation.objects.public(today).of_period(period.key).first(),
        "error": error,
        "typed": {name: request.GET.get(name, "")[:10] for name in ("tu", "den")} if error else {},
        "has_hidden": any(row.hidden for table in (found.units, found.fields) for row in table or ()),
        "noindex": bool(request.GET),
        "shared": {"title": _("Số liệu giải quyết hồ sơ"), "text": found.period.label},
    }
    return render(request, "pages/procedures/figures.html", context, status=400 if error else 200)


@require_safe
def figures_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same figures for programs; what is hidden is null, and named in ``hidden``."""
    return _as_data(request, lambda found: json_answer(figures_record(found, request.build_absolute_uri)))


@require_safe
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the same figures, a line a row of every table."""
    heading = ("period", "from", "to", "table", "code", "name", *KEYS, "hidden", "source")

    def answer(found: DossierFigures) -> HttpResponseBase:
        name = found.period.key or f"{found.period.starts_on}-{found.period.ends_on}"
        return csv_answer(csv_lines(heading, _csv_rows(found)), filename=f"so-lieu-ho-so-{name}.csv")

    return _as_data(request, answer)


def _this_year() -> Period:
    period = read_period(str(timezone.localdate().year))
    if period is None:
        raise PeriodError
    return period


def _as_data(request: HttpRequest, answer: Callable[[DossierFigures], HttpResponseBase]) -> HttpResponseBase:
    """The figures are their own mark: reading counts is as cheap as asking whether anything has changed."""
    today = timezone.localdate()
    try:
        period = period_asked(request.GET, today=today)
    except PeriodError as refusal:
        return opened(json_answer({"error": str(refusal)}, status=400))
    found = dossier_figures(period, today=today)
    said = figures_record(found, request.build_absolute_uri)
    state = [f"{name}={value}" for name, value in said.items() if name != "counted_at"]
    return if_changed(request, state=state, answer=lambda: answer(found))


def _csv_rows(found: DossierFigures) -> Iterator[list[Any]]:
    period = [found.period.key or None, found.period.starts_on, found.period.ends_on]
    tables = (
        ("total", (found.total,)),
        ("field", found.fields or ()),
        ("unit", found.units or ()),
        ("channel", found.channels or ()),
    )
    for table, rows in tables:
        for row in rows:
            values = [row.values[name] for name in KEYS]
            yield [*period, table, row.code, row.name, *values, " ".join(row.hidden), None]
    for month in found.months:
        told = {"received_in_period": month.received_in_period, "resolved": month.resolved, "late": month.late}
        name = f"{month.month:%Y-%m}"
        yield [*period, "month", name, f"{month.month:%m/%Y}", *(told.get(key) for key in KEYS), None, None]
    for cause in found.causes:  # letters, in the column of what they are about
        yield [
            *period,
            "late_cause",
            cause.code,
            cause.name,
            *(cause.letters if key == "late" else None for key in KEYS),
            None,
            None,
        ]
    for report in found.reports:
        stated = report_record(report)
        values = [stated.get(name) for name in KEYS]
        yield [*period, "reported", stated["unit"], stated["name"], *values, None, report.source]


def _columns(found: DossierFigures) -> list[str]:
    """Return the columns of the tables; what people said has one as soon as anybody has said anything."""
    rows = (found.total, *(found.units or ()), *(found.fields or ()))
    rated = any(row.rating.mean is not None or row.hidden for row in rows)
    return [name for name in TABLE if rated or name != "rating_mean"]


def _rows(columns: list[str], rows: tuple[FigureRow, ...] | None) -> list[dict[str, Any]] | None:
    if rows is None:
        return None
    return [
        {
            "name": row.name,
            "cells": [
                {"label": column_of(name), "hidden": name in row.hidden, "text": shown(name, row.values[name])}
                for name in columns
            ],
        }
        for row in rows
    ]


def _month_chart(found: DossierFigures) -> BarChart | None:
    lines = [
        (f"{row.month:%m/%Y}", f"{row.received_in_period} / {row.resolved}", [row.received_in_period, row.resolved])
        for row in found.months
    ]
    legend = [COLUMNS["received_in_period"], COLUMNS["resolved"]]
    return bar_chart(lines, title=_("Tiếp nhận và đã giải quyết theo tháng"), text=_see_table(), legend=legend)


def _share_chart(rows: tuple[FigureRow, ...] | None, title: str) -> BarChart | None:
    shares = [(row.name, row.values["in_time_share"]) for row in rows or ()]
    lines = [(name, shown("in_time_share", share), [share]) for name, share in shares if share is not None]
    return bar_chart(lines, title=title, text=_see_table(), largest=1)


def _count_chart(rows: tuple[FigureRow, ...] | None, title: str) -> BarChart | None:
    lines = [(row.name, shown("received", row.counts.received), [row.counts.received]) for row in rows or ()]
    return bar_chart(lines, title=title, text=_see_table())


def _cause_chart(found: DossierFigures) -> BarChart | None:
    lines = [(str(row.name), shown("letters", row.letters), [row.letters]) for row in found.causes]
    return bar_chart(lines, title=_("Lý do quá hạn trong thư xin lỗi"), text=_see_table())


def _see_table() -> str:
    return _("Các con số nằm trong bảng ngay bên cạnh hình.")
