"""A table of tasks (CSV, XLSX) becomes the annex of one plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.plans.models import PlanPage, PlanTask
from cms.plans.services.importing import TaskDraft, match_tasks, task_fill, units_of


@dataclass(frozen=True)
class TableDraft:
    """The tasks of one plan as a table gives them; ``whole`` says that what it lacks is to leave the plan."""

    page_id: int
    tasks: tuple[TaskDraft, ...]
    whole: bool


@dataclass(frozen=True)
class TableChanges:
    """What a table changes: places of new rows, changed rows with the names of their fields, tasks that would go."""

    new: tuple[int, ...]
    changed: dict[int, tuple[str, ...]]
    kept: dict[int, PlanTask]
    gone: tuple[PlanTask, ...]
    moved: bool

    @property
    def is_none(self) -> bool:
        return not (self.new or self.changed or self.gone or self.moved)


COMPARED = ("printed_order", "part", "content", "product", "responsible", "deadline_text", "note")


def table_changes(present: Sequence[PlanTask], drafts: Sequence[TaskDraft], *, whole: bool) -> TableChanges:
    """Compare the tasks of a plan with those of a table; nothing is written."""
    kept = match_tasks(present, drafts)
    changed = {}
    for place, task in kept.items():
        names = tuple(name for name in COMPARED if getattr(task, name) != getattr(drafts[place], name))
        if names:
            changed[place] = names
    staying = [kept[place] for place in sorted(kept)]
    gone = tuple(task for task in present if task not in staying) if whole else ()
    order = [task for task in present if task in staying]
    return TableChanges(
        new=tuple(place for place in range(len(drafts)) if place not in kept),
        changed=changed,
        kept=kept,
        gone=gone,
        moved=order != staying,
    )


@transaction.atomic
def plan_tasks_import(*, draft: TableDraft, actor: Any, publish: bool) -> str:
    """Write a table of tasks into the newest draft of its plan and return the key of the page.

    Tasks keep their keys as ``match_tasks`` finds them, so progress stays. A task that leaves the plan leaves its
    progress behind, and finds it again when an editor restores the former version of the page. A page on which
    somebody is at work is not published by this.

    Raises:
        PermissionDenied: the actor may not import, or may not publish.
        PlanPage.DoesNotExist: the plan was deleted meanwhile.

    """
    if actor is not None and not (can(actor, "plans_import") and (not publish or can(actor, "page_publish"))):
        raise PermissionDenied
    page = PlanPage.objects.select_for_update(of=("self",)).get(pk=draft.page_id)
    editor_at_work = page.live and page.has_unpublished_changes
    latest = page.get_latest_revision_as_object()
    present = list(latest.tasks.all())
    units, kept = units_of(draft.tasks), match_tasks(present, draft.tasks)
    rows = [task_fill(kept.get(place) or PlanTask(), each, units) for place, each in enumerate(draft.tasks)]
    if not draft.whole:
        rows += [task for task in present if task not in rows]
    for place, task in enumerate(rows):
        task.sort_order = place
    latest.tasks = rows
    revision = latest.save_revision(user=actor, log_action=True)
    if publish and not editor_at_work:
        revision.publish(user=actor)
    event_record(
        subject_type="plan",
        subject_key=str(page.pk),
        verb="plan.tasks_imported",
        actor=actor,
        unit_id=page.owner_unit_id,
        data={"tasks": len(rows), "published": publish and not editor_at_work},
    )
    return str(page.pk)
