"""The sample surveys show the whole of the app, come the same each time, and leave nothing behind."""

import io
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import time_machine
from bs4 import BeautifulSoup

from cms.accounts.models import User
from cms.core.models import Unit
from cms.core.periods import read_period
from cms.core.ports import integrity_checks
from cms.demo.services.responses import Crowd, bulk_responses_seed, quarters_told
from cms.demo.surveys import DOSSIERS_RATED, EDUCATION, MARK, OUTSPOKEN, PLACES, POLL, SETTINGS
from procedures.models import ProcedurePage
from procedures.services.dossier_figures import dossier_figures
from procedures.services.dossier_ratings import dossier_ratings
from surveys.enums import OPEN_KINDS, ChannelKind, SurveyKind, SurveyState, WordsState
from surveys.models import (
    Channel,
    MonthTally,
    OpenWords,
    PaperEntry,
    Response,
    ResponseItem,
    ResponseTally,
    ResultSnapshot,
    Stratum,
    Survey,
    SurveyPage,
)
from surveys.services.plan import plan_of
from surveys.services.responses import response_store_open
from surveys.services.results import survey_results
from surveys.services.seed import surveys_seed
from surveys.services.sipas import SIPAS, sipas_draft
from surveys.services.tallies import WISHES
from tests.site import build_site

PASSWORD = "mau-cho-kiem-thu"
SURVEYS = (SIPAS, EDUCATION, POLL)
COUNTED = (Survey, SurveyPage, Channel, Response, ResponseItem, OpenWords, PaperEntry, ResultSnapshot, Stratum)


def seed():
    call_command("seed_demo", password=PASSWORD, stdout=io.StringIO())


def clear():
    call_command("clear_demo", stdout=io.StringIO())


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def faults():
    return [line for check in integrity_checks for line in check.run()]


def chosen():
    """Everything that sample people chose, in an order that keys of rows have no part in."""
    items = ResponseItem.objects.filter(response__sheet__startswith=MARK)
    order = ("response__version__survey__slug", "response__sheet", "key", "choice")
    return list(items.order_by(*order).values_list(*order))


def last_quarter():
    """The newest quarter that is over: the samples publish it."""
    return read_period(quarters_told(timezone.localdate())[-2][0])


class WhatIsShown:
    """What the samples give pages to show; of the class below, which makes them once."""

    def test_everything_on_the_first_page_of_the_surveyor_opens(self):
        self.client.force_login(User.objects.get(username="khaosat"))
        home = self.client.get(reverse("wagtailadmin_home"))
        page = BeautifulSoup(home.content.decode(), "html.parser").find("main")
        links = {link["href"] for link in page.find_all("a", href=True) if link["href"].startswith("/")}
        assert links
        assert {url: self.client.get(url).status_code for url in links} == dict.fromkeys(links, 200)

    def test_wishes_are_told_of_single_units_by_themes(self):
        wishes = survey_results(Survey.objects.get(slug=SIPAS), last_quarter()).wishes
        told = {code: (n, themes) for code, _name, n, themes in wishes.by_unit}
        assert told.keys() & OUTSPOKEN, told
        for n, themes in told.values():
            assert n >= 5
            assert themes

    def test_ratings_of_dossiers_are_told_by_unit_and_by_field(self):
        today = timezone.localdate()
        rated = {str(Unit.objects.get(code=code).pk) for code, *_rest in DOSSIERS_RATED}
        # Whatever day this is: the year of the oldest of them, and all of that year has to be told.
        period = read_period(str((today - timedelta(days=max(row[2] for row in DOSSIERS_RATED))).year))
        told = dossier_ratings(period.months(today), smallest=5)
        assert told.total.mean
        units = {key: rating for key, rating in told.units.items() if rating.n or rating.hidden}
        assert units.keys() <= rated
        assert str(Unit.objects.get(code="GDTrH").pk) in units
        assert all(rating.mean for rating in units.values())
        assert any(rating.mean for rating in told.fields.values())
        assert dossier_figures(period).total.rating == told.total
        words = OpenWords.objects.filter(response__version__survey__kind=SurveyKind.DOSSIER_RATING)
        assert {row.state for row in words} == {WordsState.WAITING, WordsState.SHOWN}
        assert "0912 000 347" not in " ".join(words.values_list("shown", flat=True))

    def test_nothing_said_of_dossiers_is_still_to_come(self):
        said = Response.objects.filter(version__survey__kind=SurveyKind.DOSSIER_RATING)
        assert said.count() == sum(len(levels) for *_rest, levels in DOSSIERS_RATED)
        assert said.latest("day").day < timezone.localdate()

    def test_the_page_of_a_procedure_leads_to_its_survey(self):
        page = ProcedurePage.objects.with_code(["9.000001"]).get()
        body = BeautifulSoup(self.client.get(page.url).content.decode(), "html.parser")
        link = body.find("a", string="Đánh giá việc giải quyết thủ tục này")
        assert "dữ liệu mẫu" in self.text(link["href"])


class SurveysTest(WhatIsShown, TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        seed()

    def text(self, url, status=200):
        answer = self.client.get(url)
        assert answer.status_code == status, url
        return BeautifulSoup(answer.content.decode(), "html.parser").get_text(" ", strip=True)

    def queries(self, url):
        self.client.get(url)  # what is read once a process is read
        with CaptureQueriesContext(connection) as found:
            assert self.client.get(url).status_code == 200
        return len(found)

    def test_the_list_names_what_is_open_and_what_is_over(self):
        open_part, over_part = self.text("/khao-sat/").split("Khảo sát khác")
        assert "phục vụ của cơ quan hành chính" in open_part
        assert "cấp tiểu học Ông/bà nghĩ gì" in open_part
        # What ends comes before what does not, on every database.
        assert open_part.index("cấp tiểu học") < open_part.index("phục vụ của cơ quan hành chính")
        assert "Lớp học sau giờ chính khóa" in over_part

    def test_every_way_to_a_survey_opens_and_says_that_it_is_a_sample(self):
        for slug in SURVEYS:
            assert "dữ liệu mẫu" in self.text(f"/khao-sat/{slug}/")
            assert self.client.get(f"/khao-sat/{slug}/ket-qua/").status_code == 200
        ways = Channel.objects.named().active().filter(survey__slug__in=(SIPAS, EDUCATION)).select_related("survey")
        assert {way.kind for way in ways} == set(ChannelKind) - {ChannelKind.INVITATION}
        for way in ways:
            if way.kind in OPEN_KINDS:
                name = "answer_kiosk" if way.kind == ChannelKind.KIOSK else "answer_channel"
                assert "dữ liệu mẫu" in self.text(reverse(f"surveys:{name}", args=[way.survey.slug, way.code]))
        assert "Bắt đầu" not in self.text(f"/khao-sat/{POLL}/")
        assert "Trả lời chung" in self.text("/khao-sat/sipas/")
        assert "Trả lời chung" not in self.text(f"/khao-sat/{EDUCATION}/"), "it is open about one school alone"
        self.text("/khao-sat/sipas/phieu-giay/")

    def test_the_desk_has_posters_papers_and_wishes_in_every_state(self):
        self.client.force_login(User.objects.get(username="khaosat"))
        for slug in (SIPAS, EDUCATION):
            survey = Survey.objects.get(slug=slug)
            for name in ("open", "places", "papers", "figures"):
                assert self.client.get(reverse(f"survey:{name}", args=[survey.pk])).status_code == 200
            for place in survey.channels.named().active().filter(kind=ChannelKind.QR):
                poster = self.client.get(reverse("survey:poster", args=[survey.pk, place.pk]))
                assert poster["Content-Type"] == "application/pdf"
        papers = PaperEntry.objects.filter(survey__slug=EDUCATION)
        assert [papers.differing().count(), papers.waiting().count(), papers.stored().count()] == [2, 2, 2]
        words = OpenWords.objects.filter(response__version__survey__slug=SIPAS)
        assert {row.state for row in words} == set(WordsState)
        assert all(row.themes.exists() for row in words.shown())
        assert "0912 000 346" not in " ".join(words.shown().values_list("shown", flat=True))

    def test_results_have_an_index_a_trend_units_targets_wishes_and_hidden_cells(self):
        found = survey_results(Survey.objects.get(slug=SIPAS), last_quarter())
        assert found.overall
        assert found.overall_weighted
        assert 0.8 < found.overall.top2 < 0.97
        assert len([point for point in found.trend if point.index]) >= 3
        assert [target.value for target in found.targets] == [0.95]
        assert found.targets[0].actual is not None
        told = {part.code for part in found.units if not part.hidden}
        hidden = {part.code for part in found.units if part.hidden}
        assert {"TH-CX", "TH-NT", "THCS-BD"} <= told
        assert {"LC-TN", "X-TL"} <= hidden
        year = survey_results(Survey.objects.get(slug=SIPAS), read_period(str(last_quarter().year)))
        assert year.wishes.themes

    def test_one_publication_stands_and_one_was_taken_back(self):
        standing = ResultSnapshot.objects.standing().get()
        gone = ResultSnapshot.objects.exclude(pk=standing.pk).get()
        assert standing.period == last_quarter().key
        assert "Số liệu mẫu" in self.text(f"/khao-sat/sipas/ket-qua/{standing.pk}/")
        assert gone.withdrawn_reason in self.text(f"/khao-sat/sipas/ket-qua/{gone.pk}/", 410)
        assert gone.published_at <= gone.withdrawn_at <= timezone.now()
        assert (
            'href="/khao-sat/sipas/ket-qua/"' in self.client.get(f"/khao-sat/sipas/ket-qua/{gone.pk}/").content.decode()
        )
        links = BeautifulSoup(self.client.get("/").content.decode(), "html.parser").find("main").find_all("a")
        assert {"/khao-sat/", f"/khao-sat/sipas/ket-qua/{standing.pk}/"} <= {link.get("href") for link in links}

    def test_the_page_of_a_unit_leads_to_its_surveys_and_what_was_said(self):
        unit = Unit.objects.get(code="TH-CX")
        page = BeautifulSoup(self.client.get(f"/don-vi/{unit.slug}/").content.decode(), "html.parser")
        links = [link["href"] for link in page.select("section[aria-labelledby=khao-sat] li a")]
        assert sorted(links) == sorted(
            link
            for slug in (SIPAS, EDUCATION)
            for link in (
                f"/khao-sat/{slug}/tra-loi/diem/{unit.slug}/",
                f"/khao-sat/{slug}/ket-qua/?don-vi={unit.slug}",
            )
        )
        for link in links:
            assert self.client.get(link).status_code == 200
        closed = Unit.objects.get(code="TH-CU")
        assert 'aria-labelledby="khao-sat"' not in self.client.get(f"/don-vi/{closed.slug}/").content.decode()

    def test_statements_do_not_grow_with_responses(self):
        urls = ("/", "/khao-sat/", "/khao-sat/sipas/", "/khao-sat/sipas/tra-loi/", "/khao-sat/sipas/ket-qua/")
        before = {url: self.queries(url) for url in urls}
        assert bulk_responses_seed(total=Response.objects.filter(version__survey__slug=SIPAS).count() + 300) == 300
        assert {url: self.queries(url) for url in urls} == before
        assert faults() == []

    def test_made_again_it_is_the_same(self):
        before = counts()
        seed()
        assert counts() == before
        before_items = chosen()
        clear()
        seed()
        assert counts() == before
        assert chosen() == before_items
        assert faults() == []

    def test_cleared_the_surveys_are_as_set_up_made_them(self):
        clear()
        left = (Response, OpenWords, PaperEntry, ResultSnapshot, Stratum, ResponseTally, MonthTally)
        assert {model.__name__: model.objects.count() for model in left} == dict.fromkeys(
            (model.__name__ for model in left), 0
        )
        assert not Channel.objects.exclude(unit=None).exists()
        assert not Channel.objects.filter(survey__slug__in=PLACES).exists()
        sipas, school = Survey.objects.get(slug=SIPAS), Survey.objects.get(slug=EDUCATION)
        for survey in (sipas, school):
            assert (survey.state, survey.current, survey.confirmed) == (SurveyState.DRAFT, None, False)
            assert not survey.versions.frozen().exists()
        assert sipas.source == sipas_draft().survey["source"]
        assert (school.closes_on, school.paper_twice) == (None, False)
        for address in ("", "ket-qua/", "tra-loi/", "phieu-giay/"):
            assert self.client.get(f"/khao-sat/sipas/{address}").status_code == 404
        assert "Hiện không có khảo sát nào" in self.text("/khao-sat/")
        assert not Survey.objects.filter(slug=POLL).exists()
        assert surveys_seed() == 0
        assert faults() == []

    def test_what_somebody_answered_beside_the_samples_stays(self):
        survey = Survey.objects.get(slug=SIPAS)
        way = survey.channels.get(kind=ChannelKind.WEB, code="")
        answers = {"TC01": "5", "mong-muon": "Mở cửa sớm hơn."}
        kept = response_store_open(channel_id=way.pk, version_id=survey.current_id, answers=answers)
        clear()
        survey.refresh_from_db()
        assert (survey.state, survey.confirmed, survey.source) == (
            SurveyState.OPEN,
            False,
            sipas_draft().survey["source"],
        )
        assert list(Response.objects.filter(version__survey=survey)) == [kept]
        tallied = dict(survey.tallies.filter(choice="").exclude(count=0).values_list("key", "count"))
        assert tallied == {"": 1, "TC01": 1, "mong-muon": 1}
        assert WISHES not in tallied
        assert faults() == []

    def test_what_an_office_opened_itself_is_left_alone(self):
        clear()
        Survey.objects.filter(slug=SIPAS).update(state=SurveyState.OPEN, title="Của chúng tôi")
        seed()
        survey = Survey.objects.get(slug=SIPAS)
        assert not Response.objects.filter(version__survey=survey).exists()
        clear()
        survey.refresh_from_db()
        assert (survey.state, survey.title) == (SurveyState.OPEN, "Của chúng tôi")

    def test_people_answer_what_they_are_asked(self):
        for slug in SURVEYS:
            plan = plan_of(Survey.objects.get(slug=slug).current)
            crowd = Crowd(plan, 1)
            for _person in range(30):
                answers = crowd.answers(0.7)
                assert plan.kept(answers) == answers


class FirstDayOfAQuarterTest(TestCase):
    def test_samples_made_on_it_lie_in_the_past_and_break_no_rule(self):
        with time_machine.travel("2027-01-01 08:00 +0700", tick=False):
            build_site()
            seed()
            assert Response.objects.latest("day").day < date(2027, 1, 1)
            assert ResultSnapshot.objects.standing().get().period == "2026-Q4"
            assert survey_results(Survey.objects.get(slug=SIPAS), read_period("2026-Q4")).wishes.by_unit
            assert set(SETTINGS) <= set(Survey.objects.open().values_list("slug", flat=True))
            assert faults() == []
