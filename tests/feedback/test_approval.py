"""Four eyes on a public copy: who wrote its words is offered no approval, and is told whose turn it is."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

import pytest

from cms.core.enums import Role
from cms.core.models import OutboxMail
from cms.home.services.workflows import workflows_setup
from feedback import factories
from feedback.models import PublicCaseTask
from feedback.services.publication import public_case_propose, public_case_withdraw
from tests.feedback.conftest import make_desk, make_officer

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
OFFER = "data-workflow-action-name"
PRESS = {"action-workflow-action": "1", "workflow-action-name": "approve"}


@pytest.fixture
def desk(site_tree):
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


def edit(copy):
    return reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk])


def enter(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def hand_in(client, copy, user, **words):
    texts = {"title": copy.title, "question": copy.question, "answer": copy.answer, **words}
    return enter(client, user).post(edit(copy), {**texts, "action-submit": "1"})


def approve(client, copy, user):
    state = copy.current_workflow_task_state
    address = reverse("wagtailsnippets_feedback_publiccase:workflow_action", args=[copy.pk, "approve", state.pk])
    return enter(client, user).post(address, {"comment": ""})


def opened(copy):
    """What the editor's form says of the draft that it was made from."""
    newest = type(copy).objects.get(pk=copy.pk).latest_revision
    return {"loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat()}


@pytest.fixture
def by_leader(desk, client):
    """A copy that the leader composed and handed in."""
    copy = public_case_propose(case=factories.answered(desk), actor=desk.leader)
    hand_in(client, copy, desk.leader)
    copy.refresh_from_db()
    assert copy.workflow_in_progress
    return copy


def test_a_leader_who_composed_it_is_offered_no_approval_and_told_who_may(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    page = enter(client, desk.leader).get(edit(by_leader)).content.decode()
    assert OFFER not in page
    assert "không tự duyệt" in page
    assert str(second) in page
    page = enter(client, second).get(edit(by_leader)).content.decode()
    assert OFFER in page
    assert "không tự duyệt" not in page


def test_when_nobody_else_may_approve_the_screen_says_what_to_do(desk, by_leader, client):
    page = enter(client, desk.leader).get(edit(by_leader)).content.decode()
    assert "Chưa có người khác duyệt được" in page
    page = enter(client, desk.leader).get(reverse("case:open", args=[by_leader.case_id])).content.decode()
    assert "Chưa có người khác duyệt được" in page


def test_a_writer_who_tries_by_hand_is_refused_and_another_succeeds(desk, by_leader, client):
    assert approve(client, by_leader, desk.leader).status_code in {302, 403}
    by_leader.refresh_from_db()
    assert not by_leader.live
    approve(client, by_leader, make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit))
    by_leader.refresh_from_db()
    assert by_leader.live


def test_whoever_changes_the_words_last_is_the_one_who_may_not(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    texts = {"title": by_leader.title, "question": by_leader.question, "answer": "Lời của lãnh đạo thứ hai."}
    enter(client, second).post(edit(by_leader), texts)
    assert OFFER not in client.get(edit(by_leader)).content.decode()
    assert OFFER in enter(client, desk.leader).get(edit(by_leader)).content.decode()


def test_changing_and_approving_in_one_press_keeps_the_words_and_says_why_not(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    texts = {"title": by_leader.title, "question": by_leader.question, "answer": "Lời mới của người duyệt."}
    press = {**PRESS, **opened(by_leader)}
    answer = enter(client, second).post(edit(by_leader), {**texts, **press}, follow=True)
    assert "không tự duyệt" in answer.content.decode()
    by_leader.refresh_from_db()
    assert not by_leader.live
    assert by_leader.get_latest_revision_as_object().answer == "Lời mới của người duyệt."


def home(client, user):
    return enter(client, user).get(reverse("wagtailadmin_home")).content.decode()


def test_what_waits_is_shown_to_those_who_may_decide_and_to_no_other_unit(desk, by_leader, client):
    other = make_desk("truong-b", "Trường Tiểu học Mẫu B")
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    waiting = TaskState.objects.reviewable_by
    assert [waiting(user).count() for user in (second, desk.leader, other.leader, desk.officer)] == [1, 0, 0, 0]
    assert by_leader.reference in home(client, second)
    assert by_leader.reference not in home(client, other.leader)


def test_the_mail_about_what_waits_goes_to_those_who_may_decide(desk, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    copy = public_case_propose(case=factories.answered(desk), actor=desk.leader)
    OutboxMail.objects.all().delete()
    # The officer hands in without changing a word: the words stay the leader's.
    hand_in(client, copy, desk.officer)
    assert [mail.reference["user"] for mail in OutboxMail.objects.filter(kind="moderation_waiting")] == [str(second.pk)]


def test_what_was_withdrawn_meanwhile_is_not_approved(desk, client):
    """The approver's page is older than the withdrawal."""
    copy = factories.published(desk)
    hand_in(client, copy, desk.officer, answer="Đã sửa xong cả bốn quạt.")
    copy.refresh_from_db()
    state = copy.current_workflow_task_state
    assert state.workflow_state.current_task_state
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có tên học sinh.")
    with pytest.raises(PermissionDenied):
        PublicCaseTask.objects.get().on_action(state, desk.leader, "approve")
    copy.refresh_from_db()
    assert not copy.live


COMMENT = "Xin che tên thầy giáo ở dòng hai."


def decide(client, copy, user, state, *, ajax=False, **told):
    address = reverse("wagtailsnippets_feedback_publiccase:workflow_action", args=[copy.pk, "reject", state.pk])
    headers = {"x-requested-with": "XMLHttpRequest"} if ajax else {}
    return enter(client, user).post(address, {"comment": COMMENT, **told}, headers=headers)


@pytest.mark.parametrize("ajax", [False, True])
def test_a_reviewer_who_is_refused_finds_the_comment_on_the_next_screen_once(desk, by_leader, client, ajax):
    """They wrote the words, so another must decide; the comment they typed is theirs all the same."""
    answer = decide(client, by_leader, desk.leader, by_leader.current_workflow_task_state, ajax=ajax)
    assert (answer.json()["redirect"] if ajax else answer.url) == edit(by_leader)
    by_leader.refresh_from_db()
    assert by_leader.workflow_in_progress
    assert COMMENT in client.get(edit(by_leader)).content.decode()
    assert COMMENT not in client.get(edit(by_leader)).content.decode()


def test_a_reviewer_who_comes_second_finds_the_comment_too(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    third = make_officer("lanhdao-ba", Role.LEADER, unit=desk.unit)
    state = by_leader.current_workflow_task_state
    approve(client, by_leader, second)
    assert decide(client, by_leader, third, state).url == edit(by_leader)
    assert COMMENT in client.get(edit(by_leader)).content.decode()


def test_a_comment_that_was_taken_is_not_shown_again(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    decide(client, by_leader, second, by_leader.current_workflow_task_state)
    by_leader.refresh_from_db()
    assert not by_leader.workflow_in_progress
    assert "Chưa ghi được" not in client.get(edit(by_leader)).content.decode()


def test_words_typed_over_an_older_draft_are_kept_when_the_decision_is_refused(desk, by_leader, client):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    texts = {"title": by_leader.title, "question": by_leader.question, "answer": "Lời của người duyệt, gõ mất công."}
    old = {**PRESS, "workflow-action-extra-data": f'{{"comment": "{COMMENT}"}}'}
    page = enter(client, second).post(edit(by_leader), {**texts, **old}, follow=True).content.decode()
    assert "Lời của người duyệt, gõ mất công." in page
    assert COMMENT in page


@pytest.mark.parametrize("extra", ["x", "[]", '{"user": 1}', "null", '"a"'])
def test_nonsense_beside_a_decision_is_no_fault_of_the_server(desk, by_leader, client, extra):
    second = make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit)
    texts = {"title": by_leader.title, "question": by_leader.question, "answer": by_leader.answer}
    press = {**PRESS, **opened(by_leader), "workflow-action-extra-data": extra}
    assert enter(client, second).post(edit(by_leader), {**texts, **press}).status_code == 302
    by_leader.refresh_from_db()
    assert not by_leader.live


def test_a_portal_of_an_earlier_version_gets_the_new_task_and_loses_nothing(desk, by_leader, client):
    workflow, new = Workflow.objects.get(name="Duyệt bản công khai"), PublicCaseTask.objects.get()
    old = GroupApprovalTask.objects.create(name=new.name)
    old.groups.set(new.groups.all())
    TaskState.objects.update(task=old)
    WorkflowTask.objects.filter(workflow=workflow).update(task=old)
    new.delete()
    workflows_setup()
    workflows_setup()
    assert [type(task.specific) for task in workflow.tasks] == [PublicCaseTask]
    approve(client, by_leader, make_officer("lanhdao-hai", Role.LEADER, unit=desk.unit))
    by_leader.refresh_from_db()
    assert by_leader.live
