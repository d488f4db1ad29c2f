"""Rows of a file become pages: those that were checked are published, all others wait as drafts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import UnreadableFileError
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.enums import Channel, Grade, Level
from procedures.models import (
    ProcedureBasis,
    ProcedureDecision,
    ProcedureIndexPage,
    ProcedurePage,
    SubmissionWay,
    fee_words,
    time_words,
)
from procedures.models.codes import codes_text, labels_of

from .catalogue import field_ensure

SHORT_TITLE = 255
# What a file says of a procedure, and what people call it; the keys stand in ``source_row``.
FACTS: dict[str, Any] = {
    "name": gettext_lazy("Tên thủ tục"),
    "field": gettext_lazy("Lĩnh vực"),
    "levels": gettext_lazy("Cấp thực hiện"),
    "time": gettext_lazy("Thời hạn"),
    "fee": gettext_lazy("Phí, lệ phí"),
    "authority": gettext_lazy("Cơ quan thực hiện"),
    "basis": gettext_lazy("Căn cứ pháp lý"),
    "source": gettext_lazy("Nguồn"),
    "trust": gettext_lazy("Độ tin cậy"),
}


@dataclass(frozen=True)
class TimeLimit:
    """A time limit as columns hold it."""

    quantity: int | None = None
    unit: str = ""
    text: str = ""


@dataclass(frozen=True)
class Fee:
    """A fee as columns hold it; amounts in đồng."""

    kind: str = ""
    amount: int | None = None
    text: str = ""


@dataclass(frozen=True)
class CitationDraft:
    """A paper that a row names; ``announces`` tells decisions that announce it from those that it rests on."""

    number: str
    issued_on: date | None = None
    note: str = ""
    announces: bool = False


@dataclass(frozen=True)
class ProcedureRow:
    """One procedure as a file gives it, checked. ``facts`` are its cells in words, by the keys of FACTS."""

    code: str
    facts: Mapping[str, str]
    levels: tuple[str, ...] = ()
    time: TimeLimit = TimeLimit()
    fee: Fee = Fee()
    citations: tuple[CitationDraft, ...] = ()
    grade: str = Grade.D
    note: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether readers may see it as it comes."""
        return self.grade == Grade.A

    def changed(self, before: Mapping[str, str]) -> list[str]:
        """Return the facts that the file says otherwise than ``before``."""
        return [key for key in FACTS if self.facts.get(key, "") != before.get(key, "")]


class NoIndexPageError(UnreadableFileError):
    """The list has no page yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh mục thủ tục. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


def facts_now(content: Mapping[str, Any], *, fields: Mapping[int, str]) -> dict[str, str]:
    """Return what the newest draft of a page says of each fact, in words, to lay beside a file.

    Args:
        content: the revision's content.
        fields: names of fields of work by key.

    """
    way: Mapping[str, Any] = next(iter(content.get("ways") or []), {})
    cited = [*(content.get("decisions") or []), *(content.get("bases") or [])]
    grade = content.get("grade") or ""
    return {
        "name": content.get("full_name") or content.get("title") or "",
        "field": fields.get(content.get("field") or 0, ""),
        "levels": "; ".join(labels_of(content.get("levels") or "", Level)),
        "time": time_words(way.get("quantity"), way.get("unit") or "", way.get("time_text") or ""),
        "fee": fee_words(way.get("fee_kind") or "", way.get("fee_amount"), way.get("fee_text") or ""),
        "authority": content.get("authority") or "",
        "basis": "; ".join(row.get("number") or row.get("abstract") or "" for row in cited),
        "source": content.get("source") or "",
        "trust": str(Grade(grade).label) if grade else "",
    }


@transaction.atomic
def procedure_import(*, rows: Sequence[ProcedureRow], actor: Any, publish: bool) -> list[str]:
    """Make or bring up to date one page a row, all of them or none, and return the keys of what was written.

    A procedure is the same when its code is. Only what the file itself has changed since it was last read is written
    over, so that an editor's own words stay; every change is a new revision beside the old. Rows below grade A arrive
    as drafts marked “cần xác nhận” and are never published by this, nor is a page on which an editor is at work.

    Args:
        rows: checked rows; the same code twice is written once.
        actor: who imports, or None for a command.
        publish: True publishes the rows that are sure, False leaves all as drafts for the workflow.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        NoIndexPageError: there is no list to put them in.

    """
    if actor is not None and not (can(actor, "procedures_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    # One import at a time: two of the same file would not see each other's pages.
    index = ProcedureIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoIndexPageError
    known = ProcedurePage.objects.identified(row.code for row in rows)
    written = []
    for row in rows:
        page = known.get(row.code)
        if page is None:
            page = known[row.code] = _add(index, row, actor=actor, publish=publish)
        elif row.changed(page.source_row):
            _update(page, row, actor=actor, publish=publish)
        else:
            continue  # another run of the same file was quicker
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


def _add(index: ProcedureIndexPage, row: ProcedureRow, *, actor: Any, publish: bool) -> ProcedurePage:
    page = ProcedurePage(code=row.code, owner=actor, live=False, has_unpublished_changes=True)
    _take(page, row, list(FACTS))
    page.source_row = dict(row.facts)
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    if publish and row.is_sure:
        revision.publish(user=actor)
    return page


def _update(page: ProcedurePage, row: ProcedureRow, *, actor: Any, publish: bool) -> None:
    editor_at_work = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    _take(draft, row, row.changed(page.source_row))
    revision = draft.save_revision(user=actor, log_action=True)
    # The column is what the next import compares with, also while the page is a draft.
    ProcedurePage.objects.filter(pk=page.pk).update(source_row=dict(row.facts))
    if publish and row.is_sure and not editor_at_work:
        revision.publish(user=actor)


def _take(page: ProcedurePage, row: ProcedureRow, keys: Sequence[str]) -> None:
    """Write the facts of ``keys`` onto the page."""
    if "name" in keys:
        _name(page, row.facts["name"])
    if "field" in keys:
        page.field = field_ensure(name=row.facts["field"])
    if "levels" in keys:
        page.levels = codes_text(row.levels, Level.values)
    if "time" in keys or "fee" in keys:
        _way(page, row, keys)
    if "authority" in keys:
        page.authority = row.facts["authority"]
    if "basis" in keys:
        page.decisions = [ProcedureDecision(**_cited(each)) for each in row.citations if each.announces]
        page.bases = [ProcedureBasis(**_cited(each)) for each in row.citations if not each.announces]
    if "source" in keys:
        page.source = row.facts["source"]
    if "trust" in keys:
        page.grade, page.staff_note = row.grade, row.note
        page.needs_confirmation = not row.is_sure


def _way(page: ProcedurePage, row: ProcedureRow, keys: Sequence[str]) -> None:
    """Write time and fee onto the first way; a file says neither by which channel nor for whom."""
    ways = list(page.ways.all())
    if not ways and not (row.facts["time"] or row.facts["fee"]):
        return
    way = ways[0] if ways else SubmissionWay(channel=Channel.ANY)
    if "time" in keys:
        way.quantity, way.unit, way.time_text = row.time.quantity, row.time.unit, row.time.text
    if "fee" in keys:
        way.fee_kind, way.fee_amount, way.fee_text = row.fee.kind, row.fee.amount, row.fee.text
    page.ways = [way, *ways[1:]]


def _cited(draft: CitationDraft) -> dict[str, Any]:
    return {"number": draft.number, "issued_on": draft.issued_on, "abstract": draft.note}


def _name(page: ProcedurePage, words: str) -> None:
    """Keep long names whole; the title of a page holds 255 characters."""
    page.title, page.full_name = words, ""
    if len(words) > SHORT_TITLE:
        page.title = words[: SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…"
        page.full_name = words
    page.draft_title = page.title
