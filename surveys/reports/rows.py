"""Responses as rows for those who may take them away: codes, in columns that never change their places.

A question keeps its column from version to version; what a later version asks anew comes behind. The rows say of where
and when a response is only what results tell too (ADR 0050): the unit when the unit may be told, the quarter when the
unit's quarter may. No day, no channel, no words, and an order that says nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from surveys.models import Question, Response, ResponseItem, Survey
from surveys.services.plan import is_words, plan_of
from surveys.services.results import SurveyResults, Told, quarters_between, told_of_survey
from surveys.services.told import RESPONSES, unit_node

FIXED = ("stt", "ban", "ma_don_vi", "don_vi", "quy")


@dataclass(frozen=True)
class Columns:
    """The questions of all versions in their lasting order; by version the words of its choices."""

    questions: tuple[Question, ...]
    labels: dict[tuple[int, str], dict[str, str]]

    @property
    def heading(self) -> list[str]:
        return [*FIXED, *(question.key for question in self.questions)]


def columns_of(survey: Survey) -> Columns:
    """Return the columns of every file of ``survey``, whatever is asked now."""
    found: dict[str, Question] = {}
    labels: dict[tuple[int, str], dict[str, str]] = {}
    for version in survey.versions.order_by("number"):
        for question in plan_of(version).questions:
            if not is_words(question) and question.kind != "information":
                found.setdefault(question.key, question)
                labels[version.pk, question.key] = {code: str(words) for code, words in question.counted}
    return Columns(tuple(found.values()), labels)


def response_rows(found: SurveyResults, columns: Columns) -> Iterator[tuple[int, list[Any]]]:
    """Yield version and cells of every response of the period of ``found``; three statements."""
    survey, period = found.survey, found.period
    told, units = told_of_survey(survey, period)
    responses = Response.objects.filter(version__survey=survey, day__range=(period.starts_on, period.ends_on))
    if found.unit:
        responses = responses.filter(unit=found.unit)
    chosen: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    items = ResponseItem.objects.filter(response__in=responses).order_by()
    for pk, key, choice in items.values_list("response_id", "key", "choice").iterator():
        chosen[pk][key].append(choice)
    lines = list(responses.order_by().values_list("pk", "version_id", "version__number", "unit_id", "day"))
    lines.sort(key=lambda line: hashlib.sha256(f"{survey.pk} {line[0]}".encode()).digest())
    months = _months(period.starts_on, period.ends_on)
    for place, (pk, version_id, number, unit_id, day) in enumerate(lines, start=1):
        unit = units.get(unit_id or 0)
        is_told = unit is not None and told.is_told(RESPONSES, unit_node(unit.pk), months)
        where = [unit.code, unit.name] if unit is not None and is_told else ["", ""]
        quarter = _quarter(told, unit_id or 0, day) if is_told else ""
        answers = chosen.get(pk, {})
        cells = [";".join(sorted(answers.get(question.key, ()))) for question in columns.questions]
        yield version_id, [place, number, *where, quarter, *cells]


def dictionary_rows(columns: Columns) -> Iterator[list[Any]]:
    """Yield what every column means: its key, its question, how it is answered, each code with its words."""
    fixed = (
        _("Số thứ tự, ngẫu nhiên"),
        _("Bản câu hỏi"),
        _("Mã đơn vị; trống khi ít phiếu"),
        _("Tên đơn vị; trống khi ít phiếu"),
        _("Quý; trống khi ít phiếu"),
    )
    for name, words in zip(FIXED, fixed, strict=True):
        yield [name, words, "", "", ""]
    for question in columns.questions:
        kind = str(question.get_kind_display())
        options = question.counted
        if not options:
            yield [question.key, question.label, kind, "", ""]
        for code, label in options:
            yield [question.key, question.label, kind, code, str(label)]


def _months(first: date, last: date) -> Sequence[date]:
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _quarter(told: Told, unit_id: int, day: date) -> str:
    key, months = quarters_between(day, day)[0]
    return key if told.is_told(RESPONSES, unit_node(unit_id), months) else ""
