"""Rows of a file become pages: those that were checked are published, all others wait as drafts."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.enums import Grade
from procedures.models import Names, ProcedureIndexPage, ProcedurePage

from .changes import ImportedRow

# Under this name ``source_row`` holds the key of the revision that an import wrote last.
REVISION = "revision"


class NoIndexPageError(UnreadableFileError):
    """The list has no page yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh mục thủ tục. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


class RowRefusedError(UnreadableFileError):
    """A row that passed by itself cannot become a page beside those that are there."""

    def __init__(self, code: str, refused: ValidationError) -> None:
        facts = {"code": code, "reason": " ".join(refused.messages)}
        super().__init__(_("Thủ tục %(code)s không ghi được: %(reason)s Cả lượt này chưa ghi gì.") % facts)


@transaction.atomic
def procedure_import(*, rows: Sequence[ImportedRow], actor: Any, publish: bool) -> list[str]:
    """Make or bring up to date one page a row, all of them or none, and return the keys of what was written.

    A procedure is the same when its code is. Only what the file itself has changed since it was last read is written
    over, so that an editor's own words stay; a page written by hand is laid beside the file as it stands. Every change
    is a new revision beside the old. Rows below grade A arrive as drafts marked “cần xác nhận”.

    Published is only a new page, one that is public as it stands, and one that was never public and that nobody but
    the import has written. What an editor is at work on, took down, or wrote by hand gets a draft; what is locked or
    waits for approval is left alone.

    Args:
        rows: checked rows; the same code twice is written once.
        actor: who imports, or None for a command.
        publish: True publishes the rows that are sure, False leaves all as drafts for the workflow.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        NoIndexPageError: there is no list to put them in.
        RowRefusedError: a row cannot become a page.

    """
    if actor is not None and not (can(actor, "procedures_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    # One import at a time: two of the same file would not see each other's pages.
    index = ProcedureIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoIndexPageError
    known = ProcedurePage.objects.identified(row.code for row in rows)
    held = ProcedurePage.objects.held(known.values())
    written = []
    for row in rows:
        try:
            page = known.get(row.code)
            if page is None:
                page = known[row.code] = _add(index, row, actor=actor, publish=publish)
            elif page.pk in held or not _update(page, row, actor=actor, publish=publish):
                continue  # somebody decides on it, or another run of the same file was quicker
        except ValidationError as refused:
            raise RowRefusedError(row.code, refused) from refused
        written.append(str(page.pk))
    if written:
        event_record(
            subject_type="procedure_import",
            subject_key=written[0],
            verb="procedures.imported",
            actor=actor,
            data={"pages": len(written), "published": publish},
        )
    return written


def _add(index: ProcedureIndexPage, row: ImportedRow, *, actor: Any, publish: bool) -> ProcedurePage:
    page = ProcedurePage(code=row.code, owner=actor, live=False, has_unpublished_changes=True)
    row.put(page, row.keys_of_new, Names())
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    _keep(page, row, revision)
    if publish and row.is_sure:
        revision.publish(user=actor)
    return page


def _update(page: ProcedurePage, row: ImportedRow, *, actor: Any, publish: bool) -> bool:
    """Write what the file has changed onto the draft of ``page``; return whether it changed anything."""
    content = ProcedurePage.objects.drafts_of([page]).get(page.pk, {})
    names = Names.of([content], procedures=ProcedurePage.objects.all())
    changed = row.changed(page, content, names)
    if not changed:
        return False
    publish = publish and row.is_known(page, changed, content, names) and _may_go_out(page)
    draft = page.get_latest_revision_as_object()
    sure = row.is_sure if row.says_trust else draft.grade == Grade.A
    row.put(draft, changed, names)
    revision = draft.save_revision(user=actor, log_action=True)
    _keep(draft, row, revision)
    if publish and sure and not draft.needs_confirmation:
        revision.publish(user=actor)
    return True


def _may_go_out(page: ProcedurePage) -> bool:
    """Whether a new version of ``page`` may be published without anybody looking at it."""
    if not page.source_row:
        return False  # written by hand
    if page.live:
        return not page.has_unpublished_changes
    # Taken down on purpose, or an editor has begun on the draft: both are theirs to publish.
    return page.first_published_at is None and page.latest_revision_id == page.source_row.get(REVISION)


def _keep(page: ProcedurePage, row: ImportedRow, revision: Any) -> None:
    """Remember the row in the page's column, which the next import compares with, also while the page is a draft."""
    page.source_row = {**row.remembered(page.source_row), REVISION: revision.pk}
    ProcedurePage.objects.of_key(page.pk).update(source_row=page.source_row)
