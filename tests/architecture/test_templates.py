"""Templates carry no script, no style and no address of a stranger: the policy of every page forbids them."""

import re

import pytest

from tests.architecture import house

TEMPLATES = list(house.files("*.html"))
FRAMEWORK = (
    "wagtailadmin/",
    "wagtailsnippets/",
    "wagtailusers/",
    "wagtaildocs/",
    "wagtailimages/",
    "captcha/",
    "axes/",
)
LEVELS = 2
FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"\sstyle\s*=", re.I),
    "event attribute": re.compile(r"<[^>{%]*\son[a-z]+\s*=", re.I),
    "script address": re.compile(r"javascript:", re.I),
    "foreign file": re.compile(
        r"(?:<(?:script|img|iframe|source|audio|video)[^>]*\ssrc|<link[^>]*\shref)=[\"'](?:https?:)?//", re.I
    ),
}
MAIL = {"style element", "style attribute"}  # mail programs know no style sheets


@pytest.mark.parametrize("what", FORBIDDEN)
def test_templates_are_free_of(what):
    found = [
        house.name(path)
        for path in TEMPLATES
        if FORBIDDEN[what].search(path.read_text()) and not (what in MAIL and "emails" in path.parts)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("inline script", "<script>alert(1)</script>"),
        ("style element", "<style>p{}</style>"),
        ("style attribute", '<p class="a" style="color:red">'),
        ("event attribute", '<a href="#" onclick="x()">'),
        ("script address", '<a href="javascript:x()">'),
        ("foreign file", '<script src="https://example.org/x.js"></script>'),
    ],
)
def test_each_pattern_sees_what_it_should(what, text):
    assert FORBIDDEN[what].search(text)
    assert not FORBIDDEN[what].search(
        '<script type="module" src="/static/a.js"></script><p class="style"><a href="https://x.vn">'
    )


def parents() -> dict[str, str]:
    """Return which template each template extends, by the names that Django knows."""
    extends = re.compile(r"{%\s*extends\s+[\"']([^\"']+)")
    found = {}
    for path in TEMPLATES:
        short = house.name(path).split("templates/", 1)[1]
        if match := extends.search(path.read_text()):
            found[short] = match[1]
    return found


def test_inheritance_has_two_levels():
    above = parents()

    def level(template: str) -> int:
        parent = above.get(template)
        return 0 if not parent or parent.startswith(FRAMEWORK) or parent == template else 1 + level(parent)

    assert {name: level(name) for name in above if level(name) > LEVELS} == {}
