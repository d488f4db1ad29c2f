"""The StreamField vocabulary: every block explains itself and shows nothing when it has nothing to show."""

import re
from html import unescape
from pathlib import Path

from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.utils.html import strip_tags

from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.models import Page
from wagtail.rich_text import RichText

import pytest

from cms.core.blocks import (
    DownloadBlock,
    HeadingBlock,
    LinkCardBlock,
    LinkCardsBlock,
    PictureBlock,
)
from cms.core.stylesheet import SOURCES
from cms.news.blocks import NewsBodyBlock

STORY = NewsBodyBlock()  # the fullest body: every block of the kernel is in it
NAMES = list(STORY.child_blocks)
HOLLOW = ["", "   ", None]
HOLLOW_HTML = ["", "<p></p>", "<p>&nbsp;</p><ul><li></li></ul>"]


def shown(block, value) -> str:
    return block.render(block.normalize(value)).strip()


def struct_blocks(block):
    """Yield the struct blocks in ``block``, itself and those in its lists."""
    if isinstance(block, blocks.StructBlock):
        yield block
        for child in block.child_blocks.values():
            yield from struct_blocks(getattr(child, "child_block", child))


@pytest.mark.parametrize("name", NAMES)
class TestEveryBlock:
    def test_explains_itself_to_the_editor(self, name):
        block = STORY.child_blocks[name]
        assert block.meta.icon not in {"placeholder", ""}
        assert str(block.label) != name.replace("_", " ").capitalize()
        assert len(str(block.get_description())) > 10

    def test_is_recognised_when_folded(self, name):
        for block in struct_blocks(STORY.child_blocks[name]):
            fields = re.findall(r"{(\w+)}", block.meta.label_format or "")
            assert fields, f"{type(block).__name__} has no closed label"
            assert set(fields) <= set(block.child_blocks)

    def test_has_one_name_for_class_template_and_style(self, name):
        block = STORY.child_blocks[name]
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", type(block).__name__.removesuffix("Block")).lower()
        assert snake == name
        assert block.meta.template == f"components/streamfield/{name}.html"
        assert (SOURCES / "streamfield" / f"{name}.css").exists()
        get_template(block.meta.template)

    def test_shows_nothing_when_it_was_never_filled(self, name):
        block = STORY.child_blocks[name]
        assert block.render(block.get_default()).strip() == ""
        assert block.render(block.to_python({} if isinstance(block, blocks.StructBlock) else None)).strip() == ""

    @pytest.mark.parametrize("html", HOLLOW_HTML)
    @pytest.mark.parametrize("text", HOLLOW, ids=repr)
    def test_shows_nothing_when_every_field_is_hollow(self, name, text, html):
        block = STORY.child_blocks[name]
        assert block.render(block.normalize(_hollow(block, text, html))).strip() == ""
        assert "".join(block.get_searchable_content(block.normalize(_hollow(block, text, html)))).strip() == ""

    def test_finds_no_word_that_a_reader_does_not_see(self, name):
        """Everything of words is filled, nothing is chosen: neither a picture nor a file, nor a page or an address."""
        block = STORY.child_blocks[name]
        value = block.normalize(_hollow(block, "Chìm", "<p>Chìm</p>"))
        drawn = unescape(strip_tags(block.render(value)))
        for words in block.get_searchable_content(value):
            assert words.strip() in drawn, words


def _hollow(block, text, html):
    """A value of the shape that ``block`` stores, with nothing in it."""
    if isinstance(block, blocks.StructBlock):
        return {key: _hollow(child, text, html) for key, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_hollow(block.child_block, text, html)]
    if isinstance(block, blocks.RichTextBlock):
        return RichText(html)
    return text if isinstance(block, blocks.CharBlock | blocks.TextBlock) else None


def test_words_of_an_editors_choices_are_not_words_of_the_page():
    heading = HeadingBlock().normalize({"text": "Hồ sơ", "size": "h2", "anchor": "neo-cu"})
    assert heading.block.get_searchable_content(heading) == ["Hồ sơ"]
    callout = STORY.child_blocks["callout"]
    titled = callout.normalize({"kind": "warning", "title": "Mang theo", "body": RichText("<p>Bản sao</p>")})
    assert callout.get_searchable_content(titled) == ["Mang theo", "Bản sao"]


def test_an_entry_that_does_not_open_is_not_found():
    accordion = STORY.child_blocks["accordion"]
    entries = [{"title": "Hỏi", "body": RichText("<p>Đáp</p>")}, {"title": "Chưa có lời đáp", "body": RichText("")}]
    assert accordion.get_searchable_content(accordion.normalize({"entries": entries})) == ["Hỏi", "Đáp"]


def test_templates_and_styles_have_a_block_each():
    here = Path(get_template("components/streamfield/prose.html").origin.name).parent
    assert sorted(p.stem for p in here.glob("*.html")) == sorted(NAMES)
    assert sorted(p.stem for p in (SOURCES / "streamfield").glob("*.css")) == sorted(NAMES)


def test_the_menu_embeds_nothing_of_strangers():
    kinds = {type(block).__name__ for block in STORY.child_blocks.values()}
    assert not kinds & {"EmbedBlock", "RawHTMLBlock"}


class TestHeading:
    def test_an_anchor_is_made_of_the_words(self):
        value = HeadingBlock().clean(HeadingBlock().normalize({"text": "Đề mục: Nhiệm vụ", "size": "h2"}))
        assert value["anchor"] == "de-muc-nhiem-vu"

    def test_an_anchor_stays_when_the_words_change(self):
        block = HeadingBlock()
        value = block.clean(block.normalize({"text": "Nhiệm vụ", "size": "h2"}))
        value["text"] = "Nhiệm vụ và giải pháp"
        assert block.clean(value)["anchor"] == "nhiem-vu"

    def test_equal_headings_of_a_page_get_different_anchors(self):
        heading = {"type": "heading", "value": {"text": "Mục tiêu", "size": "h2", "anchor": ""}}
        cleaned = STORY.clean(STORY.to_python([heading, heading, heading]))
        assert [child.value["anchor"] for child in cleaned] == ["muc-tieu", "muc-tieu-2", "muc-tieu-3"]

    def test_words_are_escaped(self):
        html = shown(HeadingBlock(), {"text": "<script>x</script>", "size": "h3"})
        assert "<script>" not in html
        assert html.startswith('<h3 class="heading heading--part" id="')


class TestLinks:
    @pytest.mark.parametrize(
        "url", ["javascript:alert(1)", "ftp://a.vn/x", "//a.vn", "data:text/html,x", "mailto:a@b.vn"]
    )
    def test_only_web_addresses_and_own_paths(self, url):
        block = LinkCardBlock()
        with pytest.raises(StructBlockValidationError) as refused:
            block.clean(block.normalize({"url": url, "title": "Xem", "page": None, "text": ""}))
        assert "url" in refused.value.block_errors

    @pytest.mark.parametrize("url", ["https://chinhphu.vn/", "http://a.vn", "/van-ban/?nam=2026"])
    def test_a_good_address_is_shown(self, url):
        block = LinkCardBlock()
        value = block.clean(block.normalize({"url": url, "title": "Xem", "page": None, "text": ""}))
        assert (value.href, value.shown) == (url, True)

    def test_a_page_or_an_address_but_not_both_and_not_none(self):
        block = LinkCardBlock()
        with pytest.raises(StructBlockValidationError):
            block.clean(block.normalize({"url": "", "title": "Xem", "page": None, "text": ""}))

    @pytest.mark.django_db
    def test_a_page_that_is_not_public_is_left_out(self):
        card = {"page": Page(title="Nháp", slug="nhap", live=False), "url": "", "title": "", "text": ""}
        assert shown(LinkCardsBlock(), {"cards": [card]}) == ""


class TestPicture:
    def test_says_what_it_shows_or_that_it_decorates(self):
        block = PictureBlock(name="picture")
        block.child_blocks["image"].field.required = False
        empty = {"image": None, "alt_text": " ", "decorative": False, "caption": "", "credit": ""}
        with pytest.raises((StructBlockValidationError, ValidationError)) as refused:
            block.clean(block.normalize(empty))
        assert "alt_text" in refused.value.block_errors

    def test_a_decorating_picture_is_silent(self):
        value = PictureBlock().normalize({"image": None, "alt_text": "Sân trường", "decorative": True})
        assert value.alt == ""


class TestDownload:
    def test_names_type_and_size(self):
        class File:
            name = "tai-lieu/don-xin.docx"

        class Document:
            title, url, file, file_size = "Đơn xin <b>", "/tai-lieu/1/don-xin.docx", File(), 24_500

        block = DownloadBlock()
        html = block.render(type(block.normalize({}))(block, [("document", Document()), ("title", "")]))
        assert "Đơn xin &lt;b&gt;" in html
        assert "DOCX, 24 kB" in " ".join(html.split())


class TestTable:
    TABLE = {
        "columns": [{"type": "text", "heading": "Trường"}, {"type": "number", "heading": "Học sinh"}],
        "rows": [{"values": ["Hoa <Sữa>", "1.204"]}],
        "caption": "Số học sinh",
    }

    def test_is_a_table_for_every_reader(self):
        block = STORY.child_blocks["data_table"]
        html = block.render(block.to_python(self.TABLE))
        assert "<caption>Số học sinh</caption>" in html
        assert '<th scope="col">Trường</th>' in html
        assert '<th scope="row" data-label="Trường">Hoa &lt;Sữa&gt;</th>' in html
        assert '<td data-label="Học sinh" class="num">1.204</td>' in html

    def test_headings_without_rows_are_no_table(self):
        block = STORY.child_blocks["data_table"]
        assert block.render(block.to_python(self.TABLE | {"rows": []})).strip() == ""
