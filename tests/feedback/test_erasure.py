"""Erasing a person: not one row of the whole database knows the sender afterwards, the older versions included."""

from datetime import timedelta

from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from wagtail.admin.models import FormState
from wagtail.models import Revision, TaskState

import pytest

from cms.core.ports import jobs
from cms.core.search import search
from cms.core.text import fold
from cms.media.private import private_storage
from feedback import factories
from feedback.enums import CaseState, NameShown
from feedback.models import Case, MaskedWords, PublicCase
from feedback.models.redaction import open_findings
from feedback.services.handling import case_close, note_add
from feedback.services.integrity import CHECKS
from feedback.services.moves import TransitionRefusedError
from feedback.services.publication import public_case_withdraw, publication_bar
from feedback.services.redaction import finding_waive
from feedback.services.retention import case_anonymise
from feedback.services.tallies import tallies_rebuild
from tests.feedback.conftest import make_desk

pytestmark = pytest.mark.django_db
NAME, PHONE, EMAIL = "Lương Thị Chim Yến", "0934567890", "chimyen@thu.example.vn"
TOLD = {
    "name": NAME,
    "phone": PHONE,
    "email": EMAIL,
    "address": "Số 8 ngách 9 phố Canary",
    "name_shown": NameShown.FULL,
    "title": f"{NAME} hỏi về quạt",
    "body": f"Tôi là {NAME.upper()}, ở số 8 ngách 9 phố Canary. Gọi 0934.567.890 hoặc {EMAIL}.",
    "answer": f"Kính gửi bà {NAME}, nhà trường đã sửa quạt.",
}
TRACES = ("chim yen", "934567890", "934.567", "chimyen", "canary")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def whole_database():
    """Yield (place, text) of every row of every table that Django knows."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.order_by().values():
            yield model._meta.label, fold(str(row))


def traces():
    return sorted({(place, trace) for place, text in whole_database() for trace in TRACES if trace in text})


def ended(copy):
    """The case of ``copy``, closed and kept for as long as its category wants."""
    case = copy.case
    Case.objects.filter(pk=case.pk).update(answered_at=timezone.now() - timedelta(days=90))
    case_close(case=case)
    case.category.keep_days = 30
    case.category.save()
    Case.objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=31))
    tallies_rebuild()  # dates that no service wrote
    case.refresh_from_db()
    return case


@pytest.fixture
def copy(site_tree, client):
    """A copy that names its sender by consent, handed in with talk about them, published, then changed again."""
    desk = make_desk("truong-a", "Trường Tiểu học Mẫu A")
    copy = factories.public_draft(desk, files=[factories.stored_file(name="chim yen.jpg")], **TOLD)
    note_add(case=copy.case, actor=desk.officer, text=f"Đã gọi {NAME}.")
    edit = reverse("wagtailsnippets_feedback_publiccase:edit", args=[copy.pk])
    client.force_login(desk.officer, backend=BACKEND)
    client.post(edit, {"title": copy.title, "question": copy.question, "answer": copy.answer, "action-submit": "1"})
    copy.refresh_from_db()
    action = "wagtailsnippets_feedback_publiccase:workflow_action"
    client.force_login(desk.leader, backend=BACKEND)
    address = reverse(action, args=[copy.pk, "approve", copy.current_workflow_task_state.pk])
    client.post(address, {"comment": f"Bà {NAME} đã đồng ý."})
    copy.refresh_from_db()
    copy.question = f"{copy.question} Người gửi: {NAME}."
    copy.save_revision(user=desk.officer)
    # Typed, previewed, never saved: Wagtail keeps the form.
    typed = {"title": copy.title, "question": f"{copy.question} Xin cảm ơn.", "answer": copy.answer}
    client.force_login(desk.officer, backend=BACKEND)
    preview = reverse("wagtailsnippets_feedback_publiccase:preview_on_edit", args=[copy.pk])
    assert client.post(preview, typed).json()["is_valid"]
    client.logout()
    copy.leader = desk.leader
    return copy


def test_the_sender_is_everywhere_before(copy):
    """The test below is no straw man."""
    places = {place for place, _trace in traces()}
    assert {
        *("feedback.Case", "feedback.Sender", "feedback.Answer", "feedback.Note", "feedback.Attachment"),
        *("feedback.PublicCase", "wagtailcore.Revision", "wagtailcore.TaskState", "wagtailcore.ModelLogEntry"),
        "core.SearchEntry",
    } <= places
    assert copy.live
    assert copy.shown_name == NAME


def test_after_erasing_no_row_of_any_table_knows_the_sender(copy, client, django_capture_on_commit_callbacks):
    case = ended(copy)
    file = case.attachments.get().stored_name
    with django_capture_on_commit_callbacks(execute=True):
        case_anonymise(case=case)
    assert traces() == []
    assert not private_storage.exists(file)
    assert case.state == CaseState.ANONYMISED
    page = client.get(copy.get_absolute_url()).content.decode()
    assert "Một người dân" in page
    assert [trace for trace in TRACES if trace in fold(page)] == []
    assert not search(NAME).hits
    assert [line for check in CHECKS for line in check.run()] == []


def test_what_is_public_stays_public_and_found(copy):
    case_anonymise(case=ended(copy))
    assert PublicCase.objects.public().get().reference == copy.reference
    assert [hit.url for hit in search("nhà trường đã sửa quạt").hits] == [copy.get_absolute_url()]
    assert Revision.objects.for_instance(copy).count() >= 3
    assert TaskState.objects.get().comment == ""


def test_the_reason_of_a_withdrawal_may_not_name_anybody(copy):
    for reason, what in ((f"Theo lời {NAME}.", "tên người"), ("Gọi 0356 777 999.", "số điện thoại")):
        with pytest.raises(TransitionRefusedError, match=what):
            public_case_withdraw(public_case=copy, actor=copy.leader, reason=reason)
    assert PublicCase.objects.public().exists()


def test_an_old_reason_of_a_withdrawal_loses_the_name_too(copy):
    public_case_withdraw(public_case=copy, actor=copy.leader, reason="Đăng nhầm.")
    PublicCase.objects.update(withdrawn_reason=f"Theo lời {NAME}.")  # given before reasons were looked at
    case_anonymise(case=ended(copy))
    assert traces() == []
    assert "[đã che tên]" in PublicCase.objects.withdrawn().get().withdrawn_reason


def test_a_withdrawn_copy_leaves_no_preview(copy):
    assert FormState.objects.for_instance(copy).count() == 1
    public_case_withdraw(public_case=copy, actor=copy.leader, reason="Đăng nhầm.")
    assert FormState.objects.count() == 0


def test_previews_that_nobody_looks_at_any_more_go_with_the_cleaning(copy):
    jobs.get("clean").run()
    assert FormState.objects.count() == 1
    FormState.objects.update(last_updated_at=timezone.now() - FormState.STALE_TIMEOUT - timedelta(minutes=1))
    jobs.get("clean").run()
    assert FormState.objects.count() == 0


def test_an_older_version_published_again_brings_no_name_back(copy):
    case_anonymise(case=ended(copy))
    stored = PublicCase.objects.get()
    for revision in Revision.objects.for_instance(stored):
        assert revision.as_object().shown_name == "Một người dân"
        assert [trace for trace in TRACES if trace in fold(str(revision.content))] == []


# --- third persons -----------------------------------------------------------------------------------------------

CHILD, TEACHER = "Phượng Chim Ưng", "Lò Thị Chim Cắt"
OTHERS = ("chim ung", "chim cat")
BODY = f"Cháu {CHILD} bị cô {TEACHER} phạt. Cháu {CHILD} rất sợ."


def others():
    return sorted({(place, trace) for place, text in whole_database() for trace in OTHERS if trace in text})


def third_persons(desk):
    """A copy whose first version names a child and a teacher; the child is masked, the teacher kept for a reason."""
    copy = factories.public_draft(desk, body=BODY)
    for found in open_findings(copy.get_latest_revision_as_object()):
        reason = f"{TEACHER} là người của trường"
        if TEACHER in found.words:
            finding_waive(public_case=copy, digest=found.digest, reason=reason, actor=desk.officer)
    factories.mask_findings(copy, desk.officer)
    copy.refresh_from_db()
    return copy


def publish(copy, desk):
    copy.get_latest_revision().publish(user=desk.leader, skip_permission_checks=True)
    return PublicCase.objects.get(pk=copy.pk)


@pytest.fixture
def desk(site_tree):
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


def test_older_versions_of_a_public_copy_are_forgotten(desk):
    live = publish(third_persons(desk), desk)
    live.question += f" Em {CHILD} nghỉ học."
    live.save_revision(user=desk.officer)
    assert ("wagtailcore.Revision", "chim ung") in others()
    assert ("feedback.Waiver", "chim cat") in others()
    case_anonymise(case=ended(live))
    # The teacher stands in what the public reads, by decision; the child nowhere, not even as a mark.
    assert {trace for _place, trace in others()} == {"chim cat"}
    assert {place for place, _trace in others()} == {"feedback.PublicCase", "wagtailcore.Revision", "core.SearchEntry"}
    assert sum(TEACHER in str(revision.content) for revision in Revision.objects.for_instance(live)) == 1
    assert not MaskedWords.objects.exists()
    public = PublicCase.objects.public().get()
    assert TEACHER in public.question
    assert public.get_latest_revision_as_object().question == public.question


def test_a_copy_that_was_never_published_loses_its_words(desk):
    copy = third_persons(desk)
    case_anonymise(case=ended(copy))
    assert others() == []
    stored = PublicCase.objects.get()
    assert {stored.title, stored.question, stored.answer} == {"(đã xóa)"}
    assert not search("Chim Cắt").hits


def test_a_withdrawn_copy_loses_its_words_and_keeps_its_tombstone(desk, client):
    live = publish(third_persons(desk), desk)
    public_case_withdraw(public_case=live, actor=desk.leader, reason="Đăng nhầm.")
    case_anonymise(case=ended(live))
    assert others() == []
    page = client.get(live.get_absolute_url())
    assert page.status_code == 410
    assert "Đăng nhầm." in page.content.decode()
    assert [line for check in CHECKS for line in check.run()] == []


def test_a_copy_that_waits_for_approval_is_not_waited_for_any_more(desk, client):
    copy = third_persons(desk)
    copy.get_workflow().start(copy.get_latest_revision_as_object(), desk.officer)
    case_anonymise(case=ended(copy))
    assert others() == []
    assert PublicCase.objects.get().current_workflow_state is None


def test_a_case_without_a_sender_is_forgotten_too(desk):
    copy = third_persons(desk)
    case = ended(copy)
    case.sender.delete()
    case.refresh_from_db()
    case_anonymise(case=Case.objects.get(pk=case.pk))
    assert others() == []


def test_why_a_case_was_barred_is_forgotten_but_not_that_it_was(desk):
    copy = third_persons(desk)
    publication_bar(case=copy.case, actor=desk.leader, reason=f"Vì cháu {CHILD}.")
    case_anonymise(case=ended(copy))
    assert others() == []
    assert Case.objects.get().publication_barred_reason
