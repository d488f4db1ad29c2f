"""The files that readers get: each keeps its address when it is replaced, and its former versions are kept."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from cms.core.models import FILE_PART, KeyedFile
from cms.core.ports import file_keepers
from cms.core.services.ledger import event_record


@transaction.atomic
def files_published(*, page: Any, files: Any, versions: Any) -> None:
    """Give new files of a page that went out their place, and replaced ones their next version.

    Args:
        page: as it was published.
        files: its ``KeyedFile`` rows.
        versions: the app's own ``FileVersion``.

    """
    rows = {row.key: row for row in files.select_related("document")}
    newest = versions.objects.newest_of(page)
    gone = [version.pk for key, version in newest.items() if key not in rows and version.current]
    versions.objects.filter(pk__in=gone).update(current=False)
    place = max((version.place for version in newest.values()), default=0)
    for key, row in rows.items():
        last = newest.get(key)
        if last is None:
            place += 1
        if last is None or not last.current or last.document_id != row.document_id:
            _add(page, row, versions, last, last.place if last else place)


def address_instead(*, document: Any, versions: Any) -> str:
    """Return the lasting address of what took the place of ``document``; empty while any page still shows it.

    Only where anybody may read: the address of a page in a closed section tells its title.
    """
    newer = versions.objects.instead_of(document)
    if newer is None or any(keeper.why(document.pk) for keeper in file_keepers):
        return ""
    if not type(newer.page).objects.readable().filter(pk=newer.page_id).exists():
        return ""
    return f"{newer.page.url}{FILE_PART}/{newer.place}/"


def _add(page: Any, row: KeyedFile, versions: Any, last: Any, place: int) -> None:
    if last is not None:
        versions.objects.filter(page=page, place=place).update(current=False)
    same_file = last is not None and last.document_id == row.document_id
    versions.objects.create(
        page=page,
        attachment_key=row.key,
        place=place,
        version=last.version + 1 if last else 1,
        document=row.document,
        called=row.called[:255],
        file_hash=row.document.file_hash,
        since=timezone.now(),
    )
    if last is not None and not same_file:
        event_record(
            subject_type="document_file",
            subject_key=f"{page.pk}/{place}",
            verb="documents.file_replaced",
            data={"version": last.version + 1, "file_hash": row.document.file_hash},
        )
