"""Papers keyed in at a school by those who receive papers there; and what goes with a paper that is taken out."""

import io
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest
from pypdf import PdfReader

from cms.core.enums import ModerationDecision, Role
from surveys import factories
from surveys.enums import ChannelKind
from surveys.models import Channel, MonthTally, OpenWords, PaperEntry, Response, ResponseTally
from surveys.services.months import months_fit_tallies
from surveys.services.papers import Keyed, paper_key, paper_settle, paper_take_back
from surveys.services.tallies import WISHES, tallies_fit_responses
from surveys.services.words import words_decide, words_forget, words_theme
from tests.feedback.conftest import make_unit
from tests.surveys.test_papers import QUESTIONS, RULES, TODAY, TYPED, key, screen, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(site_tree):
    return make_unit("th-mot", "Trường Một"), make_unit("th-hai", "Trường Hai")


@pytest.fixture
def survey(schools):
    survey = factories.survey(*QUESTIONS, rules=RULES, slug="tren-giay", title="Hỏi trên giấy")
    factories.place(survey, "hop-thu", ChannelKind.PAPER, unit=schools[0])
    factories.place(survey, "hop-thu-hai", ChannelKind.PAPER, unit=schools[1])
    return survey


def desk_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture(params=[Role.INTAKE, Role.ONE_STOP])
def clerk(request, officer, schools):
    return officer(request.param, unit=schools[0])


def head(survey, code, sheet="01"):
    return {"sheet": sheet, "day": TODAY.strftime("%d/%m/%Y"), "channel": survey.channels.get(code=code).pk}


def pages_of(answer):
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.content)).pages]


class TestPrinted:
    def test_every_page_names_the_place_that_was_chosen(self, survey, clerk):
        desk, own = desk_of(clerk), survey.channels.get(code="hop-thu")
        offered = words_of(desk.get(screen("papers", survey)))
        assert "Trường Một" in offered
        assert "Trường Hai" not in offered
        factories.version(survey, [{**factories.SCORE, "key": f"m{n}"} for n in range(60)])
        survey.current = survey.versions.get(number=2)
        survey.save()
        printed = desk.get(screen("sheet", survey), {"diem": own.pk})
        pages = pages_of(printed)
        assert len(pages) > 1
        assert all("Trường Một" in page for page in pages)
        assert 'filename="phieu-tren-giay-hop-thu.pdf"' in printed.headers["Content-Disposition"]

    @pytest.mark.parametrize("asked", ["0", "x", "99999999999", "٢"])
    def test_a_place_that_is_none_is_not_found(self, survey, clerk, asked):
        assert desk_of(clerk).get(screen("sheet", survey), {"diem": asked}).status_code == 404

    def test_the_place_of_another_school_is_not_printed(self, survey, clerk):
        other = survey.channels.get(code="hop-thu-hai").pk
        assert desk_of(clerk).get(screen("sheet", survey), {"diem": other}).status_code == 404

    def test_without_a_choice_there_is_room_for_the_place(self, survey, clerk):
        assert "Trả lời về nơi nào" in pages_of(desk_of(clerk).get(screen("sheet", survey)))[0]
        Channel.objects.filter(survey=survey).update(active=False)
        assert "Trả lời về nơi nào" not in pages_of(desk_of(clerk).get(screen("sheet", survey)))[0]

    def test_so_has_the_page_that_a_browser_prints(self, survey):
        factories.place(survey, "tren-mang", unit=survey.channels.get(code="hop-thu").unit)
        address = f"/khao-sat/{survey.slug}/phieu-giay/"
        assert "Trả lời về nơi nào" in words_of(Client().get(address))
        named = words_of(Client().get(f"{address}?diem=tren-mang"))
        assert "Trường Một" in named
        assert "Trả lời về nơi nào" not in named


class TestOwnUnit:
    def test_a_clerk_keys_in_the_papers_of_the_own_school(self, survey, clerk):
        desk = desk_of(clerk)
        listed = words_of(desk.get(reverse("survey_papers")))
        assert "Hỏi trên giấy" in listed
        form = desk.get(screen("key", survey)).content.decode()
        assert "Trường Một" in form
        assert "Trường Hai" not in form
        assert desk.get(screen("sheet", survey)).headers["Content-Type"] == "application/pdf"
        assert key(desk, survey).status_code == 302
        assert Response.objects.get().unit.code == "th-mot"
        entry = PaperEntry.objects.get()
        assert "TH-01" in words_of(desk.get(screen("papers", survey)))
        assert desk.post(screen("take_back", survey, entry.pk)).status_code == 302
        assert not Response.objects.exists()

    def test_never_at_another_place_nor_at_none(self, survey, clerk):
        desk = desk_of(clerk)
        for channel in (survey.channels.get(code="hop-thu-hai").pk, ""):
            answer = desk.post(screen("key", survey), TYPED | head(survey, "hop-thu") | {"channel": channel})
            assert answer.status_code == 422
        for channel in (survey.channels.get(code="hop-thu-hai"), None):
            keyed = Keyed(version=survey.current, channel=channel, sheet="9", day=TODAY, answers={"ai": "hoc-sinh"})
            with pytest.raises(PermissionDenied):
                paper_key(survey=survey, actor=clerk, keyed=keyed)
        assert not PaperEntry.objects.exists()

    def test_papers_of_another_school_are_neither_seen_nor_touched(self, survey, clerk, schools):
        differing = factories.paper(survey, {"loi": "Bếp nóng"}, {"loi": "Bếp nắng"}, unit=schools[1])
        stored = factories.paper(survey, {"loi": "Sân rộng"}, unit=schools[1])
        desk = desk_of(clerk)
        seen = words_of(desk.get(screen("papers", survey)))
        assert differing.sheet not in seen
        assert stored.sheet not in seen
        compare = screen("compare", survey, differing.pk)
        for answer in (
            desk.get(compare),
            desk.post(compare, {"p-loi": "x"}),
            desk.post(screen("take_back", survey, stored.pk)),
        ):
            assert answer.status_code in {302, 403, 404}
            assert "Bếp" not in answer.content.decode()
        for refused in (
            lambda: paper_settle(entry=differing, actor=clerk, chosen={"loi": "x"}),
            lambda: paper_take_back(entry=stored, actor=clerk),
        ):
            with pytest.raises(PermissionDenied):
                refused()
        assert PaperEntry.objects.count() == 2

    def test_a_number_of_another_school_is_told_without_its_answers(self, survey, clerk, officer):
        survey.paper_twice = True
        survey.save()
        keeper = desk_of(officer(Role.SURVEYOR))
        assert keeper.post(screen("key", survey), TYPED | head(survey, "hop-thu-hai")).status_code == 302
        answer = desk_of(clerk).post(screen("key", survey), TYPED | head(survey, "hop-thu"))
        assert answer.status_code == 422
        assert "TH-CX-01" in words_of(answer)
        assert PaperEntry.objects.get().second is None

    def test_nothing_else_of_the_survey_is_theirs(self, survey, clerk):
        desk = desk_of(clerk)
        for name in ("open", "figures", "places", "invitations", "edit"):
            assert desk.get(screen(name, survey)).status_code in {302, 403}
        drafted = factories.survey(slug="con-nhap", state="draft")
        assert desk.get(screen("papers", drafted)).status_code == 404
        later = factories.version(survey, [{**factories.SCORE, "label": "Câu chưa hỏi ai"}])
        assert desk.get(f"{screen('key', survey)}?ban={later.number}").status_code == 404

    def test_a_school_without_a_place_is_told_whom_to_ask(self, survey, officer):
        desk = desk_of(officer(Role.INTAKE, unit=make_unit("th-ba", "Trường Ba")))
        assert "Chưa có khảo sát nào" in words_of(desk.get(reverse("survey_papers")))
        assert "nhờ người quản lý khảo sát lập điểm" in words_of(desk.get(screen("papers", survey)))

    def test_statements_do_not_grow_with_surveys(self, survey, clerk, schools):
        desk, counts = desk_of(clerk), []
        for more in (1, 9):
            for _each in range(more):
                made = factories.survey(*QUESTIONS)
                factories.place(made, "hop-thu", ChannelKind.PAPER, unit=schools[0])
            with CaptureQueriesContext(connection) as asked:
                assert desk.get(reverse("survey_papers")).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]

    @pytest.mark.parametrize("role", [Role.LEADER, Role.REPORTER, Role.EDITOR, Role.HANDLER, Role.ADMIN])
    def test_other_roles_key_in_nothing(self, survey, schools, officer, role):
        desk = desk_of(officer(role, unit=schools[0]))
        assert desk.get(reverse("survey_papers")).status_code in {302, 403}
        assert key(desk, survey).status_code in {302, 403}
        assert not PaperEntry.objects.exists()


class TestTakenOut:
    @pytest.fixture
    def keeper(self, officer):
        return officer(Role.SURVEYOR)

    def test_wishes_go_with_the_paper_that_they_came_from(self, survey, keeper, clerk):
        desk = desk_of(clerk)
        themes = [theme.code for theme in (factories.theme("quat", "Quạt mát"), factories.theme("san", "Sân chơi"))]
        for sheet in ("a1", "a2"):
            key(desk, survey, sheet=sheet)
        for words in OpenWords.objects.all():
            words_decide(words_id=words.pk, decision=ModerationDecision.APPROVE, actor=keeper)
            words_theme(words_id=words.pk, codes=themes, actor=keeper)
        counted = dict(ResponseTally.objects.filter(key=WISHES).values_list("choice", "count"))
        assert counted == {"": 2, "quat": 2, "san": 2}
        paper_take_back(entry=PaperEntry.objects.get(sheet="A1"), actor=clerk)
        counted = dict(ResponseTally.objects.filter(key=WISHES).values_list("choice", "count"))
        assert counted == {"": 1, "quat": 1, "san": 1}
        paper_take_back(entry=PaperEntry.objects.get(sheet="A2"), actor=clerk)
        assert not ResponseTally.objects.exclude(count=0).exists()
        assert [row.counts for row in MonthTally.objects.all() if row.counts] == []
        assert list(tallies_fit_responses()) == []
        assert list(months_fit_tallies()) == []

    def test_wishes_that_wait_or_were_refused_were_never_counted(self, survey, keeper, clerk):
        desk = desk_of(clerk)
        for sheet, decision in (("a1", None), ("a2", ModerationDecision.REFUSE)):
            key(desk, survey, sheet=sheet)
            if decision:
                newest = OpenWords.objects.order_by("pk").last()
                words_decide(words_id=newest.pk, decision=decision, actor=keeper, reason="khac")
        for entry in PaperEntry.objects.all():
            paper_take_back(entry=entry, actor=clerk)
        assert not ResponseTally.objects.exclude(count=0).exists()

    def test_a_corrected_paper_counts_as_it_was_keyed_in_last(self, survey, clerk):
        desk = desk_of(clerk)
        key(desk, survey, p_B1="1")
        paper_take_back(entry=PaperEntry.objects.get(), actor=clerk)
        key(desk, survey, p_B1="5")
        counted = dict(ResponseTally.objects.exclude(count=0).filter(key="B1").values_list("choice", "count"))
        assert counted == {"": 1, "5": 1}
        assert list(tallies_fit_responses()) == []

    def test_words_wait_to_be_erased_until_their_paper_cannot_be_taken_out(self, survey, keeper, clerk):
        """The day on a paper may be long ago; words erased before that would stay counted."""
        survey.words_days = 30
        survey.save()
        desk = desk_of(clerk)
        key(desk, survey, day=(TODAY - timedelta(days=200)).strftime("%d/%m/%Y"))
        assert words_forget() == 0
        entry = PaperEntry.objects.get()
        PaperEntry.objects.update(first_at=timezone.now() - timedelta(days=31))
        assert words_forget(dry_run=True) == 1
        PaperEntry.objects.update(first_at=entry.first_at)
        paper_take_back(entry=entry, actor=clerk)
        assert not ResponseTally.objects.exclude(count=0).exists()
