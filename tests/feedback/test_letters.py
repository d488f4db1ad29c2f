"""The answer as a document: number, day, signed file; for the sender with both data, and for the desk."""

from datetime import timedelta

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

import pytest
from fpdf import FPDF

from cms.core.models import LedgerEvent
from cms.core.services.outbox import mails_send_due
from cms.media.private import private_storage
from feedback import factories
from feedback.codes import code_digest
from feedback.models import AnswerLetter, Case, Category
from feedback.services.handling import case_close
from feedback.services.retention import case_anonymise
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
CODE = "KKKK-MMMM-PPPP"
LETTER = f"{FOLLOW}van-ban-tra-loi/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def pdf(name="da-ky.pdf"):
    paper = FPDF()
    paper.add_page()
    return SimpleUploadedFile(name, bytes(paper.output()), "application/pdf")


@pytest.fixture
def case(desk):
    case = factories.answered(desk)
    Case.objects.filter(pk=case.pk).update(code_digest=code_digest(CODE.replace("-", "")))
    return Case.objects.get(pk=case.pk)


def step(case):
    return reverse("case:step", args=[case.pk, "letter"])


def enter(client, user, case, **told):
    client.force_login(user, backend=BACKEND)
    case.refresh_from_db()
    day = timezone.localdate().strftime("%d/%m/%Y")
    given = {"number": "12/SGDĐT-VP", "signed_on": day, "file": pdf(), "expected_version": case.version, **told}
    return client.post(step(case), {name: value for name, value in given.items() if value is not None})


def follow(client, second="0345"):
    client.logout()
    return client.post(FOLLOW, {"code": CODE, "second": second, "reference": ""}).content.decode()


def test_it_is_entered_at_the_desk_and_read_by_the_sender(desk, case, client):
    mails_send_due()
    mail.outbox.clear()
    assert enter(client, desk.officer, case).status_code == 302
    letter = AnswerLetter.objects.get()
    assert (letter.number, letter.answer.case) == ("12/SGDĐT-VP", case)
    event = LedgerEvent.objects.about("case", case.reference).get(verb="case.letter_entered")
    assert event.data["digest"] == letter.sha256
    assert letter.number not in str(event.data)
    mails_send_due()
    (told,) = mail.outbox
    assert "12/SGDĐT-VP" in told.body
    assert "12/SGDĐT-VP" not in told.subject
    page = follow(client)
    assert "12/SGDĐT-VP" in page
    assert LETTER in page
    answer = client.get(LETTER)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content if answer.streaming else [answer.content]).startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]


def test_the_code_alone_reads_the_number_and_opens_no_file(desk, case, client):
    enter(client, desk.officer, case)
    page = follow(client, second="")
    assert "12/SGDĐT-VP" in page
    assert LETTER not in page
    assert client.get(LETTER).status_code == 404


def test_another_unit_gets_no_file(desk, other_desk, case, client):
    enter(client, desk.officer, case)
    address = reverse("case:letter", args=[AnswerLetter.objects.get().pk])
    assert client.get(address).status_code == 200
    client.force_login(other_desk.leader, backend=BACKEND)
    assert client.get(address).status_code == 404
    assert enter(client, other_desk.leader, case).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"number": " \u200b"}, "Bạn cần điền mục này|bắt buộc|Hãy điền|Ghi"),
        ({"signed_on": "31/02/2026"}, "ngày"),
        ({"signed_on": "01/01/2001"}, "từ ngày nhận phản ánh"),
        ({"file": None}, "Chọn tệp PDF"),
        ({"file": SimpleUploadedFile("a.pdf", b"khong phai pdf")}, "không phải là tệp nhận được"),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "trống"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(desk, case, client, wrong, words):
    answer = enter(client, desk.officer, case, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(word in page for word in words.split("|"))
    assert not AnswerLetter.objects.exists()


def test_it_is_set_right_without_a_second_file_and_with_another(desk, case, client):
    enter(client, desk.officer, case)
    first = AnswerLetter.objects.get().stored_name
    assert enter(client, desk.officer, case, number="13/SGDĐT-VP", file=None).status_code == 302
    letter = AnswerLetter.objects.get()
    assert (letter.number, letter.stored_name) == ("13/SGDĐT-VP", first)
    assert private_storage.exists(first)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_replaced_or_refused_is_gone(desk, client):
    case = factories.answered(desk)
    enter(client, desk.officer, case)
    first = AnswerLetter.objects.get().stored_name
    enter(client, desk.officer, case)
    assert not private_storage.exists(first)
    kept = set(private_storage.listdir("cases")[1])
    assert enter(client, desk.officer, case, expected_version=1).status_code == 409
    assert set(private_storage.listdir("cases")[1]) == kept


def test_before_the_answer_there_is_nothing_to_sign(desk, client):
    case = factories.in_progress(desk)
    answer = enter(client, desk.officer, case)
    assert answer.status_code == 422
    assert "đã có câu trả lời được duyệt" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_erasing_the_person_takes_the_document_too(desk, client):
    case = factories.answered(desk)
    enter(client, desk.officer, case)
    name = AnswerLetter.objects.get().stored_name
    long_ago = timezone.now() - timedelta(days=400)
    Case.objects.filter(pk=case.pk).update(answered_at=long_ago, received_at=long_ago)
    case_close(case=Case.objects.get(pk=case.pk))
    Case.objects.filter(pk=case.pk).update(closed_at=long_ago)
    Category.objects.update(keep_days=30)
    case_anonymise(case=Case.objects.get(pk=case.pk))
    assert not AnswerLetter.objects.exists()
    assert not private_storage.exists(name)
