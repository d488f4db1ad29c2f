"""Answering as people do: without scripts, page by page; every refusal beside its field, nothing lost."""

from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
from bs4 import BeautifulSoup
from captcha.models import CaptchaStore

from cms.core.services.limits import LIMITS, limit_hit
from surveys import factories
from surveys.enums import QuestionKind, SurveyState
from surveys.models import Invitation, OpenWords, Response, ResponseDraft, ResponseItem

pytestmark = pytest.mark.django_db
WHY = {"key": "vi-sao", "label": "Vì sao?", "kind": QuestionKind.SOME_OF, "choices": "Chậm\nKhó hiểu"}
RULE = ("vi-sao", "muc", "at_most", "3")


@pytest.fixture
def client(site_tree):
    return Client()


def page_of(answer):
    return BeautifulSoup(answer.content.decode(), "html.parser")


def url_of(survey, token):
    return f"/khao-sat/{survey.slug}/tra-loi/{token}/"


def fill(page, **answers):
    """Return what a browser sends from ``page`` with these answers."""
    form = page.find("form", method="post")
    data = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden]")}
    return data | {f"c-{name}": value for name, value in answers.items()}


def send(client, url, **answers):
    """Open the page at ``url`` and press its button."""
    page = page_of(client.get(url))
    action = page.find("form", method="post")["action"]
    return client.post(action, fill(page, **{name.replace("_", "-"): value for name, value in answers.items()}))


def said(answer, survey, token):
    """What a page says, but for its own address."""
    return answer.content.decode().replace(url_of(survey, token), "")


class TestOneButton:
    def test_a_link_of_a_mail_chooses_and_stores_nothing(self, client):
        survey = factories.survey()
        token = factories.invited(survey)
        page = page_of(client.get(f"{url_of(survey, token)}?diem=4"))
        assert [each["value"] for each in page.select("input[type=radio][checked]")] == ["4"]
        assert Response.objects.count() == 0
        assert not Invitation.objects.get().used
        assert not page_of(client.get(f"{url_of(survey, token)}?diem=9")).select("input[type=radio][checked]")

    def test_one_press_stores_thanks_and_burns(self, client):
        survey = factories.survey(thanks="Hẹn gặp lại.")
        token = factories.invited(survey)
        url = url_of(survey, token)
        answer = send(client, f"{url}?diem=4", muc="4", loi="Trả lời nhanh.")
        assert (answer.status_code, answer.url) == (302, f"/khao-sat/{survey.slug}/cam-on/")
        assert "Hẹn gặp lại." in client.get(answer.url).content.decode()
        assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc", "4")]
        assert OpenWords.objects.get().text == "Trả lời nhanh."
        assert Client().get(url).status_code == 404

    def test_levels_are_a_named_group_of_radio_buttons(self, client):
        survey = factories.survey()
        page = page_of(client.get(url_of(survey, factories.invited(survey))))
        group = page.find("fieldset")
        assert group.legend.get_text(strip=True).startswith("Bạn hài lòng ở mức nào?")
        labels = [
            page.find("label", attrs={"for": each["id"]}).get_text() for each in group.select("input[type=radio]")
        ]
        assert labels[0] == "1 – Rất không hài lòng"
        assert labels[4] == "5 – Rất hài lòng"

    def test_what_is_missing_is_told_beside_the_field_and_the_rest_is_kept(self, client):
        survey = factories.survey()
        token = factories.invited(survey)
        answer = send(client, url_of(survey, token), loi="Lời đã gõ")
        page = page_of(answer)
        assert answer.status_code == 422
        assert "Lỗi:" in page.title.get_text()
        link = page.select_one(".summary a")
        assert link.get_text() == "Chọn một mức trả lời."
        assert page.find(id=link["href"][1:])["type"] == "radio"
        assert "Chọn một mức trả lời." in page.select_one("fieldset .field__error").get_text()
        assert page.find("textarea").get_text().strip() == "Lời đã gõ"
        assert not Invitation.objects.get().used

    @pytest.mark.parametrize(
        "given",
        [
            {"muc": "6"},
            {"muc": "4", "loi": "x" * 2_001},
            {"muc": "\x00"},
            {"muc": "4", "loi": "a\ud800"},
            {"muc": "4", "loi": "a\x00b"},
            {"muc": "4", "loi": "a\ufffe"},
        ],
    )
    def test_nothing_odd_is_stored_or_breaks(self, client, given):
        survey = factories.survey()
        token = factories.invited(survey)
        page = page_of(client.get(url_of(survey, token)))
        data = urlencode(fill(page, **given), errors="surrogatepass")
        answer = client.post(url_of(survey, token), data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {302, 422}
        assert (Response.objects.count() == 1) == (answer.status_code == 302)


class TestNotUsable:
    def test_wrong_used_late_and_closed_get_the_same_page(self, client):
        survey, closed = factories.survey(slug="mot"), factories.survey(slug="hai")
        used, late, shut = factories.invited(survey), factories.invited(survey), factories.invited(closed)
        send(client, url_of(survey, used), muc="4")
        closed.state = SurveyState.CLOSED
        closed.save()
        Invitation.objects.exclude(used=True).filter(survey=survey).update(expires_on="2020-01-01")
        wrong = "khong-co-ma-nay-trong-kho"
        asked = [(survey, used), (survey, late), (closed, shut), (survey, wrong), (closed, used)]
        answers = [Client().get(url_of(*each)) for each in asked]
        assert {answer.status_code for answer in answers} == {404}
        assert len({said(answer, *each) for answer, each in zip(answers, asked, strict=True)}) == 1
        assert all("no-store" in answer.headers["Cache-Control"] for answer in answers)

    def test_they_cost_the_same_statements(self, client):
        survey = factories.survey()
        used = factories.invited(survey)
        send(client, url_of(survey, used), muc="4")
        counts = set()
        for token in (used, "khong-co-ma-nay-trong-kho"):
            with CaptureQueriesContext(connection) as asked:
                Client().get(url_of(survey, token))
            counts.add(len(asked))
        assert len(counts) == 1

    def test_a_post_to_a_used_one_stores_nothing_and_says_the_same(self, client):
        survey = factories.survey()
        token = factories.invited(survey)
        page = page_of(client.get(url_of(survey, token)))
        other = Client()
        data = fill(page_of(other.get(url_of(survey, token))), muc="4")
        assert client.post(url_of(survey, token), fill(page, muc="4")).status_code == 302
        again = other.post(url_of(survey, token), data)
        assert again.status_code == 404
        wrong = "khong-co-ma-nay-trong-kho"
        assert said(again, survey, token) == said(other.get(url_of(survey, wrong)), survey, wrong)
        assert Response.objects.count() == 1

    def test_guessing_is_slowed(self, client):
        survey = factories.survey()
        most = LIMITS["survey_wrong_token"].count
        for _turn in range(most - 1):
            limit_hit(limit="survey_wrong_token", visitor="127.0.0.1")
        answers = [client.get(url_of(survey, f"khong-co-ma-so-{place}")).status_code for place in range(3)]
        assert answers == [404, 429, 429]


class TestBranching:
    def test_a_question_that_an_answer_opens_is_shown_once_before_anything_is_stored(self, client):
        survey = factories.survey([factories.SCORE, WHY], rules=[RULE])
        token = factories.invited(survey)
        url = url_of(survey, token)
        sent = send(client, url, muc="2")
        assert sent.url.endswith("them=1#id_c-vi-sao")
        # By an address that can be gone back to, and to the question itself.
        shown = client.get(sent.url)
        page = page_of(shown)
        assert page.find(id="id_c-vi-sao")
        assert "Có thêm câu hỏi" in page.get_text()
        assert page.select("input[type=checkbox]")
        assert [each["value"] for each in page.select("input[type=radio][checked]")] == ["2"]
        assert Response.objects.count() == 0
        answer = client.post(url, fill(page, muc="2"))
        assert answer.status_code == 302
        assert Response.objects.count() == 1

    def test_a_link_with_a_low_level_shows_them_at_once(self, client):
        survey = factories.survey([factories.SCORE, WHY], rules=[RULE])
        token = factories.invited(survey)
        url = f"{url_of(survey, token)}?diem=2"
        assert page_of(client.get(url)).select("input[type=checkbox]")
        answer = client.post(url, fill(page_of(client.get(url)), **{"muc": "2", "vi-sao": ["cham"]}))
        assert answer.status_code == 302
        assert sorted(ResponseItem.objects.values_list("key", "choice")) == [("muc", "2"), ("vi-sao", "cham")]

    def test_what_is_no_longer_asked_is_dropped(self, client):
        survey = factories.survey([factories.SCORE, WHY], rules=[RULE])
        token = factories.invited(survey)
        page = page_of(client.get(f"{url_of(survey, token)}?diem=2"))
        answer = client.post(url_of(survey, token), fill(page, **{"muc": "5", "vi-sao": ["cham", "gia-tri-la"]}))
        assert answer.status_code == 302
        assert list(ResponseItem.objects.values_list("key", "choice")) == [("muc", "5")]


class TestSeveralPages:
    SECTIONS = (
        [{"key": "ai", "label": "Bạn là ai?", "kind": "one_of", "choices": "Phụ huynh\nHọc sinh", "required": True}],
        [{"key": "lop", "label": "Lớp mấy?", "kind": "number", "required": True}],
        [factories.SCORE, factories.WORDS],
    )
    RULES = (("lop", "ai", "equal", "Học sinh"),)

    def make(self):
        survey = factories.survey(*self.SECTIONS, rules=self.RULES)
        return survey, url_of(survey, factories.invited(survey))

    def test_one_section_a_page_and_a_section_that_is_not_asked_is_passed_over(self, client):
        survey, url = self.make()
        assert send(client, url, ai="hoc-sinh").url == f"{url}?phan=2"
        assert send(client, url, ai="phu-huynh").url == f"{url}?phan=3"
        assert Response.objects.count() == 0
        last = send(client, f"{url}?phan=3", muc="5")
        assert last.url == f"/khao-sat/{survey.slug}/cam-on/"
        assert sorted(ResponseItem.objects.values_list("key", "choice")) == [("ai", "phu-huynh"), ("muc", "5")]
        assert ResponseDraft.objects.count() == 0

    def test_that_all_may_be_left_out_is_said_once(self, client):
        free = {**factories.SCORE, "required": False}
        survey = factories.survey([free, factories.WORDS], [factories.WORDS | {"key": "them"}])
        url = url_of(survey, factories.invited(survey))
        form = page_of(client.get(url)).select_one("form.form--free")
        assert form.get_text().count("Câu nào không rõ thì để trống.") == 1
        # One question alone says it itself.
        assert not page_of(client.get(send(client, url, muc="5").url)).select("form.form--free")
        mixed = factories.survey()
        assert not page_of(client.get(url_of(mixed, factories.invited(mixed)))).select("form.form--free")

    def test_what_was_answered_waits_on_the_server(self, client):
        _survey, url = self.make()
        send(client, url, ai="hoc-sinh")
        page = page_of(client.get(url))
        assert [each["value"] for each in page.select("input[type=radio][checked]")] == ["hoc-sinh"]
        page = page_of(client.get(f"{url}?phan=2"))
        assert "Phần 2 trên 3" in page.get_text()
        assert page.find("a", string="Quay lại")["href"] == f"{url}?phan=1"

    def test_a_page_that_is_not_asked_cannot_be_reached(self, client):
        _survey, url = self.make()
        send(client, url, ai="phu-huynh")
        for odd in ("2", "9", "0", "x", "-1", "٢"):
            assert "Bạn là ai?" in client.get(f"{url}?phan={odd}").content.decode()

    def test_jumping_to_the_end_leads_back_to_what_is_missing(self, client):
        _survey, url = self.make()
        answer = send(client, f"{url}?phan=3", muc="4", loi="Đã gõ")
        assert answer.status_code == 409
        assert "Bạn là ai?" in answer.content.decode()
        assert "Phần trả lời trước không còn" in answer.content.decode()
        assert not Invitation.objects.get().used
        assert page_of(client.get(f"{url}?phan=3")).find("textarea").get_text().strip() == "Đã gõ"

    def test_a_new_version_loses_nothing_of_a_form_that_was_begun(self, client):
        survey, url = self.make()
        send(client, url, ai="phu-huynh")
        survey.current = factories.version(survey, [factories.SCORE])
        survey.save()
        # Nobody had sent the version that was begun: what is asked now is asked, and nothing is lost.
        assert send(client, f"{url}?phan=3", muc="5").status_code == 302
        assert Response.objects.get().version == survey.current

    def test_a_version_that_others_have_sent_may_be_finished(self, client):
        survey, url = self.make()
        first = survey.current
        factories.answered(survey, {"ai": "phu-huynh", "muc": "4"})
        send(client, url, ai="phu-huynh")
        survey.current = factories.version(survey, [factories.SCORE])
        survey.save()
        assert send(client, f"{url}?phan=3", muc="5").status_code == 302
        assert Response.objects.filter(version=first).count() == 2


class TestOpenLink:
    def test_everybody_may_answer_and_is_told_the_limit(self, client):
        survey = factories.survey(open_link=True)
        url = f"/khao-sat/{survey.slug}/tra-loi/"
        page = client.get(url)
        assert "từ phiếu thứ sáu trong ngày" in page.content.decode()
        answers = [send(client, f"{url}?moi=1", muc="4").status_code for _turn in range(5)]
        assert answers == [302] * 5
        # The sixth is asked for the figures of a picture; what was answered is kept.
        asked = page_of(send(client, f"{url}?moi=1", muc="2"))
        assert asked.select("input[type=radio][checked]")[0]["value"] == "2"
        data = fill(asked, muc="2") | {"captcha_0": asked.find("input", attrs={"name": "captcha_0"})["value"]}
        refused = client.post(url, data | {"captcha_1": "00000"})
        assert refused.status_code == 422
        assert "chưa đúng" in refused.content.decode()
        again = page_of(refused)
        key = again.find("input", attrs={"name": "captcha_0"})["value"]
        right = CaptchaStore.objects.get(hashkey=key).response
        data = fill(again, muc="2") | {"captcha_0": key, "captcha_1": right}
        assert client.post(url, data).status_code == 302
        assert Response.objects.count() == 6

    @pytest.mark.parametrize(("rule", "status"), [("never", 302), ("always", 200)])
    def test_a_survey_says_when_figures_are_asked(self, client, rule, status):
        survey = factories.survey(open_link=True, captcha=rule)
        url = f"/khao-sat/{survey.slug}/tra-loi/"
        answer = send(client, url, muc="4")
        assert answer.status_code == status
        # The first of a day is told why, not that there were many before.
        assert ("hỏi mã trước khi nhận mỗi phiếu" in answer.content.decode()) == (status == 200)
        assert Response.objects.count() == (status == 302)

    def test_pictures_are_counted_and_nobody_gets_one_after_the_other(self, client):
        survey = factories.survey(open_link=True, captcha="always")
        url = f"/khao-sat/{survey.slug}/tra-loi/"
        assert send(client, url, muc="4").status_code == 200
        made = CaptchaStore.objects.count()
        for _turn in range(LIMITS["survey_captcha"].count - 1):
            limit_hit(limit="survey_captcha", visitor=f"{survey.pk}  127.0.0.1")
        refused = send(client, url, muc="4")
        assert (refused.status_code, CaptchaStore.objects.count()) == (429, made)
        assert int(refused.headers["Retry-After"]) > 0

    def test_after_fifty_a_day_no_more_are_taken(self, client):
        survey = factories.survey(open_link=True, captcha="never")
        url = f"/khao-sat/{survey.slug}/tra-loi/"
        place = survey.channels.get().pk
        for _turn in range(LIMITS["survey_open_most"].count):
            limit_hit(limit="survey_open_most", visitor=f"{survey.pk} {place} 127.0.0.1 ")
        assert send(client, url, muc="4").status_code == 429
        assert Response.objects.count() == 0

    def test_without_one_there_is_nothing(self, client):
        survey = factories.survey()
        assert client.get(f"/khao-sat/{survey.slug}/tra-loi/").status_code == 404

    def test_several_pages_are_kept_for_the_browser_alone(self, client):
        survey = factories.survey(*TestSeveralPages.SECTIONS, rules=TestSeveralPages.RULES, open_link=True)
        url = f"/khao-sat/{survey.slug}/tra-loi/"
        send(client, url, ai="phu-huynh")
        assert page_of(client.get(url)).select("input[type=radio][checked]")
        assert not page_of(Client().get(url)).select("input[type=radio][checked]")
        assert send(client, f"{url}?phan=3", muc="5").status_code == 302
        assert Response.objects.get().channel.kind == "web"


def test_looking_costs_the_same_statements_whatever_is_asked(client):
    counts = []
    for size in (2, 40):
        questions = [factories.SCORE | {"key": f"c{place}"} for place in range(size)]
        survey = factories.survey(questions)
        url = url_of(survey, factories.invited(survey))
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
