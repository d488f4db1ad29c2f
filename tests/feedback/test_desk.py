"""The desk as its people use it: through the admin, by GET and POST."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.services.ledger import event_record
from cms.core.viewsets.ledger_words import verb_words
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Answer, Case, PublicCase
from feedback.services.timeline import office_timeline
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db

PASSWORD = "mat-khau-thu-1"


@pytest.fixture
def enter(client):
    """Return a function that logs an officer in and gives back the client."""

    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def screen(case):
    return reverse("case:open", args=[case.pk])


def step(case, verb):
    return reverse("case:step", args=[case.pk, verb])


def take(client, case, verb, **data):
    case.refresh_from_db()
    return client.post(step(case, verb), {"expected_version": case.version, **data})


def test_a_case_goes_through_the_whole_office_by_its_screens(desk, enter):
    case = factories.submitted(desk.unit)
    take(enter(desk.clerk), case, "accept", category=case.category_id, unit=desk.unit.pk)
    take(enter(desk.clerk), case, "assign", officer=desk.officer.pk)
    take(enter(desk.officer), case, "start")
    take(enter(desk.officer), case, "answer", body="Nhà trường đã sửa quạt.", outcome="accepted_and_fixed", submit="1")
    case.refresh_from_db()
    assert case.state == CaseState.PENDING_APPROVAL
    take(enter(desk.leader), case, "approve", comment="")
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED
    assert case.answers.get().approver == desk.leader
    response = take(enter(desk.officer), case, "public")
    assert response.url == reverse("wagtailsnippets_feedback_publiccase:edit", args=[case.public_case.pk])


def test_the_list_shows_own_cases_by_urgency_with_badges(desk, other_desk, enter):
    mine, foreign = factories.accepted(desk), factories.accepted(other_desk, title="Việc của trường khác")
    page = enter(desk.officer).get(reverse("case:index")).content.decode()
    assert mine.title in page
    assert "ngày làm việc" in page
    assert foreign.title not in page


@pytest.mark.parametrize(
    "queue", ["new", "mine", "soon", "late", "approval", "waiting", "publish", "quarantine", "all", "khong-co"]
)
def test_every_queue_answers(desk, enter, queue):
    factories.in_progress(desk)
    assert enter(desk.officer).get(reverse("case:index"), {"queue": queue}).status_code == 200


def test_queues_hold_what_they_say(desk, enter):
    new, mine = factories.submitted(desk.unit, title="Việc mới gửi"), factories.in_progress(desk, title="Việc đang làm")
    client = enter(desk.officer)

    def titles(**query):
        response = client.get(reverse("case:index"), query)
        return {case.title for case in response.context["object_list"]}

    assert titles() == {new.title, mine.title}
    assert titles(queue="new") == {new.title}
    assert titles(queue="mine") == {mine.title}
    assert titles(q="viec DANG lam") == {mine.title}
    assert titles(q=new.reference) == {new.title}
    assert titles(unit=desk.unit.pk, year="2019") == set()


def test_a_phone_finds_a_case_only_for_those_who_may_see_the_sender(desk, enter):
    factories.submitted(desk.unit, phone="0987 654 321")
    found = enter(desk.officer).get(reverse("case:index"), {"q": "+84 987.654.321"}).context["object_list"]
    assert len(found) == 1
    found = enter(desk.clerk).get(reverse("case:index"), {"q": "0987654321"}).context["object_list"]
    assert len(found) == 0


@pytest.mark.parametrize("typed", ["84000000", "0000000", "0012345"])
def test_a_number_too_short_to_tell_people_apart_finds_nobody(desk, enter, typed):
    factories.submitted(desk.unit, phone="0987 612 345")
    found = enter(desk.officer).get(reverse("case:index"), {"q": typed}).context["object_list"]
    assert len(found) == 0


def test_the_list_costs_the_same_whatever_its_length(desk, enter):
    client, address = enter(desk.officer), reverse("case:index")
    factories.in_progress(desk)
    client.get(address)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        counts.append(len(counted))
        for number in range(8):
            factories.in_progress(desk, title=f"Việc số {number}")
    assert counts[0] == counts[1]


def test_the_sender_is_masked_until_somebody_asks_and_the_look_is_logged(desk, enter):
    case = factories.submitted(desk.unit, name="Trần Văn Kín", phone="0987654321")
    client = enter(desk.officer)
    page = client.get(screen(case)).content.decode()
    assert "Trần Văn Kín" not in page
    assert "0987654321" not in page
    shown = client.post(step(case, "sender")).content.decode()
    assert "Trần Văn Kín" in shown
    assert "0987654321" in shown
    event = LedgerEvent.objects.about("case", case.reference).last()
    assert event.actor == desk.officer
    assert "Kín" not in str(event.data)


def test_the_clerk_never_sees_the_sender(desk, enter):
    case = factories.submitted(desk.unit, name="Trần Văn Kín")
    client = enter(desk.clerk)
    assert "T. V. K." not in client.get(screen(case)).content.decode()
    before = LedgerEvent.objects.count()
    response = client.post(step(case, "sender"))
    assert "Kín" not in response.content.decode()
    assert LedgerEvent.objects.count() == before


def test_the_second_of_two_people_is_told_and_keeps_the_words(desk, enter):
    case = factories.in_progress(desk)
    seen = case.version
    client = enter(desk.officer)
    client.post(step(case, "answer"), {"expected_version": seen, "body": "Bản của người nhanh hơn.", "outcome": ""})
    response = client.post(
        step(case, "answer"), {"expected_version": seen, "body": "Lời của người chậm hơn.", "outcome": ""}
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Người khác vừa cập nhật" in page
    assert "Lời của người chậm hơn." in page
    assert case.answers.get().body == "Bản của người nhanh hơn."


def test_words_typed_for_a_step_that_is_gone_are_kept_on_the_page(desk, enter):
    case = factories.proposed(desk)
    version = case.version
    client = enter(desk.leader)
    client.post(step(case, "return"), {"expected_version": version, "comment": "Thêm ngày hẹn."})
    response = client.post(step(case, "return"), {"expected_version": version, "comment": "Ý kiến gõ sau."})
    assert response.status_code == 409
    assert "Ý kiến gõ sau." in response.content.decode()
    assert case.answers.get().decision_comment == "Thêm ngày hẹn."


def test_a_step_without_its_reason_says_so_beside_the_field_and_stores_nothing(desk, enter):
    case = factories.submitted(desk.unit)
    response = take(enter(desk.clerk), case, "decline", note="Xin gửi nơi khác.")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Xin gửi nơi khác." in page
    assert Case.objects.get().state == CaseState.SUBMITTED


@pytest.mark.parametrize("body", ["\x00", "a\ufdd0", "\u200b" * 5, "x" * 30_000])
def test_hostile_words_are_refused_with_a_sentence(desk, enter, body):
    case = factories.in_progress(desk)
    response = take(enter(desk.officer), case, "answer", body=body, outcome="explained")
    assert response.status_code == 422
    assert not Answer.objects.exists()


@pytest.mark.parametrize("version", ["", "abc", "9" * 40, "-1", "٣"])
def test_a_forged_version_changes_nothing(desk, enter, version):
    case = factories.submitted(desk.unit)
    response = enter(desk.clerk).post(step(case, "quarantine"), {"expected_version": version})
    assert response.status_code in {409, 422}
    assert Case.objects.get().state == CaseState.SUBMITTED


def test_unknown_fields_and_verbs_change_nothing(desk, enter):
    case = factories.submitted(desk.unit)
    client = enter(desk.clerk)
    assert client.post(step(case, "khong-co")).status_code == 404
    assert client.get(step(case, "quarantine")).status_code == 405
    take(client, case, "accept", category=case.category_id, unit=desk.unit.pk, state="answered", due_on="2030-01-01")
    case.refresh_from_db()
    assert case.state == CaseState.ACCEPTED
    assert case.due_on.year < 2030


def test_a_file_is_handed_to_its_unit_as_a_download_that_cannot_act(desk, enter):
    case = factories.submitted(desk.unit, files=[factories.stored_file(name="ảnh lớp.jpg")])
    response = enter(desk.officer).get(reverse("case:file", args=[case.attachments.get().pk]))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"].startswith("private, no-store")


def test_the_home_page_says_what_waits(desk, enter, site_tree):
    factories.in_progress(desk)
    page = enter(desk.officer).get(reverse("wagtailadmin_home")).content.decode()
    assert re.search(r"<strong>1</strong>\s*giao cho tôi", page)


def test_people_without_cases_see_no_menu_and_no_numbers(desk, enter):
    page = enter(make_officer("bientap", Role.EDITOR)).get(reverse("wagtailadmin_home"), follow=True)
    assert "giao cho tôi" not in page.content.decode()


def test_the_reason_catalogue_is_for_those_who_keep_it(desk, enter, officer):
    assert enter(officer(Role.ADMIN)).get(reverse("case_category:index")).status_code == 200
    assert enter(desk.leader).get(reverse("case_category:index")).status_code == 302
    assert enter(desk.officer).get(reverse("case_category:index")).status_code == 302


def test_a_public_copy_is_withdrawn_with_a_reason(desk, enter):
    copy = factories.published(desk)
    address = reverse("wagtailsnippets_feedback_publiccase:unpublish", args=[copy.pk])
    client = enter(desk.leader)
    assert client.post(address, {"reason": ""}).status_code == 200
    assert PublicCase.objects.public().exists()
    client.post(address, {"reason": "Có tên học sinh."})
    assert PublicCase.objects.withdrawn().get().withdrawn_reason == "Có tên học sinh."


def test_everything_that_happens_to_a_case_has_words_in_its_story(desk):
    case = factories.submitted(desk.unit)
    # A search for a sender is about no case.
    verbs = {verb for verb in verb_words() if verb.startswith(("case.", "public_case."))} - {"case.sender_searched"}
    assert {"case.submit", "case.lane_changed", "case.entered", "public_case.proposed"} <= verbs
    for verb in sorted(verbs):
        event_record(subject_type="case", subject_key=case.reference, verb=verb, actor=desk.clerk)
    told = office_timeline(case)
    events = LedgerEvent.objects.about("case", case.reference)
    assert len(told) == len(events) == len(verbs) + 1
    assert [event.verb for event, line in zip(events, told, strict=True) if not line.title.strip()] == []


def test_whoever_may_not_take_the_step_keeps_what_they_typed(desk, enter):
    case = factories.proposed(desk)
    answer = take(enter(desk.officer), case, "return", comment="Tôi muốn sửa lại đoạn cuối.")
    assert answer.status_code == 403
    assert "Tôi muốn sửa lại đoạn cuối." in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.PENDING_APPROVAL


def test_the_form_that_passes_a_case_on_says_until_when(desk, enter):
    case = factories.submitted(desk.unit)
    page = enter(desk.clerk).get(screen(case)).content.decode()
    assert "Phải chuyển trước hết ngày" in page
    assert "5 ngày làm việc kể từ khi nhận" in page
