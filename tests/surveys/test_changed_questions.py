"""Questions that change while somebody reads them: what was answered to other words is never stored as to these."""

from django.test import Client
from django.utils import timezone

import pytest

from cms.core.enums import Role
from surveys import factories
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Invitation, OpenWords, Response, ResponseItem, SurveyVersion
from surveys.services.questionnaires import version_save, version_use
from surveys.services.responses import (
    NotTakenError,
    QuestionsChangedError,
    response_store_by_token,
    response_store_open,
)
from surveys.views import ways
from tests.surveys.test_answering import fill, page_of, send, url_of

pytestmark = pytest.mark.django_db
GLAD = {"key": "A", "label": "Ông/bà hài lòng?", "kind": QuestionKind.SCORE}
LONG = GLAD | {"label": "Ông/bà phải chờ lâu đến mức nào?"}
SAME = {"key": "B", "label": "Nơi chờ sạch?", "kind": QuestionKind.SCORE}
TOLD = "Câu hỏi vừa được đổi"


@pytest.fixture
def client(site_tree):
    return Client()


@pytest.fixture
def surveyor(officer):
    return officer(Role.SURVEYOR)


def replace(survey, surveyor, *sections):
    """Let another version come into use."""
    version_use(version=factories.version(survey, *sections), actor=surveyor)


def reword(survey, surveyor, key="A", label=LONG["label"]):
    """Change the words of one question of the version in use, which nobody has answered yet."""
    version = SurveyVersion.objects.get(pk=survey.current_id)
    sections = list(version.sections.all())
    for section in sections:
        questions = list(section.questions.all())
        for each in questions:
            each.label = label if each.key == key else each.label
        section.questions = questions
    version.sections = sections
    version_save(version=version, actor=surveyor)


def url_by(way, survey):
    if way == "invited":
        return url_of(survey, factories.invited(survey))
    if way == "open":
        return f"/khao-sat/{survey.slug}/tra-loi/"
    factories.place(survey, "so-3", ChannelKind.KIOSK)
    return f"/khao-sat/{survey.slug}/quay/so-3/"


def chosen(page):
    return {each["name"]: each["value"] for each in page.select("input[type=radio][checked]")}


@pytest.mark.parametrize("way", ["invited", "open", "kiosk"])
@pytest.mark.parametrize("is_edited", [True, False])
def test_nothing_is_stored_and_what_still_fits_stays(client, surveyor, way, is_edited):
    survey = factories.survey([GLAD, SAME, factories.WORDS], open_link=True)
    url = url_by(way, survey)
    sent = fill(page_of(client.get(url)), A="5", B="4", loi="Chờ hai giờ")
    if is_edited:
        reword(survey, surveyor)
    else:
        replace(survey, surveyor, [LONG, SAME, factories.WORDS])
    answer = client.post(f"{url}?phan=1", sent)
    page = page_of(answer)
    assert (answer.status_code, Response.objects.count()) == (409, 0)
    assert not Invitation.objects.filter(used=True).exists()
    assert TOLD in page.get_text()
    assert LONG["label"] in page.get_text()
    # Five was said of being glad, not of waiting; the other question reads as it did.
    assert chosen(page) == {"c-B": "4"}
    assert page.find("textarea").get_text().strip() == "Chờ hai giờ"
    again = client.post(f"{url}?phan=1", fill(page, A="1", B="4", loi="Chờ hai giờ"))
    assert again.status_code == 302
    survey.refresh_from_db()
    assert Response.objects.get().version_id == survey.current_id
    assert dict(ResponseItem.objects.values_list("key", "choice")) == {"A": "1", "B": "4"}
    assert OpenWords.objects.get().text == "Chờ hai giờ"


def test_another_version_than_was_read_is_told_also_when_the_first_was_answered(client, surveyor):
    survey = factories.survey([GLAD], open_link=True)
    url = url_by("open", survey)
    sent = fill(page_of(client.get(url)), A="5")
    factories.answered(survey, {"A": "3"})
    replace(survey, surveyor, [LONG])
    assert client.post(url, sent).status_code == 409
    assert Response.objects.count() == 1


@pytest.mark.parametrize("read", [{"ban": ""}, {"ban": "1"}, {"ban": "x y.z ."}, {"ban": "٣.٠ A.c"}])
def test_a_form_that_does_not_say_what_was_read_is_shown_again(client, read):
    survey = factories.survey([GLAD], open_link=True)
    url = url_by("open", survey)
    answer = client.post(url, fill(page_of(client.get(url)), A="5") | read)
    assert (answer.status_code, Response.objects.count()) == (409, 0)
    assert client.post(url, fill(page_of(answer), A="5")).status_code == 302


class TestOnTheWay:
    PARTS = ([GLAD, SAME], [{**SAME, "key": "C"}, factories.WORDS], [{**SAME, "key": "D"}])

    @pytest.fixture
    def survey(self, site_tree):
        return factories.survey(*self.PARTS, open_link=True)

    @pytest.mark.parametrize("way", ["invited", "open", "kiosk"])
    def test_an_earlier_page_that_reads_otherwise_is_asked_again(self, client, survey, surveyor, way):
        url = url_by(way, survey)
        part = send(client, url, A="5", B="4").url
        sent = fill(page_of(client.get(part)), C="2", loi="Chờ hai giờ")
        reword(survey, surveyor)
        # Looked at and sent: both lead back to the page whose words are others.
        shown = page_of(client.get(part))
        assert (TOLD in shown.get_text(), chosen(shown)) == (True, {"c-B": "4"})
        answer = client.post(part, sent)
        page = page_of(answer)
        assert (answer.status_code, TOLD in page.get_text(), chosen(page)) == (409, True, {"c-B": "4"})
        # What was typed on the page that was sent waits there.
        part = client.post(f"{url}?phan=1", fill(page, A="1", B="4")).url
        second = page_of(client.get(part))
        assert (chosen(second), second.find("textarea").get_text().strip()) == ({"c-C": "2"}, "Chờ hai giờ")
        assert TOLD not in second.get_text()
        part = client.post(part, fill(second, C="2", loi="Chờ hai giờ")).url
        assert send(client, part, D="3").status_code == 302
        assert dict(ResponseItem.objects.values_list("key", "choice")) == {"A": "1", "B": "4", "C": "2", "D": "3"}

    def test_a_page_that_nobody_has_read_yet_disturbs_nobody(self, client, survey, surveyor):
        url = url_by("open", survey)
        part = send(client, url, A="5", B="4").url
        reword(survey, surveyor, key="D")
        page = page_of(client.get(part))
        assert TOLD not in page.get_text()
        assert client.post(part, fill(page, C="2")).url == f"{url}?phan=3"

    def test_what_was_emptied_stays_empty(self, client, survey, surveyor):
        url = url_by("open", survey)
        part = send(client, url, A="5", B="4").url
        send(client, part, C="2", loi="Chờ hai giờ")
        sent = fill(page_of(client.get(part)), C="2", loi="")
        reword(survey, surveyor, key="D")
        answer = page_of(client.post(part, sent))
        assert (chosen(answer), answer.find("textarea").get_text().strip()) == ({"c-C": "2"}, "")

    def test_what_hangs_on_an_earlier_page_is_kept(self, client, surveyor):
        why = {"key": "E", "label": "Vì sao?", "kind": QuestionKind.TEXT}
        survey = factories.survey([GLAD], [why], [SAME], rules=[("E", "A", "at_most", "3")], open_link=True)
        url = url_by("open", survey)
        part = send(client, url, A="2").url
        sent = fill(page_of(client.get(part)), E="Chờ hai giờ")
        reword(survey, surveyor, key="B", label="Nơi chờ có đủ ghế?")
        page = page_of(client.post(part, sent))
        assert page.find("textarea").get_text().strip() == "Chờ hai giờ"


class TestMeanwhile:
    """A change that is stored between reading the form and storing its answers."""

    @pytest.mark.parametrize("change", [reword, lambda survey, by: replace(survey, by, [LONG])])
    def test_the_page_is_shown_again(self, client, surveyor, monkeypatch, change):
        survey = factories.survey([GLAD])
        url = url_by("invited", survey)
        sent = fill(page_of(client.get(url)), A="5")

        def store(**given):
            change(survey, surveyor)
            return response_store_by_token(**given)

        monkeypatch.setattr(ways, "response_store_by_token", store)
        answer = client.post(url, sent)
        assert (answer.status_code, Response.objects.count()) == (409, 0)
        assert LONG["label"] in answer.content.decode()
        assert not Invitation.objects.get().used
        monkeypatch.undo()
        assert client.post(url, fill(page_of(answer), A="1")).status_code == 302

    def test_the_service_refuses_and_freezes_nothing(self, client, surveyor):
        survey = factories.survey([GLAD], open_link=True)
        first, place = survey.current, survey.channels.get()
        reword(survey, surveyor)
        given = {"channel_id": place.pk, "version_id": first.pk, "answers": {"A": "5"}}
        with pytest.raises(QuestionsChangedError):
            response_store_open(**given, edition=0)
        assert survey.versions.get().frozen_on is None
        assert response_store_open(**given, edition=1).day == timezone.localdate()
        with pytest.raises(NotTakenError):
            response_store_open(**given | {"version_id": 0})
