"""Keys of other software: made once, shown once, taken back; and the cases that come by them."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import clean_line, clean_text
from cms.media.uploads import CheckedFile
from feedback.codes import api_key_digest, api_token, form_token_digest, grouped
from feedback.enums import CaseSource
from feedback.models import ApiArrival, ApiKey, Case
from feedback.services.draft import said_too_often
from feedback.services.submission import CaseEntry, case_submit
from feedback.services.triage import case_quarantine

_MARK = "pakn_"
_HINT = len(_MARK) + 4
_TOKEN = re.compile(r"[0-9a-f]{40}", re.ASCII)


@dataclass(frozen=True)
class Arrival:
    """What the software is told of a case: ``code`` is grouped for reading, and empty once another was issued."""

    case: Case
    token: str
    code: str


@transaction.atomic
def api_key_make(
    *, actor: Any, name: str, holder: str, contact: str = "", may_attach: bool = False
) -> tuple[ApiKey, str]:
    """Make a key; return its row and the key itself, which nobody can read again afterwards.

    Raises PermissionDenied, and ValidationError while another working key has the name.
    """
    if not can(actor, "api_key_edit"):
        raise PermissionDenied
    taken = ValidationError({"name": _("Đã có một khóa đang dùng mang tên này. Đặt tên khác, hoặc thu hồi khóa cũ.")})
    if ApiKey.objects.working().filter(name=name).exists():
        raise taken
    key = f"{_MARK}{secrets.token_urlsafe(32)}"
    row = ApiKey(
        name=name,
        holder=holder,
        contact=contact,
        may_attach=may_attach,
        hint=key[:_HINT],
        digest=api_key_digest(key),
        made_at=timezone.now(),
        made_by=actor,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # somebody made one of this name a moment ago
        raise taken from None
    event_record(subject_type="api_key", subject_key=str(row.pk), verb="api_key.made", actor=actor)
    return row, key


@transaction.atomic
def api_key_revoke(*, key: ApiKey, actor: Any) -> ApiKey:
    """Take a key back for ever; doing it again changes nothing. What was sent by it stays."""
    if not can(actor, "api_key_edit"):
        raise PermissionDenied
    kept = ApiKey.objects.select_for_update().get(pk=key.pk)
    if kept.works:
        kept.revoked_at = timezone.now()
        kept.save(update_fields=["revoked_at"])
        event_record(subject_type="api_key", subject_key=str(kept.pk), verb="api_key.revoked", actor=actor)
    return kept


def api_key_find(typed: str) -> ApiKey | None:
    """Return the working key that was typed; what cannot be one is not asked of the database."""
    if not typed.startswith(_MARK) or len(typed) > 80:
        return None
    return ApiKey.objects.working().filter(digest=api_key_digest(typed)).first()


def api_case_submit(
    *,
    key: ApiKey,
    entry: CaseEntry,
    files: Sequence[CheckedFile] = (),
    retry_token: str = "",
    now: datetime | None = None,
) -> Arrival:
    """Store what came by ``key`` as the form stores what a citizen typed: private, submitted, with its own code.

    Args:
        key: a working key; its day of use is noted, not the hour.
        entry: what was sent.
        files: checked files.
        retry_token: the sender's own mark of this request; the same mark by the same key gives the same case.
        now: aware date-time, for tests.

    Raises ValidationError with a sentence a field, OSError when the disk refuses a file.

    """
    now = now or timezone.now()
    form_token = f"api {key.pk} {retry_token or secrets.token_urlsafe(32)}"
    token = api_token(form_token)
    known = Case.objects.filter(form_token_digest=form_token_digest(form_token)).exists()
    with transaction.atomic():
        made = case_submit(
            form_token=form_token, entry=entry, files=() if known else files, source=CaseSource.API, at=now
        )
        if not made.created and (made.case.title, made.case.body) != (clean_line(entry.title), clean_text(entry.body)):
            # Software that numbers its forms from one on every device would hand one sender's code to another.
            raise ValidationError(_("Mã gửi lại này đã dùng cho một phản ánh khác. Mỗi phản ánh cần một mã riêng."))
        ApiArrival.objects.get_or_create(case=made.case, defaults={"key": key, "token_digest": _digest(token)})
        if made.created and said_too_often(entry):
            case_quarantine(case=made.case, actor=None)
        today = timezone.localdate(now)
        ApiKey.objects.working().filter(pk=key.pk).exclude(last_used_on=today).update(last_used_on=today)
    return Arrival(made.case, token, grouped(made.code) if made.code else "")


def api_reference_of(token: str) -> str:
    """Return the reference of the case that ``token`` was given for; empty for any other word."""
    if not _TOKEN.fullmatch(token):
        return ""
    return (
        ApiArrival.objects.filter(token_digest=_digest(token)).values_list("case__reference", flat=True).first() or ""
    )


def _digest(token: str) -> str:
    return form_token_digest(f"api token {token}")
