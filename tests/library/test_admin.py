"""The library in the admin: topics, the flat list, the report of downloads, and who may not."""

import csv
import io
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.test import TestCase
from django.urls import reverse

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent, PageReading, Unit
from cms.library.factories import material
from cms.library.models import MaterialIndexPage, MaterialTopic
from cms.library.querysets.downloads import downloads_by
from cms.library.services import FIRST_TOPICS, topic_delete, topic_save, topics_seed
from tests.library.test_index import stored
from tests.officers import make_officer
from tests.site import build_site

CATALOGUE = "/quan-tri/chu-de-hoc-lieu/"
LIST = "/quan-tri/danh-sach-hoc-lieu/"
REPORT = "/quan-tri/reports/luot-tai-hoc-lieu/"


class LibraryAdminTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = MaterialIndexPage.objects.get()
        agency = Unit.objects.get(parent=None)
        cls.school, cls.other_school = (
            Unit.objects.create(code=code, name=f"Trường {code}", slug=code.lower(), kind="primary", parent=agency)
            for code in ("MOT", "HAI")
        )
        cls.editor, cls.handler = make_officer(Role.EDITOR), make_officer(Role.HANDLER)
        cls.leader = make_officer(Role.LEADER, unit=cls.school)
        cls.poster = material(cls.index, "Áp phích", topics=["an-toan"], owner_unit=cls.school, for_pupils=True)
        cls.lesson = material(
            cls.index, "=Bài dạy", owner_unit=cls.other_school, files=[stored("bai.pdf")], published_on=date(2026, 1, 1)
        )
        for page, day, read, taken in (
            *((cls.poster, date(2026, 10, 3), 9, 4), (cls.poster, date(2026, 11, 3), 1, 2)),
            (cls.lesson, date(2026, 11, 9), 5, 7),
        ):
            PageReading.objects.create(page_id=page.pk, day=day, count=read, downloads=taken)
        # What is no material has no place in the report.
        PageReading.objects.create(page_id=cls.index.pk, day=date(2026, 11, 9), count=50)

    def setUp(self):
        self.client.force_login(self.editor)


class TopicTest(LibraryAdminTest):
    def test_the_first_set_is_there_and_editors_changes_stay(self):
        assert [topic.name for topic in MaterialTopic.objects.in_order()] == [name for name, _ in FIRST_TOPICS]
        MaterialTopic.objects.filter(slug="phap-luat").delete()
        topics_seed()
        assert MaterialTopic.objects.count() == len(FIRST_TOPICS) - 1

    def test_an_editor_adds_one_and_its_address_outlives_a_new_name(self):
        self.client.post(f"{CATALOGUE}new/", {"name": "  Sức khỏe học đường ", "order": "50"})
        made = MaterialTopic.objects.get(slug="suc-khoe-hoc-duong")
        self.client.post(f"{CATALOGUE}edit/{made.pk}/", {"name": "Y tế trường học", "order": "50"})
        made.refresh_from_db()
        assert (made.name, made.slug) == ("Y tế trường học", "suc-khoe-hoc-duong")
        assert LedgerEvent.objects.filter(verb="materialtopic.saved").count() == 2

    def test_a_bad_name_is_refused_beside_the_field(self):
        for name, said in (("An toan truong hoc", "chỉ khác dấu"), ("!!!", "phải có chữ hoặc số")):
            answer = self.client.post(f"{CATALOGUE}new/", {"name": name, "order": "1"})
            assert answer.status_code == 200
            assert said in answer.content.decode()
        assert MaterialTopic.objects.count() == len(FIRST_TOPICS)

    def test_an_empty_one_goes_and_one_in_use_stays(self):
        unused, used = (MaterialTopic.objects.get(slug=slug) for slug in ("phap-luat", "an-toan"))
        self.poster.unpublish()  # a draft keeps its topic too
        for topic in (unused, used):
            assert self.client.post(f"{CATALOGUE}delete/{topic.pk}/").status_code == 302
        assert not MaterialTopic.objects.filter(pk=unused.pk).exists()
        assert MaterialTopic.objects.filter(pk=used.pk).exists()

    def test_others_may_not(self):
        topic = MaterialTopic.objects.get(slug="an-toan")
        with pytest.raises(PermissionDenied):
            topic_save(topic=topic, name="x", order=1, actor=self.handler)
        with pytest.raises(PermissionDenied):
            topic_delete(topic=topic, actor=self.handler)
        with pytest.raises(ProtectedError):
            topic_delete(topic=topic, actor=self.editor)
        self.client.force_login(self.handler)
        for address in (CATALOGUE, f"{CATALOGUE}new/", LIST, f"/quan-tri/pages/{self.poster.pk}/edit/"):
            assert self.client.get(address).status_code in {302, 403}, address


class ListTest(LibraryAdminTest):
    def shown(self, query=""):
        answer = self.client.get(f"{LIST}{query}")
        assert answer.status_code == 200
        return [page.title for page in answer.context["object_list"]]

    def test_materials_are_found_by_words_filters_and_counts(self):
        topic = MaterialTopic.objects.get(slug="an-toan")
        assert self.shown() == ["Áp phích", "=Bài dạy"]
        assert self.shown("?ordering=-taken") == ["=Bài dạy", "Áp phích"]
        assert self.shown("?ordering=-read") == ["Áp phích", "=Bài dạy"]
        assert self.shown("?q=ap+phich") == ["Áp phích"]
        assert self.shown(f"?topics={topic.pk}") == ["Áp phích"]
        assert self.shown("?audience=hoc-sinh") == ["Áp phích"]
        assert self.shown("?level=thcs") == []
        assert self.shown("?kind=pdf") == ["=Bài dạy"]
        assert self.shown(f"?owner_unit={self.other_school.pk}") == ["=Bài dạy"]
        assert self.shown("?over=true") == []

    def test_the_editor_opens(self):
        assert self.client.get(f"/quan-tri/pages/{self.poster.pk}/edit/").status_code == 200
        add = reverse("wagtailadmin_pages:add", args=["library", "materialpage", self.index.pk])
        assert "Không đánh dấu cấp nào" in self.client.get(add).content.decode()


class ReportTest(LibraryAdminTest):
    def rows(self, query=""):
        answer = self.client.get(f"{REPORT}{query}")
        assert answer.status_code == 200
        return list(answer.context["object_list"])

    def test_it_counts_by_material_month_and_unit(self):
        assert [(row["title"], row["taken"], row["read"]) for row in self.rows()] == [
            ("=Bài dạy", 7, 5),
            ("Áp phích", 6, 10),
        ]
        assert [(f"{row['month']:%Y-%m}", row["taken"]) for row in self.rows("?theo=thang")] == [
            ("2026-11", 9),
            ("2026-10", 4),
        ]
        assert [(row["unit"], row["taken"]) for row in self.rows("?theo=don-vi")] == [
            ("Trường HAI", 7),
            ("Trường MOT", 6),
        ]
        assert len(self.rows("?theo=tai-lieu-thang")) == 3
        assert [row["taken"] for row in self.rows("?day_from=2026-11-01&day_to=2026-11-30")] == [7, 2]
        assert [row["title"] for row in self.rows(f"?unit={self.school.pk}")] == ["Áp phích"]
        assert self.rows("?theo=x&day_from=x&unit=x") is not None

    def test_it_goes_out_as_a_table_that_opens_as_text(self):
        answer = self.client.get(f"{REPORT}?export=csv&theo=tai-lieu-thang")
        text = b"".join(answer.streaming_content).decode()
        assert text.startswith("\ufeff")
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
        assert rows[0] == ["Tháng", "Học liệu", "Đơn vị phụ trách", "Lượt tải tệp", "Lượt xem trang"]
        assert rows[1] == ["11/2026", "'=Bài dạy", "Trường HAI", "7", "5"]
        assert self.client.get(f"{REPORT}?export=xlsx").headers["Content-Type"].endswith("spreadsheetml.sheet")

    def test_a_leader_sees_the_own_unit_alone(self):
        self.client.force_login(self.leader)
        assert [row["title"] for row in self.rows()] == ["Áp phích"]
        assert [row["unit"] for row in self.rows(f"?theo=don-vi&unit={self.other_school.pk}")] == []
        text = b"".join(self.client.get(f"{REPORT}?export=csv").streaming_content).decode()
        assert "Bài dạy" not in text

    def test_nobody_else_sees_it(self):
        for role in (Role.HANDLER, Role.INTAKE, Role.ADMIN):
            self.client.force_login(make_officer(role))
            for where in (REPORT, f"{REPORT}results/", f"{REPORT}?export=csv"):
                assert self.client.get(where).status_code in {302, 403}

    def test_the_empty_report_says_so(self):
        PageReading.objects.all().delete()
        assert "Chưa có lượt xem hay lượt tải nào" in self.client.get(REPORT).content.decode()

    def test_one_question_whatever_the_rows(self):
        with self.assertNumQueries(1):
            assert len(list(downloads_by("tai-lieu"))) == 2
