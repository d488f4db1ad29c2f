"""The home page: a counter first, then bands that editors arrange and that show only what is there."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from wagtail.models import Page

import pytest
from bs4 import BeautifulSoup

from cms.core.ports import Figure, FigureValue, HomeTask, Registry
from cms.home import blocks
from cms.home.models import home_page
from cms.news.models import NewsIndexPage, NewsPage
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.plans.models import PlanIndexPage, PlanPage, PlanTask
from cms.plans.reports import tasks_done
from feedback.factories import submitted
from feedback.models import PublicCase
from feedback.reports import answers_on_time
from tests.feedback import counted
from tests.site import build_site

MOST_QUERIES = 60


def public_case(maker, *, late_days: int = 0, days_ago: int = 1) -> PublicCase:
    """One live copy, as a row: the services are tested elsewhere."""
    case = submitted()
    today = timezone.localdate()
    return PublicCase.objects.create(
        case=case,
        reference=case.reference,
        title=f"Việc {case.reference}",
        question="Hỏi",
        answer="Đáp",
        category=case.category,
        shown_name="",
        asked_on=today - timedelta(days=days_ago + 5),
        answered_on=today - timedelta(days=days_ago),
        late_days=late_days,
        made_by=maker,
        live=True,
    )


class HomeTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        users = cls.home._meta.get_field("owner").related_model
        cls.maker = users.objects.create_user("bien-soan")

    def html(self) -> str:
        return self.client.get("/").content.decode()

    def fill(self, rows: int) -> None:
        news, papers = NewsIndexPage.objects.get(), OfficialDocumentIndexPage.objects.get()
        plans = PlanIndexPage.objects.get()
        for number in range(rows):
            day = date(2026, 1, 1) + timedelta(days=number)
            news.add_child(instance=NewsPage(title=f"Tin {number}", published_on=day, lead="Lời dẫn."))
            document(papers, f"{papers.numchild + 1}/TB-SGDĐT", title=f"Văn bản {number}")
            plans.add_child(instance=PlanPage(title=f"Kế hoạch {number}", number=f"{plans.numchild + 1}/KH-SGDĐT"))
            public_case(self.maker)
            counted.store(counted.row(timezone.localdate() - timedelta(days=20), took=2))

    def test_with_nothing_to_show_only_the_counter_stands(self):
        html = self.html()
        assert "counter__ask" in html
        assert "section__head" not in html

    def test_every_first_band_shows_what_its_app_has(self):
        self.fill(1)
        html = self.html()
        for title in ("Tin 0", "Văn bản 0", "Kế hoạch 0", "Việc PA-", "Trả lời đúng hạn", "#cach-tinh"):
            assert title in html, title

    def test_queries_do_not_grow_with_what_there_is(self):
        self.fill(4)
        self.html()
        few = self.queries()
        self.fill(25)
        assert self.queries() == few
        assert few < MOST_QUERIES

    def queries(self) -> int:
        with CaptureQueriesContext(connection) as asked:
            self.html()
        return len(asked)

    def test_an_editor_turns_the_bands_round(self):
        self.fill(1)
        self.home.sections = [
            ("section", {"left": [("latest_news", {"title": "Chuyện trong ngành", "count": 1})], "right": []}),
            ("section", {"left": [("latest_cases", {"title": "", "count": 1})], "right": [], "tinted": True}),
        ]
        self.home.save_revision().publish()
        html = self.html()
        assert html.index("Chuyện trong ngành") < html.index("Câu trả lời mới")
        assert 'id="chuyen-trong-nganh"' in html
        assert "Văn bản 0" not in html

    def test_pages_that_are_not_public_are_not_named(self):
        self.fill(1)
        Page.objects.filter(title__in=["Tin 0", "Văn bản 0"]).update(live=False)
        html = self.html()
        assert "Tin 0" not in html
        assert "Văn bản 0" not in html

    def test_the_figure_says_what_it_was_made_from(self):
        today = timezone.localdate()
        counted.store(
            *(counted.row(today - timedelta(days=40), took=took) for took in (5, 6)),
            counted.row(today - timedelta(days=40)),  # late, and nobody has answered
            counted.row(today - timedelta(days=400), took=5),  # too long ago to count
        )
        value = answers_on_time()
        assert (value.value, value.unit) == ("66,7", "%")
        assert value.note.startswith("2 trong 3 ")
        assert value.url == "/phan-anh-kien-nghi/thong-ke/#cach-tinh"

    def test_tasks_of_this_year_are_counted_with_those_that_are_late(self):
        today = timezone.localdate()
        plans = PlanIndexPage.objects.get()
        plan = plans.add_child(instance=PlanPage(title="Năm nay", number="1/KH-SGDĐT", issued_on=today))
        due = {"deadline_kind": "by_date", "page": plan}
        PlanTask.objects.create(content="Đã trễ", deadline_on=today - timedelta(days=9), **due)
        PlanTask.objects.create(content="Còn hạn", deadline_on=today + timedelta(days=9), **due)
        old = plans.add_child(instance=PlanPage(title="Năm ngoái", number="2/KH-SGDĐT", issued_on=date(2020, 1, 2)))
        PlanTask.objects.create(content="Cũ", page=old)
        value = tasks_done()
        assert (value.value, value.unit, value.url) == ("0", "trên 2", "/cai-cach-hanh-chinh/")
        assert value.note.endswith("; 1 quá hạn")

    def test_without_a_case_there_is_no_figure(self):
        assert answers_on_time() is None


def test_two_parts_of_one_heading_are_refused_in_words():
    block = blocks.SectionsBlock()
    part = {"title": "Tin tức", "count": 4}
    value = block.to_python(
        [{"type": "section", "value": {"left": [{"type": "latest_news", "value": part}] * 2, "right": []}}]
    )
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "Tin tức" in str(refused.value.as_json_data())


def test_figures_without_anything_to_count_are_left_out(monkeypatch):
    registry = Registry("Số liệu")
    registry.register(Figure("none", "Chưa có gì", lambda: None))
    registry.register(Figure("some", "Có rồi", lambda: FigureValue("12", "12 trong 15", "/cach-tinh/")))
    monkeypatch.setattr(blocks, "figures", registry)
    block = blocks.FiguresBlock()
    html = block.render(block.normalize({"title": "", "names": []}))
    assert "Có rồi" in html
    assert "Chưa có gì" not in html
    assert 'href="/cach-tinh/"' in html


@pytest.mark.django_db
def test_a_task_of_an_app_appears_by_itself_while_there_is_something_to_do(site_tree, client, monkeypatch):
    registry, surveys = Registry("Việc"), []
    monkeypatch.setattr(home_page, "home_tasks", registry)

    def tasks():
        page = BeautifulSoup(client.get("/").content.decode(), "html.parser")
        return {each["href"]: each.select_one(".task__name").get_text() for each in page.select("a.task")}

    before = tasks()
    registry.register(HomeTask("survey", "Khảo sát hài lòng", "Ba phút", "chart", lambda: "".join(surveys)))
    registry.register(HomeTask("send", "Gửi lời khác", "", "speech", lambda: "/phan-anh-kien-nghi/gui/"))
    assert tasks() == before, "nothing to answer yet, and the editor's own words win"
    surveys.append("/khao-sat/sipas/")
    assert tasks() == {**before, "/khao-sat/sipas/": "Khảo sát hài lòng"}


def test_every_part_explains_itself_to_the_editor():
    column = blocks.ColumnBlock()
    for name, block in column.child_blocks.items():
        assert len(str(block.get_description())) > 10, name
