"""Rows of a file become pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.official_documents.enums import reform_part_of
from cms.official_documents.models import Issuer, OfficialDocumentIndexPage, OfficialDocumentPage

from .catalogue import issuer_ensure

SHORT_TITLE = 255


@dataclass(frozen=True)
class DocumentRow:
    """One document as a file gives it, checked. ``digest`` tells whether the file has changed since."""

    number: str
    number_key: str
    title: str
    kind: str
    issuer_name: str
    issuer_abbreviation: str
    issued_on: date | None
    digest: str


class NoIndexPageError(UnreadableFileError):
    """The register has no page yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh mục văn bản. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


@transaction.atomic
def document_import(*, rows: Sequence[DocumentRow], actor: Any, publish: bool) -> list[str]:
    """Make or complete one page a row, all of them or none, and return the keys of what was written.

    A document is the same when number, issuer and day are. Changed pages get a new revision; a page on which an
    editor is at work is never published by this.

    Args:
        rows: checked rows; the same document twice is written once.
        actor: who imports, or None for a command.
        publish: True publishes, False leaves drafts for the workflow.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        NoIndexPageError: there is no register to put them in.

    """
    if actor is not None and not (can(actor, "documents_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    # One import at a time: two of the same file would not see each other's pages.
    index = OfficialDocumentIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoIndexPageError
    issuers = {
        row.issuer_name: issuer_ensure(name=row.issuer_name, abbreviation=row.issuer_abbreviation) for row in rows
    }
    known = OfficialDocumentPage.objects.identified(row.number_key for row in rows)
    written = []
    for row in rows:
        issuer = issuers[row.issuer_name]
        identity = (row.number_key, issuer.pk, row.issued_on)
        page = known.get(identity)
        if page is None:
            page = known[identity] = _add(index, row, issuer, actor=actor, publish=publish)
        elif page.source_digest != row.digest:
            _complete(page, row, actor=actor, publish=publish)
        else:
            continue  # another run of the same file was quicker
        written.append(str(page.pk))
    if written:
        event_record(
            subject_type="document_import",
            subject_key=written[0],
            verb="documents.imported",
            actor=actor,
            data={"pages": len(written), "published": publish},
        )
    return written


def _add(
    index: OfficialDocumentIndexPage, row: DocumentRow, issuer: Issuer, *, actor: Any, publish: bool
) -> OfficialDocumentPage:
    page = OfficialDocumentPage(
        number=row.number,
        document_type=row.kind,
        issuer=issuer,
        issued_on=row.issued_on,
        source_digest=row.digest,
        owner=actor,
        live=False,
        has_unpublished_changes=True,
    )
    _set_abstract(page, row.title)
    page.reform_part, page.reform_year = reform_part_of(kind=row.kind, abstract=row.title)
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    if publish:
        revision.publish(user=actor)
    return page


def _complete(page: OfficialDocumentPage, row: DocumentRow, *, actor: Any, publish: bool) -> None:
    editor_at_work = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    draft.source_digest = row.digest
    draft.document_type = row.kind or draft.document_type
    if not _cuts(row.title, draft.abstract):
        _set_abstract(draft, row.title)
    revision = draft.save_revision(user=actor, log_action=True)
    # The column is what the next import compares with, also while the page is a draft.
    OfficialDocumentPage.objects.filter(pk=page.pk).update(source_digest=row.digest)
    if publish and not editor_at_work:
        revision.publish(user=actor)


def _cuts(title: str, abstract: str) -> bool:
    """Say whether ``title`` is only the beginning of what an editor has completed by hand (S91)."""
    stem = title.rstrip(" .…")
    return stem != title and len(abstract) > len(stem) and abstract.startswith(stem)


def _set_abstract(page: OfficialDocumentPage, words: str) -> None:
    """Keep long abstracts whole; the title of a page holds 255 characters."""
    page.title, page.full_abstract = words, ""
    if len(words) > SHORT_TITLE:
        page.title = words[: SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…"
        page.full_abstract = words
    page.draft_title = page.title
