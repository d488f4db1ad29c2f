"""Invitations that are handed out: made by the sheaf, their links shown once, taken back, counted without names."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import AgencySettings, Unit
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.templatetags.core_tags import vn_date
from cms.core.text import clean_line
from surveys.enums import BY_INVITATION, SurveyState
from surveys.models import Invitation, InvitationBatch, Survey
from surveys.services.invitations import token_digest
from surveys.services.questionnaires import SUBJECT, SurveyRefusedError

# What one file holds; more people get another batch.
MOST_AT_ONCE = 300
# As long as the links of a survey last at most; a slip that is found years later opens nothing.
LONGEST = timedelta(days=366)
_TOKEN_BYTES = 16


@transaction.atomic
def batch_make(
    *, survey: Survey, actor: Any, label: str, count: int, expires_on: date, unit: Unit | None = None
) -> tuple[InvitationBatch, list[str]]:
    """Make ``count`` invitations and return them with their links: the only time that anybody has these.

    A batch of fewer than may be told would say of one person whether they answered, so it is refused.

    Args:
        survey: what may be answered; not one that apps invite to.
        actor: who hands them out.
        label: for whom, in words; a class, a meeting, never a person.
        count: how many, up to ``MOST_AT_ONCE``.
        expires_on: the last day, within a year.
        unit: what the responses are about.

    Raises PermissionDenied, ValidationError by field, SurveyRefusedError for a survey that is closed or invites itself.

    """
    kept = _survey(survey, actor)
    if kept.kind in BY_INVITATION:
        raise SurveyRefusedError(_("Khảo sát này tự mời người được trả lời, không phát lời mời riêng."))
    if kept.state == SurveyState.CLOSED:
        raise SurveyRefusedError(_("Khảo sát đã đóng nên không phát thêm lời mời."))
    least = AgencySettings.load().smallest_cell
    if not least <= count <= MOST_AT_ONCE:
        words = _("Mỗi đợt từ %(least)d đến %(most)d lời mời: ít hơn thì đoán được ai đã trả lời.")
        raise ValidationError({"count": words % {"least": least, "most": MOST_AT_ONCE}})
    _check_last_day(expires_on)
    batch = InvitationBatch.objects.create(
        survey=survey, unit=unit, label=clean_line(label)[:120], count=count, expires_on=expires_on,
        made_at=timezone.now(), made_by=actor,
    )  # fmt: skip
    tokens = [secrets.token_urlsafe(_TOKEN_BYTES) for _number in range(count)]
    # Stored in the order of their digests: the place of a row says nothing of the place of a slip.
    Invitation.objects.bulk_create(
        Invitation(survey=survey, batch=batch, unit=unit, token_digest=digest, expires_on=expires_on)
        for digest in sorted(map(token_digest, tokens))
    )
    _event(batch, "survey.invitations_made", actor)
    return batch, [_url(survey, token) for token in tokens]


@transaction.atomic
def batch_revoke(*, batch: InvitationBatch, actor: Any) -> InvitationBatch:
    """Take back what was not used yet; responses that came in stay. Twice is once. Raises PermissionDenied."""
    _survey(batch.survey, actor)
    kept = InvitationBatch.objects.select_for_update(of=("self",)).select_related("survey").get(pk=batch.pk)
    if kept.revoked_at is None:
        kept.invitations.unused().delete()
        kept.revoked_at = timezone.now()
        kept.save(update_fields=["revoked_at"])
        _event(kept, "survey.invitations_revoked", actor)
    return kept


@transaction.atomic
def invitations_sweep(*, today: date) -> int:
    """Remove invitations that are over, batches keep how many were used; return how many were removed."""
    removed = 0
    ended = Invitation.objects.over(today).exclude(batch=None).values("batch")
    for batch in InvitationBatch.objects.select_for_update().filter(pk__in=ended).order_by("pk"):
        batch.used_before += batch.invitations.filter(used=True).count()
        batch.save(update_fields=["used_before"])
        removed += batch.invitations.all().delete()[0]
    return removed + int(Invitation.objects.over(today).delete()[0])


def _check_last_day(day: date) -> None:
    today = timezone.localdate()
    if day < today:
        raise ValidationError({"expires_on": _("Ngày cuối phải từ hôm nay trở đi.")})
    if day > today + LONGEST:
        words = _("Lời mời dùng được nhiều nhất một năm: đến hết ngày %(day)s. Xem lại năm đã ghi.")
        raise ValidationError({"expires_on": words % {"day": vn_date(today + LONGEST)}})


def _url(survey: Survey, token: str) -> str:
    return f"{settings.SITE_URL}{reverse('surveys:answer', args=[survey.slug, token])}"


def _survey(survey: Survey, actor: Any) -> Survey:
    """Return the survey, its row held: its kind does not change while invitations are made."""
    if not can(actor, "survey_edit"):
        raise PermissionDenied
    return Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)


def _event(batch: InvitationBatch, verb: str, actor: Any) -> None:
    data = {"batch": batch.pk, "count": batch.count, "unit": batch.unit.code if batch.unit else ""}
    event_record(subject_type=SUBJECT, subject_key=batch.survey.slug, verb=verb, actor=actor, data=data)
