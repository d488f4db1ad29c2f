"""Results as people read them and as files carry them."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from surveys.enums import LISTS
from surveys.services.estimates import Estimate
from surveys.services.results import SurveyResults, result_record

_CELLS = ("key", "label", "n", "missing", "levels", "top2", "mean", "wilson_low", "wilson_high", "hidden")
HEADING = ("survey", "period", "from", "to", "unit", *_CELLS)


def percent(share: float | None) -> str:
    """Return a share as people write it: “87,5 %”."""
    return "–" if share is None else f"{number_format(round(100 * share, 1), 1)} %"


def estimate_cells(found: Estimate | None) -> dict[str, str]:
    """Return mean, share of the two best levels and its bounds in words; dashes where there is nothing."""
    if found is None:
        return {"mean": "–", "top2": "–", "bounds": "–"}
    has_bounds = found.wilson_low is not None and found.wilson_high is not None
    return {
        "mean": "–" if found.mean is None else number_format(round(found.mean, 2), 2),
        "top2": percent(found.top2),
        "bounds": f"{percent(found.wilson_low)} – {percent(found.wilson_high)}" if has_bounds else "–",
    }


def question_rows(found: SurveyResults) -> list[dict[str, Any]]:
    """Return a line a question; what was chosen stands below it where there are choices."""
    return [
        {
            "key": line.key,
            "label": line.label,
            "hidden": line.hidden,
            "n": line.n,
            "missing": "–" if line.missing is None else line.missing,
            **estimate_cells(line.estimate),
            "is_list": line.kind in LISTS,
            "choices": [
                {"label": choice.label, "count": choice.count, "share": percent(choice.share)}
                for choice in line.choices
            ]
            if line.n
            else [],
        }
        for line in found.questions
    ]


def unit_rows(found: SurveyResults) -> list[dict[str, Any]]:
    """Return a line a unit about the leading question."""
    return [
        {"name": line.name, "pk": line.unit_id, "hidden": line.hidden, "n": line.n, **estimate_cells(line.estimate)}
        for line in found.units
    ]


def csv_rows(found: SurveyResults, *, unit_code: str) -> Iterator[list[Any]]:
    """Yield the lines of the file, in the order of the questions: numbers with a point, days in ISO 8601."""
    period = [found.survey.slug, found.period.key or None, found.period.starts_on, found.period.ends_on, unit_code]
    for line in found.questions:
        record = result_record(line)
        yield [*period, *(record[name] for name in _CELLS)]
    if not found.questions:
        yield [*period, "", _("không có số liệu cho kỳ này"), *[None] * (len(_CELLS) - 2)]
