"""The way to the public: cleaned before it is stored, approved by another, gone at once when withdrawn."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.models import Revision, Workflow

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.search import search
from feedback import factories
from feedback.enums import CaseState, ConsentPurpose, NameShown
from feedback.models import Case, PublicCase
from feedback.services.answers import answer_approve, answer_save_and_submit
from feedback.services.handling import case_reopen, case_withdraw
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.publication import public_case_propose, public_case_withdraw, publication_bar
from feedback.services.triage import case_assign
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db

NAME, PHONE, EMAIL = "Lương Thị Chim Yến", "0934567890", "chimyen@thu.example.vn"
TOLD = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "address": "Số 8 ngách 9 phố Canary",
    "title": f"{NAME} hỏi về quạt",
    "body": f"Tôi là {NAME.upper()}, ở số 8 ngách 9 phố Canary. Gọi 0934.567.890 hoặc {EMAIL}.",
    "answer": f"Kính gửi bà {NAME}, chúng tôi đã gọi số +84 934 567 890.",
}
TRACES = ("chim yen", "chim yến", "934", "chimyen", "canary")


def traces_in(text):
    return [trace for trace in TRACES if trace in str(text).lower()]


def test_no_stored_row_of_the_copy_knows_the_sender(desk):
    copy = factories.public_draft(desk, **TOLD)
    assert traces_in([copy.title, copy.question, copy.answer, copy.shown_name, copy.search_text]) == []
    for revision in Revision.objects.for_instance(copy):
        assert traces_in(revision.content) == []
        assert traces_in(revision.object_str) == []


@pytest.mark.parametrize("field", ["title", "question", "answer"])
def test_a_trace_that_comes_back_is_refused_beside_its_field(desk, field):
    copy = factories.public_draft(desk, **TOLD)
    setattr(copy, field, f"Theo lời {NAME}")
    with pytest.raises(ValidationError) as refused:
        copy.full_clean()
    assert set(refused.value.message_dict) == {field}
    revision = copy.save_revision(user=desk.officer, clean=False)
    with pytest.raises(ValidationError):
        revision.publish(user=desk.leader, skip_permission_checks=True)
    assert not PublicCase.objects.public().exists()


def test_the_name_is_shown_as_its_bearer_chose(desk):
    assert factories.published(desk, name=NAME).shown_name == "Một người dân"
    assert factories.published(desk, name=NAME, name_shown=NameShown.INITIALS).shown_name == "L. T. C. Y."
    assert factories.published(desk, name=NAME, name_shown=NameShown.FULL).shown_name == NAME


def test_what_may_not_be_public_gets_no_copy(desk):
    with pytest.raises(TransitionRefusedError, match="câu trả lời"):
        public_case_propose(case=factories.in_progress(desk), actor=desk.officer)
    with pytest.raises(TransitionRefusedError, match="không đồng ý"):
        public_case_propose(case=factories.answered(desk, consents=(ConsentPurpose.HANDLE,)), actor=desk.officer)
    case = factories.answered(desk)
    publication_bar(case=case, actor=desk.leader, reason="Liên quan học sinh.")
    with pytest.raises(TransitionRefusedError, match="không được đăng"):
        public_case_propose(case=case, actor=desk.officer)


def test_a_copy_is_made_once_and_only_by_those_who_may(desk, other_desk):
    case = factories.answered(desk)
    for stranger in (other_desk.officer, desk.clerk):
        with pytest.raises(NotAllowedError):
            public_case_propose(case=case, actor=stranger)
    assert public_case_propose(case=case, actor=desk.officer) == public_case_propose(case=case, actor=desk.leader)


def test_nobody_publishes_their_own_words(desk):
    copy = factories.public_draft(desk)
    with pytest.raises(PublishPermissionError):
        copy.get_latest_revision().publish(user=desk.officer, skip_permission_checks=True)
    copy.answer = "Lãnh đạo viết lại."
    revision = copy.save_revision(user=desk.leader)
    with pytest.raises(PublishPermissionError):
        revision.publish(user=desk.leader, skip_permission_checks=True)
    copy.refresh_from_db()
    assert not copy.live


def test_saving_without_changing_a_word_is_not_writing(desk):
    copy = factories.public_draft(desk)
    copy.save_revision(user=desk.leader).publish(user=desk.leader, skip_permission_checks=True)
    copy.refresh_from_db()
    assert copy.live


def test_a_case_that_is_open_again_cannot_go_public_meanwhile(desk):
    copy = factories.public_draft(desk)
    case_reopen(case=copy.case, reason="Chưa đúng.")
    with pytest.raises(ValidationError, match="chưa có câu trả lời"):
        Revision.objects.for_instance(copy).last().publish(user=desk.leader, skip_permission_checks=True)


def test_a_schedule_whose_reason_is_gone_ends_and_stops_nobody_else(desk):
    copy, other = factories.public_draft(desk), factories.public_draft(desk, title="Việc khác")
    for each in (copy, other):
        revision = each.get_latest_revision()
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
        revision.save()
    publication_bar(case=copy.case, actor=desk.leader, reason="Đổi ý.")
    call_command("publish_scheduled")
    assert [row.title for row in PublicCase.objects.public()] == ["Việc khác"]
    assert not Revision.objects.for_instance(copy).exclude(approved_go_live_at=None).exists()


def test_withdrawn_is_gone_at_once_and_says_why(desk):
    copy = factories.published(desk, title="Quạt trần phòng mười hai")
    assert [hit.url for hit in search("quat tran phong muoi hai").hits] == [copy.get_absolute_url()]
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có tên học sinh.")
    assert not PublicCase.objects.public().exists()
    assert PublicCase.objects.withdrawn().get().withdrawn_reason == "Có tên học sinh."
    assert list(search("quat tran phong muoi hai").hits) == []


def test_an_old_draft_brings_back_neither_name_nor_reason(desk):
    copy = factories.published(desk)
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Có tên học sinh.")
    PublicCase.objects.filter(pk=copy.pk).update(shown_name="Một người dân")
    Revision.objects.for_instance(copy).first().publish(user=desk.leader, skip_permission_checks=True)
    copy.refresh_from_db()
    assert copy.live
    assert copy.withdrawn_reason == ""


def test_a_new_answer_makes_a_new_draft_and_the_old_one_stays_public_meanwhile(desk):
    copy = factories.published(desk)
    case = copy.case
    case_reopen(case=case, reason="Chưa đúng.")
    officer = make_officer("xuly-hai", Role.HANDLER, unit=desk.unit)
    case_assign(case=case, actor=desk.clerk, officer=officer)
    answer_save_and_submit(case=case, actor=officer, body="Đã sửa cả bốn quạt.", outcome="accepted_and_fixed")
    answer_approve(case=case, actor=desk.leader)
    assert public_case_propose(case=case, actor=officer).answer == "Đã sửa cả bốn quạt."
    assert PublicCase.objects.public().get().answer == factories.ANSWER
    public_case_propose(case=case, actor=officer)
    assert Revision.objects.for_instance(copy).count() == 2
    Revision.objects.for_instance(copy).last().publish(user=desk.leader, skip_permission_checks=True)
    copy.refresh_from_db()
    assert (copy.answer, copy.answer_number) == ("Đã sửa cả bốn quạt.", 2)


def test_who_may_withdraw(desk, other_desk):
    copy = factories.published(desk)
    for stranger in (other_desk.leader, desk.officer, desk.clerk):
        with pytest.raises(NotAllowedError):
            public_case_withdraw(public_case=copy, actor=stranger, reason="x")
    with pytest.raises(TransitionRefusedError):
        public_case_withdraw(public_case=copy, actor=desk.leader, reason="  ")
    admin = make_officer("quantri", Role.ADMIN)
    public_case_withdraw(public_case=copy, actor=admin, reason="Khẩn.")
    assert not PublicCase.objects.public().exists()


def test_a_sender_who_withdraws_takes_the_copy_along(desk):
    copy = factories.published(desk)
    case = copy.case
    case_reopen(case=case, reason="Chưa đúng.")
    case_withdraw(case=case)
    assert not PublicCase.objects.public().exists()


def test_the_ledger_tells_the_story_without_words(desk):
    copy = factories.published(desk, **TOLD)
    public_case_withdraw(public_case=copy, actor=desk.leader, reason="Chim nhầm chỗ.")
    events = LedgerEvent.objects.about("case", copy.reference)
    verbs = [event.verb for event in events if event.verb.startswith("public_case")]
    assert verbs == [f"public_case.{word}" for word in ("proposed", "published", "unpublished", "withdrawn")]
    told = [(event.verb, event.data, event.subject_key) for event in LedgerEvent.objects.all()]
    assert traces_in(told) == []
    assert "Chim nhầm chỗ" not in str(told)


def test_a_copy_goes_out_through_the_workflow_by_another_hand(desk, client, site_tree):
    """The whole way in Wagtail's own screens: the officer submits, the officer cannot approve, the leader does."""
    copy = factories.public_draft(desk)
    assert Workflow.objects.filter(active=True, name="Duyệt bản công khai").exists()
    edit = reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk])
    texts = {"title": copy.title, "question": copy.question, "answer": "Đã sửa xong, cảm ơn […]."}
    backend = "django.contrib.auth.backends.ModelBackend"

    client.force_login(desk.officer, backend=backend)
    client.post(edit, {**texts, "action-publish": "1"})
    copy.refresh_from_db()
    assert not copy.live
    client.post(edit, {**texts, "action-submit": "1"})
    copy.refresh_from_db()
    assert copy.workflow_in_progress
    assert not copy.live

    client.force_login(desk.leader, backend=backend)
    state = copy.current_workflow_task_state
    action = "wagtailsnippets_feedback_publiccase:workflow_action"
    client.post(reverse(action, args=[copy.pk, "approve", state.pk]), {"comment": ""})
    copy.refresh_from_db()
    assert copy.live
    assert copy.answer == texts["answer"]
    assert Case.objects.get().state == CaseState.ANSWERED
