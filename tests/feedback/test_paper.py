"""Keying in from paper: rules, screens, receipts, corrections."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, OutboxMail
from feedback import factories
from feedback.codes import code_digest, normalise_code
from feedback.enums import CaseMatter, CaseSource, CaseState
from feedback.models import Attachment, BookLine, Case, CaseDraft, PaperBook, Sender
from feedback.services.books import lines_skip
from feedback.services.catalogue import catalogue_seed
from feedback.services.deadlines import due_on
from feedback.services.paper import Place, case_enter
from feedback.services.triage import case_accept
from tests.feedback.conftest import make_officer
from tests.feedback.paper import key, keyed, words
from tests.media.files import picture

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


class TestSingle:
    def test_a_line_becomes_a_case_with_its_day_channel_and_receipt(self, desk, book, enter):
        client = enter(desk.clerk)
        answer = client.post(key(book), words(desk))
        case = Case.objects.get()
        assert answer.url == reverse("paper:receipt", args=[case.pk])
        assert (case.source, case.state, case.unit) == (CaseSource.BOOK, CaseState.SUBMITTED, desk.unit)
        assert timezone.localdate(case.received_at) == timezone.localdate() - timedelta(days=9)
        assert (case.book_line.place, case.book_line.book, case.book_line.entered_by) == ("12", book, desk.clerk)
        assert case.sender.phone == "0912000345"
        assert [consent.purpose for consent in case.sender.consents.all()] == ["handle"]
        entered = LedgerEvent.objects.get(verb="case.entered")
        assert (entered.actor, entered.data) == (desk.clerk, {"book": "so-gop-y", "line": "12", "source": "book"})

    def test_the_receipt_has_reference_and_code_on_the_screen_and_on_paper(self, desk, book, enter):
        client = enter(desk.clerk)
        page = client.post(key(book), words(desk), follow=True)
        case, text = Case.objects.get(), page.content.decode()
        code = text.split('data-testid="tracking-code">')[1].split("<")[0]
        assert case.reference in text
        assert code_digest(normalise_code(code)) == case.code_digest
        paper = client.get(reverse("paper:receipt_file", args=[case.pk]))
        assert paper.content.startswith(b"%PDF")
        assert "no-store" in paper["Cache-Control"]

    def test_the_code_shows_to_nobody_else_and_only_for_an_hour(self, desk, book, enter):
        enter(desk.clerk).post(key(book), words(desk))
        case = Case.objects.get()
        address, file = (reverse(f"paper:{name}", args=[case.pk]) for name in ("receipt", "receipt_file"))
        other = make_officer("nguoi-tiep-nhan-khac", Role.INTAKE)
        assert "tracking-code" not in enter(other).get(address).content.decode()
        assert enter(other).get(file).status_code == 404
        CaseDraft.objects.update(expires_at=timezone.now())
        assert "tracking-code" not in enter(desk.clerk).get(address).content.decode()
        assert enter(desk.clerk).get(file).status_code == 404

    def test_a_lost_receipt_gets_a_new_code_with_an_event(self, desk, book, enter):
        case = keyed(desk, book)
        old = case.code_digest
        page = enter(desk.clerk).post(reverse("paper:receipt", args=[case.pk])).content.decode()
        code = normalise_code(page.split('data-testid="tracking-code">')[1].split("<")[0])
        case.refresh_from_db()
        assert case.code_digest == old
        assert case.next_code_digest == code_digest(code)
        assert LedgerEvent.objects.get(verb="case.code_reissued").data == {}
        assert enter(desk.clerk).get(reverse("paper:receipt_file", args=[case.pk])).status_code == 200

    def test_a_second_press_stores_nothing_more(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk))
        client.post(key(book), words(desk))
        assert Case.objects.count() == BookLine.objects.count() == 1

    def test_the_same_form_with_another_line_is_another_case(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk))
        client.post(key(book), words(desk, line="13", title="Nhà vệ sinh tầng hai bị hỏng"))
        assert sorted(Case.objects.values_list("book_line__number", flat=True)) == [12, 13]
        assert Case.objects.values("code_digest").distinct().count() == 2

    def test_a_receipt_mail_goes_to_whoever_left_an_address(self, desk, book, enter):
        enter(desk.clerk).post(key(book), words(desk, email="a@thu.example.vn", agree_contact="on"))
        assert OutboxMail.objects.filter(kind="case_receipt").count() == 1

    def test_an_unnamed_sender_is_taken_and_the_law_is_told(self, desk, book, enter):
        page = enter(desk.clerk).post(key(book), words(desk, name="", phone="", address=""), follow=True)
        assert Case.objects.count() == 1
        assert "20/2008" in page.content.decode()


class TestBatch:
    def test_the_next_line_is_ready_with_what_it_shares(self, desk, book, enter):
        client = enter(desk.clerk)
        sent = words(desk, next="1")
        del sent["single"]
        page = client.post(key(book), sent, follow=True)
        form = page.context["form"]
        shown = {name: str(form[name].value()) for name in ("line", "received_on", "source", "category", "unit")}
        assert shown == {
            "line": "13",
            **{name: str(sent[name]) for name in ("received_on", "source", "category", "unit")},
        }
        assert not form["title"].value()
        assert not form["name"].value()
        assert Case.objects.get().reference in page.content.decode()
        assert page.context["token"] != "phieu-mot"

    def test_the_questions_of_what_was_chosen_are_there_before_the_first_press(self, desk, book, enter):
        client = enter(desk.clerk)
        assert client.get(key(book)).context["form"].asked_fields == []
        page = client.get(key(book), {"matter": CaseMatter.EXTRA_PAPERS})
        (asked, *_others) = page.context["form"].asked_fields
        assert f'name="{asked.html_name}"' in page.content.decode()
        assert not page.context["form"].errors
        for odd in ("9" * 40, "-1", "\0", "<b>"):
            assert client.get(key(book), {"category": odd, "matter": odd}).status_code == 200

    def test_its_price_does_not_grow_with_the_book(self, desk, book, enter):
        client = enter(desk.clerk)
        counts = []
        for size in (1, 9):
            for number in range(size):
                keyed(desk, book, size * 100 + number)
            for name in ("paper:key", "paper:lines", "paper:check"):
                client.get(reverse(name, args=[book.pk]))
            with CaptureQueriesContext(connection) as counted:
                for name in ("paper:key", "paper:lines", "paper:check"):
                    assert client.get(reverse(name, args=[book.pk])).status_code == 200
                assert client.get(reverse("paper:index")).status_code == 200
            counts.append(len(counted))
        assert counts[0] == counts[1]


class TestRefused:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"line": ""}, "line"),
            ({"line": "0"}, "line"),
            ({"line": "mười hai"}, "line"),
            ({"line": "123456"}, "line"),
            ({"received_on": ""}, "received_on"),
            ({"received_on": "31/02/2026"}, "received_on"),
            ({"received_on": "01/01/2099"}, "received_on"),
            ({"received_on": "01/01/1950"}, "received_on"),
            ({"source": "web"}, "source"),
            ({"category": ""}, "category"),
            ({"category": "9" * 30}, "category"),
            ({"unit": "999999"}, "unit"),
            ({"title": "Ngắn"}, "title"),
            ({"body": ""}, "body"),
            ({"phone": "123"}, "phone"),
            ({"email": "không phải"}, "email"),
            ({"agree_handle": ""}, "agree_handle"),
            ({"agree_contact": "on"}, "email"),
            ({"name_shown": "full", "name": ""}, "name"),
        ],
    )
    def test_a_sentence_beside_the_field_and_nothing_stored(self, desk, book, enter, changes, field):
        answer = enter(desk.clerk).post(key(book), words(desk, **changes))
        assert answer.status_code == 422
        assert answer.context["form"].errors[field]
        assert "Xe chạy nhanh" in answer.content.decode() or "body" in changes
        assert not Case.objects.exists()
        assert not BookLine.objects.exists()
        assert not Sender.objects.exists()

    def test_a_line_that_is_taken_says_by_what(self, desk, book, enter):
        first = keyed(desk, book)
        answer = enter(desk.clerk).post(key(book), words(desk))
        assert answer.status_code == 422
        assert first.reference in str(answer.context["form"].errors["line"])
        assert Case.objects.count() == 1

    def test_a_line_said_to_be_empty_is_taken_too(self, desk, book, enter):
        lines_skip(book=book, first=12, last=12, reason="Gạch bỏ", actor=desk.clerk)
        answer = enter(desk.clerk).post(key(book), words(desk))
        assert "trống" in str(answer.context["form"].errors["line"])

    def test_scans_outlive_a_refused_field_and_come_with_the_case(self, desk, book, enter):
        client = enter(desk.clerk)
        scan = SimpleUploadedFile("trang 12.png", picture("PNG"))
        answer = client.post(key(book), words(desk, title="", files=[scan]))
        assert answer.status_code == 422
        assert "trang 12.png" in answer.content.decode()
        file = CaseDraft.objects.get().files.get()
        client.post(key(book), words(desk, shown=[file.pk], keep=[file.pk]))
        assert Attachment.objects.get(case=Case.objects.get()).name == "trang 12.png"

    def test_a_second_press_with_scans_gives_the_receipt_again(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk, upload="1", files=[SimpleUploadedFile("a.png", picture("PNG"))]))
        file = CaseDraft.objects.get().files.get()
        sent = words(desk, shown=[file.pk], keep=[file.pk])
        first, second = client.post(key(book), sent), client.post(key(book), sent)
        assert (first.status_code, second.status_code) == (302, 302)
        assert first.url == second.url == reverse("paper:receipt", args=[Case.objects.get().pk])
        assert "tracking-code" in client.get(second.url).content.decode()
        assert Attachment.objects.count() == 1

    @pytest.mark.parametrize("number", ["9" * 19, "9" * 400, "-1", "x", "\0", ""])
    def test_a_box_with_a_number_that_no_scan_has_breaks_nothing(self, desk, book, enter, number):
        client = enter(desk.clerk)
        assert client.post(key(book), words(desk, keep=[number], shown=[number])).status_code == 302
        assert Case.objects.count() == 1
        assert not Attachment.objects.exists()

    def test_a_scan_whose_box_is_emptied_goes(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk, upload="1", files=[SimpleUploadedFile("a.png", picture("PNG"))]))
        file = CaseDraft.objects.get().files.get()
        client.post(key(book), words(desk, shown=[file.pk]))
        assert not Attachment.objects.exists()

    def test_a_bad_scan_stops_the_line_and_says_why(self, desk, book, enter):
        answer = enter(desk.clerk).post(key(book), words(desk, files=[SimpleUploadedFile("a.exe", b"MZ x")]))
        assert answer.status_code == 422
        assert "a.exe" in str(answer.context["scans"].errors["files"])
        assert not Case.objects.exists()

    def test_nobody_takes_the_form_of_somebody_else(self, desk, book, enter):
        client = enter(desk.clerk)
        client.post(key(book), words(desk, upload="1", files=[SimpleUploadedFile("a.png", picture("PNG"))]))
        other = make_officer("nguoi-khac", Role.INTAKE)
        enter(other).post(key(book), words(desk))
        assert not Attachment.objects.exists()
        assert CaseDraft.objects.count() == 2


class TestWho:
    def test_a_leader_keys_in_for_the_own_unit_and_its_own_book(self, desk, other_desk, book, enter):
        own = PaperBook.objects.create(code="so-truong", name="Sổ của trường", unit=desk.unit)
        client = enter(desk.leader)
        assert client.get(key(book)).status_code == 404
        answer = client.post(key(own), words(desk, unit=other_desk.unit.pk))
        assert answer.status_code == 422
        assert answer.context["form"].errors["unit"]
        client.post(key(own), words(desk, unit=""))
        assert Case.objects.get().unit == desk.unit

    @pytest.mark.parametrize("role", [role for role in Role if role not in {Role.INTAKE, Role.LEADER}])
    def test_others_find_no_door(self, desk, book, enter, role):
        case = keyed(desk, book)
        client = enter(make_officer(f"vai-{role}", role, unit=desk.unit))
        for name, pk in self.doors(book, case):
            for method in ("get", "post"):
                answer = getattr(client, method)(reverse(name, args=[pk] if pk else []), {"line": "1"})
                assert answer.status_code in {302, 403, 404, 405}
                assert case.title not in answer.content.decode()
        assert Case.objects.count() == 1

    @staticmethod
    def doors(book, case):
        line = case.book_line
        return [
            ("paper:index", None),
            *((f"paper:{name}", book.pk) for name in ("key", "lines", "check", "check_file")),
            *((f"paper:{name}", line.pk) for name in ("correct", "restore")),
            *((f"paper:{name}", case.pk) for name in ("receipt", "receipt_file")),
        ]

    def test_a_confidential_line_shows_that_it_is_there_and_no_word_of_it(self, desk, book, enter):
        case = keyed(desk, book)
        case_accept(case=case, actor=desk.clerk, confidential=True)
        page = enter(desk.clerk).get(reverse("paper:lines", args=[book.pk])).content.decode()
        assert case.title not in page
        assert case.reference not in page
        assert enter(desk.clerk).get(reverse("paper:receipt", args=[case.pk])).status_code == 404


class TestClock:
    def test_the_clock_starts_on_the_day_in_the_book(self, desk, book):
        day = timezone.localdate() - timedelta(days=9)
        case = case_enter(
            entry=factories.entry(desk.unit),
            place=Place(book, 1),
            received_on=day,
            actor=desk.clerk,
            form_token="a",
        ).case
        case_accept(case=case, actor=desk.clerk)
        assert timezone.localdate(case.clock_started_at) == day
        assert case.due_on == due_on(case)
        web = factories.accepted(desk)
        assert case.due_on < web.due_on
