"""Who may see a case that is not for everybody of the unit: lanes, named access, and the glass that may be broken."""

from collections.abc import Collection
from copy import copy
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import clean_line
from feedback.enums import AccessKind, Lane
from feedback.models import Case, CaseAccess, PublicCase
from feedback.permissions import case_can, officers_able
from feedback.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, case_locked, case_touch
from feedback.services.notices import people_tell
from feedback.services.tallies import tally_change

GLASS_LASTS = timedelta(hours=24)
SHORTEST_REASON = 15


def lane_problem(*, case: Case, lane: str, people: Collection[Any]) -> str:
    """Say why ``case`` may not enter ``lane`` with ``people`` named; an empty text when it may."""
    if lane not in Lane.values:
        return str(_("Hãy chọn một diện trong danh sách."))
    if lane != Lane.OPEN and PublicCase.objects.public().filter(case=case).exists():
        return str(_("Hãy gỡ bản công khai trước khi giữ kín."))
    if lane != Lane.CHILD:
        return ""
    if case.unit_id is None:
        return str(_("Hãy chọn đơn vị xử lý (tiếp nhận) trước, để biết ai được ghi tên."))
    # Somebody has to receive it, give it to an officer and approve the answer.
    if not any(can(person, "case_approve", case) for person in people):
        return str(_("Hãy ghi tên ít nhất một lãnh đạo đơn vị, để có người giao việc và duyệt câu trả lời."))
    return ""


@transaction.atomic
def case_lane_set(
    *, case: Case, actor: Any, lane: str, people: Collection[Any] = (), expected_version: int | None = None
) -> Case:
    """Put ``case`` into ``lane`` and name the people who may see it; whoever is no longer named loses sight at once.

    Raises NotAllowedError, CaseChangedError, or TransitionRefusedError with a sentence.
    """
    if not case_can(actor, "case_lane", case):
        raise NotAllowedError(_("Bạn không có quyền đổi diện kín của phản ánh này."))
    case_touch(case, expected_version=expected_version)
    if problem := lane_problem(case=case, lane=lane, people=people):
        raise TransitionRefusedError(problem)
    if any(not can(person, "case_view", case) for person in people):
        raise TransitionRefusedError(_("Chỉ ghi tên được người của đơn vị xử lý."))
    before = copy(case)
    case.confidential, case.child_protection = lane != Lane.OPEN, lane == Lane.CHILD
    case.save(update_fields=["confidential", "child_protection"])
    tally_change(before=before, after=case)
    if case.lane != before.lane:
        _note(case, "case.lane_changed", actor, {"from": str(before.lane), "to": str(case.lane)})
    _name(case, actor, people if lane != Lane.OPEN else ())
    return case


def _name(case: Case, actor: Any, people: Collection[Any]) -> None:
    """Let exactly ``people`` be named; each change is an event, each new name gets a mail."""
    now, wanted = timezone.now(), {person.pk: person for person in people}
    held = {access.user_id: access for access in CaseAccess.objects.named().filter(case=case)}
    for key in held.keys() - wanted.keys():
        held[key].revoked_at = now
        held[key].save(update_fields=["revoked_at"])
        _note(case, "case.access_revoked", actor, {"user": key})
    fresh = [wanted[key] for key in sorted(wanted.keys() - held.keys())]
    for person in fresh:
        CaseAccess.objects.create(case=case, user=person, granted_by=actor, granted_at=now)
        _note(case, "case.access_named", actor, {"user": person.pk})
    people_tell(case=case, kind="task_named", people=fresh, turn=str(case.version))


@transaction.atomic
def glass_break(*, reference: str, reason: str, actor: Any) -> Case:
    """Open a confidential case of the own unit for reading, for a day; the leaders and all who are named are told.

    Raises ValidationError with a sentence a field. A case that does not exist, is not confidential or belongs to
    another unit is refused in the same words, so that asking tells nothing.
    """
    reason = clean_line(reason)
    if len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": _("Ghi rõ vì sao phải mở ngay, ít nhất %(n)d ký tự.") % {"n": SHORTEST_REASON}}
        )
    case = Case.objects.under_glass(actor).filter(reference=reference.strip().upper()).first()
    if case is None:
        raise ValidationError({"reference": _("Không có phản ánh kín nào mang mã này mà bạn được tự mở.")})
    case = case_locked(case)  # the case before the ledger, as every step takes them
    now = timezone.now()
    access = CaseAccess.objects.create(
        case=case,
        user=actor,
        kind=AccessKind.GLASS,
        reason=reason[:300],
        granted_by=actor,
        granted_at=now,
        until=now + GLASS_LASTS,
    )
    # The words of the reason stay with the case; the ledger keeps that there was one, and till when.
    _note(case, "case.glass_broken", actor, {"until": access.until.isoformat() if access.until else ""})
    people_tell(case=case, kind="task_glass", people=_watchers(case, actor), turn=f"glass{access.pk}")
    return case


def _watchers(case: Case, actor: Any) -> list[Any]:
    """Leaders of the unit, the officer, all named; where that is nobody but ``actor``, whoever reads the ledger."""
    people = {person.pk: person for person in officers_able("case_approve", case.unit)}
    people |= {access.user_id: access.user for access in CaseAccess.objects.named().filter(case=case)}
    if case.officer:
        people[case.officer_id] = case.officer
    people.pop(actor.pk, None)
    return list(people.values()) or list(officers_able("ledger_view", case.unit).exclude(pk=actor.pk))


def _note(case: Case, verb: str, actor: Any, data: dict[str, Any]) -> None:
    event_record(
        subject_type=SUBJECT, subject_key=case.reference, verb=verb, actor=actor, unit_id=case.unit_id, data=data
    )
