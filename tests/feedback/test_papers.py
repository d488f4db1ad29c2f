"""What a sender takes away: the receipt as PDF with its code, the deadline for their own calendar."""

import io

from django.test import Client

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from feedback import factories
from feedback.models import Case
from feedback.services import handling
from tests.feedback import walk
from tests.feedback.test_follow import ask, sent, with_code  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
PDF = f"{walk.DONE}?tai=pdf"
DEADLINE = f"{walk.FOLLOW}han-tra-loi.ics"


def words(answer) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


class TestReceipt:
    def test_the_file_says_what_the_page_says(self, client):
        walk.send(client, title="Ổ gà trước cổng trường Nguyễn Thị Ngọc Ẩm")
        answer = client.get(PDF)
        text = words(answer)
        assert answer.headers["Content-Type"] == "application/pdf"
        for told in (Case.objects.get().reference, walk.code_of(client), "Ổ gà trước cổng trường Nguyễn Thị Ngọc Ẩm"):
            assert told in text

    def test_it_is_one_sheet_and_names_nobody(self, client):
        walk.send(client, title="Rất dài " * 18)
        reader = PdfReader(io.BytesIO(client.get(PDF).content))
        assert len(reader.pages) == 1
        assert walk.SENDER["name"] not in words(client.get(PDF)) + str(reader.metadata)

    def test_nobody_else_gets_it_and_no_cache_keeps_it(self, client):
        walk.send(client)
        assert Client().get(PDF).status_code == 404
        assert "no-store" in client.get(PDF).headers["Cache-Control"]


class TestDeadline:
    def test_the_day_and_the_reference_and_no_word_of_the_sender(self, client, desk, with_code):  # noqa: F811
        case, code = with_code(factories.accepted, desk)
        ask(client, code)
        answer = client.get(DEADLINE)
        (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
        assert event.decoded("dtstart") == case.due_on
        assert case.reference in event["summary"]
        text = answer.content.decode()
        assert [word for word in (case.title, factories.ENTRY.name, code) if word in text] == []
        assert answer.content.count(b"\r\n") == answer.content.count(b"\n")

    def test_a_day_that_moved_replaces_the_one_in_the_calendar(self, client, desk, with_code):  # noqa: F811
        case, code = with_code(factories.assigned, desk)
        events = []
        for step in (lambda: handling.case_start(case=Case.objects.get(), actor=desk.officer), lambda: None):
            ask(client, code)
            (event,) = Calendar.from_ical(client.get(DEADLINE).content).walk("VEVENT")
            events.append(event)
            step()
        assert events[0]["uid"] == events[1]["uid"]
        assert events[0]["uid"].startswith(f"{case.reference}@")
        assert events[0]["sequence"] < events[1]["sequence"]

    def test_only_who_opened_the_case_gets_it(self, client, desk, with_code):  # noqa: F811
        _case, code = with_code(factories.accepted, desk)
        ask(client, code)
        assert Client().get(DEADLINE).status_code == 404

    def test_before_acceptance_there_is_no_day(self, client, desk):
        _case, code = sent(desk.unit)
        ask(client, code)
        assert client.get(DEADLINE).status_code == 404
        assert DEADLINE not in ask(client, code).content.decode()
