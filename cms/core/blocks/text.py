"""Blocks made of words."""

from html import unescape

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.rich_text import RichText

from cms.core.text import slug

# Headings, pictures and tables are blocks of their own, so that each keeps its anchor, credit or caption.
PROSE_FEATURES = ["bold", "italic", "superscript", "subscript", "ol", "ul", "link", "document-link"]
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]


def has_words(text: RichText | str | None) -> bool:
    """Say whether rich text holds anything a reader would see; an emptied editor leaves bare tags behind."""
    source = text.source if isinstance(text, RichText) else (text or "")
    return bool(unescape(strip_tags(source)).strip())


class ProseBlock(blocks.RichTextBlock):
    def __init__(self, required: bool = True, features: list[str] | None = None, **kwargs) -> None:
        super().__init__(required=required, features=features or PROSE_FEATURES, **kwargs)

    def get_context(self, value, parent_context=None):
        return super().get_context(value, parent_context) | {"shown": has_words(value)}

    class Meta:
        icon = "pilcrow"
        label = _("Đoạn văn")
        description = _("Chữ thường, danh sách, liên kết.")
        template = "components/streamfield/prose.html"


class HeadingLevel(models.TextChoices):
    SECTION = "h2", _("Đề mục lớn")
    PART = "h3", _("Đề mục nhỏ")


class HeadingValue(blocks.StructValue):
    @cached_property
    def words(self) -> str:
        return (self.get("text") or "").strip()

    @cached_property
    def level(self) -> str:
        return self.get("size") or HeadingLevel.SECTION

    @cached_property
    def anchor_id(self) -> str:
        """The stored anchor; one made of the words for headings that no form has saved yet."""
        return self.get("anchor") or slug(self.words)


class HeadingBlock(blocks.StructBlock):
    """A heading; its anchor is made once and then kept, so that links to it survive a change of words."""

    text = blocks.CharBlock(label=_("Đề mục"), max_length=200)
    size = blocks.ChoiceBlock(label=_("Cỡ"), choices=HeadingLevel.choices, default=HeadingLevel.SECTION)
    anchor = blocks.RegexBlock(
        label=_("Neo liên kết"),
        regex=r"^[a-z0-9]+(?:-[a-z0-9]+)*$",
        required=False,
        max_length=80,
        error_messages={"invalid": _("Neo chỉ gồm chữ thường không dấu, số và dấu gạch nối.")},
        help_text=_("Để trống thì tự đặt theo đề mục; sau đó giữ nguyên để liên kết cũ không hỏng."),
    )

    def clean(self, value):
        cleaned = super().clean(value)
        cleaned["anchor"] = (cleaned.get("anchor") or slug(cleaned.get("text") or ""))[:80].strip("-")
        return cleaned

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [value.words] if value.words else []

    class Meta:
        icon = "title"
        label = _("Đề mục")
        description = _("Chia trang thành phần; hiện trong mục lục của trang.")
        label_format = "{text}"
        template = "components/streamfield/heading.html"
        value_class = HeadingValue


class QuotationValue(blocks.StructValue):
    @cached_property
    def words(self) -> str:
        return (self.get("text") or "").strip()

    @cached_property
    def source(self) -> str:
        """Who said it, with the post they hold when it is known."""
        return ", ".join(
            part for part in ((self.get("speaker") or "").strip(), (self.get("post") or "").strip()) if part
        )


class QuotationBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Lời trích"), max_length=1000)
    speaker = blocks.CharBlock(label=_("Người nói hoặc nguồn"), required=False, max_length=160)
    post = blocks.CharBlock(label=_("Chức vụ"), required=False, max_length=160)

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [value.words, *filter(None, [value.source])] if value.words else []

    class Meta:
        icon = "openquote"
        label = _("Lời trích")
        description = _("Một câu nói nguyên văn, có tên người nói.")
        label_format = "{text}"
        template = "components/streamfield/quotation.html"
        value_class = QuotationValue


class CalloutKind(models.TextChoices):
    INFO = "info", _("Cần biết")
    WARNING = "warning", _("Cảnh báo")


class CalloutValue(blocks.StructValue):
    @cached_property
    def shown(self) -> bool:
        return has_words(self.get("body"))

    @cached_property
    def heading(self) -> str:
        """The editor's title; else the word for the kind, so that colour never speaks alone."""
        return (self.get("title") or "").strip() or CalloutKind(self.kind_name).label

    @cached_property
    def kind_name(self) -> str:
        kind = self.get("kind")
        return kind if kind in CalloutKind.values else CalloutKind.INFO.value


class CalloutBlock(blocks.StructBlock):
    kind = blocks.ChoiceBlock(label=_("Loại"), choices=CalloutKind.choices, default=CalloutKind.INFO)
    title = blocks.CharBlock(label=_("Tiêu đề"), required=False, max_length=120)
    body = blocks.RichTextBlock(label=_("Nội dung"), features=[*INLINE_FEATURES, "ol", "ul"])

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        if not value.shown:
            return []
        return [str(value.heading), *self.child_blocks["body"].get_searchable_content(value["body"])]

    class Meta:
        icon = "info-circle"
        label = _("Lưu ý")
        description = _("Điều cần biết trước hoặc cảnh báo, đóng khung.")
        label_format = "{kind}: {title}"
        template = "components/streamfield/callout.html"
        value_class = CalloutValue


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Câu hỏi, tiêu đề"), max_length=200)
    body = blocks.RichTextBlock(label=_("Nội dung"), features=PROSE_FEATURES)

    class Meta:
        icon = "arrow-down-big"
        label = _("Mục")
        description = _("Một mục mở ra, gập lại.")
        label_format = "{title}"


class AccordionValue(blocks.StructValue):
    @cached_property
    def shown_items(self) -> list[blocks.StructValue]:
        """Items that have both a title to press and something behind it."""
        return [
            item
            for item in self.get("entries") or []
            if (item.get("title") or "").strip() and has_words(item.get("body"))
        ]


class AccordionBlock(blocks.StructBlock):
    entries = blocks.ListBlock(AccordionItemBlock(), label=_("Các mục"), min_num=1)

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [words for item in value.shown_items for words in item.block.get_searchable_content(item)]

    class Meta:
        icon = "list-ul"
        label = _("Hỏi đáp gập mở")
        description = _("Nhiều câu hỏi, bấm vào thì mở câu trả lời.")
        label_format = "{entries}"
        template = "components/streamfield/accordion.html"
        value_class = AccordionValue
