"""The steps of a dossier, one service each; who may and when stands in ``transitions``."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core.text import clean_line, clean_text
from procedures.enums import PAUSED_STATES, DossierOrigin, DossierState, PauseKind
from procedures.models import Dossier, SubmissionWay
from procedures.services.dossier_ratings import dossier_rating_invite
from procedures.services.intake import receipt_changes, steps_copy
from procedures.services.moves import Step, dossier_move


def dossier_start(*, dossier: Dossier, actor: Any, expected_version: int | None = None) -> Dossier:
    """Begin the work on ``dossier``. Raises as ``dossier_move`` does, like every service here."""
    return dossier_move(dossier, Step("start", actor, expected_version))


def dossier_ask(*, dossier: Dossier, actor: Any, papers: str, expected_version: int | None = None) -> Dossier:
    """Ask for what is missing, once; the clock stands still until it has come."""
    changes = {"supplement_count": dossier.supplement_count + 1}
    return dossier_move(dossier, Step("ask", actor, expected_version, changes, reason=clean_text(papers)))


@transaction.atomic
def dossier_supply(
    *,
    dossier: Dossier,
    actor: Any,
    way: SubmissionWay | None = None,
    due_on: date | None = None,
    expected_version: int | None = None,
    at: datetime | None = None,
) -> Dossier:
    """Note that the missing papers have come; the clock runs again. What was never taken in is taken in now."""
    at = at or timezone.now()
    changes = {} if dossier.received_at else receipt_changes(at=at, way=way, due_on=due_on, actor=actor)
    dossier_move(dossier, Step("supply", actor, expected_version, changes, at=at))
    steps_copy(dossier)
    return dossier


def dossier_charge(*, dossier: Dossier, actor: Any, what: str, expected_version: int | None = None) -> Dossier:
    """Ask for a fee; the clock stands still until it is paid."""
    return dossier_move(dossier, Step("charge", actor, expected_version, reason=clean_text(what)))


def dossier_pay(*, dossier: Dossier, actor: Any, expected_version: int | None = None) -> Dossier:
    """Note that the fee is paid."""
    return dossier_move(dossier, Step("pay", actor, expected_version))


def dossier_complete(
    *, dossier: Dossier, actor: Any, expected_version: int | None = None, at: datetime | None = None
) -> Dossier:
    """Note that there is a result: from here on the dossier is early, on time or late for ever."""
    at = at or timezone.now()
    return dossier_move(dossier, Step("complete", actor, expected_version, {"completed_at": at, "ended_at": at}, at=at))


def dossier_notify(*, dossier: Dossier, actor: Any, expected_version: int | None = None) -> Dossier:
    """Note that the applicant was told by telephone that there is a result (S84)."""
    return dossier_move(dossier, Step("notify", actor, expected_version, {"notified_at": timezone.now()}))


def dossier_post(*, dossier: Dossier, actor: Any, number: str = "", expected_version: int | None = None) -> Dossier:
    """Hand the result to the post (S83). ``number`` is that of the item, where there is one."""
    return dossier_move(dossier, Step("post", actor, expected_version, {"postal_number": clean_line(number)[:40]}))


@transaction.atomic
def dossier_return(*, dossier: Dossier, actor: Any, expected_version: int | None = None) -> Dossier:
    """Note that the result has reached its owner, who is asked how satisfied they are."""
    at = timezone.now()
    moved = dossier_move(dossier, Step("return", actor, expected_version, {"returned_at": at}, at=at))
    dossier_rating_invite(dossier=moved)
    return moved


def dossier_refuse(*, dossier: Dossier, actor: Any, reason: str, expected_version: int | None = None) -> Dossier:
    """Give the dossier back, with the reason and the law that it rests on."""
    return _end(dossier, actor, "refuse", expected_version, reason)


def dossier_withdraw(*, dossier: Dossier, actor: Any, expected_version: int | None = None) -> Dossier:
    """Give the dossier back at its owner's own wish."""
    return _end(dossier, actor, "withdraw", expected_version)


def dossier_stop(*, dossier: Dossier, actor: Any, reason: str, expected_version: int | None = None) -> Dossier:
    """Stop the work, with the reason and the law that it rests on."""
    return _end(dossier, actor, "stop", expected_version, reason)


@transaction.atomic
def dossier_adopt(*, dossier: Dossier, actor: Any, reason: str, expected_version: int | None = None) -> Dossier:
    """Keep a dossier of the one-stop system here from now on: files no longer change it."""
    changes = {"origin": DossierOrigin.KEYED}
    dossier_move(dossier, Step("adopt", actor, expected_version, changes, reason=clean_text(reason)))
    if dossier.state in PAUSED_STATES and not dossier.pauses.filter(ended_at=None).exists():
        kind = PauseKind.SUPPLEMENT if dossier.state == DossierState.NEED_SUPPLEMENT else PauseKind.PAYMENT
        dossier.pauses.create(kind=kind, began_at=timezone.now())
    return dossier


def _end(dossier: Dossier, actor: Any, verb: str, expected: int | None, reason: str = "") -> Dossier:
    at, said = timezone.now(), clean_text(reason)
    return dossier_move(dossier, Step(verb, actor, expected, {"ended_at": at, "end_reason": said}, said, at=at))
