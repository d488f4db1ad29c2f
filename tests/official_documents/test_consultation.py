"""A draft on which people are asked: until when, where to, and what came of it."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.test import TestCase
from django.utils import timezone

import pytest

from cms.core.enums import CommentsMode
from cms.official_documents.enums import DRAFT, ConsultState
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from tests.site import build_site

SUMMARY = [("prose", "<p>Có 14 ý kiến, tiếp thu 11.</p>")]


class ConsultationTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.today = timezone.localdate()

    def draft(self, first, last, **facts):
        days = {
            "consult_from": self.today + timedelta(days=first),
            "consult_until": self.today + timedelta(days=last),
        }
        facts = {"title": "Dự thảo Quy chế tiếp công dân", "issued_on": None} | days | facts
        return document(self.index, "", consult_contact="Văn phòng Sở\nvanphong@so.example.vn", **facts)

    def shown(self, page):
        return self.client.get(page.url).content.decode()

    def test_a_draft_needs_no_number_and_is_found_as_one(self):
        page = self.draft(-3, 3)
        assert (page.document_type, page.number, page.slug) == (DRAFT, "", "du-thao-quy-che-tiep-cong-dan")
        assert page.issued_year == page.consult_from.year
        listed = self.client.get("/van-ban/?loai=du-thao&q=tiep+cong+dan").context["document_page"]
        assert [row.pk for row in listed] == [page.pk]
        assert "Số ký hiệu</dt>" not in self.shown(page)

    def test_the_last_day_is_open_and_the_next_is_not(self):
        states = [(1, 9), (-3, 0), (-3, -1)]
        found = [self.draft(*days).consult_state for days in states]
        assert found == [ConsultState.COMING, ConsultState.OPEN, ConsultState.CLOSED]
        assert self.draft(-9, -1, consult_summary=SUMMARY).consult_state == ConsultState.ANSWERED
        assert document(self.index, "1/KH-SGDĐT").consult_state is None

    def test_open_it_says_until_when_and_where_to(self):
        page = self.shown(self.draft(-3, 3))
        assert "Nhận ý kiến đến hết" in page
        assert "mailto:vanphong@so.example.vn" in page

    def test_closed_it_says_that_the_answers_are_being_gathered(self):
        page = self.shown(self.draft(-9, -2))
        assert "Đã hết hạn góp ý" in page
        assert "đang tổng hợp" in page

    def test_answered_it_says_how_opinions_were_taken_and_what_was_issued(self):
        issued = document(self.index, "8/QĐ-SGDĐT", title="Ban hành Quy chế tiếp công dân")
        draft = self.draft(-90, -60, consult_summary=SUMMARY, consult_result=issued)
        page = self.shown(draft)
        assert "Có 14 ý kiến, tiếp thu 11." in page
        assert issued.url in page
        assert "Nơi nhận ý kiến" not in page
        assert draft.url in self.shown(issued)
        issued.unpublish()
        assert issued.url not in self.shown(draft)

    def test_before_the_end_a_summary_is_not_shown(self):
        assert "Có 14 ý kiến" not in self.shown(self.draft(-3, 3, consult_summary=SUMMARY))

    def test_comments_open_and_close_with_it(self):
        page = self.draft(-3, 3)
        assert (page.comments, page.comments_close_on) == (CommentsMode.OPEN, page.consult_until)
        assert page.takes_comments(self.today)
        assert not page.takes_comments(self.today + timedelta(days=4))
        assert not self.draft(2, 5).takes_comments(self.today)
        assert not self.draft(-3, 3, comments=CommentsMode.CLOSED).takes_comments(self.today)

    def test_the_register_begins_with_what_is_open_now(self):
        open_now = self.draft(-3, 3)
        self.draft(-9, -2)
        self.draft(5, 9)
        response = self.client.get("/van-ban/")
        assert [page.pk for page in response.context["consultations"]] == [open_now.pk]
        assert "consultations" not in self.client.get("/van-ban/?nam=2024").context

    def test_it_becomes_a_document_again(self):
        page = self.draft(-3, 3)
        page.consult_from, page.consult_until, page.number = None, None, "12/QĐ-SGDĐT"
        page.save_revision().publish()
        assert OfficialDocumentPage.objects.get(pk=page.pk).document_type == "quyet-dinh"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "1/KH-A", "consult_from": date(2024, 1, 1)}, "consult_until"),
        ({"consult_from": date(2024, 2, 1), "consult_until": date(2024, 1, 1)}, "consult_until"),
        ({"number": "1/KH-A", "issued_on": date(2024, 2, 1), "expires_on": date(2024, 1, 1)}, "expires_on"),
    ],
)
def test_what_contradicts_itself_is_refused(facts, field):
    with pytest.raises(ValidationError) as refused:
        OfficialDocumentPage(**facts).clean()
    assert list(getattr(refused.value, "error_dict", {"__all__": None})) == [field]
