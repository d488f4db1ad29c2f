"""Photographs and videos of news by keyboard alone, with and without scripts."""

import pytest

from cms.core.models import PageReading
from cms.core.services import readings
from cms.demo.services.news import news_seed
from cms.news.models import NewsPage
from tests.browser.pages.reader import Album
from tests.browser.pages.screen import go

WIDTHS = (360, 1280)
PLAYED = """async () => {
  const video = document.querySelector("video");
  video.muted = true;
  await video.play();
  video.currentTime = 9;
  await new Promise((done) => video.addEventListener("seeked", done, { once: true }));
  return [Math.round(video.currentTime), video.textTracks[0].cues.length];
}"""


@pytest.fixture
def stories(site_tree):
    news_seed()
    return {
        "album": NewsPage.objects.exclude(photos=None).get(),
        "video": NewsPage.objects.get(title__startswith="Video:"),
    }


def opened(open_page, story, **options):
    page = open_page(**options)
    go(page, story.url)
    return Album(page)


def test_arrows_move_esc_closes_and_focus_returns(stories, open_page):
    for width in WIDTHS:
        album = opened(open_page, stories["album"], width=width)
        album.expect_large(None)
        album.open_photo(2)
        album.expect_large(2)
        assert album.large.evaluate("view => view.matches(':modal')")
        album.page.keyboard.press("ArrowRight")
        album.expect_large(3)
        album.page.keyboard.press("ArrowLeft")
        album.page.keyboard.press("ArrowLeft")
        album.expect_large(1)
        album.page.keyboard.press("ArrowLeft")  # there is none before the first
        album.expect_large(1)
        album.page.keyboard.press("Escape")
        album.expect_large(None)
        assert album.focused == "#anh-1"
        album.open_photo(8)
        album.expect_large(8)
        album.page.go_back()
        album.expect_large(None)
        fits = "document.documentElement.scrollWidth <= innerWidth"
        assert album.page.evaluate(fits)


def test_without_scripts_links_lead_on_and_back(stories, open_page):
    album = opened(open_page, stories["album"], javascript=False)
    album.open_photo(2)
    assert album.page.url.endswith("#anh-2")
    assert album.large.count() == 1
    for _tab in range(3):  # before, close, next
        album.page.keyboard.press("Tab")
    album.page.keyboard.press("Enter")
    assert album.page.url.endswith("#anh-3")
    assert album.large.count() == 1
    album.page.keyboard.press("Tab")
    album.page.keyboard.press("Tab")
    album.page.keyboard.press("Enter")
    assert album.page.url.endswith("#anh-3-nho")
    assert album.large.count() == 0


def test_the_large_picture_stays_inside_the_window(stories, open_page):
    for width in WIDTHS:
        album = opened(open_page, stories["album"], width=width, height=600)
        album.open_photo(2)
        album.expect_large(2)
        picture, steps = album.large.locator("img").bounding_box(), album.large.locator(".album__steps").bounding_box()
        words = album.large.locator("figcaption").bounding_box()
        assert picture["y"] >= 0
        assert picture["y"] + picture["height"] <= words["y"] + 1
        assert words["y"] + words["height"] <= steps["y"] + 1
        assert steps["y"] + steps["height"] <= 600


def test_a_video_plays_from_any_place_with_its_captions(stories, open_page):
    page = open_page()
    asked = []
    page.on("response", lambda response: asked.append((response.status, response.url)))
    go(page, stories["video"].url)
    assert not [url for _status, url in asked if url.endswith(".webm")], "nothing is fetched before it is wanted"
    assert page.evaluate(PLAYED) == [9, 4]
    assert {status for status, url in asked if url.endswith(".webm")} == {206}
    page.get_by_text("Lời trong video").click()
    assert page.get_by_text("Bước bốn: nhận mã").is_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_reader_is_counted_with_and_without_scripts(stories, open_page, monkeypatch, javascript):
    noted = []
    monkeypatch.setattr("cms.core.views.answers.is_reader", lambda _request: True)  # this browser calls itself headless
    monkeypatch.setattr("cms.core.views.answers.reading_note", lambda **facts: noted.append(facts["page_id"]))
    page = open_page(javascript=javascript)
    with page.expect_response("**/dem/*.gif"):
        go(page, stories["video"].url)
    assert noted == [stories["video"].pk]
    assert page.context.cookies() == []
    assert PageReading.objects.of(stories["video"]).total() == 203
    assert not readings._noted
