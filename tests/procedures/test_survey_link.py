"""The page of a procedure leads to where people may say how it went: while that is open, and no longer."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bs4 import BeautifulSoup

from procedures.factories import procedure
from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import Channel, Survey
from surveys.services.pages import survey_page_publish
from tests.feedback.conftest import make_unit
from tests.procedures.portal import ProcedureSite

WORDS = "Đánh giá việc giải quyết thủ tục này"


class TestSurveyLink(ProcedureSite):
    def survey(self, slug="mot-cua", **values):
        made = factories.survey(slug=slug, title="Hỏi về thủ tục", **values)
        survey_page_publish(survey=made)
        return made

    def links(self, page=None):
        soup = BeautifulSoup(self.body((page or self.page).url), "html.parser")
        found = [each for each in soup.select("article.procedure header a") if WORDS in each.get_text()]
        return [(each["href"], " ".join(each.get_text().split())) for each in found]

    def test_an_open_place_about_it_is_linked_and_opens(self):
        self.assertEqual(self.links(), [])
        factories.place(self.survey(), "chuyen-truong", about=self.page.slug, about_label="Chuyển trường")
        url = "/khao-sat/mot-cua/tra-loi/diem/chuyen-truong/"
        self.assertEqual(self.links(), [(url, WORDS)])
        self.assertIn("Chuyển trường", self.body(url))

    def test_a_place_at_one_unit_is_named(self):
        unit = make_unit("mot-cua-xa", "Một cửa xã")
        factories.place(self.survey(), "tai-xa", about=self.page.slug, unit=unit, counter="Quầy 2")
        self.assertEqual([words for _url, words in self.links()], [f"{WORDS} – Quầy 2, Một cửa xã"])

    def test_nothing_closed_and_nothing_else_is_linked(self):
        survey, today = self.survey(), timezone.localdate()
        place = factories.place(survey, "chuyen-truong", about=self.page.slug)
        factories.place(survey, "thu-tuc-khac", about="thu-tuc-khac")
        factories.place(survey, "khong-ve-gi")
        factories.place(survey, "ma-qr", ChannelKind.QR, about=self.page.slug)
        factories.place(survey, "giay", ChannelKind.PAPER, about=self.page.slug)
        factories.place(factories.survey(slug="chua-len-trang"), "a", about=self.page.slug)
        self.assertEqual(len(self.links()), 1)
        changes = (
            {"state": "closed"},
            {"closes_on": today - timedelta(days=1)},
            {"opens_on": today + timedelta(days=1)},
        )
        for change in changes:
            Survey.objects.filter(pk=survey.pk).update(**change)
            self.assertEqual(self.links(), [], change)
            Survey.objects.filter(pk=survey.pk).update(state="open", closes_on=None, opens_on=None)
        Channel.objects.filter(pk=place.pk).update(active=False)
        self.assertEqual(self.links(), [])

    def test_a_long_address_is_known_by_its_beginning(self):
        page = procedure(self.index, "9.000010", title="Thủ tục tên dài", slug="ten-dai-" * 11 + "het")
        factories.place(self.survey(), "ten-dai", about=page.slug[:80])
        self.assertEqual(len(self.links(page)), 1)

    def test_a_copy_that_is_kept_is_soon_old(self):
        factories.place(self.survey(), "chuyen-truong", about=self.page.slug)
        kept = self.client.get(self.page.url).headers["Cache-Control"]
        public, _comma, age = kept.partition(", max-age=")
        self.assertEqual(public, "public")
        self.assertLessEqual(int(age), 60)

    def test_places_cost_one_statement_however_many(self):
        counts = []
        for more in (1, 4, 20):
            survey = self.survey(f"hoi-{more}")
            for number in range(more):
                factories.place(survey, f"noi-{number}", about=self.page.slug, unit=make_unit(f"u{more}-{number}", "X"))
            self.client.get(self.page.url)
            with CaptureQueriesContext(connection) as asked:
                self.links()
            counts.append(len(asked))
        self.assertEqual(len(set(counts)), 1)
