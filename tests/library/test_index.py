"""The list of materials: what is shown, how it is narrowed and ordered, and what it costs."""

from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bs4 import BeautifulSoup

from cms.core.models import PageReading
from cms.library.enums import MaterialKind, kinds_of
from cms.library.factories import many_materials, material
from cms.library.models import MaterialIndexPage, MaterialPage, MaterialTopic
from cms.library.querysets import MaterialFilters
from cms.library.services import FIRST_TOPICS
from cms.media.models import PortalDocument
from tests.site import build_site

ADDRESS = "/hoc-lieu/"


def stored(name, content=b"%PDF-1.7 mot"):
    row = PortalDocument(title=name, file=ContentFile(content, name))
    row._set_document_file_metadata()
    row.save()
    return row


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


class IndexTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = MaterialIndexPage.objects.get()
        cls.poster = material(
            cls.index,
            "Áp phích nộp hồ sơ trực tuyến",
            topics=["dich-vu-cong"],
            for_citizens=True,
            for_parents=True,
            files=[stored("ap-phich.png", b"x"), stored("ap-phich.pdf")],
            published_on=date(2026, 11, 1),
        )
        cls.lesson = material(
            cls.index,
            "Bài giảng an toàn trên mạng",
            topics=["ky-nang-so", "an-toan"],
            for_lower_secondary=True,
            for_pupils=True,
            for_teachers=True,
            files=[stored("bai-giang.pptx", b"x")],
            published_on=date(2026, 10, 1),
        )
        cls.booklet = material(
            cls.index,
            "Sổ tay pháp luật cho phụ huynh",
            topics=["phap-luat"],
            for_primary=True,
            for_parents=True,
            published_on=date(2025, 3, 1),
        )
        cls.draft = material(cls.index, "Học liệu chưa đăng", topics=["an-toan"])
        cls.draft.unpublish()

    def shown(self, query=""):
        return [a.get_text() for a in read(self.client.get(f"{ADDRESS}{query}")).select(".entry__title a")]

    def test_the_newest_come_first_and_drafts_never(self):
        assert self.shown() == [self.poster.title, self.lesson.title, self.booklet.title]

    def test_filters_narrow_together(self):
        assert self.shown("?chu-de=an-toan") == [self.lesson.title]
        assert self.shown("?doi-tuong=phu-huynh") == [self.poster.title, self.booklet.title]
        assert self.shown("?loai-tep=trinh-chieu") == [self.lesson.title]
        assert self.shown("?loai-tep=hinh") == [self.poster.title]
        assert self.shown("?doi-tuong=phu-huynh&chu-de=phap-luat") == [self.booklet.title]
        assert self.shown("?doi-tuong=giao-vien&chu-de=phap-luat") == []

    def test_what_names_no_school_fits_every_school(self):
        assert self.shown("?cap-hoc=thcs") == [self.poster.title, self.lesson.title]
        assert self.shown("?cap-hoc=mam-non") == [self.poster.title]

    def test_words_are_found_without_marks_and_narrow_with_filters(self):
        assert self.shown("?q=so+tay+phap+luat") == [self.booklet.title]
        assert self.shown("?q=an+toan+tren+mang&cap-hoc=thcs") == [self.lesson.title]
        assert self.shown("?q=khong+co+gi+nhu+the") == []
        assert self.shown("?q=hoc+lieu+chua+dang") == []

    def test_every_choice_that_is_offered_leads_to_as_many_as_it_says(self):
        for start in ("", "?doi-tuong=phu-huynh", "?loai-tep=pdf&cap-hoc=thcs"):
            form = read(self.client.get(f"{ADDRESS}{start}")).select_one(".facets form")
            for select in form.select("select:not([name=xep])"):
                for option in select.select("option[value]:not([value=''])"):
                    count = int(option.get_text().rsplit("(", 1)[1].rstrip(")"))
                    asked = {
                        each["name"]: chosen["value"]
                        for each in form.select("select")
                        if (chosen := each.select_one("option[selected]"))
                    }
                    answer = self.client.get(ADDRESS, asked | {select["name"]: option["value"]})
                    assert len(read(answer).select(".entry__title")) == count, (start, select["name"], option)

    def test_the_most_taken_come_first_when_asked(self):
        today = timezone.localdate()
        for page, days, count in ((self.booklet, 0, 5), (self.booklet, 9, 40), (self.lesson, 0, 30)):
            PageReading.objects.create(page_id=page.pk, day=today - timedelta(days=days), count=1, downloads=count)
        assert self.shown("?xep=tai-nhieu") == [self.booklet.title, self.lesson.title, self.poster.title]
        page = read(self.client.get(f"{ADDRESS}?xep=tai-nhieu"))
        assert "45 lượt tải" in page.select_one(".entry__meta").get_text()
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"
        assert "tải nhiều nhất trước" in page.select_one("#ket-qua").get_text()

    def test_chips_take_a_filter_off(self):
        page = read(self.client.get(f"{ADDRESS}?doi-tuong=phu-huynh&q=so+tay"))
        chips = {chip.get_text(" ", strip=True).split(" (")[0]: chip["href"] for chip in page.select(".chip")}
        assert chips["Dành cho: Phụ huynh"] == "?q=so+tay"
        assert chips["Từ tìm: so tay"] == "?doi-tuong=phu-huynh"
        assert chips["Bỏ mọi điều kiện"] == ADDRESS

    def test_nonsense_in_the_address_is_never_an_error(self):
        for query in (
            *("?chu-de=khong-co", "?chu-de=%00", "?cap-hoc=dai-hoc", "?doi-tuong=1", "?loai-tep=exe", "?xep=x"),
            *("?trang=0", "?trang=x", "?trang=99999999999", "?q=%00%ff", "?q=" + "a" * 900, '?q="'),
        ):
            assert self.client.get(f"{ADDRESS}{query}").status_code == 200, query

    def test_an_empty_result_says_so_and_leads_back(self):
        page = read(self.client.get(f"{ADDRESS}?doi-tuong=giao-vien&chu-de=phap-luat"))
        assert "Không có học liệu nào khớp" in page.select_one(".empty").get_text()
        assert page.select_one(".empty a")["href"] == ADDRESS

    def test_markup_in_names_stays_text(self):
        MaterialTopic.objects.filter(slug="an-toan").update(name="<script>alert(1)</script>")
        assert "<script>alert" not in self.client.get(f"{ADDRESS}?chu-de=an-toan").content.decode()

    def test_a_closed_material_is_nowhere(self):
        self.lesson.view_restrictions.create(restriction_type="login")
        for address in (ADDRESS, f"{ADDRESS}?q=an+toan", f"{ADDRESS}atom.xml", "/sitemap.xml", "/tim-kiem/?q=an+toan"):
            assert "Bài giảng an toàn" not in self.client.get(address).content.decode(), address

    def test_the_feed_and_the_search_know_it(self):
        feed = self.client.get(f"{ADDRESS}atom.xml").content.decode()
        assert self.poster.title in feed
        assert self.draft.title not in feed
        found = self.client.get("/tim-kiem/?q=ap+phich+nop+ho+so").content.decode()
        assert self.poster.url in found
        assert self.poster.url in self.client.get("/sitemap.xml").content.decode()

    def test_the_home_page_shows_the_newest(self):
        assert self.poster.title in self.client.get("/").content.decode()


class EmptyTest(TestCase):
    def test_without_materials_it_says_so(self):
        build_site()
        page = read(self.client.get(ADDRESS))
        assert "Chưa có học liệu nào" in page.select_one(".empty").get_text()
        assert not page.select(".facets select")
        assert "Học liệu mới" not in self.client.get("/").content.decode()


class CostTest(TestCase):
    def queries(self, address):
        with CaptureQueriesContext(connection) as queries:
            assert self.client.get(address).status_code == 200
        return len(queries)

    def test_queries_do_not_grow_with_materials(self):
        build_site()
        index = MaterialIndexPage.objects.get()
        one = material(index, "Học liệu đầu", topics=["an-toan"], files=[stored("mot.pdf"), stored("hai.pdf")])
        queries = ("", "?chu-de=an-toan", "?cap-hoc=tieu-hoc&loai-tep=pdf", "?xep=tai-nhieu", "?trang=2", "?q=hoc+lieu")
        addresses = [*(ADDRESS + query for query in queries), one.url, f"{one.url}to-in/", f"{ADDRESS}atom.xml", "/"]

        def taken(pages):
            rows = (PageReading(page_id=page.pk, day=date.today(), downloads=1) for page in pages)
            PageReading.objects.bulk_create(rows)

        taken(many_materials(index, 29))
        self.queries(ADDRESS)  # the first visit fills Wagtail's cache of site roots
        few = [self.queries(address) for address in addresses]
        taken(many_materials(index, 970))
        assert MaterialPage.objects.readable().count() == 1000
        assert [self.queries(address) for address in addresses] == few
        assert max(few[:-1]) <= 26, few


def test_filters_are_read_from_the_address():
    asked = MaterialFilters.from_query({"chu-de": "a", "cap-hoc": "thcs", "doi-tuong": "x", "q": " một   hai "})
    assert asked == MaterialFilters(topic="a", level="thcs", words="một hai")
    assert bool(asked)
    assert not MaterialFilters.from_query({})


def test_kinds_are_told_by_the_name_of_the_file():
    assert kinds_of(["a.PDF", "b.pptx", "c.odp", "d", "e.exe"]) == [
        MaterialKind.PDF,
        MaterialKind.SLIDES,
        MaterialKind.OTHER,
    ]
    assert kinds_of([]) == []


def test_no_kinds_word_is_part_of_another():
    assert not [(one, other) for one in MaterialKind for other in MaterialKind if one != other and one in other]


def test_the_first_topics_have_different_address_words():
    assert len({word for _name, word in FIRST_TOPICS}) == len(FIRST_TOPICS)
