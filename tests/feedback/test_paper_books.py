"""Books on paper: what is missing in them, and what was keyed wrong."""

from types import SimpleNamespace

from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.models import LedgerEvent
from feedback import factories
from feedback.enums import Lane
from feedback.models import BookLine, Case, PaperBook
from feedback.services.books import book_check, line_restore, lines_skip, next_number
from feedback.services.catalogue import catalogue_seed
from feedback.services.lanes import case_lane_set
from feedback.services.paper import Place, case_enter
from feedback.services.triage import case_accept
from tests.feedback.paper import key, keyed, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


@pytest.fixture
def book(db):
    catalogue_seed()
    return PaperBook.objects.get(code="so-gop-y")


class TestBook:
    def test_missing_doubled_and_empty_lines(self, desk, book):
        for number in (2, 3, 7):
            keyed(desk, book, number)
        case_enter(
            entry=factories.entry(desk.unit),
            place=Place(book, 3, "a"),
            received_on=timezone.localdate(),
            actor=desk.clerk,
            form_token="b",
        )
        lines_skip(book=book, first=5, last=5, reason="Gạch bỏ", actor=desk.clerk)
        found = book_check(book)
        assert [str(span) for span in found.missing] == ["1", "4", "6"]
        assert [(number, [line.place for line in lines]) for number, lines in found.doubled] == [(3, ["3", "3a"])]
        assert [line.place for line in found.skipped] == ["5"]
        assert (found.last, found.keyed, found.missing_count, found.sound) == (7, 4, 3, False)
        assert next_number(book) == 8

    def test_the_report_shows_and_prints(self, desk, book, enter):
        keyed(desk, book, 3)
        client = enter(desk.clerk)
        assert "<li>1–2</li>" in client.get(reverse("paper:check", args=[book.pk])).content.decode()
        assert client.get(reverse("paper:check_file", args=[book.pk])).content.startswith(b"%PDF")

    def test_empty_lines_are_said_and_taken_back(self, desk, book, enter):
        client, address = enter(desk.clerk), reverse("paper:check", args=[book.pk])
        assert client.post(address, {"first": 1, "last": 2, "reason": "Tờ bị rách"}).status_code == 302
        assert book.lines.count() == 2
        for bad in (
            {"first": 1, "last": 1, "reason": "Lại"},
            {"first": 9, "last": 8, "reason": "Ngược"},
            {"first": 3, "last": 900, "reason": "Quá nhiều"},
            {"first": 4, "last": 4, "reason": " "},
            {"first": "x", "last": 4, "reason": "a"},
        ):
            assert client.post(address, bad).status_code == 422
        client.post(reverse("paper:restore", args=[book.lines.first().pk]))
        assert book.lines.count() == 1

    def test_a_line_with_a_case_is_never_taken_back(self, desk, book, enter):
        line = keyed(desk, book).book_line
        assert enter(desk.clerk).post(reverse("paper:restore", args=[line.pk])).status_code == 404
        line_restore(line=line, actor=desk.clerk)
        assert BookLine.objects.filter(pk=line.pk).exists()

    def test_a_clerk_opens_and_closes_a_book(self, desk, book, enter):
        client = enter(desk.clerk)
        new = {"name": "Sổ góp ý 2027", "code": "so-gop-y-2027", "source": "book", "first_number": 1, "order": 5}
        assert client.post(reverse("paper_book:add"), {**new, "active": "on"}).status_code == 302
        made = PaperBook.objects.get(code="so-gop-y-2027")
        assert client.post(reverse("paper_book:edit", args=[made.pk]), new).status_code == 302
        assert not PaperBook.objects.get(pk=made.pk).active
        assert LedgerEvent.objects.filter(verb="paper_book.saved").count() == 2


class TestCorrection:
    def values(self, case, **changes):
        return {
            "expected_version": case.version,
            "line": "12",
            "received_on": timezone.localdate(case.received_at).strftime("%d/%m/%Y"),
            "category": case.category_id,
            "unit": case.unit_id or "",
            "title": case.title,
            "body": case.body,
            **changes,
        }

    def test_a_slip_is_set_right_and_noted_without_words(self, desk, book, enter):
        case = keyed(desk, book)
        address = reverse("paper:correct", args=[case.book_line.pk])
        sent = self.values(case, line="14", title="Lớp học thiếu đèn bàn")
        assert enter(desk.clerk).post(address, sent).status_code == 302
        case = Case.objects.get()
        assert (case.title, case.book_line.place) == ("Lớp học thiếu đèn bàn", "14")
        assert "thieu den ban" in case.search_text
        assert LedgerEvent.objects.get(verb="case.entry_corrected").data == {"fields": ["line", "title"]}

    def test_what_was_received_is_not_touched(self, desk, book, enter):
        case = keyed(desk, book)
        case_accept(case=case, actor=desk.clerk)
        address = reverse("paper:correct", args=[case.book_line.pk])
        assert enter(desk.clerk).post(address, self.values(case, title="Lớp học đủ quạt rồi")).status_code == 422
        assert Case.objects.get().title == "Lớp học thiếu quạt"

    def test_the_second_of_two_is_told(self, desk, book, enter):
        case = keyed(desk, book)
        address, late = reverse("paper:correct", args=[case.book_line.pk]), self.values(case, title="Bản của người sau")
        enter(desk.clerk).post(address, self.values(case, title="Bản của người trước"))
        answer = enter(desk.clerk).post(address, late)
        assert answer.status_code == 409
        assert "Bản của người sau" in answer.content.decode()
        assert Case.objects.get().title == "Bản của người trước"

    def test_a_line_that_is_taken_is_refused_beside_it(self, desk, book, enter):
        case = keyed(desk, book)
        keyed(desk, book, 13)
        answer = enter(desk.clerk).post(
            reverse("paper:correct", args=[case.book_line.pk]), self.values(case, line="13")
        )
        assert answer.status_code == 422
        assert SimpleNamespace(**answer.context["form"].errors).line
        assert case.book_line.place == "12"

    def test_a_child_is_not_moved_to_another_unit(self, desk, other_desk, book, enter):
        case = keyed(desk, book)
        people = [desk.leader, desk.clerk]
        case = case_lane_set(case=case, actor=desk.clerk, lane=Lane.CHILD, people=people)
        address = reverse("paper:correct", args=[case.book_line.pk])
        sent = self.values(case, unit=other_desk.unit.pk, title="Tiêu đề đã sửa lại")
        answer = enter(desk.clerk).post(address, sent)
        assert answer.status_code == 422
        assert "Phản ánh bảo vệ trẻ em" in str(answer.context["form"].errors["unit"])
        assert "Tiêu đề đã sửa lại" in answer.content.decode()
        stored = Case.objects.get()
        assert (stored.unit, stored.title, stored.version) == (desk.unit, case.title, case.version)
        assert not LedgerEvent.objects.filter(verb="case.entry_corrected").exists()

    def test_the_form_it_was_keyed_in_with_does_not_put_it_back(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk))
        case = Case.objects.get()
        client.post(reverse("paper:correct", args=[case.book_line.pk]), self.values(case, line="14"))
        answer = client.post(key(book), words(desk))
        assert answer.status_code == 422
        assert "đã nhập một dòng khác của sổ" in str(answer.context["form"].errors["line"])
        assert "Xe chạy nhanh" in answer.content.decode()
        assert [line.place for line in BookLine.objects.all()] == ["14"]
        assert Case.objects.count() == 1
