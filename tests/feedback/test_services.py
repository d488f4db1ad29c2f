"""Submitting: all or nothing, once, whoever presses how often."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

import pytest

from cms.core.models import LedgerEvent, OutboxMail
from cms.media.private import private_storage
from cms.media.uploads import CheckedFile
from feedback import codes, factories
from feedback.enums import CaseSource, CaseState, ConsentPurpose
from feedback.models import Attachment, Case, Consent, ReferenceCounter, Sender
from feedback.services.catalogue import catalogue_seed
from feedback.services.retention import case_anonymise
from feedback.services.submission import case_submit
from feedback.services.triage import case_quarantine

pytestmark = pytest.mark.django_db


def rows():
    models = (Case, Sender, Consent, Attachment, OutboxMail, LedgerEvent, ReferenceCounter)
    return [model.objects.count() for model in models]


def test_a_case_goes_from_the_form_to_the_public(desk):
    copy = factories.published(desk)
    assert copy.live
    assert copy.case.state == CaseState.ANSWERED


def test_everything_of_a_submission_is_stored_at_once(desk):
    file = CheckedFile("anh.jpg", "jpg", "image/jpeg", b"\xff\xd8 mau")
    sent = case_submit(form_token="a", entry=factories.entry(desk.unit), files=[file])
    case = sent.case
    assert sent.created
    assert case.reference == f"PA-{timezone.localdate().year}-000001"
    assert Case.objects.by_code(codes.grouped(sent.code).lower()).get() == case
    assert case.due_on is None
    assert case.sender.consents.count() == 3
    assert private_storage.open(case.attachments.get().stored_name).read() == file.content
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["case_receipt"]
    assert [event.verb for event in LedgerEvent.objects.about("case", case.reference)] == ["case.submit"]


def test_the_same_form_again_gives_the_same_case_and_code(desk):
    first = case_submit(form_token="a", entry=factories.entry(desk.unit))
    before = rows()
    again = case_submit(form_token="a", entry=factories.entry(desk.unit, title="Khác"))
    assert (again.case, again.code, again.created) == (first.case, first.code, False)
    assert rows() == before


def test_neither_code_nor_token_is_stored(desk):
    sent = case_submit(form_token="bi-mat-cua-bieu-mau", entry=factories.entry(desk.unit))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM feedback_case")
        stored = str(cursor.fetchall())
    assert sent.code not in stored
    assert "bi-mat-cua-bieu-mau" not in stored


def test_a_code_that_is_taken_gives_way_to_another(desk, monkeypatch):
    monkeypatch.setattr(codes, "LENGTH", 1)
    found = {case_submit(form_token=f"t{number}", entry=factories.entry(desk.unit)).code for number in range(6)}
    assert len(found) == 6
    again = case_submit(form_token="t3", entry=factories.entry(desk.unit))
    assert (again.created, again.code in found) == (False, True)


def test_without_an_address_there_is_no_receipt(desk):
    factories.submitted(desk.unit, email="")
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("title", {"title": "  \u200b "}),
        ("body", {"body": "\x00"}),
        ("name", {"name": "a\ud800"}),
        ("category_id", {"category_id": 987654}),
        ("unit_id", {"unit_id": 987654}),
        ("sender_kind", {"sender_kind": "robot"}),
        ("name_shown", {"name_shown": "neon"}),
        ("consents", {"consents": (ConsentPurpose.PUBLISH,)}),
        ("consents", {"consents": (ConsentPurpose.HANDLE, "sell")}),
    ],
)
def test_a_wrong_form_is_refused_by_field_and_stores_nothing(desk, field, changes):
    entry = replace(factories.entry(desk.unit), **changes)
    before = rows()
    with pytest.raises(ValidationError) as refused:
        case_submit(form_token="a", entry=entry)
    assert field in refused.value.message_dict
    assert rows() == before


def test_a_category_knows_the_unit_when_the_sender_does_not(desk):
    entry = factories.entry()
    case = case_submit(form_token="a", entry=entry).case
    assert case.unit is None
    case.category.unit = desk.unit
    case.category.save()
    assert case_submit(form_token="b", entry=entry).case.unit == desk.unit


def test_an_officer_keys_in_a_paper_only_with_the_right(desk, other_desk):
    entry = factories.entry(desk.unit)
    sent = case_submit(form_token="a", entry=entry, actor=desk.clerk, source=CaseSource.PAPER)
    assert sent.case.source == CaseSource.PAPER
    before = rows()
    with pytest.raises(Exception, match="không có quyền"):
        case_submit(form_token="b", entry=entry, actor=desk.officer, source=CaseSource.PAPER)
    assert rows() == before


def test_references_have_no_gap_after_a_failure(desk):
    factories.submitted(desk.unit)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        factories.submitted(desk.unit)
        raise ZeroDivisionError
    assert factories.submitted(desk.unit).reference.endswith("-000002")


def test_the_year_of_a_reference_turns_at_midnight_in_vietnam(desk):
    entry = factories.entry(desk.unit)
    late = datetime.fromisoformat("2025-12-31T23:59:59+07:00")
    assert case_submit(form_token="a", entry=entry, at=late).case.reference == "PA-2025-000001"
    early = datetime.fromisoformat("2025-12-31T17:00:00+00:00")
    assert case_submit(form_token="b", entry=entry, at=early).case.reference == "PA-2026-000001"


def together(count, work):
    """Run ``work(number)`` in ``count`` threads at the same moment and return what each gave back."""
    results, errors, start = [], [], threading.Barrier(count)

    def run(number):
        try:
            start.wait()
            results.append(work(number))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    return results


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_of_one_button_make_one_case(desk):
    entry = factories.entry(desk.unit)
    sent = together(50, lambda _number: case_submit(form_token="mot-bieu-mau", entry=entry))
    assert Case.objects.count() == 1
    assert {each.code for each in sent} == {sent[0].code}
    assert [each.created for each in sent].count(True) == 1
    assert OutboxMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_get_twenty_numbers_in_a_row(desk):
    entry = factories.entry(desk.unit)
    sent = together(20, lambda number: case_submit(form_token=f"nguoi-{number}", entry=entry))
    numbers = sorted(int(each.case.reference[-6:]) for each in sent)
    assert numbers == list(range(1, 21))
    assert len({each.code for each in sent}) == 20


def test_the_catalogue_is_seeded_once_and_keeps_what_the_office_changed(desk):
    assert catalogue_seed() > 10
    category = factories.submitted(desk.unit).category
    category.name = "Tên do cơ quan đặt"
    category.save()
    assert catalogue_seed() == 0
    category.refresh_from_db()
    assert category.name == "Tên do cơ quan đặt"


def test_an_ended_case_is_anonymised_only_after_its_time(desk):
    case = factories.submitted(desk.unit, files=[factories.stored_file()])
    case_quarantine(case=case)
    with pytest.raises(Exception, match="lưu giữ"):
        case_anonymise(case=case)
    case.category.keep_days = 30
    case.category.save()
    Case.objects.update(received_at=timezone.now() - timedelta(days=31))
    case.refresh_from_db()
    case_anonymise(case=case)
    assert case.state == CaseState.ANONYMISED
    assert not Sender.objects.exists()
    assert not Attachment.objects.exists()
    assert "quạt" not in f"{case.title}{case.body}{case.search_text}"
