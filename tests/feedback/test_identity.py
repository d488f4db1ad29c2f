"""The sender's identity: what a clerk may know without it, and that searching by it is a look that leaves a trace."""

from django.urls import reverse

import pytest

from cms.core.models import LedgerEvent
from feedback import factories
from feedback.enums import SenderKind
from feedback.models import Sender
from feedback.querysets.senders import sender_datum
from feedback.services.triage import case_accept

pytestmark = pytest.mark.django_db
NAME, PHONE, EMAIL = "Trần Thị Quất Vàng", "0987 612 345", "quatvang@thu.example.vn"


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def case(desk):
    return factories.submitted(desk.unit, name=NAME, phone=PHONE, email=EMAIL, address="")


def looks():
    return list(LedgerEvent.objects.filter(verb="case.sender_searched"))


def found(client, typed):
    return client.get(reverse("case:index"), {"q": typed}).context["object_list"]


def facts(page):
    """Return the sender's card as pairs of words."""
    card = page.split('id="case-sender"')[1].split("</section>")[0]
    return dict(pair.split("</dt><dd>") for pair in card.split("<dt>")[1:] for pair in [pair.split("</dd>")[0]])


def test_the_clerk_reads_whether_there_is_somebody_to_write_to_and_not_who(desk, enter, case):
    page = enter(desk.clerk).get(reverse("case:open", args=[case.pk])).content.decode()
    assert facts(page) == {
        "Người gửi là": "Cá nhân",
        "Họ và tên": "Có để lại",
        "Số điện thoại": "Có để lại",
        "Thư điện tử": "Có để lại",
        "Địa chỉ": "Không để lại",
    }
    assert [word for word in (*NAME.split()[1:], "345", "T. T.", "quatvang") if word in page] == []


def test_a_sender_who_left_nothing_is_told_as_such_with_their_kind(desk, enter):
    bare = factories.submitted(desk.unit, name="", phone="", email="", address="", sender_kind=SenderKind.ORGANISATION)
    page = enter(desk.clerk).get(reverse("case:open", args=[bare.pk])).content.decode()
    told = facts(page)
    assert told.pop("Người gửi là") == "Tổ chức"
    assert set(told.values()) == {"Không để lại"}


def test_an_erased_sender_is_told_as_erased_to_everybody(desk, enter, case):
    Sender.objects.filter(case=case).delete()
    for officer in (desk.clerk, desk.leader):
        page = enter(officer).get(reverse("case:open", args=[case.pk])).content.decode()
        assert "Thông tin người gửi đã được xóa." in page
        assert "Xem người gửi" not in page


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        (PHONE, "phone"),
        ("+84 987.612.345", "phone"),
        (EMAIL.upper(), "email"),
        (NAME, "name"),
        ("quat VANG", "name"),
    ],
)
def test_a_search_by_the_sender_needs_the_right_and_leaves_one_event_without_words(desk, enter, case, typed, by):
    assert list(found(enter(desk.clerk), typed)) == []
    assert looks() == []
    assert list(found(enter(desk.officer), typed)) == [case]
    (event,) = looks()
    assert (event.actor, event.unit_id, event.subject_key, event.data) == (desk.officer, desk.unit.pk, by, {"found": 1})
    assert not event.public
    stored = f"{event.subject_type} {event.subject_key} {event.data}".lower()
    assert [word for word in ("quat", "quất", "612", "example.vn") if word in stored] == []


def test_the_searcher_is_told_that_the_look_was_noted(desk, enter, case):
    told = "đã được ghi vào nhật ký"
    assert told in enter(desk.officer).get(reverse("case:index"), {"q": PHONE}).content.decode()
    assert told not in enter(desk.officer).get(reverse("case:index"), {"q": "quạt"}).content.decode()


def test_words_of_a_subject_are_no_look_at_people(desk, enter, case):
    for typed in ("quạt", "lớp học", case.reference, "2026", "thieu quat"):
        found(enter(desk.officer), typed)
    assert looks() == []


def test_a_number_that_finds_nobody_was_a_look_all_the_same(desk, enter, case):
    assert list(found(enter(desk.officer), "0900 000 001")) == []
    assert [event.data for event in looks()] == [{"found": 0}]


def test_nobody_is_found_beyond_the_own_unit_or_in_a_confidential_case(desk, other_desk, enter):
    factories.submitted(other_desk.unit, name=NAME, phone=PHONE)
    closed = case_accept(
        case=factories.submitted(desk.unit, name=NAME, phone=PHONE), actor=desk.clerk, confidential=True
    )
    for typed in (NAME, PHONE):
        assert list(found(enter(desk.officer), typed)) == []
        assert list(found(enter(desk.leader), typed)) == [closed]


@pytest.mark.parametrize("typed", ["", "  ", "PA-2026-000123", "12345", "84", "Mai", "an toàn 2", "\x00", "é" * 300])
def test_what_tells_nobody_is_no_datum(typed):
    assert sender_datum(typed) == ""
