"""Writing the register: once, by those who may, without undoing what editors did."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.official_documents.importers import read_documents
from cms.official_documents.models import Issuer, OfficialDocumentIndexPage, OfficialDocumentPage
from cms.official_documents.services import NoIndexPageError, area_save, document_import, issuer_save
from tests.files.make_samples import AGENCY, csv_text
from tests.officers import make_officer
from tests.site import build_site

ROW = ("31/BC-SGDĐT", "13/05/2024", "Kết quả cải cách ...", "", AGENCY)


def rows(*lines):
    return [item.data for item in read_documents(csv_text(lines).encode(), "a.csv").to_write]


def bring(*lines, actor=None, publish=True):
    return document_import(rows=rows(*lines), actor=actor, publish=publish)


class ImportTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.editor, cls.publisher = make_officer(Role.EDITOR), make_officer(Role.PUBLISHER)
        cls.handler = make_officer(Role.HANDLER)

    def test_a_row_becomes_a_published_page_by_its_number(self):
        bring(ROW)
        page = OfficialDocumentPage.objects.readable().get()
        assert (page.url, page.number, page.issued_on) == (
            "/van-ban/31-bc-sgddt-2024/",
            "31/BC-SGDĐT",
            date(2024, 5, 13),
        )
        assert (page.document_type, page.issued_year, page.abstract_cut) == ("bao-cao", 2024, True)
        assert LedgerEvent.objects.get(verb="documents.imported").data == {"pages": 1, "published": True}

    def test_a_second_run_makes_no_double(self):
        bring(ROW)
        assert bring(ROW) == []
        assert document_import(rows=[], actor=None, publish=True) == []
        assert OfficialDocumentPage.objects.count() == 1

    def test_a_changed_row_changes_its_page(self):
        bring(ROW)
        bring((*ROW[:2], "Kết quả kiểm tra", *ROW[3:]))
        page = OfficialDocumentPage.objects.get()
        assert (page.title, page.abstract_cut, page.live) == ("Kết quả kiểm tra", False, True)
        assert page.revisions.count() == 2

    def test_a_title_completed_by_hand_is_not_cut_again(self):
        bring(ROW)
        page = OfficialDocumentPage.objects.get()
        page.title = "Kết quả cải cách hành chính quý II"
        page.save_revision().publish()
        bring((*ROW[:3], "Thông báo", ROW[4]))
        page.refresh_from_db()
        assert (page.title, page.document_type, page.abstract_cut) == (
            "Kết quả cải cách hành chính quý II",
            "thong-bao",
            False,
        )

    def test_an_editors_draft_is_not_published_by_an_import(self):
        bring(ROW)
        page = OfficialDocumentPage.objects.get()
        page.signer = "Đang soạn dở"
        page.save_revision()
        bring((*ROW[:3], "Thông báo", ROW[4]))
        page.refresh_from_db()
        assert (page.signer, page.document_type, page.has_unpublished_changes) == ("", "bao-cao", True)
        assert page.get_latest_revision_as_object().signer == "Đang soạn dở"

    def test_a_long_abstract_is_kept_whole(self):
        words = "cải cách " * 60 + "cuối"
        bring((*ROW[:2], words, *ROW[3:]))
        page = OfficialDocumentPage.objects.get()
        assert page.abstract == words
        assert len(page.title) <= 255
        assert not page.abstract_cut

    def test_an_editor_brings_drafts_and_may_not_publish(self):
        with pytest.raises(PermissionDenied):
            bring(ROW, actor=self.editor)
        assert not OfficialDocumentPage.objects.exists()
        bring(ROW, actor=self.editor, publish=False)
        page = OfficialDocumentPage.objects.get()
        assert (page.live, page.owner) == (False, self.editor)
        assert not OfficialDocumentPage.objects.readable().exists()

    def test_a_publisher_publishes(self):
        bring(ROW, actor=self.publisher)
        assert OfficialDocumentPage.objects.get().live

    def test_another_officer_brings_nothing(self):
        with pytest.raises(PermissionDenied):
            bring(ROW, actor=self.handler, publish=False)
        assert not OfficialDocumentPage.objects.exists()

    def test_one_failing_row_undoes_all(self):
        good, bad = rows(ROW, ("32/BC-SGDĐT", *ROW[1:]))
        object.__setattr__(bad, "number", "x" * 500)
        object.__setattr__(bad, "issued_on", "hôm qua")
        with pytest.raises((TypeError, AttributeError, ValidationError)):
            document_import(rows=[good, bad], actor=None, publish=True)
        assert not OfficialDocumentPage.objects.exists()
        assert not LedgerEvent.objects.filter(verb="documents.imported").exists()

    def test_catalogues_are_for_those_who_edit_pages(self):
        issuer = issuer_save(issuer=None, name="UBND tỉnh  Mẫu", abbreviation="UBND", order=1, actor=self.editor)
        assert (issuer.name, Issuer.objects.named("ubnd TINH mau").get()) == ("UBND tỉnh Mẫu", issuer)
        with pytest.raises(PermissionDenied):
            area_save(area=None, name="Tuyển sinh", order=1, actor=self.handler)


@pytest.mark.django_db
def test_without_a_register_the_reason_is_said():
    OfficialDocumentIndexPage.objects.get().delete()
    with pytest.raises(NoIndexPageError, match="setup_site"):
        document_import(rows=[], actor=None, publish=True)
