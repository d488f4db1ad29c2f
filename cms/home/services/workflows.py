"""Wagtail's own moderation: pages go from editor to publisher, public cases from office to leader."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.core.enums import Role
from cms.home.models import MadeWorkflow, Menu, SiteNotice
from feedback.models import PublicCase, PublicCaseTask

PAGE_WORKFLOW = "Duyệt trang"
CASE_WORKFLOW = "Duyệt bản công khai"
CASE_TASK = "Lãnh đạo hoặc Người duyệt đăng duyệt"


def workflows_setup() -> None:
    """Make the workflows and put them in their places, once each.

    A workflow that was renamed, given other tasks, taken off its place or switched off since stays as it is.
    """
    if pages := _made_now("pages", PAGE_WORKFLOW, GroupApprovalTask, "Người duyệt đăng xem và duyệt", Role.PUBLISHER):
        # Wagtail's ready-made English workflow holds the root page's only place; it goes first.
        for old in Workflow.objects.filter(name="Moderators approval", active=True):
            old.deactivate()
        Task.objects.filter(name="Moderators approval").update(active=False)
        WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": pages})
    # Either may agree: a leader who wrote the copy cannot also let it out (four eyes).
    if cases := _made_now("public_cases", CASE_WORKFLOW, PublicCaseTask, CASE_TASK, Role.LEADER, Role.PUBLISHER):
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(PublicCase), defaults={"workflow": cases}
        )
    _hand_over(MadeWorkflow.objects.select_related("workflow").get(key="public_cases").workflow)
    # Menus and notices go out as pages do.
    _placed_now("menus", Menu)
    _placed_now("notices", SiteNotice)


def _placed_now(key: str, model: type[Model]) -> None:
    """Give ``model`` the workflow of pages, once; an office that has none for its pages gets none here either."""
    pages = MadeWorkflow.objects.select_related("workflow").filter(key="pages").first()
    workflow = pages.workflow if pages else None
    _row, is_new = MadeWorkflow.objects.get_or_create(key=key, defaults={"workflow": workflow})
    if is_new and workflow is not None and workflow.active:
        WorkflowContentType.objects.get_or_create(
            content_type=ContentType.objects.get_for_model(model), defaults={"workflow": workflow}
        )


def _hand_over(workflow: Workflow | None) -> None:
    """Give what an earlier version's task of groups was doing to the task that knows units and writers."""
    for old in GroupApprovalTask.objects.filter(name=CASE_TASK, active=True, workflow_tasks__workflow=workflow):
        new = PublicCaseTask.objects.filter(name=CASE_TASK).first() or PublicCaseTask.objects.create(name=CASE_TASK)
        new.groups.set(old.groups.all())
        WorkflowTask.objects.get_or_create(workflow=workflow, task=new, defaults={"sort_order": 0})
        TaskState.objects.filter(task=old).update(task=new)
        old.workflow_tasks.all().delete()
        Task.objects.filter(pk=old.pk).update(active=False)


def _made_now(key: str, name: str, kind: type[Task], task_name: str, *roles: Role) -> Workflow | None:
    """Return the workflow ``key`` when it had to be made or, from before there were keys, to be recognised."""
    if MadeWorkflow.objects.filter(key=key).exists():
        return None
    workflow = Workflow.objects.filter(name=name).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name)
        task = kind.objects.create(name=task_name)
        task.groups.set(Group.objects.filter(name__in=[str(role.label) for role in roles]))
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    MadeWorkflow.objects.create(key=key, workflow=workflow)
    return workflow
