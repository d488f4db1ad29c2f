"""The page of questions; pages whose first text leaves something to the agency."""

import json

from django.test import TestCase
from django.urls import reverse

from bs4 import BeautifulSoup

from cms.core.enums import Role
from cms.core.models import AgencySettings
from cms.core.search import search
from cms.home.models import HomePage
from cms.pages.models import QuestionsPage, StandardPage
from cms.pages.viewsets import FIRST_PAGES
from tests.officers import make_officer
from tests.site import build_site


class QuestionsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.page = QuestionsPage.objects.get()

    def soup(self):
        return BeautifulSoup(self.client.get("/hoi-dap/").content, "html.parser")

    def test_questions_open_without_script_and_each_has_an_address(self):
        page = self.soup()
        asked = page.select("main details")
        assert len(asked) == len(self.page.questions) > 4
        anchors = [each.select_one(".accordion__body")["id"] for each in asked]
        assert len(set(anchors)) == len(anchors)
        assert all(f'href="#{anchor}"' in str(page) for anchor in anchors)
        assert all(each.summary.get_text(strip=True).endswith("?") for each in asked)

    def test_machines_are_told_every_question_and_answer(self):
        (script,) = self.soup().select('script[type="application/ld+json"]')
        faq = next(part for part in json.loads(script.string)["@graph"] if part["@type"] == "FAQPage")
        assert len(faq["mainEntity"]) == len(self.page.questions)
        assert all(each["acceptedAnswer"]["text"] for each in faq["mainEntity"])

    def test_the_search_finds_an_answer(self):
        self.page.save_revision().publish()
        assert any(hit.url == "/hoi-dap/" for hit in search("mat ma theo doi").hits)

    def test_equal_questions_get_different_anchors(self):
        block = self.page.topics.stream_block
        value = block.to_python(
            [
                {
                    "type": "topic",
                    "value": {
                        "title": "Một",
                        "questions": [{"question": "Ai?", "answer": "<p>Ta.</p>", "anchor": ""}] * 3,
                    },
                }
            ]
        )
        cleaned = block.clean(value)
        assert [each["anchor"] for each in cleaned[0].value["questions"]] == ["ai", "ai-2", "ai-3"]

    def test_without_answers_it_says_so_and_tells_machines_nothing(self):
        self.page.topics = []
        self.page.save_revision().publish()
        page = self.soup()
        assert "Chưa có câu hỏi nào" in page.main.get_text()
        assert "FAQPage" not in str(page)


class BlanksTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home: HomePage = build_site()
        cls.editor = make_officer(Role.EDITOR)

    def test_every_first_page_is_there_and_shows_no_blank(self):
        for slug in FIRST_PAGES:
            page = StandardPage.objects.get(slug=slug)
            text = self.client.get(page.url).content.decode()
            assert "Cơ quan ghi" not in text
            assert "Cơ quan ghi" not in page.search_text().body

    def test_a_heading_over_a_blank_goes_with_it(self):
        text = self.client.get("/gioi-thieu/chuc-nang-nhiem-vu/").content.decode()
        assert "Vị trí và chức năng" not in text
        assert "Ai làm việc gì" in text
        assert "Nội dung đang được bổ sung" in self.client.get("/gioi-thieu/lich-su/").content.decode()

    def test_the_editor_is_told_and_no_more_once_it_is_written(self):
        self.client.force_login(self.editor)
        page = StandardPage.objects.get(slug="lich-su")
        edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "năm thành lập" in self.client.get("/quan-tri/").content.decode()
        assert "chỗ cơ quan phải ghi" in self.client.get(edit).content.decode()
        page.body = [("prose", "<p>Thành lập năm 1997.</p>")]
        page.save_revision().publish()
        assert "năm thành lập" not in self.client.get("/quan-tri/").content.decode()
        assert "chỗ cơ quan phải ghi" not in self.client.get(edit).content.decode()
        assert "Thành lập năm 1997." in self.client.get(page.url).content.decode()

    def test_the_foot_names_who_answers_for_the_content_or_says_that_it_is_to_come(self):
        agency = AgencySettings.load()
        for person, words in (("", "Đang được bổ sung"), ("Nguyễn Văn An, Giám đốc", "Nguyễn Văn An, Giám đốc")):
            agency.responsible_person = person
            agency.save()
            foot = BeautifulSoup(self.client.get("/").content, "html.parser").footer.get_text()
            assert words in foot
        self.client.force_login(make_officer(Role.ADMIN))
        assert "điện thoại" in self.client.get("/quan-tri/").content.decode()
