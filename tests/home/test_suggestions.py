"""What is offered while somebody types: public titles, numbers, units, and what many asked and found. Nothing else."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from wagtail.models import Page, PageViewRestriction

import pytest

from cms.core.models import SearchDemand, SearchSuggestion
from cms.core.search import rebuild, suggestions_renew
from cms.core.services.limits import LIMITS
from cms.core.services.searches import search_note, searches_forget
from tests.core.search_corpus import PAGES, UNITS, found_unit, kinds, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds():
    cache.clear()
    with kinds(PAGES, UNITS):
        yield


@pytest.fixture
def offered(client):
    def offered(typed):
        answer = client.get(reverse("search_suggest"), {"q": typed})
        assert answer.status_code == 200
        return answer.json()["suggestions"]

    return offered


def texts(lines):
    return [line["text"] for line in lines]


def ask(query, times, *, found=True, day=None):
    for number in range(times):
        search_note(query=query, found=found, visitor=f"10.0.0.{number}", day=day)


class TestTitles:
    def test_titles_that_go_on_so(self, offered):
        page = publish("Kế hoạch cải cách hành chính")
        publish("Thông báo về kế hoạch tuyển sinh")
        publish("Thực đơn bán trú")
        for typed in ("ke ho", "kế hoạch", "KE HOẠCH c"[:8]):
            assert texts(offered(typed)) == ["Kế hoạch cải cách hành chính", "Thông báo về kế hoạch tuyển sinh"]
        assert offered("ke hoach cai")[0] == {
            "text": page.title,
            "url": page.url,
            "kind": "Trang",
            "number": "",
        }

    @pytest.mark.parametrize("typed", ["tthc", "thu tuc hanh chinh", "TTHC"])
    def test_abbreviations_are_known(self, offered, typed):
        publish("Bộ thủ tục hành chính")
        publish("Danh mục TTHC")
        assert {"Bộ thủ tục hành chính", "Danh mục TTHC"} <= set(texts(offered(typed)))

    def test_numbers_and_units(self, offered):
        publish("Trích yếu", number="21/KH-GD&ĐT")
        found_unit("Trường Tiểu học Cổ Bi", "TH-CB")
        rebuild(kind="test_unit")
        assert offered("21/KH")[0]["number"] == "21/KH-GD&ĐT"
        assert texts(offered("tieu hoc co b")) == ["Trường Tiểu học Cổ Bi"]

    def test_only_what_everybody_may_open(self, offered):
        hidden, closed, section = publish("Học phí A"), publish("Học phí B"), publish("Học phí C")
        Page.objects.filter(pk=hidden.pk).update(live=False)
        PageViewRestriction.objects.create(page=section, restriction_type=PageViewRestriction.LOGIN)
        closed.unpublish()
        assert offered("hoc phi") == []

    @pytest.mark.parametrize("typed", ["", "a", " ", '"', "\x00", "😀", "x" * 5000, "%", "' OR 1=1 --", "NEAR("])
    def test_anything_may_be_typed(self, offered, typed):
        publish("Học phí")
        assert offered(typed) == []

    def test_the_number_of_statements_does_not_grow(self, client):
        def statements():
            with CaptureQueriesContext(connection) as seen:
                assert client.get(reverse("search_suggest"), {"q": "hoc"}).json()["suggestions"]
            return len(seen)

        publish("Học phí 0")
        few = statements()
        for number in range(1, 30):
            publish(f"Học phí {number}")
        assert statements() == few <= 5


class TestQueries:
    def test_what_many_asked_and_found(self, offered):
        publish("Học phí năm học mới")
        ask("học phí", 3)
        assert suggestions_renew() == 1
        line = offered("hoc")[0]
        assert (line["text"], line["url"]) == ("hoc phi", "/tim-kiem/?q=hoc+phi")

    def test_what_one_person_asked_is_never_offered(self):
        publish("Học phí năm học mới")
        for day in range(20):
            for _press in range(5):
                search_note(query="học phí", found=True, visitor="10.0.0.1", day=timezone.localdate() - timedelta(day))
        ask("học phí", 2)
        assert SearchDemand.objects.filter(asked__gt=1).get().asked == 2
        assert suggestions_renew() == 0

    def test_what_is_not_found_is_not_offered(self):
        publish("Học phí năm học mới")
        ask("học phí", 5, found=False)
        ask("bể bơi", 5)
        assert suggestions_renew() == 0

    def test_a_name_that_no_public_title_says_is_not_offered(self):
        publish("Danh sách khen thưởng", "Nguyễn Văn Bòng, lớp 3A")
        ask("nguyễn văn bòng", 9)
        ask("0900 000 001", 9)
        assert suggestions_renew() == 0

    def test_it_leaves_with_what_it_stood_for(self, offered):
        page = publish("Học phí năm học mới")
        ask("học phí", 4)
        suggestions_renew()
        Page.objects.filter(pk=page.pk).update(live=False)
        # Sections whose names begin so are offered as before.
        assert not {"học phí", page.title} & set(texts(offered("hoc")))
        Page.objects.filter(pk=page.pk).update(live=True)
        page.unpublish()
        assert not SearchSuggestion.objects.exists()

    def test_it_is_forgotten_with_its_counts(self):
        publish("Học phí năm học mới")
        ask("học phí", 4, day=timezone.localdate() - timedelta(days=100))
        assert suggestions_renew() == 0
        assert searches_forget(today=timezone.localdate() + timedelta(days=500)) == 1


class TestAddress:
    def test_it_may_be_kept_for_a_minute_and_is_everybodys(self, client):
        answer = client.get("/tim-kiem/goi-y/", {"q": "hoc"})
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies
        assert not SearchDemand.objects.exists()
        assert client.post("/tim-kiem/goi-y/", {"q": "hoc"}).status_code == 405

    def test_whoever_asks_too_often_is_told_nothing(self, client, monkeypatch):
        monkeypatch.setitem(LIMITS, "search_suggest", LIMITS["search_suggest"].__class__(1, timedelta(minutes=1)))
        publish("Học phí")
        client.get("/tim-kiem/goi-y/", {"q": "hoc"})
        answer = client.get("/tim-kiem/goi-y/", {"q": "hoc"})
        assert (answer.status_code, answer.json()["suggestions"]) == (429, [])
        assert "no-store" in answer.headers["Cache-Control"]
