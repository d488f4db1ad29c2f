"""Telling people of moderation, through the outbox.

Wagtail sends such mails itself, in the middle of the request: a mail server that is away would undo the step.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.core.notifications import APPROVED, RETURNED, WAITING, may_read
from cms.core.services.outbox import mail_queue


def moderation_waits(instance: TaskState, user: Any = None, **_rest: Any) -> None:
    """Follow Wagtail's ``task_submitted``: tell those of the task's groups who may publish this very thing."""
    groups = getattr(instance.task.specific, "groups", None)
    if groups is None:
        return
    people = get_user_model().objects.filter(is_active=True, groups__in=groups.all()).distinct()
    others = people.exclude(pk=user.pk) if user else people
    _queue(WAITING, instance, instance.workflow_state, others)


def moderation_approved(instance: WorkflowState, user: Any = None, **_rest: Any) -> None:
    """Follow Wagtail's ``workflow_approved``: tell whoever asked."""
    _answer(APPROVED, instance, user)


def moderation_returned(instance: WorkflowState, user: Any = None, **_rest: Any) -> None:
    """Follow Wagtail's ``workflow_rejected``: tell whoever asked, with the comment."""
    _answer(RETURNED, instance, user)


def follow_moderation() -> None:
    """Stand in the place of Wagtail's own notifiers, whichever of the two comes first at start."""
    for signal, sender, follower, uid in (
        (task_submitted, TaskState, moderation_waits, "group_approval_task_submitted_email_notification"),
        (workflow_submitted, WorkflowState, _told_by_the_task, "workflow_state_submitted_email_notification"),
        (workflow_rejected, WorkflowState, moderation_returned, "workflow_state_rejected_email_notification"),
        (workflow_approved, WorkflowState, moderation_approved, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(follower, sender=sender, dispatch_uid=uid)


def _told_by_the_task(**_rest: Any) -> None:
    """Say nothing: the first task of the workflow tells the same people."""


def _answer(kind: str, state: WorkflowState, user: Any) -> None:
    asked, last = state.requested_by, state.current_task_state
    if asked is not None and last is not None and asked.is_active and asked != user:
        _queue(kind, last, state, [asked])


def _queue(kind: str, task_state: TaskState, state: WorkflowState, people: Iterable[Any]) -> None:
    subject = state.content_object
    for person in people:
        if may_read(person, kind, subject):
            reference = {"task_state": str(task_state.pk), "user": str(person.pk)}
            mail_queue(kind=kind, reference=reference, dedupe_key=f"{kind}:{task_state.pk}:{person.pk}")
