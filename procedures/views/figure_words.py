"""Figures on dossiers as people read them: names, a decimal comma, the official form line by line."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from procedures.api import FORMULAS
from procedures.figures import COLUMNS
from procedures.models import DossierReport

# Each number of the form with the share that is told beside it, and how deep it stands below its sum.
FORM = (
    ("received", "", 0),
    ("received_in_period", "", 1),
    ("received_online", "", 2),
    ("received_offline", "", 2),
    ("received_direct", "", 3),
    ("received_post", "", 3),
    ("carried_over", "", 1),
    ("resolved", "resolved_share", 0),
    ("early", "early_share", 1),
    ("on_time", "on_time_share", 1),
    ("late", "late_share", 1),
    ("withdrawn", "", 1),
    ("in_progress", "", 0),
    ("in_progress_on_time", "", 1),
    ("in_progress_late", "", 1),
)
_SHORT: Mapping[str, Any] = {
    "received_in_period": _lazy("Trong kỳ"),
    "received_online": _lazy("Trực tuyến"),
    "received_offline": _lazy("Trực tiếp, dịch vụ bưu chính"),
    "received_direct": _lazy("Trực tiếp"),
    "received_post": _lazy("Dịch vụ bưu chính"),
    "in_progress_on_time": _lazy("Trong hạn"),
}
_SHARES: Mapping[str, Any] = {
    "resolved_share": _lazy("Tỷ lệ đã giải quyết"),
    "early_share": _lazy("Tỷ lệ trước hạn"),
    "on_time_share": _lazy("Tỷ lệ đúng hạn"),
    "late_share": _lazy("Tỷ lệ quá hạn"),
    "in_time_share": _lazy("Không quá hạn"),
    "satisfied_share": _lazy("Hài lòng"),
    "rating_mean": _lazy("Điểm người nộp chấm"),
}
_HEADLINE = ("received", "resolved_share", "early_share", "in_time_share", "in_progress_late", "rating_mean")


def label_of(name: str) -> str:
    """Return what people call a figure when it stands alone."""
    return str(_SHARES[name] if name in _SHARES else COLUMNS[name])


def column_of(name: str) -> str:
    """Return the head of its column in a table of parts."""
    short = {"in_progress": _("Đang giải quyết"), "in_progress_late": _("Đang làm, quá hạn")}
    return short.get(name) or label_of(name)


def shown(name: str, value: Any) -> str:
    """Return a figure as people read it: a share in per cent with two digits, a decimal comma, a dash for nothing."""
    if value is None:
        return "–"
    if name.endswith("_share"):
        return f"{number_format(round(100 * value, 2), 2)} %"
    return number_format(value, 2 if isinstance(value, float) else 0, force_grouping=True)


def headline(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return the figures of the whole agency that come first, those that there are."""
    return [
        {"name": label_of(name), "value": shown(name, values[name])}
        for name in _HEADLINE
        if name != "rating_mean" or values[name] is not None
    ]


def headline_formulas(values: Mapping[str, Any]) -> list[str]:
    """Return how the figures at the head are counted that no line of the official form explains."""
    return [str(FORMULAS[name]) for name in ("in_time_share", "rating_mean") if values[name] is not None]


def form_rows(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the official form line by line: the number, its share, and the formula beside it."""
    return [
        {
            "name": _SHORT.get(name, COLUMNS[name]),
            "depth": depth,
            "value": shown(name, values[name]),
            "share": shown(share, values[share]) if share else "",
            "formula": FORMULAS[name],
        }
        for name, share, depth in FORM
    ]


def report_lines(reports: Iterable[DossierReport]) -> list[dict[str, Any]]:
    """Return what reports stated of the period, each with the numbers it has; the others are left out."""
    found = []
    for report in reports:
        shares = report.shares
        numbers = [
            {"name": COLUMNS[name], "value": shown(name, report.values[name]), "share": _told(shares, share)}
            for name, share, _depth in FORM
            if report.values.get(name) is not None
        ]
        if report.rated is not None:
            satisfied = shown("satisfied", report.satisfied)
            words = _("%(satisfied)s trên %(rated)s ý kiến") % {"satisfied": satisfied, "rated": report.rated}
            numbers.append(
                {"name": label_of("satisfied_share"), "value": words, "share": _told(shares, "satisfied_share")}
            )
        found.append({"name": report.of_what, "source": report.source, "origin": report.origin, "numbers": numbers})
    return found


def _told(shares: Mapping[str, float | None], name: str) -> str:
    share = shares.get(name)
    return "" if share is None else shown(name, share)
