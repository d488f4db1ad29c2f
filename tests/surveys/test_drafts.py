"""What was answered on the way is kept for the browser that answered; whoever else holds the link reads nothing."""

from django.test import Client

import pytest

from surveys import factories
from surveys.models import Response, ResponseDraft
from tests.surveys.test_answering import page_of, said, send, url_of

pytestmark = pytest.mark.django_db
ASKED = ([factories.SCORE, factories.WORDS], [{**factories.SCORE, "key": "muc-hai"}])
SECRET = "Hiệu trưởng quát tôi"


@pytest.fixture
def client(site_tree):
    return Client()


@pytest.fixture
def survey(site_tree):
    return factories.survey(*ASKED, open_link=True)


def ways(survey):
    return {"invited": url_of(survey, factories.invited(survey)), "open": f"/khao-sat/{survey.slug}/tra-loi/"}


def key_of(client):
    """Return the one cookie that says which draft is the browser's."""
    [found] = [each for name, each in client.cookies.items() if name.startswith("khao_sat_") and name != "khao_sat_gui"]
    return found


@pytest.mark.parametrize("way", ["invited", "open"])
def test_only_the_browser_that_answered_reads_it(client, survey, way):
    url, other = ways(survey)[way], Client()
    part = send(client, url, muc="1", loi=SECRET).url
    for address in (url, f"{url}?phan=1", part, f"{url}?phan=9"):
        assert SECRET not in other.get(address).content.decode()
        assert not page_of(other.get(address)).select("input[checked]")
    assert SECRET in client.get(f"{url}?phan=1").content.decode()
    # Nor does whoever begins by the same link change or send what another has kept.
    assert send(other, url, muc="5").url == part
    assert SECRET not in other.get(f"{url}?phan=1").content.decode()
    assert SECRET in client.get(f"{url}?phan=1").content.decode()
    assert ResponseDraft.objects.count() == 2


def test_a_key_belongs_to_one_way_and_says_nothing_of_who_it_is(client, survey):
    first, second = (factories.invited(survey) for _turn in range(2))
    send(client, url_of(survey, first), muc="1", loi=SECRET)
    kept = key_of(client)
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", url_of(survey, first))
    assert kept["max-age"] == 86_400
    assert first not in f"{kept.key} {kept.value}"
    assert not client.session.items()
    # Carried over to another link by hand it opens nothing.
    other = Client()
    send(other, url_of(survey, second), muc="3")
    mine = key_of(other)
    other.cookies[mine.key] = kept.value
    assert SECRET not in other.get(url_of(survey, second)).content.decode()


def test_once_sent_the_browser_forgets_the_key(client, survey):
    url = url_of(survey, factories.invited(survey))
    part = send(client, url, muc="4").url
    assert send(client, part, **{"muc-hai": "5"}).status_code == 302
    assert key_of(client).value == ""
    assert (Response.objects.count(), ResponseDraft.objects.count()) == (1, 0)


@pytest.mark.parametrize("way", ["invited", "open"])
def test_without_cookies_a_page_leads_on_and_nothing_is_stored_half(survey, way):
    url = ways(survey)[way]
    part = send(Client(), url, muc="4").url
    answer = send(Client(), part, **{"muc-hai": "5"})
    assert answer.status_code == 409
    assert "Phần trả lời trước không còn" in answer.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize("way", ["invited", "open"])
def test_a_later_part_whose_earlier_ones_are_gone_is_not_stored_as_if_they_had_been_left_empty(site_tree, way):
    """No question is required: a browser without cookies, or one that comes back a day later, would lose part one."""
    survey = factories.survey([factories.WORDS], [{**factories.WORDS, "key": "y-kien"}], open_link=True)
    url = ways(survey)[way]
    part = send(Client(), url, loi="Phần một").url
    late = Client()
    answer = send(late, part, **{"y-kien": "Phần hai"})
    assert answer.status_code == 409
    assert "Phần trả lời trước không còn" in answer.content.decode()
    assert Response.objects.count() == 0
    assert page_of(answer).select_one("textarea[name=c-loi]")
    # What was just sent is kept for a browser that keeps its cookie.
    again = send(late, url, loi="Phần một, viết lại").url
    assert page_of(late.get(again)).select_one("textarea[name=c-y-kien]").get_text(strip=True) == "Phần hai"
    assert send(late, again, **{"y-kien": "Phần hai"}).status_code == 302
    assert Response.objects.count() == 1


def test_words_that_cannot_be_stored_are_in_no_draft(client, survey):
    url = ways(survey)["open"]
    send(client, url, muc="4")
    answer = client.post(url, {"c-muc": "4", "c-loi": "x\0y" + "a" * 9_000, "ban": "0.0 loi.w0", "da_hien": "muc loi"})
    assert answer.status_code == 409
    assert "\0" not in str(list(ResponseDraft.objects.values_list("answers", flat=True)))
    assert len(str(list(ResponseDraft.objects.values_list("answers", flat=True)))) < 1_000


def test_a_cookie_that_somebody_made_up_opens_nothing_and_breaks_nothing(client, survey):
    url = ways(survey)["invited"]
    send(client, url, muc="4")
    name = key_of(client).key
    for odd in ("", "x" * 5_000, "a\xe9", "../..", "null"):
        other = Client()
        other.cookies[name] = odd
        assert not page_of(other.get(url)).select("input[checked]")
        assert send(other, url, muc="2").status_code == 302


def test_a_used_link_is_still_told_to_nobody(client, survey):
    token, wrong = factories.invited(survey), "khong-co-ma-nay-trong-kho"
    part = send(client, url_of(survey, token), muc="4").url
    other = Client()
    send(other, url_of(survey, token), muc="2", loi=SECRET)
    send(client, part, **{"muc-hai": "5"})
    used, asked = other.get(part), other.get(url_of(survey, wrong))
    assert used.status_code == asked.status_code == 404
    assert said(used, survey, token) == said(asked, survey, wrong)
