"""Every kind of page stands on the same frame: one language, one title, one heading, the landmarks, a way back."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

import pytest

from cms.core.models import AgencySettings
from cms.home.models import HomePage
from cms.news.models import NewsIndexPage, NewsPage
from cms.pages.models import StandardPage
from tests.site import build_site

LONG = (
    "Tình hình, kết quả thực hiện công tác cải cách hành chính 6 tháng đầu năm và phương hướng, nhiệm vụ "
    "cải cách hành chính 6 tháng cuối năm của ngành giáo dục và đào tạo trên địa bàn"
)


KINDS = ["home", "news index", "news", "standard"]


def _publish(home: HomePage) -> dict[str, str]:
    """Put one page of each kind below ``home``; return their addresses."""
    index = NewsIndexPage.objects.get()
    news = index.add_child(
        instance=NewsPage(title=f"{LONG} <b>", published_on=date(2026, 11, 13), lead="Một câu & hai câu.")
    )
    standard = home.add_child(instance=StandardPage(title="Giới thiệu cơ quan", slug="gioi-thieu-co-quan"))
    standard.body = [
        ("heading", {"text": "Chức năng", "size": "h2", "anchor": "chuc-nang"}),
        ("heading", {"text": "Liên hệ", "size": "h2", "anchor": "lien-he"}),
    ]
    standard.save_revision().publish()
    return {"home": home.url, "news index": index.url, "news": news.url, "standard": standard.url}


@pytest.fixture(scope="module")
def answers(django_db_setup, django_db_blocker):
    """The answer of every kind of page, asked for once for the whole file; the rows are gone again."""
    with django_db_blocker.unblock(), transaction.atomic():
        urls = _publish(build_site())
        found = {kind: Client().get(url) for kind, url in urls.items()}
        transaction.set_rollback(True)
    return found


@pytest.fixture
def visit(answers, read):
    """Return a function that reads the page of one kind."""
    return lambda kind: read(answers[kind])


@pytest.mark.parametrize("kind", KINDS)
class TestFrame:
    def test_document(self, visit, kind):
        page = visit(kind)
        assert page.html["lang"] == "vi"
        assert page.select_one(".masthead__org").get_text(strip=True) in page.title.get_text()
        assert page.select_one('link[rel="canonical"]')["href"].startswith("http")

    def test_landmarks(self, visit, kind):
        page = visit(kind)
        assert [len(page.select(tag)) for tag in ("header.masthead", "main", "footer.footer")] == [1, 1, 1]
        names = [
            nav.get("aria-label") or page.select_one(f"#{nav['aria-labelledby']}").get_text() for nav in page("nav")
        ]
        assert all(names)
        assert len(set(names)) == len(names)

    def test_one_heading_of_the_first_level_and_no_step_left_out(self, visit, kind):
        levels = [int(h.name[1]) for h in visit(kind).main.find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_the_skip_link_leads_to_main(self, visit, kind):
        page = visit(kind)
        first = page.body.find("a")
        assert page.select_one(first["href"]).name == "main"

    def test_ids_are_unique(self, visit, kind):
        ids = [tag["id"] for tag in visit(kind).select("[id]")]
        assert len(ids) == len(set(ids))

    def test_links_inside_the_page_have_their_target(self, visit, kind):
        page = visit(kind)
        assert [a["href"] for a in page.select('a[href^="#"]') if not page.select_one(a["href"])] == []

    def test_the_first_view_is_light(self, answers, kind):
        html = answers[kind].content
        own = [
            p.removeprefix(settings.STATIC_URL) for p in re.findall(r'(?:href|src)="(/static/[^"#]+)', html.decode())
        ]
        files = {finders.find(path) for path in own}
        assert None not in files
        assert len(files) <= 11
        assert (
            len(html) + sum(Path(path).stat().st_size for path in files) < 110_000
        )  # before compression; what travels is weighed in a browser

    def test_an_anonymous_reader_gets_no_cookie(self, answers, kind):
        assert not answers[kind].cookies


def test_words_of_people_are_escaped(visit):
    page = visit("news")
    assert page.h1.get_text() == f"{LONG} <b>"
    assert page.h1.b is None


def test_the_way_back_names_every_page_above(visit):
    crumbs = [(a.get_text(), a["href"]) for a in visit("news").select(".crumbs a")]
    assert crumbs[0] == ("Trang chủ", "/")
    assert crumbs[-1] == ("Tin tức", "/tin-tuc/")


def test_the_home_page_needs_no_way_back(visit):
    assert visit("home").select_one(".crumbs") is None


def test_the_home_page_asks_and_searches(visit):
    page = visit("home")
    box = page.main.select_one('form[role="search"]')
    assert box["action"] == "/tim-kiem/"
    assert box.select_one("label")["for"] == box.select_one('input[name="q"]')["id"]


def test_contents_lead_to_the_headings(visit):
    assert [a["href"] for a in visit("standard").select(".contents a")] == ["#chuc-nang", "#lien-he"]


def test_the_menu_marks_where_one_is(visit):
    here = visit("news").select(".menu [aria-current]")
    assert [each["aria-current"] for each in here] == ["true"]


@pytest.mark.parametrize("sample", [True, False])
def test_sample_data_is_announced_only_when_there_is_some(client, site_tree, read, sample):
    agency = AgencySettings.load()
    agency.has_sample_data = sample
    agency.save()
    assert bool(read(client.get("/")).select(".sample")) is sample


def test_search_answers_every_question(client, site_tree, read):
    for query in ("", "a", "zzzz", '"', "<b>'"):
        response = client.get("/tim-kiem/", {"q": query})
        page = read(response)
        assert response.status_code == 200
        assert page.main.select_one('input[name="q"]')["value"] == query
        assert page.select_one('meta[name="robots"]')["content"] == "noindex"
        assert page.main.b is None


def test_a_list_costs_the_same_for_one_row_and_for_twenty(client, site_tree, django_assert_max_num_queries):
    index = NewsIndexPage.objects.first()

    def queries():
        client.get(index.url)
        with django_assert_max_num_queries(60) as seen:
            client.get(index.url)
        return len(seen)

    index.add_child(instance=NewsPage(title="Tin một", lead="Một."))
    one = queries()
    for number in range(19):
        index.add_child(instance=NewsPage(title=f"Tin số {number}", lead="Hai."))
    assert queries() == one
