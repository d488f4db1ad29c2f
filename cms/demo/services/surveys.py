"""Sample ratings of answers and of dossiers, through the services that senders and moderators use."""

from collections.abc import Callable

from cms.accounts.models import User
from cms.core.enums import ModerationDecision
from cms.core.models import Unit
from cms.demo.clock import as_of, office_hour
from cms.demo.surveys import DOSSIER_WORDS, DOSSIERS_RATED, RATED, WORDS
from feedback.services.answer_ratings import about_of
from procedures.models import ProcedurePage
from procedures.services.dossier_ratings import about_of as field_about
from surveys import factories
from surveys.models import Invitation, OpenWords, Response, ResponseTally, Survey
from surveys.services.plan import Plan, plan_of
from surveys.services.seed import PRAISE_KEY, REASONS_KEY, SCORE_KEY, WORDS_KEY
from surveys.services.tallies import tallies_rebuild
from surveys.services.words import words_decide


def ratings_seed() -> None:
    """Let senders rate answers of the last months, once; a portal where anybody has answered a survey is left alone."""
    survey = Survey.objects.of_answers().open().newest().first()
    if survey is None or Response.objects.exists():
        return
    units = {unit.code: unit for unit in Unit.objects.all()}
    for code, category, days_ago, levels in RATED:
        with as_of(office_hour(days_ago, 9)):
            for level in levels:
                factories.answered(survey, {SCORE_KEY: level}, unit=units[code], about=about_of(category))
    for code, category, days_ago, words in WORDS:
        with as_of(office_hour(days_ago, 9)):
            answers: dict[str, str | list[str]] = {SCORE_KEY: "5", PRAISE_KEY: ["nhanh"], WORDS_KEY: words}
            factories.answered(survey, answers, unit=units[code], about=about_of(category))
    first = OpenWords.objects.order_by("received_at", "pk").first()
    if first is not None:
        moderator = User.objects.get(username="khaosat")
        words_decide(words_id=first.pk, decision=ModerationDecision.APPROVE, actor=moderator)


def dossier_ratings_seed() -> None:
    """Let people rate the handling of their dossiers, once; a survey that anybody has answered is left alone."""
    survey = Survey.objects.of_dossiers().open().newest().first()
    if survey is None or survey.current is None or Response.objects.filter(version__survey=survey).exists():
        return
    units = {unit.code: unit for unit in Unit.objects.all()}
    codes = {code for _unit, code, *_rest in DOSSIERS_RATED}
    fields = dict(ProcedurePage.objects.with_code(codes).values_list("code", "field_id"))
    because = _reasons(plan_of(survey.current))
    spoken = {(unit, code, days_ago, level): words for unit, code, days_ago, level, words in DOSSIER_WORDS}
    for unit, code, days_ago, levels in DOSSIERS_RATED:
        about = field_about(fields.get(code))
        with as_of(office_hour(days_ago, 15)):
            for place, level in enumerate(levels):
                answers: dict[str, str | list[str]] = {SCORE_KEY: level, **because(level, place)}
                if words := spoken.pop((unit, code, days_ago, level), ""):
                    answers[WORDS_KEY] = words
                factories.answered(survey, answers, unit=units[unit], about=about)
    moderator = User.objects.get(username="khaosat")
    waiting = OpenWords.objects.waiting().filter(response__version__survey=survey).order_by("-received_at", "-pk")
    for words in waiting[1:]:  # the newest still waits
        words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=moderator)


def _reasons(plan: Plan) -> Callable[[str, int], dict[str, list[str]]]:
    """Return what somebody ticks below a level, one after the other something else."""

    def ticked(level: str, place: int) -> dict[str, list[str]]:
        key = PRAISE_KEY if int(level) > 3 else REASONS_KEY
        codes = [code for code, _words in plan.by_key[key].options] if key in plan.by_key else []
        return {key: [codes[place % len(codes)]]} if codes else {}

    return ticked


def ratings_clear(codes: list[str]) -> None:
    """Remove what was said of the answers and dossiers of sample units, and the invitations to say more."""
    Invitation.objects.filter(unit__code__in=codes).delete()
    Response.objects.filter(unit__code__in=codes).delete()
    # Words are counted once, when they come: a count anew believes what it finds.
    ResponseTally.objects.filter(unit_key__in=Unit.objects.filter(code__in=codes).values("pk")).delete()
    tallies_rebuild()
