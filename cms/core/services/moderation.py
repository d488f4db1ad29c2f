"""Telling people of moderation, through the outbox.

Wagtail sends such mails itself, in the middle of the request: a mail server that is away would undo the step.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone

from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from cms.core.notifications import APPROVED, MANY_WAIT, RETURNED, WAITING, may_read
from cms.core.services.outbox import mail_queue

# One mail for a file of many pages leaves when most of them have been handed in.
_TOGETHER_AFTER = timedelta(minutes=2)
_together: ContextVar[str] = ContextVar("moderation_together", default="")


@contextmanager
def told_together(key: str) -> Iterator[None]:
    """Have everything handed in within this block, and in other blocks of the same ``key``, told in one mail each."""
    token = _together.set(key)
    try:
        yield
    finally:
        _together.reset(token)


def draft_hand_in(key: str, *, actor: Any) -> bool:
    """Hand the draft of the page ``key`` in for approval; returns False where there is nothing to hand in.

    That is: a page that is gone, published as it is, waiting already, locked, or not this person's to edit.
    """
    found = Page.objects.filter(pk=key).first()
    page = found.specific if found else None
    if page is None or (page.live and not page.has_unpublished_changes):
        return False
    rights = page.permissions_for_user(actor)
    if not (rights.can_edit() and rights.can_submit_for_moderation()):
        return False
    try:
        with transaction.atomic():
            page.get_workflow().start(page, actor)
    except IntegrityError:
        return False  # somebody handed it in at the same moment
    return True


def moderation_waits(instance: TaskState, user: Any = None, **_rest: Any) -> None:
    """Follow Wagtail's ``task_submitted``: tell those of the task's groups who may decide on this very thing."""
    task, subject = instance.task.specific, instance.workflow_state.content_object
    groups = getattr(task, "groups", None)
    if groups is None:
        return
    people = get_user_model().objects.filter(is_active=True, groups__in=groups.all()).distinct()
    others = people.exclude(pk=user.pk) if user else people
    _queue(WAITING, instance, instance.workflow_state, [each for each in others if task.get_actions(subject, each)])


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
        if may_read(person, kind, subject) and not _told_with_others(kind, person):
            reference = {"task_state": str(task_state.pk), "user": str(person.pk)}
            mail_queue(kind=kind, reference=reference, dedupe_key=f"{kind}:{task_state.pk}:{person.pk}")


def _told_with_others(kind: str, person: Any) -> bool:
    key = _together.get()
    if kind != WAITING or not key:
        return False
    mail_queue(
        kind=MANY_WAIT,
        reference={"user": str(person.pk)},
        dedupe_key=f"{MANY_WAIT}:{key}:{person.pk}",
        not_before=timezone.now() + _TOGETHER_AFTER,
    )
    return True
