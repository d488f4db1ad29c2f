"""Components alone: what they say, what they leave out, what they escape."""

import io
from datetime import date

from django.core.files.images import ImageFile
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from wagtail.images import get_image_model

import pytest
from PIL import Image

from cms.core.templatetags.component_tags import contents_of, photo


@pytest.fixture
def show(read):
    """Return a function that renders a piece of template at an address and reads it."""

    def render(source, url="/van-ban/?q=a%26b&nam=2026&trang=2", **context):
        template = Template("{% load component_tags core_tags %}" + source)
        return read(template.render(Context({"request": RequestFactory().get(url), **context})))

    return render


class TestAddresses:
    def test_one_parameter_changes_and_the_others_stay(self, show):
        page = show("<a href=\"{% with_query_of 'loai' 'ke-hoach' %}\">x</a>")
        assert page.a["href"] == "?q=a%26b&nam=2026&loai=ke-hoach"

    def test_a_parameter_is_taken_off(self, show):
        assert show("<a href=\"{% with_query_of 'nam' '' %}\">x</a>").a["href"] == "?q=a%26b"


class TestPager:
    PAGER = '{% include "components/pager.html" with label="Các trang văn bản" %}'

    def test_keeps_the_question_while_stepping(self, show):
        page = show(self.PAGER, page_obj=Paginator(range(60), 20).get_page(2))
        assert page.nav["aria-label"] == "Các trang văn bản"
        assert page.select_one('[rel="prev"]')["href"] == "?q=a%26b&nam=2026&trang=1"
        assert page.select_one('[rel="next"]')["href"] == "?q=a%26b&nam=2026&trang=3"
        assert page.select_one(".pager__here").get_text() == "Trang 2 trên 3"

    def test_one_page_needs_none(self, show):
        assert show(self.PAGER, page_obj=Paginator(range(3), 20).get_page(1)).nav is None


class TestFacets:
    GROUPS = [
        {
            "title": "Năm",
            "param": "nam",
            "options": [
                {"value": "2026", "label": "2026", "count": 3, "current": True},
                {"value": "2025", "label": "<2025>", "count": 0, "current": False},
            ],
        },
        {"title": "Trống", "param": "x", "options": []},
    ]

    def test_the_chosen_one_takes_itself_off_and_says_so(self, show):
        chosen, other = show('{% include "components/facets.html" %}', groups=self.GROUPS).select("a")
        assert (chosen["aria-current"], chosen["href"]) == ("true", "?q=a%26b")
        assert "đang chọn" in chosen.get_text()
        assert other["href"] == "?q=a%26b&nam=2025"
        assert "<2025>" in other.get_text()
        assert other.select_one(".facet__count").get_text() == "0"

    def test_a_group_without_choice_is_left_out(self, show):
        assert "Trống" not in show('{% include "components/facets.html" %}', groups=self.GROUPS).get_text()


class TestEntry:
    def test_only_what_is_known_is_said(self, show):
        page = show('{% include "components/entry.html" with title=title url="/a/" only %}', title="Một <b>")
        assert page.select_one(".entry__title a").get_text() == "Một <b>"
        assert page.select_one(".entry__meta") is None

    def test_everything_known_is_said(self, show):
        page = show(
            '{% include "components/entry.html" with level="h2" title="Một" url="/a/" number="21/KH" date=day'
            ' tag_text="Đúng hạn" tag_tone="good" meta=words %}',
            day=date(2026, 11, 3),
            words=["Trường A", ""],
        )
        assert page.h2.a["href"] == "/a/"
        assert page.time["datetime"] == "2026-11-03"
        assert [li.get_text(strip=True) for li in page.select(".entry__meta li")] == [
            "Đúng hạn",
            "03/11/2026",
            "Trường A",
        ]


def test_a_file_line_without_a_file_is_nothing(show):
    assert show('{% include "components/download_line.html" with title="x" %}').p is None


def test_contents_are_the_large_headings():
    assert contents_of(None) == []


@pytest.mark.django_db
class TestPhoto:
    @pytest.fixture
    def image(self):
        data = io.BytesIO()
        Image.new("RGB", (640, 480), "#0b3b8c").save(data, "JPEG")
        return get_image_model().objects.create(
            title="Sân", file=ImageFile(io.BytesIO(data.getvalue()), name="san.jpg")
        )

    def test_offers_modern_formats_and_keeps_its_place(self, image, read):
        picture = read(photo(image, "card", alt="Sân <trường>"))
        assert [source["type"] for source in picture.select("source")] == ["image/avif", "image/webp"]
        shown = picture.img
        assert (shown["width"], shown["height"]) == ("320", "240")
        assert (shown["alt"], shown["loading"]) == ("Sân <trường>", "lazy")

    def test_a_lost_file_shows_nothing(self, image):
        image.file.storage.delete(image.file.name)
        assert photo(image, "card") == ""

    def test_no_image_shows_nothing(self):
        assert photo(None, "lead") == ""
