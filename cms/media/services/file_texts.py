"""The words in public files, read in the worker: once for each content, gone when no public page shows it.

Never in a request, never in the worker's own process: ``cms.media.extract`` runs beside it and may be killed.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from cms.core.enums import FileTextState
from cms.core.models import FileText, SearchEntryFile
from cms.core.search import FoundFile, index_pages, one_line
from cms.media import extract
from cms.media.models import PortalDocument
from cms.media.querysets import documents_on_public_pages, file_references, open_documents

LARGEST = 30 * 1024 * 1024  # bytes
LONGEST = 60  # seconds, waiting for discs included
MOST_TRIES = 3
OVERDUE = timedelta(minutes=30)
_BATCH = 200
_READ_KINDS = ("pdf", "docx")


@transaction.atomic
def file_texts_of_page(*, page: Page) -> list[str]:
    """Ask for the words of what ``page`` shows; return the digests that a worker has yet to read."""
    return _want(documents_on_public_pages(page))


@transaction.atomic
def file_texts_of_document(*, document: PortalDocument) -> list[str]:
    """Follow a file whose name, content or collection changed; return the digests that a worker has yet to read."""
    pages = [int(key) for key in file_references().filter(to_object_id=document.pk).values_list("object_id", flat=True)]
    if not pages:
        return []
    index_pages(pks=sorted(set(pages)))
    return _want(documents_on_public_pages().filter(pk=document.pk))


@transaction.atomic
def file_texts_drop(*, digests: Collection[str]) -> int:
    """Forget the words of those contents that no public page shows any more; return how many."""
    known = [digest for digest in digests if digest]
    kept = documents_on_public_pages().filter(file_hash__in=known).values_list("file_hash", flat=True)
    gone = FileText.objects.of(set(known) - set(kept))
    # Held before anything is looked up: a worker that has just read one of them waits, and finds nothing to write to.
    list(gone.order_by("pk").select_for_update().values_list("pk"))
    pages = _pages_of_texts(gone)
    count = gone.delete()[1].get("core.FileText", 0)
    index_pages(pks=pages)
    return count


def file_text_read(*, digest: str) -> FileText | None:
    """Read the file with this digest and index the pages that show it; None when nobody asks for it any more.

    The try is counted before it is made: a file that kills its reader, or the whole worker, is given up after three.
    """
    row = FileText.objects.waiting().of([digest]).first()
    document = documents_on_public_pages().filter(file_hash=digest).first() if row else None
    if row is None or document is None:
        return None
    FileText.objects.of([digest]).update(tries=F("tries") + 1, asked_at=timezone.now())
    answer = {"state": FileTextState.TOO_HARD} if row.tries >= MOST_TRIES else _answer_for(document)
    return _keep(digest, answer)


@transaction.atomic
def _keep(digest: str, answer: Mapping[str, Any]) -> FileText | None:
    """Write what was read, unless the file was withdrawn while it was read: then nothing is kept of it."""
    row = FileText.objects.select_for_update().of([digest]).first()
    if row is None:
        return None
    if not documents_on_public_pages().filter(file_hash=digest).exists():
        row.delete()
        return None
    row.state = FileTextState(answer["state"])
    row.text = one_line(answer.get("text", ""))
    row.pages, row.partial = answer.get("pages"), bool(answer.get("partial"))
    row.read_at = timezone.now()
    row.save(update_fields=["state", "text", "pages", "partial", "read_at"])
    index_pages(pks=_pages_showing([row.digest]))
    return row


def file_texts_sweep() -> list[str]:
    """Put right what was missed: forget the words of hidden files, ask for missing ones; return what is to be read.

    Run by the schedule. What was handed to a worker that died is handed out again.
    """
    shown = documents_on_public_pages()
    every = set(shown.values_list("file_hash", flat=True))
    gone = [digest for digest in FileText.objects.values_list("digest", flat=True) if digest not in every]
    for start in range(0, len(gone), _BATCH):
        file_texts_drop(digests=gone[start : start + _BATCH])
    with transaction.atomic():
        fresh = _want(shown.exclude(file_hash__in=FileText.objects.values("digest")))
        overdue = FileText.objects.overdue(timezone.now() - OVERDUE)
        late = list(overdue.values_list("digest", flat=True)[:_BATCH])
        FileText.objects.of(late).update(asked_at=timezone.now())
    return list(dict.fromkeys([*fresh, *late]))


def file_text_faults() -> Iterator[str]:
    """Say which words are kept of files that nobody may open, and which files that are public were never asked for."""
    every = set(documents_on_public_pages().values_list("file_hash", flat=True))
    known = set(FileText.objects.values_list("digest", flat=True))
    for digest in sorted(known - every):
        yield _("Còn giữ chữ của tệp không còn công khai: %(digest)s.") % {"digest": digest}
    for document in documents_on_public_pages():
        if _is_read(document) and document.file_hash and document.file_hash not in known:
            yield _("Tệp công khai chưa được giao đọc chữ: %(title)s (số %(pk)s).") % {
                "title": document.title,
                "pk": document.pk,
            }
    for name in SearchEntryFile.objects.exclude(text__in=FileText.objects.readable()).values_list("name", flat=True):
        yield _("Kết quả tìm kiếm còn dẫn tới chữ chưa đọc của tệp %(name)s.") % {"name": name}


def files_for_search(model: type[Model], keys: Collection[str]) -> Mapping[str, Sequence[FoundFile]]:
    """Return the files with known words that these pages show; three statements whatever their number."""
    if not issubclass(model, Page):
        return {}
    shown = list(file_references().filter(object_id__in=list(keys)).values_list("object_id", "to_object_id").distinct())
    if not shown:
        return {}
    documents = open_documents().in_bulk([int(target) for _key, target in shown])
    digests = {document.file_hash for document in documents.values() if document.file_hash}
    texts = {row.digest: row for row in FileText.objects.readable().of(digests)}
    found: dict[str, list[FoundFile]] = {}
    for key, target in sorted(shown, key=lambda pair: int(pair[1])):
        document = documents.get(int(target))
        text = texts.get(document.file_hash) if document else None
        if document and text:
            found.setdefault(key, []).append(FoundFile(document.title, document.url, text.pk, text.text))
    return found


def digests_still_open(digests: Collection[str]) -> Collection[str]:
    """Return those contents that stand in an open collection at this moment; one statement."""
    return set(open_documents().filter(file_hash__in=list(digests)).values_list("file_hash", flat=True))


def _want(documents: Iterable[PortalDocument]) -> list[str]:
    """Make a row for each content that has none, and return the digests of the new ones."""
    wanted = {digest for document in documents if _is_read(document) and (digest := _digest(document))}
    fresh = sorted(wanted - set(FileText.objects.of(wanted).values_list("digest", flat=True)))
    FileText.objects.bulk_create((FileText(digest=digest) for digest in fresh), ignore_conflicts=True)
    return fresh


def _is_read(document: PortalDocument) -> bool:
    return document.file_extension.lower() in _READ_KINDS


def _digest(document: PortalDocument) -> str:
    """Return Wagtail's digest; a file that was stored without one gets it now."""
    try:
        return document.get_file_hash()
    except OSError:  # not in the store; whoever opens it is told so
        return ""


def _pages_showing(digests: Collection[str]) -> list[int]:
    files = PortalDocument.objects.filter(file_hash__in=list(digests)).values_list("pk", flat=True)
    shown = file_references().filter(to_object_id__in=[str(pk) for pk in files])
    return [int(key) for key in shown.values_list("object_id", flat=True).distinct()]


def _pages_of_texts(texts: Any) -> list[int]:
    """Pages whose entry still holds one of these texts, though they may show the file no longer."""
    keys = SearchEntryFile.objects.filter(text__in=texts).values_list("entry__kind", "entry__object_id")
    return sorted({int(key) for _kind, key in keys})


def _answer_for(document: PortalDocument) -> Mapping[str, Any]:
    try:
        if document.file.size > LARGEST:
            return {"state": FileTextState.TOO_BIG}
        with document.open_file() as source, tempfile.TemporaryFile() as copy:
            copy.write(source.read(LARGEST + 1))
            copy.seek(0)
            return _ask(copy)
    except OSError:
        return {"state": FileTextState.BROKEN}


def _ask(copy: Any) -> Mapping[str, Any]:
    """Let another process read; whatever kills it, the answer is that the file is too hard to read."""
    try:
        done = subprocess.run(  # noqa: S603  # our own program, and the file is no argument
            [sys.executable, "-I", extract.__file__], stdin=copy, capture_output=True, timeout=LONGEST, check=True
        )
        answer = json.loads(done.stdout)
        FileTextState(answer["state"])
    except (subprocess.SubprocessError, ValueError, KeyError):
        return {"state": FileTextState.TOO_HARD}
    return answer
