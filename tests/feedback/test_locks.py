"""One order of locks: two people at one case wait for one another, never in a ring that PostgreSQL must break."""

import threading
from contextlib import ExitStack
from unittest import mock

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from wagtail.actions.unpublish import UnpublishAction
from wagtail.models import Workflow, WorkflowState, WorkflowTask

import pytest

from cms.core.enums import CalendarDayKind, Role
from cms.core.services import calendar
from cms.core.services.ledger import ledger_faults
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Case, PublicCase, PublicCaseTask
from feedback.services import catalogue, handling, moves, publication, triage
from feedback.services.integrity import CHECKS
from feedback.services.moves import TransitionRefusedError
from tests.feedback.conftest import make_officer
from tests.parallel import together

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 1.0  # seconds: how long one stands with its rows in hand for the other, who may be waiting for just those


def stopping(function, mine, other):
    """Return ``function`` that first says where it stands and gives the other time to come as far."""

    def wrapped(*args, **kwargs):
        mine.set()
        other.wait(WAIT)
        return function(*args, **kwargs)

    return wrapped


def told(work):
    """Run ``work``: a sentence that says no is an answer, a broken transaction is none and is raised."""
    try:
        work()
    except (PermissionDenied, ValidationError, TransitionRefusedError):
        return "refused"
    return "done"


def meet(first, second):
    """Run two works at once, each given as (work, owner, name of what it stops before, its rows in hand)."""
    here, there = threading.Event(), threading.Event()
    with ExitStack() as stack:
        for (_work, owner, name), mine, other in ((first, here, there), (second, there, here)):
            stack.enter_context(mock.patch.object(owner, name, stopping(getattr(owner, name), mine, other)))
        return together(lambda: told(first[0]), lambda: told(second[0]))


def sound():
    return [*ledger_faults(), *(line for check in CHECKS for line in check.run())]


def test_withdrawing_a_copy_while_its_sender_takes_the_case_back(desk):
    copy = factories.published(desk)
    handling.case_reopen(case=copy.case, reason="Chưa đúng.")
    case = Case.objects.get()
    ends = meet(
        (
            lambda: publication.public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có tên học sinh."),
            UnpublishAction,
            "execute",
        ),
        (lambda: handling.case_withdraw(case=case), handling, "public_case_hide"),
    )
    assert ends == ["done", "done"]
    assert not PublicCase.objects.public().exists()
    assert Case.objects.get().state == CaseState.WITHDRAWN
    assert sound() == []


@pytest.fixture
def waiting_again(desk):
    """A live copy with a changed draft that waits for approval."""
    task = PublicCaseTask.objects.create(name="Lãnh đạo duyệt")
    task.groups.add(Group.objects.get(name=str(Role.LEADER.label)))
    workflow = Workflow.objects.create(name="Duyệt")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    copy = factories.published(desk)
    copy.answer = "Đã sửa xong cả bốn quạt."
    copy.save_revision(user=desk.officer)
    workflow.start(copy, desk.officer)
    return PublicCase.objects.get()


def test_approving_a_copy_while_it_is_withdrawn(desk, waiting_again):
    state = waiting_again.current_workflow_task_state
    task = PublicCaseTask.objects.get()
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    approved, withdrawn = meet(
        (lambda: task.on_action(state, desk.leader, "approve"), PublicCase, "publish"),
        (
            lambda: publication.public_case_withdraw(
                public_case=waiting_again, actor=second, reason="Có tên học sinh."
            ),
            WorkflowState,
            "cancel",
        ),
    )
    assert withdrawn == "done"
    assert approved in {"done", "refused"}  # before the withdrawal, or never
    assert not PublicCase.objects.public().exists()
    assert sound() == []


def test_approving_on_the_screen_takes_the_case_before_its_copy(site_tree, desk, waiting_again):
    client = Client()
    client.force_login(desk.leader, backend="django.contrib.auth.backends.ModelBackend")
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    address = reverse("wagtailsnippets_feedback_publiccase:edit", args=[waiting_again.pk])
    words = {name: getattr(waiting_again, name) for name in ("title", "question", "answer")}
    press = {**words, "action-workflow-action": "1", "workflow-action-name": "approve"}
    press["loaded_revision_id"] = str(waiting_again.latest_revision_id)
    press["loaded_revision_created_at"] = waiting_again.latest_revision.created_at.isoformat()
    answers = []  # the leader may enter: without the admin's right every request would be sent away, and hold nothing
    assert client.get(address).status_code == 200
    approved, withdrawn = meet(
        (lambda: answers.append(client.post(address, press).status_code), PublicCaseTask, "on_action"),
        (
            lambda: publication.public_case_withdraw(
                public_case=waiting_again, actor=second, reason="Có tên học sinh."
            ),
            PublicCase.objects,
            "select_for_update",
        ),
    )
    assert (approved, withdrawn, answers) == ("done", "done", [302])
    assert not PublicCase.objects.public().exists()
    assert sound() == []


def test_publishing_a_copy_while_its_case_is_barred(desk):
    copy = factories.public_draft(desk)
    revision = copy.get_latest_revision()
    case = Case.objects.get()
    published, barred = meet(
        (
            lambda: revision.publish(user=desk.leader, skip_permission_checks=True),
            publication,
            "_record",
        ),
        (
            lambda: publication.publication_bar(case=case, actor=desk.leader, reason="Liên quan học sinh."),
            publication,
            "public_case_hide",
        ),
    )
    assert barred == "done"
    assert published in {"done", "refused"}
    assert not PublicCase.objects.public().exists()
    assert sound() == []


def test_moving_a_case_while_the_numbers_of_days_change(desk):
    case = factories.accepted(desk)
    profile = case.category.profile
    profile.answer_days += 3
    keeper = make_officer("quantri", Role.ADMIN)
    ends = meet(
        (lambda: triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer), moves, "_record"),
        (lambda: catalogue.catalogue_save(row=profile, actor=keeper), catalogue, "deadlines_recompute"),
    )
    assert ends == ["done", "done"]
    assert sound() == []


def test_moving_a_case_while_a_holiday_is_entered(desk):
    case = factories.accepted(desk)
    keeper = make_officer("quantri", Role.ADMIN)
    due_on = case.due_on  # the service that moves the case brings the row itself up to date
    day = {"date": due_on, "kind": CalendarDayKind.HOLIDAY, "label": "Ngày nghỉ thử"}
    ends = meet(
        (lambda: triage.case_assign(case=case, actor=desk.clerk, officer=desk.officer), moves, "_record"),
        (lambda: calendar.calendar_day_save(actor=keeper, **day), calendar, "_announce"),
    )
    assert ends == ["done", "done"]
    assert Case.objects.get().due_on > due_on
    assert sound() == []
