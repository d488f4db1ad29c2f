"""Responses as rows for those who may take them away: codes, in columns that never change their places.

A question keeps its column from version to version; what a later version asks anew comes behind. A row says of where
and when it is only what results tell of that month by itself: the unit and the quarter where its unit's responses and
each of its questions may be told of this one month, else neither (ADR 0050). So a row says the same in the file of
every period, and files laid side by side say no more than one. No day, no channel, no words, and an order that only
who has the key of the portal could undo.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cms.core.periods import Period
from surveys.models import Question, Response, ResponseItem, Survey
from surveys.services.plan import is_words, plan_of
from surveys.services.results import SurveyResults, quarters_between, told_of_survey
from surveys.services.told import RESPONSES, unit_node

_ORDER = "surveys.reports.rows"
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
    """Yield version and cells of every response of the period of ``found``, in a constant number of statements.

    Of one unit, only responses of months that may be told of it by themselves: in its file every row is its own.
    """
    survey, period = found.survey, found.period
    responses = Response.objects.filter(version__survey=survey, day__range=(period.starts_on, period.ends_on))
    responses = responses.filter(day__lt=found.running)
    if found.unit:
        responses = responses.filter(unit=found.unit)
    chosen: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    items = ResponseItem.objects.filter(response__in=responses).order_by()
    for pk, key, choice in items.values_list("response_id", "key", "choice").iterator():
        chosen[pk][key].append(choice)
    lines = list(responses.order_by().values_list("pk", "version_id", "version__number", "unit_id", "day"))
    lines.sort(key=lambda line: salted_hmac(_ORDER, f"{survey.pk} {line[0]}", algorithm="sha256").digest())
    where = _places_told(survey, period, columns)
    place = 0
    for pk, version_id, number, unit_id, day in lines:
        told = where(unit_id or 0, day.replace(day=1))
        if found.unit and not told[0]:
            continue
        place += 1
        answers = chosen.get(pk, {})
        cells = [";".join(sorted(answers.get(question.key, ()))) for question in columns.questions]
        yield version_id, [place, number, *told, *cells]


def _places_told(survey: Survey, period: Period, columns: Columns) -> Callable[[int, date], tuple[str, str, str]]:
    """Return what a row may say of its unit and quarter, given the unit's key and the month."""
    told, units = told_of_survey(survey, period)
    keys = (RESPONSES, *(question.key for question in columns.questions))

    @cache
    def where(unit_id: int, month: date) -> tuple[str, str, str]:
        unit, node = units.get(unit_id), unit_node(unit_id)
        if unit is None or not all(told.is_told(key, node, [month]) for key in keys):
            return "", "", ""
        return unit.code, unit.name, quarters_between(month, month)[0][0]

    return where


def dictionary_rows(columns: Columns) -> Iterator[list[Any]]:
    """Yield what every column means: its key, its question, how it is answered, each code with its words."""
    fixed = (
        _("Số thứ tự, ngẫu nhiên"),
        _("Bản câu hỏi"),
        _("Mã đơn vị; trống khi tháng ấy đơn vị có ít phiếu, hoặc có câu ít người trả lời"),
        _("Tên đơn vị; trống khi mã trống"),
        _("Quý; trống khi mã trống"),
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
