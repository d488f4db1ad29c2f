"""Whether a document binds: said once on either side, shown on both, and true on the day it is read."""

from datetime import date, timedelta

from django.test import TestCase
from django.utils import timezone

from wagtail.models import Page

from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.official_documents.enums import EffectKind, LegalStatus, RelationKind
from cms.official_documents.factories import document
from cms.official_documents.models import (
    DocumentField,
    DocumentRelation,
    LegalEffect,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
)
from cms.official_documents.services.legal_status import (
    legal_status_faults,
    legal_status_refresh,
    legal_status_refresh_all,
)
from tests.officers import make_officer
from tests.site import build_site

DAY = timedelta(days=1)


def say(page, kind, *, publish=True, **facts):
    """Let an editor say on ``page`` what it does to another."""
    page.relations.add(DocumentRelation(kind=kind, **facts))
    revision = page.save_revision()
    if publish:
        revision.publish()


def fresh(page):
    return OfficialDocumentPage.objects.get(pk=page.pk)


def status(page):
    return fresh(page).legal_status


class StatusTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = OfficialDocumentIndexPage.objects.get()
        cls.today = timezone.localdate()
        cls.old = document(cls.index, "5/QĐ-SGDĐT", issued_on=date(2020, 3, 1), effective_on=date(2020, 3, 1))
        cls.new = document(cls.index, "9/QĐ-SGDĐT", issued_on=date(2024, 3, 1), effective_on=date(2024, 4, 1))

    def tearDown(self):
        assert list(legal_status_faults()) == []

    def test_other_pages_name_it_with_its_state(self):
        area = DocumentField.objects.create(name="Tuyển sinh")
        OfficialDocumentPage.objects.update(area=area)
        say(fresh(self.new), RelationKind.REPLACES, cited_page=self.old)
        draft = document(
            self.index, "", title="Dự thảo Quy chế", issued_on=None, consult_until=self.today + DAY, area=None
        )
        page = BeautifulSoup(self.client.get(fresh(self.new).url).content.decode(), "html.parser")
        assert page.select_one("section[aria-labelledby=lien-quan] .tag").get_text(strip=True) == "Bị thay thế"
        home = BeautifulSoup(self.client.get("/").content.decode(), "html.parser")
        entry = home.select_one(f'.entry:has(a[href="{draft.url}"])')
        assert "Đang lấy ý kiến đến hết" in entry.get_text()

    def test_it_follows_from_the_days(self):
        later = document(self.index, "1/KH-SGDĐT", issued_on=self.today, effective_on=self.today + DAY)
        ended = document(self.index, "2/KH-SGDĐT", effective_on=date(2024, 2, 1), expires_on=self.today)
        silent = document(self.index, "3/KH-SGDĐT")
        found = [status(page) for page in (later, ended, silent, self.old)]
        assert found == [LegalStatus.NOT_YET, LegalStatus.EXPIRED, LegalStatus.UNKNOWN, LegalStatus.IN_FORCE]

    def test_replacing_is_said_once_and_both_pages_lead_to_each_other(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        assert (status(self.old), status(self.new)) == (LegalStatus.REPLACED, LegalStatus.IN_FORCE)
        (suffered,), (done,) = fresh(self.old).suffered_lines, fresh(self.new).done_lines
        assert (suffered.url, suffered.from_on) == (self.new.url, date(2024, 4, 1))
        assert (done.url, done.from_on) == (self.old.url, date(2024, 4, 1))
        old = self.client.get(self.old.url).content.decode()
        assert "Văn bản này đã được thay thế" in old
        assert self.new.url in old.split("notice--warning")[1].split("</div>")[0]
        assert self.old.url in self.client.get(self.new.url).content.decode()

    def test_said_on_the_older_side_it_is_the_same(self):
        say(self.old, RelationKind.REPLACED_BY, cited_page=self.new)
        assert status(self.old) == LegalStatus.REPLACED
        assert [line.url for line in fresh(self.new).done_lines] == [self.old.url]
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        assert len(fresh(self.new).effect_lines) == len(fresh(self.old).effect_lines) == 1

    def test_amending_and_repealing(self):
        say(self.new, RelationKind.AMENDS, cited_page=self.old)
        assert status(self.old) == LegalStatus.AMENDED
        assert "đã được sửa đổi, bổ sung" in self.client.get(self.old.url).content.decode()
        last = document(self.index, "11/QĐ-SGDĐT", issued_on=date(2025, 1, 1))
        say(last, RelationKind.REPEALS, cited_page=self.old)
        assert status(self.old) == LegalStatus.EXPIRED
        assert "đã bị bãi bỏ" in self.client.get(self.old.url).content.decode()

    def test_a_draft_changes_nothing_yet(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old, publish=False)
        assert status(self.old) == LegalStatus.IN_FORCE
        assert fresh(self.old).effect_lines == []

    def test_taking_it_back_undoes_it(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        page = fresh(self.new)
        page.relations = []
        page.save_revision().publish()
        assert status(self.old) == LegalStatus.IN_FORCE
        assert fresh(self.old).effect_lines == []

    def test_a_document_that_goes_takes_its_effect_along(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        fresh(self.new).unpublish()
        assert status(self.old) == LegalStatus.IN_FORCE
        assert self.new.title not in self.client.get(self.old.url).content.decode()
        fresh(self.new).save_revision().publish()
        assert status(self.old) == LegalStatus.REPLACED
        Page.objects.get(pk=self.new.pk).specific.delete()
        assert status(self.old) == LegalStatus.IN_FORCE
        assert not LegalEffect.objects.exists()

    def test_an_older_revision_does_not_bring_an_old_status_back(self):
        self.old.save_revision()
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        fresh(self.old).get_latest_revision().publish()
        assert status(self.old) == LegalStatus.REPLACED

    def test_a_bare_number_waits_for_its_document(self):
        say(self.new, RelationKind.REPLACES, number="77/QĐ-SGDĐT", issued_on=date(2019, 5, 5))
        assert [line.url for line in fresh(self.new).done_lines] == [""]
        late = document(self.index, "77/QĐ-SGDDT", issued_on=date(2019, 5, 5))
        assert status(late) == LegalStatus.REPLACED
        assert [line.url for line in fresh(self.new).done_lines] == [late.url]
        other_year = document(self.index, "77/QĐ-SGDĐT", issued_on=date(2018, 5, 5))
        assert status(other_year) == LegalStatus.UNKNOWN

    def test_a_bare_number_that_two_could_be_is_not_guessed(self):
        for day in (date(2018, 5, 5), date(2019, 5, 5)):
            document(self.index, "77/QĐ-SGDĐT", issued_on=day)
        say(self.new, RelationKind.REPLACES, number="77/QĐ-SGDĐT")
        assert set(LegalEffect.objects.values_list("acted_on", flat=True)) == {None}

    def test_one_that_is_not_on_the_portal_is_shown_in_words(self):
        say(self.old, RelationKind.REPEALED_BY, number="3/NQ-HĐND", issued_on=date(2023, 1, 1), issuer_name="HĐND")
        page = self.client.get(self.old.url).content.decode()
        assert status(self.old) == LegalStatus.EXPIRED
        assert "3/NQ-HĐND ngày 01/01/2023 của HĐND" in page

    def test_midnight_is_followed_by_the_schedule(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old, from_on=self.today + DAY)
        assert status(self.old) == LegalStatus.IN_FORCE
        assert "bị thay thế từ ngày" in self.client.get(self.old.url).content.decode()
        assert legal_status_refresh(keys=[self.old.pk], on=self.today + DAY) == 1
        assert status(self.old) == LegalStatus.REPLACED
        assert len(list(legal_status_faults())) == 1
        assert legal_status_refresh_all().startswith("1 ")
        assert legal_status_refresh_all().startswith("0 ")

    def test_a_document_behind_a_log_in_is_not_told_of(self):
        say(self.new, RelationKind.REPLACES, cited_page=self.old)
        self.new.view_restrictions.create(restriction_type="login")
        assert self.new.title not in self.client.get(self.old.url).content.decode()

    def test_the_status_is_read_only_for_editors(self):
        self.client.force_login(make_officer(Role.EDITOR))
        page = self.client.get(f"/quan-tri/pages/{self.old.pk}/edit/").content.decode()
        assert "Còn hiệu lực" in page
        assert 'name="legal_status"' not in page

    def test_many_are_followed_with_few_questions(self):
        numbers = [f"{number}/TB-SGDĐT" for number in range(100, 130)]
        pages = [document(self.index, number, effective_on=date(2024, 2, 1)) for number in numbers]
        LegalEffect.objects.bulk_create(
            LegalEffect(declared_by=self.new, kind=EffectKind.AMENDS, acting=self.new, acted_on=page) for page in pages
        )
        with self.assertNumQueries(2 + len(pages)):
            assert legal_status_refresh(keys=[page.pk for page in pages]) == len(pages)
        with self.assertNumQueries(2):
            assert legal_status_refresh(keys=[page.pk for page in pages]) == 0
