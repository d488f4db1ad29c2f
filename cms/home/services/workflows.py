"""Wagtail's own moderation: pages go from editor to publisher, public cases from office to leader."""

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from wagtail.models import (
    GroupApprovalTask,
    Page,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.core.enums import Role
from feedback.models import PublicCase

PAGE_WORKFLOW = "Duyệt trang"
CASE_WORKFLOW = "Duyệt bản công khai"


def workflows_setup() -> None:
    """Make both workflows and put them in their places; running it again changes nothing people changed."""
    # Wagtail's ready-made English workflow holds the root page's only place; it goes first.
    for old in Workflow.objects.filter(name="Moderators approval", active=True):
        old.deactivate()
    Task.objects.filter(name="Moderators approval").update(active=False)
    pages = _workflow(PAGE_WORKFLOW, "Người duyệt đăng xem và duyệt", Role.PUBLISHER)
    WorkflowPage.objects.get_or_create(page=Page.get_first_root_node(), defaults={"workflow": pages})
    # Either may agree: a leader who wrote the copy cannot also let it out (four eyes).
    cases = _workflow(CASE_WORKFLOW, "Lãnh đạo hoặc Người duyệt đăng duyệt", Role.LEADER, Role.PUBLISHER)
    WorkflowContentType.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(PublicCase), defaults={"workflow": cases}
    )


def _workflow(name: str, task_name: str, *roles: Role) -> Workflow:
    workflow, _ = Workflow.objects.get_or_create(name=name)
    task = GroupApprovalTask.objects.filter(name=task_name).first()
    if task is None:
        task = GroupApprovalTask.objects.create(name=task_name)
        task.groups.set(Group.objects.filter(name__in=[str(role.label) for role in roles]))
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task, defaults={"sort_order": 0})
    return workflow
