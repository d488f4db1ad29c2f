"""How satisfied senders are with answers: asked by the engine of surveys, told only as counts of many.

What leaves for the survey is the unit and the field of the case, never the case, its answer or its sender.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from feedback.codes import rating_token
from feedback.enums import CaseState
from feedback.models import Answer, Case
from surveys.models import Survey
from surveys.services.invitations import invitation_make, invitation_of
from surveys.services.ratings import PartRating, ratings_of_kind

_RATED = frozenset({CaseState.ANSWERED, CaseState.CLOSED})


def answer_rating_invite(*, case: Case, answer: Answer) -> None:
    """Let the sender rate ``answer`` once; in the transaction that approves it. Nothing while no survey asks."""
    survey = Survey.objects.of_answers().open().newest().first()
    if survey is not None:
        invitation_make(
            survey=survey, token=rating_token(answer.pk), unit=case.unit, about=about_of(case.category.code)
        )


def answer_rating_url(case: Case) -> str:
    """Return where the answer that stands can be rated; empty when it was, or there is none."""
    if case.state not in _RATED:
        return ""
    answer = case.answers.approved().newest().first()
    token = rating_token(answer.pk) if answer else ""
    invitation = invitation_of(token) if token else None
    return reverse("surveys:answer", args=[invitation.survey.slug, token]) if invitation else ""


def about_of(category_code: str) -> str:
    """Return what a survey is told a rating is about: the field of work, which many cases share."""
    return f"linh-vuc-{category_code}"


@dataclass(frozen=True)
class AnswerRatings:
    """Mean levels of a period: of all answers, by key of unit (0: none), by code of category."""

    total: PartRating = field(default_factory=PartRating)
    units: Mapping[int, PartRating] = field(default_factory=dict)
    categories: Mapping[str, PartRating] = field(default_factory=dict)


def answer_ratings(
    months: Sequence[date] | None, *, units: Iterable[int], categories: Iterable[str], smallest: int
) -> AnswerRatings:
    """Return what senders said of answers in ``months``; of a period that is not of whole months nothing is told.

    A constant number of statements. A rating belongs to the month in which it was sent.
    """
    if not months:
        return AnswerRatings()
    by_about = {about_of(code): code for code in categories}
    found = ratings_of_kind("answer_rating", months, units=list(units), abouts=list(by_about), smallest=smallest)
    return AnswerRatings(found.total, found.units, {by_about[about]: each for about, each in found.abouts.items()})


def with_rating(values: Mapping[str, Any], rating: PartRating | None) -> dict[str, Any]:
    """Return figures with the mean level among them, rounded as it is told."""
    mean = rating.mean if rating else None
    return {**values, "rating_mean": None if mean is None else round(mean, 2)}
