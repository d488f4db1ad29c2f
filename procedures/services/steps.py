"""The inner steps of a dossier: who has it in hand, since when, until when (S31, S85)."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.services.ledger import event_record
from procedures.enums import RUNNING_STATES
from procedures.models import Dossier, DossierStep
from procedures.permissions import dossier_can
from procedures.services.moves import SUBJECT, NotAllowedError, TransitionRefusedError, dossier_touch


@transaction.atomic
def step_advance(*, dossier: Dossier, number: int, actor: Any, expected_version: int | None = None) -> DossierStep:
    """Begin step ``number``, or end it when it is begun; ending one begins the next.

    Raises NotAllowedError without the right, DossierChangedError when somebody was faster, TransitionRefusedError for
    a step that is not there, is done, or of a dossier nobody works on.
    """
    step = _step(dossier, number, actor, expected_version)
    if step.ended_at is not None:
        raise TransitionRefusedError(_("Bước này đã xong."))
    now = timezone.now()
    if step.started_at is None:
        step.started_at = now
        _tell(dossier, step, "dossier.step_begun", actor)
    else:
        step.ended_at = now
        _tell(dossier, step, "dossier.step_done", actor)
        following = dossier.steps.filter(number__gt=number).first()
        if following is not None and following.started_at is None:
            following.started_at = now
            following.save(update_fields=["started_at"])
    step.save(update_fields=["started_at", "ended_at"])
    return step


@transaction.atomic
def step_reopen(*, dossier: Dossier, number: int, actor: Any, expected_version: int | None = None) -> DossierStep:
    """Take back the end of step ``number``, or else its beginning. Raises as ``step_advance`` does."""
    step = _step(dossier, number, actor, expected_version)
    if step.started_at is None:
        raise TransitionRefusedError(_("Bước này chưa bắt đầu."))
    if step.ended_at is not None:
        step.ended_at = None
    else:
        step.started_at = None
    step.save(update_fields=["started_at", "ended_at"])
    _tell(dossier, step, "dossier.step_reopened", actor)
    return step


def _step(dossier: Dossier, number: int, actor: Any, expected_version: int | None) -> DossierStep:
    if not dossier_can(actor, "dossier_handle", dossier):
        raise NotAllowedError(_("Bạn không có quyền làm việc này với hồ sơ này."))
    dossier_touch(dossier, expected_version=expected_version)
    if dossier.state not in RUNNING_STATES:
        message = _("Hồ sơ đang ở tình trạng “%(state)s” nên không làm được việc này.")
        raise TransitionRefusedError(message % {"state": dossier.get_state_display()})
    step = dossier.steps.select_for_update().filter(number=number).first()
    if step is None:
        raise TransitionRefusedError(_("Hồ sơ không có bước này."))
    return step


def _tell(dossier: Dossier, step: DossierStep, verb: str, actor: Any) -> None:
    event_record(
        subject_type=SUBJECT,
        subject_key=dossier.code,
        verb=verb,
        actor=actor,
        unit_id=dossier.unit_id,
        data={"number": step.number},
    )
