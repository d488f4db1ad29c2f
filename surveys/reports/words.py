"""Figures as people write them: a share in per cent with a decimal comma, a dash where there is nothing."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

DASH = "–"


def percent(share: float | None) -> str:
    """Return a share as people write it: “87,5 %”, the sign never alone on a line."""
    return DASH if share is None else f"{number_format(round(100 * share, 1), 1)}\u00a0%"


def decimal(value: float | None) -> str:
    """Return a mean as people write it: “4,05”."""
    return DASH if value is None else number_format(round(value, 2), 2)


def whole(value: int | None) -> str:
    """Return a count with its thousands apart; of what is hidden, that it is."""
    return str(_("Ẩn")) if value is None else number_format(value, 0, force_grouping=True)


def bounds(low: float | None, high: float | None) -> str:
    """Return an interval of shares: “31,3 % – 83,2 %”."""
    return DASH if low is None or high is None else f"{percent(low)}\u00a0–\u00a0{percent(high)}"


def measured(measure: str, value: float | None) -> str:
    """Return a target or what was reached, in its own measure."""
    return percent(value) if measure == "top2" else decimal(value)


def rank_words(line: dict[str, Any]) -> str:
    """Return the place of a unit."""
    if line["rank"] is None:
        return DASH
    words = _("%(rank)d (đồng hạng)") if line["rank_tied"] else "%(rank)d"
    return words % {"rank": line["rank"]}


def spread_words(line: dict[str, Any]) -> str:
    """Return how far chance may have moved a unit; nothing where it has not."""
    if line["rank"] is None or line["rank_best"] == line["rank_worst"]:
        return ""
    return _("có thể từ %(best)d đến %(worst)d") % {"best": line["rank_best"], "worst": line["rank_worst"]}
