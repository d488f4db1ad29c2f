"""Pairs of what people type and the one page there is: found, or not. The lines are data, in ``search_pairs``.

A line is never bent to what the code does. A pair is one page of its own: what stands in other lines never helps it.
"""

import tomllib
from pathlib import Path

from wagtail.models import Page

import pytest

from cms.core.search import SearchKind, SearchText, index_object, search
from tests.core.search_corpus import home, kinds

pytestmark = pytest.mark.django_db

FILES = sorted((Path(__file__).parent / "search_pairs").glob("*.toml"))
NEEDED, ALLOWED = {"why", "query", "title", "found"}, {"why", "query", "title", "body", "number", "found"}


def pairs(file):
    return tomllib.loads(file.read_text(encoding="utf-8"))["pair"]


@pytest.fixture
def told():
    """Return a function that makes one page say what a pair says, and answers whether its query finds that page."""
    said = {}
    one = home()

    def entry(_page):
        return SearchText(said["title"], said.get("body", ""), "/trang/", number=said.get("number", ""))

    def ask(pair):
        said.clear()
        said.update(pair)
        index_object(kind="test_pair", obj=one)
        return search(pair["query"], kind="test_pair").total == 1

    with kinds(SearchKind("test_pair", "Cặp", Page, lambda: Page.objects.filter(pk=one.pk), entry)):
        yield ask


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_is_as_people_expect(file, told):
    wrong = [
        f"{pair['why']}: “{pair['query']}” {'should find' if pair['found'] else 'must not find'} “{pair['title']}”"
        for pair in pairs(file)
        if told(pair) != pair["found"]
    ]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_line_is_whole(file):
    lines = pairs(file)
    assert [pair for pair in lines if not NEEDED <= pair.keys() <= ALLOWED] == []
    asked = [(pair["query"], pair["title"], pair.get("body"), pair.get("number")) for pair in lines]
    assert len(set(asked)) == len(asked)
    assert any(pair["found"] for pair in lines)
    assert any(not pair["found"] for pair in lines)


def test_there_are_lines():
    assert FILES
