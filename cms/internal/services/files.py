"""Files of a notice: in the private storage, opened by whoever may read the notice."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from cms.core.services.ledger import event_record
from cms.internal.models import InternalNoticePage, NoticeFile
from cms.internal.permissions import user_can_keep_files
from cms.media.private import private_storage, private_write
from cms.media.uploads import CheckedFile

FOLDER = "internal-notices"
MOST_FILES = 20
ORPHAN_AGE = timedelta(days=1)


def notice_file_add(*, page: InternalNoticePage, title: str, file: CheckedFile, actor: Any) -> NoticeFile:
    """Add a file that passed ``check_upload``; without a title it is called as the file is.

    The bytes are on disk before the row that names them; a row that cannot be takes them away again.

    Raises:
        PermissionDenied: the officer may not change this notice as it is now.
        ValidationError: the notice has too many files.
        OSError: the disk refuses.

    """
    _may_change(page, actor)
    row = NoticeFile(
        page=page,
        title=(title or file.name)[:200],
        stored_name=private_write(folder=FOLDER, extension=file.extension, content=file.content),
        filename=file.name[:120],
        content_type=file.content_type,
        size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(),
        added_by=actor,
        added_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            _may_change(_held(page), actor)
            row.save(force_insert=True)
            _note(row, actor, "internal_notice.file_added")
    except Exception:
        private_storage.delete(row.stored_name)
        raise
    return row


@transaction.atomic
def notice_file_remove(*, file: NoticeFile, restore: bool = False, actor: Any) -> NoticeFile:
    """Take a file off its notice, or put it back.

    Raises PermissionDenied when the officer may not change this notice as it is now, ValidationError when there is no
    room for one more.
    """
    row = NoticeFile.objects.select_for_update(of=("self",)).select_related("page").get(pk=file.pk)
    page = _held(row.page)
    if not user_can_keep_files(actor, page):
        raise PermissionDenied
    if restore:
        _refuse_too_many(page)
    row.removed_at = None if restore else timezone.now()
    row.save(update_fields=["removed_at"])
    _note(row, actor, "internal_notice.file_restored" if restore else "internal_notice.file_removed")
    return row


def _held(page: InternalNoticePage) -> InternalNoticePage:
    """Return ``page`` as it is now, kept from the editor's screens until the transaction ends (``cms.core.edits``)."""
    Page.objects.order_by().select_for_update(no_key=True).get(pk=page.pk)
    return InternalNoticePage.objects.get(pk=page.pk)


def _may_change(page: InternalNoticePage, actor: Any) -> None:
    if not user_can_keep_files(actor, page):
        raise PermissionDenied
    _refuse_too_many(page)


def _refuse_too_many(page: InternalNoticePage) -> None:
    if page.files.in_use().count() >= MOST_FILES:
        raise ValidationError(_("Thông báo này đã có quá nhiều tệp. Hãy gỡ bớt."))


def notice_files_sweep(*, now: datetime | None = None) -> int:
    """Remove bytes that no file names, once they are a day old; return how many. Safe to run at any time."""
    latest = (now or timezone.now()) - ORPHAN_AGE
    removed = 0
    for folder in _folders():
        names = {f"{FOLDER}/{folder}/{name}" for name in private_storage.listdir(f"{FOLDER}/{folder}")[1]}
        known = NoticeFile.objects.filter(stored_name__in=names).values_list("stored_name", flat=True)
        for name in sorted(names - set(known)):
            if private_storage.get_modified_time(name) < latest:
                private_storage.delete(name)
                removed += 1
    return removed


def notice_files_without_bytes() -> Iterable[str]:
    """Yield files whose bytes are missing, for the integrity check."""
    for pk, name in NoticeFile.objects.in_use().values_list("pk", "stored_name").iterator():
        if not private_storage.exists(name):
            yield f"Thiếu tệp số {pk} của thông báo nội bộ trong kho."


def _folders() -> list[str]:
    try:
        return list(private_storage.listdir(FOLDER)[0])
    except FileNotFoundError:
        return []


def _note(file: NoticeFile, actor: Any, verb: str) -> None:
    event_record(
        subject_type="internal_notice",
        subject_key=str(file.page_id),
        verb=verb,
        actor=actor,
        unit_id=file.page.owner_unit_id,
        data={"file": file.pk, "sha256": file.sha256},
    )
