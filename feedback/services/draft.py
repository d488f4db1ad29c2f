"""A form from its first step to the moment it becomes a case, and the broom behind it."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.captcha import challenge_drop, challenge_make, challenge_pass, challenge_waits
from cms.core.services.limits import limit_hit
from cms.core.text import fold
from cms.media.private import private_storage, private_write
from cms.media.uploads import CheckedFile
from feedback.codes import code_digest, code_for, grouped
from feedback.enums import CaseMatter
from feedback.models import Attachment, Case, CaseDraft, DraftFile, PublicPicture
from feedback.services.submission import MOST_TURNS, CaseEntry, Submission, case_submit
from feedback.services.triage import case_quarantine

DRAFT_LIFE = timedelta(hours=24)
RECEIPT_LIFE = timedelta(hours=1)
HUMAN_LIFE = timedelta(minutes=15)
FASTEST_HAND = timedelta(seconds=2)
MAX_FILES = 5
MAX_TOTAL = 30 * 1024 * 1024
FOLDER = "web-cases"
NOTICE_VERSION = "2026-11"
# Bytes without a row are left alone for a day: their form may still be on its way.
ORPHAN_AGE = timedelta(hours=24)


def token_digest(token: str) -> str:
    """Return what is stored of a session's token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def draft_of(token: str, *, now: datetime | None = None) -> CaseDraft | None:
    """Return the draft of a session's token, or None when there is none or its time is over."""
    if not token:
        return None
    return CaseDraft.objects.of_token(token_digest(token), now=now or timezone.now()).first()


@transaction.atomic
def draft_start(*, started_at: datetime | None = None, now: datetime | None = None) -> tuple[CaseDraft, str]:
    """Begin a form; return it with the token that its browser keeps.

    ``started_at`` is when the first page was shown, where that is known.
    """
    now = now or timezone.now()
    token = secrets.token_urlsafe(32)
    draft = CaseDraft.objects.create(
        token_digest=token_digest(token),
        form_token=secrets.token_urlsafe(32),
        started_at=started_at or now,
        updated_at=now,
        expires_at=now + DRAFT_LIFE,
    )
    return draft, token


@transaction.atomic
def draft_save(*, draft: CaseDraft, step: str, values: dict[str, Any], now: datetime | None = None) -> CaseDraft:
    """Keep the answers of one step; another day begins. A form that was sent meanwhile stays as it is."""
    now = now or timezone.now()
    kept = _locked(draft)
    if kept.sent_at:
        return kept
    kept.data = {**kept.data, **values}
    kept.step = step
    kept.updated_at = now
    kept.expires_at = now + DRAFT_LIFE
    kept.save(update_fields=["data", "step", "updated_at", "expires_at"])
    return kept


def draft_file_add(*, draft: CaseDraft, checked: CheckedFile) -> DraftFile:
    """Keep a checked file with the form: bytes first, then the row.

    Raises ValidationError with a sentence when the form has its five files or its 30 MB.
    """
    stored = private_write(folder=FOLDER, extension=checked.extension, content=checked.content)
    try:
        with transaction.atomic():
            return _file_row(_locked(draft), checked, stored)
    except ValidationError:
        private_storage.delete(stored)
        raise


def _file_row(draft: CaseDraft, checked: CheckedFile, stored: str) -> DraftFile:
    if draft.files.count() >= MAX_FILES:
        raise ValidationError(
            _("Đã đủ %(most)d tệp nên không nhận thêm “%(name)s”. Bỏ bớt một tệp trước."),
            params={"most": MAX_FILES, "name": checked.name},
            code="too_many",
        )
    if DraftFile.objects.filter(draft=draft).total_size() + len(checked.content) > MAX_TOTAL:
        raise ValidationError(
            _("Các tệp cộng lại quá %(most)d MB nên không nhận thêm “%(name)s”. Giảm cỡ ảnh hoặc bỏ bớt tệp."),
            params={"most": MAX_TOTAL // 1024 // 1024, "name": checked.name},
            code="too_big_together",
        )
    return DraftFile.objects.create(
        draft=draft,
        name=checked.name,
        stored_name=stored,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
    )


@transaction.atomic
def draft_file_remove(*, draft: CaseDraft, file: DraftFile) -> None:
    """Take a file off the form, bytes included."""
    DraftFile.objects.filter(pk=file.pk, draft=draft).delete()
    transaction.on_commit(lambda: _forget_bytes([file.stored_name]))


def draft_challenge(*, draft: CaseDraft) -> str:
    """Return the key of the captcha that this form has to solve; the same one until it is tried or too old."""
    if not challenge_waits(draft.captcha_key):
        draft.captcha_key = challenge_make()
        draft.save(update_fields=["captcha_key"])
    return draft.captcha_key


def draft_challenge_change(*, draft: CaseDraft) -> None:
    """Drop the captcha: the next page shows another."""
    challenge_drop(draft.captcha_key)
    draft.captcha_key = ""
    draft.save(update_fields=["captcha_key"])


@transaction.atomic
def draft_prove_human(*, draft: CaseDraft, key: str, answer: str, now: datetime | None = None) -> bool:
    """Try a captcha answer; once passed it is not asked again for a quarter of an hour.

    Only the challenge made for this form counts, whatever key the browser sends.
    """
    now = now or timezone.now()
    kept = _locked(draft)
    if is_human(kept, now=now):
        return True
    passed = bool(kept.captcha_key) and key == kept.captcha_key and challenge_pass(key=key, answer=answer)
    kept.captcha_key = ""
    kept.human_until = now + HUMAN_LIFE if passed else None
    kept.save(update_fields=["captcha_key", "human_until"])
    return passed


def is_human(draft: CaseDraft, *, now: datetime | None = None) -> bool:
    """Say whether this form has solved its captcha lately, or was already sent."""
    now = now or timezone.now()
    return draft.sent_at is not None or (draft.human_until is not None and draft.human_until > now)


@transaction.atomic
def draft_send(*, draft: CaseDraft, suspect: bool = False, now: datetime | None = None) -> CaseDraft:
    """Make the form a case and leave only the receipt of it; sending twice changes nothing.

    A form that no hand could have filled goes to quarantine, and its sender is told nothing else than others.
    """
    now = now or timezone.now()
    kept = _locked(draft)
    if kept.sent_at:
        return kept
    entry = _entry(kept.data)
    made = case_submit(form_token=kept.form_token, entry=entry, files=list(kept.files.all()))
    if made.created and (suspect or now - kept.started_at < FASTEST_HAND or said_too_often(entry)):
        case_quarantine(case=made.case, actor=None)
    return _receipt(kept, made, now)


def receipt_of(draft: CaseDraft) -> tuple[Case, str] | None:
    """Return the case that a sent form became, with its tracking code; None once another code was issued."""
    case = Case.objects.select_related("unit", "category__profile", "sender").filter(reference=draft.reference).first()
    if case is None:
        return None
    turns = (code_for(draft.form_token, turn) for turn in range(MOST_TURNS))
    return next(((case, grouped(code)) for code in turns if code_digest(code) == case.code_digest), None)


def _receipt(draft: CaseDraft, made: Submission, now: datetime) -> CaseDraft:
    draft.data = {}
    draft.captcha_key = ""
    draft.reference = made.case.reference
    draft.sent_at = now
    draft.expires_at = now + RECEIPT_LIFE
    draft.save(update_fields=["data", "captcha_key", "reference", "sent_at", "expires_at"])
    draft.files.all().delete()
    return draft


def _entry(data: dict[str, Any]) -> CaseEntry:
    consents = tuple(purpose for purpose in ("handle", "publish", "contact") if data.get(f"agree_{purpose}"))
    return CaseEntry(
        category_id=data["category"],
        unit_id=data.get("unit"),
        title=data["title"],
        body=data["body"],
        matter=data.get("matter") or CaseMatter.OTHER,
        details=data.get("details", {}),
        sender_kind=data["sender_kind"],
        name=data.get("name", ""),
        phone=data.get("phone", ""),
        email=data.get("email", ""),
        address=data.get("address", ""),
        name_shown=data["name_shown"],
        consents=consents,
        notice_version=NOTICE_VERSION,
    )


def said_too_often(entry: CaseEntry) -> bool:
    """Count these words, and say whether they have come more often than one person would send them."""
    words = hashlib.sha256(fold(f"{entry.title} {entry.body}").encode()).hexdigest()
    return not limit_hit(limit="case_same_text", visitor=words).allowed


def drafts_sweep(*, now: datetime | None = None) -> int:
    """Remove forms whose time is over, their files included; return how many."""
    expired = list(CaseDraft.objects.expired(now or timezone.now()).prefetch_related("files"))
    for draft in expired:
        names = [file.stored_name for file in draft.files.all()]
        draft.delete()
        _forget_bytes(names)
    return len(expired)


def orphan_files_sweep(*, now: datetime | None = None) -> int:
    """Remove bytes that neither a form nor a case names, once they are a day old; return how many."""
    latest = (now or timezone.now()) - ORPHAN_AGE
    removed = 0
    for folder in _folders(FOLDER):
        names = [f"{FOLDER}/{folder}/{name}" for name in private_storage.listdir(f"{FOLDER}/{folder}")[1]]
        for name in sorted(set(names) - _named(names)):
            if private_storage.get_modified_time(name) < latest:
                private_storage.delete(name)
                removed += 1
    return removed


def _folders(parent: str) -> list[str]:
    try:
        return list(private_storage.listdir(parent)[0])
    except FileNotFoundError:
        return []


def _named(names: list[str]) -> set[str]:
    waiting = DraftFile.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
    kept = Attachment.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
    covered = PublicPicture.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
    return {*waiting, *kept, *covered}


def _forget_bytes(names: list[str]) -> None:
    for name in set(names) - _named(names):
        private_storage.delete(name)


def _locked(draft: CaseDraft) -> CaseDraft:
    return CaseDraft.objects.select_for_update().get(pk=draft.pk)
