"""Findings in a public copy: masked by one press, kept with a reason, and no way out while one is open."""

import logging
from datetime import timedelta

from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Workflow

import pytest

from cms.core.models import LedgerEvent
from feedback import factories
from feedback.enums import NameShown
from feedback.models import PublicCase, Redaction, Waiver
from feedback.models.redaction import copy_findings, open_findings, words_digest
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.publication import public_case_forget
from feedback.services.redaction import finding_mask, finding_waive, waiver_undo
from tests.feedback import walk

pytestmark = pytest.mark.django_db

CHILD, PHONE = "Phượng Chim Ưng", "0356 777 999"
BODY = f"Cháu {CHILD} bị bắt nạt. Gọi {PHONE}. Cháu {CHILD} rất sợ."
EDIT = "wagtailsnippets_feedback_publiccase:edit"


@pytest.fixture
def copy(desk):
    return factories.public_draft(desk, body=BODY, answer="Nhà trường đã làm việc với hai gia đình.")


def newest(copy):
    return PublicCase.objects.get(pk=copy.pk).get_latest_revision_as_object()


def finding(copy, kind):
    return next(found for found in open_findings(newest(copy)) if found.kind == kind)


def decide_all(copy, actor):
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=actor)
    return finding_waive(public_case=copy, digest=finding(copy, "phone").digest, reason="Số của trường", actor=actor)


def publish(copy, desk):
    newest(copy).get_latest_revision().publish(user=desk.leader, skip_permission_checks=True)


def test_a_copy_with_an_open_finding_does_not_go_out(desk, copy):
    with pytest.raises(ValidationError) as refused:
        publish(copy, desk)
    assert set(refused.value.message_dict) == {"question"}
    said = refused.value.message_dict["question"][0]
    assert "tên người (2)" in said
    assert "số điện thoại (1)" in said
    assert CHILD not in said
    assert PHONE not in said
    finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    with pytest.raises(ValidationError):
        publish(copy, desk)
    finding_waive(public_case=copy, digest=finding(copy, "phone").digest, reason="Số của trường", actor=desk.officer)
    publish(copy, desk)
    assert PublicCase.objects.public().get().question.count("[đã che tên]") == 2


def test_one_press_masks_the_same_words_everywhere(desk, copy):
    assert finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer) == 2
    assert CHILD not in newest(copy).question
    row = Redaction.objects.get()
    assert (row.kind, row.places, row.made_by) == ("name", 2, desk.officer)


def test_four_eyes_stand_whoever_masks(desk, copy):
    decide_all(copy, desk.leader)
    with pytest.raises(Exception, match="không tự duyệt"):
        publish(copy, desk)


def test_a_waiver_needs_a_reason_and_can_be_taken_back(desk, copy):
    phone = finding(copy, "phone").digest
    for reason in ("", "  ", "x" * 201, "a\x00b"):
        with pytest.raises(TransitionRefusedError):
            finding_waive(public_case=copy, digest=phone, reason=reason, actor=desk.officer)
    assert not Waiver.objects.exists()
    waiver = decide_all(copy, desk.officer)
    assert open_findings(newest(copy)) == []
    again = finding_waive(public_case=copy, digest=phone, reason="Lần nữa", actor=desk.officer)
    assert (again, again.reason) == (waiver, "Số của trường")
    waiver_undo(waiver=waiver, actor=desk.officer)
    assert [found.kind for found in open_findings(newest(copy))] == ["phone"]
    with pytest.raises(ValidationError):
        publish(copy, desk)


def test_a_waiver_is_not_taken_from_under_a_live_copy(desk, copy):
    waiver = decide_all(copy, desk.officer)
    publish(copy, desk)
    with pytest.raises(TransitionRefusedError, match="đang công khai"):
        waiver_undo(waiver=waiver, actor=desk.officer)


def test_a_waiver_holds_for_other_spellings_of_the_words_and_for_this_copy_only(desk, copy):
    assert words_digest(1, "name", "Lê  HOA") == words_digest(1, "name", "lê hoa")
    assert words_digest(1, "name", "Hoa") != words_digest(2, "name", "Hoa")
    waiver = decide_all(copy, desk.officer)
    other = factories.public_draft(desk, body=BODY)
    assert {found.kind for found in open_findings(newest(other))} == {"name", "phone"}
    assert PHONE not in str(Waiver.objects.filter(pk=waiver.pk).values())


def test_strangers_decide_nothing(desk, other_desk, copy):
    digest = finding(copy, "phone").digest
    waiver = finding_waive(public_case=copy, digest=digest, reason="Số của trường", actor=desk.officer)
    for stranger in (other_desk.officer, other_desk.leader, desk.clerk):
        for refused in (
            lambda: finding_mask(public_case=copy, digest=digest, actor=stranger),  # noqa: B023
            lambda: finding_waive(public_case=copy, digest=digest, reason="x", actor=stranger),  # noqa: B023
            lambda: waiver_undo(waiver=waiver, actor=stranger),  # noqa: B023
        ):
            with pytest.raises(NotAllowedError):
                refused()


def test_words_that_are_gone_are_not_decided(desk, copy):
    with pytest.raises(TransitionRefusedError, match="không còn"):
        finding_mask(public_case=copy, digest="0" * 64, actor=desk.officer)


def test_a_mask_that_no_longer_fits_is_refused_and_changes_nothing(desk):
    copy = factories.public_draft(desk, body="Việc ở trường")
    draft = newest(copy)
    draft.title = "a" * 185 + " cháu Na ốm"
    draft.save_revision(user=desk.officer)
    with pytest.raises(TransitionRefusedError, match="dài quá 200"):
        finding_mask(public_case=copy, digest=finding(copy, "name").digest, actor=desk.officer)
    assert newest(copy).title.endswith("cháu Na ốm")


def test_who_waits_for_approval_changes_nothing_meanwhile(desk, copy):
    call_command("setup_site", verbosity=0)
    Workflow.objects.get(workflow_content_types__content_type__model="publiccase").start(newest(copy), desk.officer)
    with pytest.raises(TransitionRefusedError, match="chờ người khác duyệt"):
        finding_mask(public_case=copy, digest=finding(copy, "phone").digest, actor=desk.officer)


def test_a_name_shown_with_consent_is_no_finding(desk):
    said = "Tôi là Nguyễn Thị Chim Én, hỏi về lịch học."
    shown = factories.public_draft(desk, name="Nguyễn Thị Chim Én", name_shown=NameShown.FULL, body=said)
    assert [found.kind for found in copy_findings(newest(shown))] == []


def test_a_schedule_is_refused_while_a_finding_is_open_and_ends_when_one_opens_again(desk, copy):
    draft = newest(copy)
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    with pytest.raises(ValidationError, match="dữ liệu cá nhân"):
        draft.save_revision(user=desk.officer).publish(user=desk.leader, skip_permission_checks=True)
    waiver = decide_all(copy, desk.officer)
    publish(copy, desk)
    revision = newest(copy).get_latest_revision()
    assert revision.approved_go_live_at
    with pytest.raises(TransitionRefusedError, match="bị khóa"):
        waiver_undo(waiver=waiver, actor=desk.officer)
    waiver.delete()
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None
    assert not PublicCase.objects.public().exists()


def test_nothing_of_the_words_goes_to_ledger_log_or_mail(desk, copy, caplog):
    with caplog.at_level(logging.DEBUG):
        waiver_undo(waiver=decide_all(copy, desk.officer), actor=desk.officer)
    events = LedgerEvent.objects.filter(
        verb__in=["public_case.masked", "public_case.waived", "public_case.waiver_undone"]
    )
    assert [event.data for event in events.order_by("pk")] == [{"kind": "name"}, {"kind": "phone"}, {"kind": "phone"}]
    for words in (CHILD, PHONE, "Số của trường"):
        assert words not in str(list(LedgerEvent.objects.values()))
        assert words not in caplog.text
        assert words not in str([(sent.subject, sent.body) for sent in mail.outbox])


def test_a_reason_that_names_the_sender_is_cleaned_with_the_sender(desk):
    copy = factories.public_draft(desk, name="Lương Thị Chim Yến", body=f"Gọi {PHONE}.")
    reason = "Bà Lương Thị Chim Yến đồng ý"
    finding_waive(public_case=copy, digest=finding(copy, "phone").digest, reason=reason, actor=desk.officer)
    public_case_forget(case=copy.case, sender=copy.case.sender)
    assert "Yến" not in Waiver.objects.get().reason


# --- the screen --------------------------------------------------------------------------------------------------


def address(name, copy, *more):
    return reverse(f"wagtailsnippets_feedback_publiccase:{name}", args=[copy.pk, *more])


def test_the_screen_marks_what_is_open_and_decides_by_one_press(client, desk, copy):
    client.force_login(desk.officer)
    page = client.get(reverse(EDIT, args=[copy.pk])).content.decode()
    assert f'<mark class="findings__mark">{CHILD}</mark>' in page
    assert page.count('name="digest"') == 4
    digest = finding(copy, "name").digest
    done = client.post(address("mask", copy), {"digest": digest}, follow=True).content.decode()
    assert "Đã che 2 chỗ" in done
    digest = finding(copy, "phone").digest
    refused = client.post(address("waive", copy), {"digest": digest, "reason": " "}, follow=True).content.decode()
    assert "Hãy ghi lý do" in refused
    kept = client.post(address("waive", copy), {"digest": digest, "reason": "Số của trường"}, follow=True)
    assert "Số của trường" in kept.content.decode()
    assert "Máy không thấy chỗ nào còn phải quyết định" in kept.content.decode()
    undone = client.post(address("waiver_undo", copy, Waiver.objects.get().pk), follow=True).content.decode()
    assert "Đã bỏ quyết định giữ lại" in undone


def test_the_refusal_to_publish_is_said_on_the_screen(client, desk, copy):
    call_command("setup_site", verbosity=0)
    Workflow.objects.get(workflow_content_types__content_type__model="publiccase").start(newest(copy), desk.officer)
    task = PublicCase.objects.get(pk=copy.pk).current_workflow_task_state
    client.force_login(desk.leader)
    approve = address("workflow_action", copy, "approve", task.pk)
    page = client.post(approve, {"comment": ""}, follow=True).content.decode()
    assert "còn chỗ giống dữ liệu cá nhân" in page
    assert not PublicCase.objects.public().exists()


def test_strangers_and_gets_change_nothing_on_the_screen(client, desk, other_desk, copy):
    digest = finding(copy, "name").digest
    client.force_login(desk.officer)
    assert client.get(address("mask", copy)).status_code == 405
    client.force_login(other_desk.officer)
    assert client.post(address("mask", copy), {"digest": digest}).status_code == 404
    assert client.post(address("waive", copy), {"digest": digest, "reason": "x"}).status_code == 404
    client.force_login(desk.clerk)
    assert client.post(address("mask", copy), {"digest": digest}).status_code in {302, 403, 404}
    assert CHILD in newest(copy).question
    assert not Waiver.objects.exists()


def test_the_screen_asks_the_database_no_more_for_more_findings(client, desk, django_assert_max_num_queries):
    many = " ".join(f"Gọi 09120000{number:02d}." for number in range(60))
    few, full = factories.public_draft(desk, body="Gọi 0912000099."), factories.public_draft(desk, body=many)
    client.force_login(desk.officer)
    client.get(reverse(EDIT, args=[few.pk]))
    with django_assert_max_num_queries(200) as first:
        client.get(reverse(EDIT, args=[few.pk]))
    with django_assert_max_num_queries(len(first) + 1):
        client.get(reverse(EDIT, args=[full.pk]))


# --- what the sender reads -----------------------------------------------------------------------------------------


def test_the_review_says_what_looks_personal_in_ones_own_words_and_lets_it_be_sent(client):
    body = "Cháu Minh ở lớp 7A3 bị ngã, gọi tôi theo số 0356 777 999."
    draft = walk.to_review(client, body=body)
    text = client.get(f"{walk.FORM}xem-lai/").content.decode()
    assert "“Minh” (tên người)" in text
    assert "“0356 777 999” (số điện thoại)" in text
    sent = walk.post(client, "xem-lai", {**walk.right_answer(client, draft), "ghi_chu_them": ""})
    assert (sent.status_code, sent.url) == (302, walk.DONE)


def test_the_review_is_silent_where_nothing_looks_personal(client):
    walk.to_review(client)
    assert "looks-personal" not in client.get(f"{walk.FORM}xem-lai/").content.decode()
