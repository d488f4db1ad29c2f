"""The search page, as a reader without JavaScript sees it."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest

from cms.core.search import rebuild
from tests.core.search_corpus import PAGES, UNITS, found_unit, kinds, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds():
    with kinds(PAGES, UNITS):
        yield


@pytest.fixture
def ask(client):
    def ask(**parameters):
        response = client.get(reverse("site_search"), parameters)
        assert response.status_code == 200
        return response

    return ask


def shown(response):
    titles = re.findall(r'<h\d class="entry__title"><a[^>]*>(.*?)</a>', response.content.decode())
    return [re.sub(r"</?mark>", "", title) for title in titles]


def test_its_address():
    assert reverse("site_search") == "/tim-kiem/"


def test_nothing_asked_shows_the_form_alone(ask):
    response = ask()
    assert shown(response) == []
    assert 'name="q"' in response.content.decode()
    assert 'class="empty"' not in response.content.decode()


def test_results_are_marked_and_linked(ask):
    page = publish("Kế hoạch đào tạo", "Mở lớp đào tạo nghề.")
    html = ask(q="DAO TAO").content.decode()
    assert f'<a href="{page.url}">Kế hoạch <mark>đào tạo</mark></a>' in html
    assert "Mở lớp <mark>đào tạo</mark> nghề." in html
    assert "1 kết quả" in html


def test_what_was_typed_and_found_is_escaped(ask):
    publish("Học <b>phí</b> & <script>alert(1)</script>")
    html = ask(q='học phí <script>"').content.decode()
    assert "<script>alert" not in html
    assert "&lt;b&gt;<mark>phí</mark>&lt;/b&gt;" in html
    assert "phí &lt;script&gt;&quot;" in html


def test_too_short_is_said_in_words(ask):
    assert "quá ngắn" in ask(q="a").content.decode()


def test_no_result_says_what_to_try(ask):
    response = ask(q="xyzzy")
    assert shown(response) == []
    assert 'class="empty"' in response.content.decode()


def test_filters_narrow_and_can_be_taken_off(ask):
    publish("Tuyển sinh lớp 1", year=2023)
    publish("Tuyển sinh lớp 6", year=2024)
    school = found_unit("Trường Tuyển Sinh", "TS")
    rebuild(kind="test_unit")
    every = shown(ask(q="tuyển sinh"))
    assert {"Tuyển sinh lớp 1", "Tuyển sinh lớp 6", "Trường Tuyển Sinh"} < set(every), (
        "and the calendar, which names it"
    )
    assert shown(ask(q="tuyển sinh", nam="2023")) == ["Tuyển sinh lớp 1"]
    assert shown(ask(q="tuyển sinh", loai="test_unit")) == ["Trường Tuyển Sinh"]
    chosen = ask(q="tuyển sinh", **{"don-vi": school.slug})
    assert shown(chosen) == ["Trường Tuyển Sinh"]
    assert 'aria-current="true"' in chosen.content.decode()


@pytest.mark.parametrize(
    "parameters",
    [
        {"nam": "hai nghìn"},
        {"nam": "99999999999"},
        {"nam": "0"},
        {"nam": "²"},
        {"loai": "khong-co"},
        {"loai": "\x00"},
        {"don-vi": "khong-co"},
        {"don-vi": "\x00'\""},
        {"don-vi": "x" * 500},
        {"trang": "-1"},
        {"trang": "0"},
        {"trang": "999999"},
        {"trang": "\x00"},
    ],
)
def test_a_filter_it_does_not_know_is_ignored(ask, parameters):
    publish("Học phí")
    assert shown(ask(q="học phí", **parameters)) == ["Học phí"]


@pytest.mark.parametrize("query", ['"', "x" * 5000, "\x00", "NEAR(", "😀", "%", "{{ q }}", "' OR 1=1"])
def test_any_query_is_answered(ask, query):
    ask(q=query)


def test_paging_keeps_the_query(ask):
    for number in range(25):
        publish(f"Học phí {number}")
    first, second = ask(q="học phí"), ask(q="học phí", trang=2)
    assert (len(shown(first)), len(shown(second))) == (20, 5)
    assert not set(shown(first)) & set(shown(second))
    assert "Trang 2 trên 2" in second.content.decode()
    assert 'rel="next"' in first.content.decode()


def test_it_is_read_only(client):
    assert client.post(reverse("site_search"), {"q": "học phí"}).status_code == 405
    assert client.head(reverse("site_search"), {"q": "học phí"}).status_code == 200


def test_other_search_engines_do_not_index_results(ask):
    assert '<meta name="robots" content="noindex">' in ask(q="học phí").content.decode()


def test_the_number_of_statements_does_not_grow_with_rows(ask):
    def statements():
        with CaptureQueriesContext(connection) as seen:
            assert shown(ask(q="học phí"))
        return len(seen)

    publish("Học phí 0")
    found_unit("Trường Học Phí", "HP")
    rebuild()
    ask(q="học phí")
    few = statements()
    for number in range(1, 40):
        publish(f"Học phí {number}")
        found_unit(f"Trường Học Phí {number}", f"HP{number}")
    rebuild()
    assert statements() == few <= 12
