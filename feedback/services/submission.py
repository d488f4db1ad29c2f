"""From a filled-in form to a stored case: all of it or nothing, and a retry gives the same code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.search import plain_words
from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line, clean_text
from cms.media.uploads import CheckedFile
from feedback.codes import code_digest, code_for, form_token_digest, normalise_code
from feedback.enums import CaseMatter, CaseSource, ConsentPurpose, NameShown, SenderKind
from feedback.models import Attachment, Case, Category, Consent, ReferenceCounter, Sender
from feedback.services.details import details_checked, details_store
from feedback.services.files import StoredLike, file_store
from feedback.services.moves import case_born

MOST_TURNS = 16


@dataclass(frozen=True)
class CaseEntry:
    """What a form says, as typed; the service cleans it by the text rules of the house.

    ``details`` are answers to extra questions by code; those that the category and matter do not ask are dropped.
    """

    category_id: int
    unit_id: int | None
    title: str
    body: str
    matter: str = CaseMatter.OTHER
    details: Mapping[str, Any] = field(default_factory=dict)
    sender_kind: str = SenderKind.CITIZEN
    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    name_shown: str = NameShown.HIDDEN
    consents: tuple[str, ...] = ()
    notice_version: str = ""


@dataclass(frozen=True)
class Submission:
    """The case that a form led to; ``created`` is False when the form had been taken before.

    ``code`` is empty when the case has been given another code since.
    """

    case: Case
    code: str
    created: bool


def case_submit(
    *,
    form_token: str,
    entry: CaseEntry,
    files: Sequence[CheckedFile | StoredLike] = (),
    actor: Any = None,
    source: str = CaseSource.WEB,
    at: datetime | None = None,
) -> Submission:
    """Store a case with its sender, consents, files, code, receipt mail and event in one transaction.

    Args:
        form_token: secret of one form; the same token again returns the same case and code.
        entry: what was typed.
        files: checked files, or rows whose bytes are already in the private storage.
        actor: the officer who keys in a paper or a call; None for the sender.
        source: how it came.
        at: when it came, for a paper book; now by default.

    Raises ValidationError with a sentence a field, OSError when the disk refuses a file.

    """
    if found := _taken(form_token):
        return found
    clean = _checked(entry)
    stored = [file_store(file) if isinstance(file, CheckedFile) else file for file in files]
    for turn in range(MOST_TURNS):
        try:
            with transaction.atomic():
                return _store(_Arrival(form_token, turn, actor, source, at or timezone.now()), clean, stored)
        except IntegrityError:
            # Either this form was taken a moment ago, or another case has this code already.
            if found := _taken(form_token):
                return found
            if not Case.objects.by_code(code_for(form_token, turn)).exists():
                raise
    raise IntegrityError("no free tracking code")


def _taken(form_token: str) -> Submission | None:
    case = Case.objects.filter(form_token_digest=form_token_digest(form_token)).first()
    if case is None:
        return None
    codes = (code_for(form_token, turn) for turn in range(MOST_TURNS))
    return Submission(case, next((code for code in codes if code_digest(code) == case.code_digest), ""), False)


@transaction.atomic
def code_issue(*, case: Case, token: str) -> None:
    """Let the code that ``token`` stands for open the case too, until it is used: then it is the only one.

    The old code goes on working till then, so that nobody loses a case to a mail that never came, or to a stranger
    who asked for it.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    locked.next_code_digest = code_digest(code_for(token))
    locked.save(update_fields=["next_code_digest"])


@transaction.atomic
def code_used(*, case: Case, typed: str) -> None:
    """Note that ``typed`` opened the case: a code that was sent again cancels the one before it."""
    digest = code_digest(normalise_code(typed))
    if case.next_code_digest != digest:
        return
    locked = Case.objects.select_for_update().get(pk=case.pk)
    if locked.next_code_digest != digest:
        return
    locked.code_digest, locked.next_code_digest = digest, None
    locked.save(update_fields=["code_digest", "next_code_digest"])
    event_record(subject_type="case", subject_key=case.reference, verb="case.code_changed", actor_kind="sender")


@dataclass(frozen=True)
class _Arrival:
    """How and when a form came; ``turn`` counts codes that were taken."""

    form_token: str
    turn: int
    actor: Any
    source: str
    at: datetime


def _store(arrival: _Arrival, entry: CaseEntry, files: Sequence[StoredLike]) -> Submission:
    code = code_for(arrival.form_token, arrival.turn)
    reference = _next_reference(arrival.at)
    case = Case.objects.create(
        reference=reference,
        category_id=entry.category_id,
        unit_id=entry.unit_id,
        title=entry.title,
        body=entry.body,
        matter=entry.matter,
        source=arrival.source,
        received_at=arrival.at,
        form_token_digest=form_token_digest(arrival.form_token),
        code_digest=code_digest(code),
        search_text=plain_words(f"{reference} {entry.title} {entry.body}"),
    )
    _store_sender(case, entry)
    details_store(case, details_checked(category=entry.category_id, matter=entry.matter, given=entry.details))
    Attachment.objects.bulk_create(
        Attachment(
            case=case,
            name=file.name,
            stored_name=file.stored_name,
            content_type=file.content_type,
            size=file.size,
            sha256=file.sha256,
        )
        for file in files
    )
    case_born(case, actor=arrival.actor)
    return Submission(case, code, True)


def _store_sender(case: Case, entry: CaseEntry) -> None:
    sender = Sender.objects.create(
        case=case,
        kind=entry.sender_kind,
        name=entry.name,
        phone=entry.phone,
        email=entry.email,
        address=entry.address,
        name_shown=entry.name_shown,
    )
    Consent.objects.bulk_create(
        Consent(sender=sender, purpose=purpose, notice_version=entry.notice_version, given_at=case.received_at)
        for purpose in entry.consents
    )


def _next_reference(at: datetime) -> str:
    """Return the next reference of the year in Vietnam; the counter's row stays locked until commit, so no gap."""
    year = timezone.localtime(at).year
    ReferenceCounter.objects.get_or_create(year=year)
    counter = ReferenceCounter.objects.select_for_update().get(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"PA-{year}-{counter.last:06d}"


def _checked(entry: CaseEntry) -> CaseEntry:
    """Return ``entry`` with clean texts; a form checks first and shows the errors beside its fields."""
    errors: dict[str, Any] = {}
    texts: dict[str, str] = {}
    for name, cleaner in _CLEANERS.items():
        try:
            texts[name] = cleaner(getattr(entry, name))
        except TextError as error:
            errors[name] = str(error)
    errors |= {name: _("Hãy điền mục này.") for name in ("title", "body") if not texts.get(name) and name not in errors}
    category = Category.objects.active().filter(pk=entry.category_id).first()
    if category is None:
        errors["category_id"] = _("Hãy chọn lĩnh vực.")
    if entry.unit_id is not None and not Unit.objects.active().filter(pk=entry.unit_id, takes_cases=True).exists():
        errors["unit_id"] = _("Hãy chọn một đơn vị trong danh sách.")
    errors |= _wrong_choices(entry)
    if category is not None and "matter" not in errors:
        errors |= _wrong_details(entry)
    if errors:
        raise ValidationError(errors)
    unit_id = entry.unit_id or (category.unit_id if category else None)
    return CaseEntry(**{**vars(entry), **texts, "unit_id": unit_id})


_CLEANERS = {
    "title": clean_line,
    "body": clean_text,
    "name": clean_line,
    "phone": clean_line,
    "email": clean_line,
    "address": clean_line,
}


def _wrong_details(entry: CaseEntry) -> dict[str, Any]:
    try:
        details_checked(category=entry.category_id, matter=entry.matter, given=entry.details)
    except ValidationError as error:
        return {f"details.{code}": messages for code, messages in error.message_dict.items()}
    return {}


def _wrong_choices(entry: CaseEntry) -> dict[str, Any]:
    errors: dict[str, Any] = {}
    if entry.matter not in CaseMatter.values:
        errors["matter"] = _("Hãy chọn một mục trong danh sách.")
    if entry.sender_kind not in SenderKind.values:
        errors["sender_kind"] = _("Hãy chọn một mục trong danh sách.")
    if entry.name_shown not in NameShown.values:
        errors["name_shown"] = _("Hãy chọn một mục trong danh sách.")
    if ConsentPurpose.HANDLE not in entry.consents or not set(entry.consents) <= set(ConsentPurpose.values):
        errors["consents"] = _("Cần sự đồng ý cho dùng thông tin để xử lý phản ánh.")
    return errors
