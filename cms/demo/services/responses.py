"""Sample responses: a few quarters of them for the sample portal, and very many to see how results bear them.

The same ones each time; checked like any other by ``check_integrity``, and stored by the service of imported files.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count as numbers
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core.enums import SCHOOL_KINDS
from cms.core.models import Unit
from cms.demo.surveys import (
    BULK,
    CONTENT,
    DRIFT,
    EVERY,
    EVERY_OF_SCHOOL,
    GROWTH,
    MARK,
    OUTSPOKEN,
    POLL_SCHOOLS,
    POPULATIONS,
    QUARTERS,
    SCHOOL,
    SCHOOL_WISHES,
    SHARES,
    USUAL,
    WAYS,
    WISHED_QUARTERS,
    WISHES,
)
from surveys.enums import LEVELS, ChannelKind, QuestionKind, SurveyState
from surveys.models import Question, Response, Survey
from surveys.services.imports import PopulationRow, responses_import, responses_store_many, version_for_import
from surveys.services.plan import Answer, Plan, plan_of
from surveys.services.responses import ResponseRow, answers_checked
from surveys.services.results import quarters_between
from surveys.services.sipas import SIPAS

SEED, OLDEST, BATCH = 22, 2 * 365, 5_000
# How much one person's mood shifts all their answers, how many answer a question that they may leave out.
_MOODS, _ANSWERED = (-0.12, -0.04, 0.0, 0.03, 0.06), 0.93


class Crowd:
    """Invented people who answer one version of a survey, one after the other."""

    def __init__(self, plan: Plan, seed: int) -> None:
        self.plan = plan
        self.chance = Random(seed)  # noqa: S311  sample content, not a secret
        self.wish_key = next((each.key for each in plan.questions if each.kind == QuestionKind.TEXT), "")

    def answers(self, content: float, wish: str = "") -> dict[str, Answer]:
        """Return what the next one answers, of whom a share of ``content`` is content on the whole."""
        mood = content + self.chance.choice(_MOODS)
        found = {each.key: self._answer(each, mood) for each in self.plan.questions if self._does_answer(each)}
        if wish and self.wish_key:
            found[self.wish_key] = wish
        return self.plan.kept(found)

    def _does_answer(self, question: Question) -> bool:
        return question.required or self.chance.random() < _ANSWERED

    def _answer(self, question: Question, mood: float) -> Answer:
        chance, codes = self.chance, [code for code, _words in question.options]
        if question.kind in LEVELS:
            return self._level(mood + DRIFT.get(question.key, 0))
        if question.kind == QuestionKind.ONE_OF:
            return chance.choice(codes)
        if question.kind == QuestionKind.NUMBER:
            least, most = question.least or 0, question.most or 100
            return str(chance.randint(least + (most - least) * 2 // 5, least + (most - least) * 2 // 3))
        if question.kind in {QuestionKind.SOME_OF, QuestionKind.RANKING}:
            chosen = chance.sample(codes, k=min(2, len(codes)))
            is_ranked = question.kind == QuestionKind.RANKING
            return [f"{place}.{code}" for place, code in enumerate(chosen, start=1)] if is_ranked else chosen
        return ""

    def _level(self, content: float) -> str:
        draw = self.chance.random()
        if draw < content:
            return "5" if draw < 0.52 * content else "4"
        worse = (draw - content) / (1 - content)
        return "3" if worse < 0.62 else "2" if worse < 0.88 else "1"


def sipas_responses(survey: Survey, *, today: date, actor: Any) -> int:
    """Let people answer over the last quarters, most of them content, a few of them about places that few come to."""
    rows = list(_sipas_rows(plan_of(version_for_import(survey)), today))
    return responses_import(survey=survey, rows=rows, populations=_populations(today), actor=actor)


def school_responses(survey: Survey, *, today: date, actor: Any) -> int:
    """Let parents of one school answer over the last half year."""
    crowd = Crowd(plan_of(version_for_import(survey)), SEED + 1)
    units = [Unit.objects.get(code=SCHOOL).pk]
    wishes = [text for text, _themes in SCHOOL_WISHES]
    rows = list(_plain_rows(crowd, units, count=64, within=170, until=today, wishes=wishes))
    return responses_import(survey=survey, rows=rows, actor=actor)


def poll_responses(survey: Survey, *, until: date, actor: Any) -> int:
    """Let parents of two schools answer a poll in the weeks before it ended."""
    crowd = Crowd(plan_of(version_for_import(survey)), SEED + 2)
    units = list(Unit.objects.filter(code__in=POLL_SCHOOLS).order_by("code").values_list("pk", flat=True))
    rows = list(_plain_rows(crowd, units, count=40, within=40, until=until))
    return responses_import(survey=survey, rows=rows, actor=actor)


def quarters_told(today: date) -> list[tuple[str, list[date]]]:
    """Return the quarters in which sample people answered: this one and those before it."""
    return quarters_between(today - timedelta(days=OLDEST), today)[-QUARTERS:]


def bulk_responses_seed(*, total: int) -> int:
    """Add sample responses until SIPAS has ``total``; return how many. A batch is a transaction of its own."""
    survey = Survey.objects.get(slug=SIPAS)
    there = Response.objects.filter(version__survey=survey).count()
    missing = max(0, total - there)
    with transaction.atomic():
        version = version_for_import(survey)
    crowd = Crowd(plan_of(version), SEED + there)
    units = [*Unit.objects.active().filter(kind__in=SCHOOL_KINDS).order_by("pk").values_list("pk", flat=True), None]
    today = timezone.localdate()
    place = Response.objects.filter(sheet__startswith=BULK).count()
    for start in range(0, missing, BATCH):
        count = min(BATCH, missing - start)
        with transaction.atomic():
            rows = _plain_rows(crowd, units, count=count, within=OLDEST, until=today, mark=BULK, first=place + start)
            responses_store_many(version=version, rows=rows, today=today)
    if missing:
        Survey.objects.filter(pk=survey.pk).update(state=SurveyState.OPEN)
    return missing


def _sipas_rows(plan: Plan, today: date) -> Iterator[ResponseRow]:
    crowd, units = Crowd(plan, SEED), dict(Unit.objects.values_list("code", "pk"))
    coming = sorted(_comings(crowd.chance, today), key=lambda each: each[0])
    wishes = _wishes_of([(day, code) for day, code, _grown in coming], today)
    for place, (day, code, grown) in enumerate(coming, start=1):
        wish = wishes.get(place, "")
        answers = crowd.answers(CONTENT.get(code, USUAL) + grown, wish)
        way = crowd.chance.choice(WAYS)
        yield ResponseRow(
            sheet=f"{MARK}{place:05d}",
            day=day,
            kind=way,
            stratum=str(way),
            answers=answers_checked(plan, answers),
            unit_id=units.get(code),
        )


def _wishes_of(coming: list[tuple[date, str]], today: date) -> dict[int, str]:
    """Return by place in the row what people wish. Nothing about the outspoken units is refused: all of it is told."""
    since, newest = (quarters_told(today)[place][1][0] for place in (-WISHED_QUARTERS, -1))
    outspoken = (words for words, themes in map(wish_of, numbers()) if themes)
    others = (words for words, _themes in map(wish_of, numbers(5 * len(WISHES))))
    found: dict[int, str] = {}
    turns: Counter[str] = Counter()
    for place, (day, code) in enumerate(coming, start=1):
        if day < since:
            continue
        if code in OUTSPOKEN:
            found[place] = next(outspoken)
        elif day >= newest or turns[code] % EVERY == 0:
            found[place] = next(others)
        turns[code] += 1
    return found


def wish_of(number: int) -> tuple[str, tuple[str, ...]]:
    """Return the words of one wish and its themes: each sentence once, then two together."""
    turn, place = divmod(number, len(WISHES))
    words, themes = WISHES[place]
    more, others = WISHES[(place + 7 * turn) % len(WISHES)]
    if not turn or not themes or not others:
        return words, themes
    return f"{words} {more}", tuple(dict.fromkeys((*themes, *others)))


def _comings(chance: Random, today: date) -> Iterator[tuple[date, str, float]]:
    """Yield a day, the unit, and how much more content people are by then; of this quarter as much as is over."""
    for number, (_key, months) in enumerate(quarters_told(today)):
        after = (months[-1] + timedelta(days=31)).replace(day=1)
        whole, over = (after - months[0]).days, min((today - months[0]).days, (after - months[0]).days)
        for code, count in SHARES.items():
            for _each in range(round(count * over / whole)):
                yield months[0] + timedelta(days=chance.randrange(over)), code, number * GROWTH


def _plain_rows(
    crowd: Crowd,
    units: list[Any],
    *,
    count: int,
    within: int,
    until: date,
    mark: str = MARK,
    first: int = 0,
    wishes: list[str] | None = None,
) -> Iterator[ResponseRow]:
    """Yield responses about ``units`` in turn by chance, of the ``within`` days before ``until``."""
    chance = crowd.chance
    for place in range(first + 1, first + count + 1):
        which, way = chance.randrange(len(units)), chance.choice(WAYS)
        content = USUAL + 0.03 * (which % 3) - (0.04 if way == ChannelKind.PAPER else 0)
        wish = wishes[place // EVERY_OF_SCHOOL % len(wishes)] if wishes and place % EVERY_OF_SCHOOL == 0 else ""
        yield ResponseRow(
            sheet=f"{mark}{place:07d}",
            day=until - timedelta(days=chance.randint(1, within)),
            kind=way,
            stratum=str(way),
            answers=crowd.answers(content, wish),
            unit_id=units[which],
        )


def _populations(today: date) -> list[PopulationRow]:
    return [
        PopulationRow(str(way), str(way.label), months[0], size, MARK)
        for _key, months in quarters_between(today - timedelta(days=OLDEST), today)
        for way, size in POPULATIONS.items()
    ]
