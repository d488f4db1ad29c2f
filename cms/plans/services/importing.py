"""One plan from a Word file becomes one page; brought again, the same page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.models import Unit, find_cited, pick_cited
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import fold, parse_document_number
from cms.plans.models import LegalBasis, PlanIndexPage, PlanPage, PlanTask

SHORT_TITLE = 255


@dataclass(frozen=True)
class TaskDraft:
    """One row of the annex, as printed and as understood."""

    printed_order: str
    part: str
    content: str
    product: str
    responsible: str
    unit_ids: tuple[int, ...]
    deadline_kind: str
    deadline_text: str
    deadline_on: date | None
    note: str
    recurrence: str = ""


@dataclass(frozen=True)
class BasisDraft:
    """A document that the plan rests on, as its preamble quotes it."""

    number: str
    issued_on: date | None
    issuer_name: str
    abstract: str


@dataclass(frozen=True)
class PlanDraft:
    """A plan as a Word file gives it, checked. ``body`` is a StreamField's raw value."""

    number: str
    number_key: str
    kind: str
    title: str
    issued_on: date | None
    issuer_name: str
    signer: str
    signer_title: str
    recipients: tuple[str, ...]
    body: tuple[Mapping[str, Any], ...]
    bases: tuple[BasisDraft, ...]
    tasks: tuple[TaskDraft, ...]
    digest: str


class NoIndexPageError(UnreadableFileError):
    """Plans have no section yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh mục kế hoạch. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


@transaction.atomic
def plan_import(*, plans: Sequence[PlanDraft], actor: Any, publish: bool) -> list[str]:
    """Make or renew one page a plan, all or none, and return the keys of the pages.

    A plan is the same when number and day are. Its tasks keep their keys as long as their words or their printed
    number stay, so progress is not lost; a page on which an editor is at work is never published by this.

    Args:
        plans: checked plans.
        actor: who imports, or None for a command.
        publish: True publishes, False leaves drafts for the workflow.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        NoIndexPageError: there is no section to put them in.

    """
    if actor is not None and not (can(actor, "plans_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    # One import at a time: two of the same file would not see each other's pages.
    index = PlanIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoIndexPageError
    written = []
    for plan in plans:
        known = PlanPage.objects.identified(plan.number_key, plan.issued_on)
        page = _renew(known, plan, actor, publish) if known else _add(index, plan, actor, publish)
        event_record(
            subject_type="plan",
            subject_key=str(page.pk),
            verb="plan.imported",
            actor=actor,
            unit_id=page.owner_unit_id,
            data={"number": plan.number, "tasks": len(plan.tasks), "published": publish},
        )
        written.append(str(page.pk))
    return written


def _add(index: PlanIndexPage, plan: PlanDraft, actor: Any, publish: bool) -> PlanPage:
    page = PlanPage(owner=actor, live=False, has_unpublished_changes=True)
    _fill(page, plan)
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    if publish:
        revision.publish(user=actor)
    return page


def _renew(page: PlanPage, plan: PlanDraft, actor: Any, publish: bool) -> PlanPage:
    editor_at_work = page.live and page.has_unpublished_changes
    draft = page.get_latest_revision_as_object()
    _fill(draft, plan)
    revision = draft.save_revision(user=actor, log_action=True)
    # The column is what the next import compares with, also while the page is a draft.
    PlanPage.objects.filter(pk=page.pk).update(source_digest=plan.digest)
    if publish and not editor_at_work:
        revision.publish(user=actor)
    return page


def _fill(page: PlanPage, plan: PlanDraft) -> None:
    page.title, page.full_abstract = plan.title, ""
    if len(plan.title) > SHORT_TITLE:
        page.title = plan.title[: SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…"
        page.full_abstract = plan.title
    page.draft_title = page.title
    page.number, page.document_type, page.issued_on = plan.number, plan.kind, plan.issued_on
    page.issuer_name, page.signer, page.signer_title = plan.issuer_name, plan.signer, plan.signer_title
    page.recipients = "\n".join(plan.recipients)
    page.body = json.dumps(list(plan.body))
    page.source_digest = plan.digest
    page.legal_bases = _bases(plan)
    page.tasks = _tasks(list(page.tasks.all()), plan.tasks)


def _bases(plan: PlanDraft) -> list[LegalBasis]:
    keys = {basis: parse_document_number(basis.number).match_key if basis.number else "" for basis in plan.bases}
    found = find_cited(keys.values())
    rows = []
    for place, basis in enumerate(plan.bases):
        document = pick_cited(found.get(keys[basis], ()), issued_on=basis.issued_on)
        rows.append(
            LegalBasis(
                sort_order=place,
                cited_page_id=document.page_id if document else None,
                number=basis.number,
                number_key=keys[basis][:100],
                issued_on=basis.issued_on,
                issuer_name=basis.issuer_name,
                abstract=basis.abstract,
            )
        )
    return rows


def match_tasks(present: Sequence[PlanTask], drafts: Sequence[TaskDraft]) -> dict[int, PlanTask]:
    """Return, by the place of each draft, the task that it is: the same words, else the same printed number."""
    left = list(present)
    kept: dict[int, PlanTask] = {}
    for same in (_same_words, _same_number):
        for place, draft in enumerate(drafts):
            match = next((task for task in left if place not in kept and same(task, draft)), None)
            if match is not None:
                left.remove(match)
                kept[place] = match
    return kept


def task_fill(task: PlanTask, draft: TaskDraft, units: Mapping[int, Unit]) -> PlanTask:
    """Give ``task`` what the file says. What an editor made of the same words (units, days) stays."""
    if not task.pk or task.responsible != draft.responsible or not task.units.all():
        # Rows, not numbers: a task that is not stored yet takes only rows into its list.
        task.units = [units[pk] for pk in draft.unit_ids if pk in units]
    if not task.pk or task.deadline_text != draft.deadline_text:
        task.deadline_kind, task.deadline_on = draft.deadline_kind, draft.deadline_on
        task.recurrence = draft.recurrence
    for name in ("printed_order", "part", "content", "product", "responsible", "deadline_text", "note"):
        setattr(task, name, getattr(draft, name))
    return task


def units_of(drafts: Sequence[TaskDraft]) -> dict[int, Unit]:
    """Return the units that ``drafts`` name, in one query."""
    return Unit.objects.in_bulk({pk for draft in drafts for pk in draft.unit_ids})


def _tasks(present: list[PlanTask], drafts: Sequence[TaskDraft]) -> list[PlanTask]:
    """Return the tasks of the file in its order; those that were there before keep row and key."""
    units, kept = units_of(drafts), match_tasks(present, drafts)
    rows = []
    for place, draft in enumerate(drafts):
        task = task_fill(kept.get(place) or PlanTask(), draft, units)
        task.sort_order = place
        rows.append(task)
    return rows


def _same_words(task: PlanTask, draft: TaskDraft) -> bool:
    return fold(task.content) == fold(draft.content)


def _same_number(task: PlanTask, draft: TaskDraft) -> bool:
    return bool(draft.printed_order) and task.printed_order == draft.printed_order
