"""The records of reviews, and what a year plans. The only writer of both."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.models import ProcedurePage, ProcedureReview, ReviewYear

CAPABILITY = "procedure_review"


@transaction.atomic
def review_save(
    *, review: ProcedureReview | None, procedure: ProcedurePage | None, actor: Any, **facts: Any
) -> ProcedureReview:
    """Write down what was found and proposed, or change it.

    Args:
        review: the record to change, None for a new one.
        procedure: what it is about; None keeps the one that it was about, whose page may be gone.
        actor: who writes.
        facts: the other columns.

    Raises:
        PermissionDenied: the actor may not.
        ValidationError: by field, where something is missing; or somebody has taken the record away.

    """
    _check(actor)
    row = _held(review) if review else ProcedureReview(created_by=actor)
    if row.removed_at:
        raise ValidationError(_("Mục này đã được bỏ, có thể do người khác vừa làm. Hãy lấy lại rồi sửa."))
    if procedure is not None:
        row.procedure, row.code, row.name = procedure, procedure.code, procedure.name
    if not row.code:
        raise ValidationError({"procedure": _("Hãy chọn thủ tục.")})
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    _note(row, "procedure_review.saved", actor)
    return row


@transaction.atomic
def review_remove(*, review: ProcedureReview, actor: Any) -> ProcedureReview:
    """Take a record out of lists and reports; it can be put back. Taking it away twice is taking it away once."""
    _check(actor)
    row = _held(review)
    if row.removed_at is None:
        row.removed_at = timezone.now()
        row.save(update_fields=["removed_at"])
        _note(row, "procedure_review.removed", actor)
    return row


@transaction.atomic
def review_restore(*, review: ProcedureReview, actor: Any) -> ProcedureReview:
    """Put a record back that was taken away."""
    _check(actor)
    row = _held(review)
    if row.removed_at is not None:
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        _note(row, "procedure_review.restored", actor)
    return row


@transaction.atomic
def review_year_save(*, plan: ReviewYear | None, actor: Any, **facts: Any) -> ReviewYear:
    """Write down what a year plans, or change it; raises PermissionDenied and ValidationError."""
    _check(actor)
    row = plan or ReviewYear()
    for name, value in facts.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    event_record(subject_type="review_year", subject_key=str(row.year), verb="review_year.saved", actor=actor, data={})
    return row


def _check(actor: Any) -> None:
    if not can(actor, CAPABILITY):
        raise PermissionDenied


def _held(review: ProcedureReview) -> ProcedureReview:
    return ProcedureReview.objects.select_for_update(of=("self",)).get(pk=review.pk)


def _note(row: ProcedureReview, verb: str, actor: Any) -> None:
    """Say in the ledger that it happened; its words are the office's own."""
    data = {"code": row.code, "year": row.year}
    event_record(subject_type="procedure_review", subject_key=str(row.pk), verb=verb, actor=actor, data=data)
