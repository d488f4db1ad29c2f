"""What every type of public page costs among ten like it and among a thousand: the same number of statements."""

from datetime import date, timedelta

from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.core.enums import Role
from cms.core.models import BasePage, Unit
from cms.core.search import rebuild
from cms.events.factories import event, week
from cms.events.models import EventIndexPage, EventPage, WorkSchedulePage
from cms.home.models import ReformYearPage
from cms.internal.factories import notice
from cms.internal.models import InternalNoticeIndexPage, InternalNoticePage
from cms.library.factories import material
from cms.library.models import MaterialIndexPage, MaterialPage
from cms.news.factories import news
from cms.news.models import NewsIndexPage, NewsPage
from cms.official_documents.factories import document
from cms.official_documents.models import OfficialDocumentIndexPage, OfficialDocumentPage
from cms.pages.models import QuestionsPage, StandardPage
from cms.plans.factories import plan
from cms.plans.models import PlanIndexPage, PlanPage
from cms.units.models import UnitIndexPage, UnitPage
from cms.units.services.pages import unit_pages_make
from feedback import factories
from feedback.models import PublicCase
from procedures.factories import procedure, way
from procedures.models import ProcedureIndexPage, ProcedurePage
from surveys import factories as surveys
from surveys.models import Survey, SurveyIndexPage, SurveyPage
from surveys.services.pages import survey_page_publish
from tests.officers import make_officer
from tests.siblings import many_cases, many_pages, many_units
from tests.site import build_site

FEW, MANY = 10, 1000
MOST = 45  # statements of one page; the home page, which asks every app, comes nearest
TODAY = timezone.localdate()
YEAR = 2024
FEEDS = (
    "tin-tuc",
    "van-ban",
    "cai-cach-hanh-chinh",
    "hoc-lieu",
    "lich",
    "phan-anh-kien-nghi",
    "thu-tuc-hanh-chinh",
    "thu-xin-loi",
)
LISTS = (*FEEDS, "don-vi", "khao-sat")
ORGANISATION = ("mot-cua", "so-do-to-chuc", "lanh-dao", "lien-he", "noi-tiep-nhan")
FIGURES = ("phan-anh-kien-nghi/thong-ke", "phan-anh-kien-nghi/du-lieu", "du-lieu-mo", "so-nhat-ky")
INDEXES = {
    NewsPage: NewsIndexPage,
    OfficialDocumentPage: OfficialDocumentIndexPage,
    PlanPage: PlanIndexPage,
    MaterialPage: MaterialIndexPage,
    EventPage: EventIndexPage,
    WorkSchedulePage: EventIndexPage,
    UnitPage: UnitIndexPage,
    InternalNoticePage: InternalNoticeIndexPage,
    ProcedurePage: ProcedureIndexPage,
    SurveyPage: SurveyIndexPage,
}


def day(place: int) -> date:
    return date(YEAR, 1, 1) + timedelta(days=place % 360)


def number(place: int, mark: str) -> dict[str, str]:
    return {"number": f"{place}/{mark}-SGDĐT", "number_key": f"{place}/{mark.lower()}sgddt"}


class SiblingsTest(TestCase):
    """One page of every type, and the lists, feeds and maps in which it stands."""

    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.agency = Unit.objects.get(parent=None)
        cls.above = {model: index.objects.get() for model, index in INDEXES.items()}
        cls.paper = document(cls.above[OfficialDocumentPage], reform_part="plan", reform_year=YEAR)
        text = cls.home.add_child(instance=StandardPage(title="Hướng dẫn", slug="huong-dan"))
        cls.above[StandardPage] = cls.above[QuestionsPage] = text
        section = cls.above[PlanPage]
        year = ReformYearPage(title="Năm 2024", slug="nam-2024", year=YEAR)
        pages = [
            news(cls.above[NewsPage]),
            cls.paper,
            plan(section, targets=2, owner_unit=cls.agency),
            section.add_child(instance=year),
            material(cls.above[MaterialPage], topics=["an-toan"]),
            event(cls.above[EventPage], owner_unit=cls.agency),
            week(cls.above[WorkSchedulePage], TODAY, [{"unit": cls.agency}]),
            unit_pages_make(units=many_units(1), publish=True)[0],
            text,
            text.add_child(instance=StandardPage(title="Một bước")),
            text.add_child(instance=QuestionsPage(title="Hỏi đáp", slug="hoi-dap-them")),
            procedure(cls.above[ProcedurePage], ways=[way()]),
        ]
        cls.field = pages[-1].field
        cls.asked = cls.survey()
        cls.closed = [cls.above[InternalNoticePage].url, notice("Một thông báo").url]
        cls.copy = cls.published()
        cls.addresses = [
            *("/", "/so-do-trang/", "/tim-kiem/?q=van+ban"),
            *(f"/{name}/" for name in (*LISTS, *FIGURES)),
            *(f"/gioi-thieu/{name}" for name in ("", *(f"{each}/" for each in ORGANISATION))),
            *(f"/{name}/atom.xml" for name in FEEDS),
            *("/lich/?xem=tuan", "/lich/theo-doi/tat-ca.ics", f"/don-vi/{pages[7].slug}/atom.xml"),
            *(f"/don-vi/{pages[7].slug}/{tail}/" for tail in ("nhung", "noi-tiep-nhan")),
            *(pages[4].handout_url, pages[-1].checklist_url, f"{pages[-1].url}phien-ban/"),
            *(f"/thu-tuc-hanh-chinh/{tail}/" for tail in ("niem-yet", "ho-so-mau", "nhung", f"nhung/{pages[7].slug}")),
            *(page.url for page in pages),
            *("/khao-sat/mot-khao-sat/", "/khao-sat/mot-khao-sat/tra-loi/", "/khao-sat/mot-khao-sat/phieu-giay/"),
            cls.copy.get_absolute_url(),
        ]

    @classmethod
    def survey(cls) -> Survey:
        asked = surveys.survey(slug="mot-khao-sat", open_link=True)
        survey_page_publish(survey=asked)
        return asked

    @classmethod
    def published(cls) -> PublicCase:
        people = [
            make_officer(role, unit=cls.agency, username=name)
            for role, name in ((Role.INTAKE, "tiep-nhan"), (Role.HANDLER, "xu-ly"), (Role.LEADER, "lanh-dao"))
        ]
        cls.officer = people[1]
        return factories.published(factories.Desk(cls.agency, *people))

    def grow(self, count: int) -> None:
        """Let every type have ``count`` pages more."""
        self.units = iter(many_units(count))
        issuer = self.paper.issuer
        shared = {"state": self.asked.state, "current_id": self.asked.current_id, "title": "Một khảo sát"}
        first = Survey.objects.count()
        self.surveys = iter(
            Survey.objects.bulk_create(Survey(slug=f"ks-{place}", **shared) for place in range(first, first + count))
        )
        facts = {
            NewsPage: lambda place: {"lead": "Một câu.", "published_on": day(place)},
            OfficialDocumentPage: lambda place: {
                **number(place, "KH"),
                **{"issuer": issuer, "issued_on": day(place), "issued_year": YEAR, "sort_on": day(place)},
                **{"reform_part": "plan", "reform_year": YEAR, "document_type": "ke-hoach"},
            },
            PlanPage: lambda place: {**number(place, "KH"), "issued_on": day(place), "owner_unit": self.agency},
            MaterialPage: lambda place: {"intro": "Một câu.", "published_on": day(place), "for_primary": True},
            EventPage: lambda place: dict.fromkeys(("starts_on", "ends_on"), TODAY + timedelta(days=place % 400 - 100)),
            WorkSchedulePage: lambda place: {"week_start": TODAY - timedelta(days=TODAY.weekday() + 7 * place)},
            UnitPage: lambda _place: {"unit": next(self.units)},
            StandardPage: lambda _place: {"intro": "Một câu."},
            QuestionsPage: lambda _place: {"intro": "Một câu."},
            ProcedurePage: lambda place: {
                **{"code": f"8.{place:06d}", "field": self.field, "levels": ",cap-xa,"},
                "sort_name": f"thu tuc {place:06d}",
            },
            InternalNoticePage: lambda place: {"issued_on": day(place), "audience": "everybody"},
            SurveyPage: lambda _place: {"survey": next(self.surveys)},
        }
        for model, of_each in facts.items():
            many_pages(self.above[model], model, count, of_each)
        many_cases(self.copy, count)
        rebuild(kind="official_document")

    def costs(self) -> dict[str, int]:
        self.client.logout()
        found = {address: self.cost(address) for address in self.addresses}
        self.client.force_login(self.officer)
        return found | {address: self.cost(address) for address in self.closed}

    def cost(self, address: str) -> int:
        self.client.get(address)  # what is asked once a process
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert self.client.get(address).status_code == 200, address
        return len(asked)

    def test_ten_and_a_thousand(self):
        self.grow(FEW - 1)
        few = self.costs()
        self.grow(MANY - FEW)
        many = self.costs()
        assert {address: (few[address], count) for address, count in many.items() if count != few[address]} == {}
        assert max(few.values()) <= MOST, max(few.items(), key=lambda each: each[1])

    def test_no_type_of_page_is_left_out(self):
        asked = {*self.addresses, *self.closed}
        types = [model for model in apps.get_models() if issubclass(model, BasePage)]
        assert [model for model in types if not asked & {page.url for page in model.objects.live()}] == []
