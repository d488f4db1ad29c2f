"""Sample ratings of answers, through the services that senders and moderators use."""

from cms.accounts.models import User
from cms.core.enums import ModerationDecision
from cms.core.models import Unit
from cms.demo.clock import as_of, office_hour
from cms.demo.surveys import RATED, WORDS
from feedback.services.answer_ratings import about_of
from surveys import factories
from surveys.models import Invitation, OpenWords, Response, ResponseTally, Survey
from surveys.services.seed import PRAISE_KEY, SCORE_KEY, WORDS_KEY
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


def ratings_clear(codes: list[str]) -> None:
    """Remove what was said of the answers of sample units, and the invitations to say more."""
    Invitation.objects.filter(unit__code__in=codes).delete()
    Response.objects.filter(unit__code__in=codes).delete()
    # Words are counted once, when they come: a count anew believes what it finds.
    ResponseTally.objects.filter(unit_key__in=Unit.objects.filter(code__in=codes).values("pk")).delete()
    tallies_rebuild()
