"""Tables with a caption; on a phone each row becomes a card."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .text import INLINE_FEATURES


class DataTableBlock(TypedTableBlock):
    """The first column names its row; a column of numbers stands to the right."""

    text = blocks.CharBlock(label=_("Chữ"), required=False, max_length=500)
    number = blocks.CharBlock(label=_("Số"), required=False, max_length=60)
    rich_text = blocks.RichTextBlock(label=_("Chữ có định dạng"), required=False, features=[*INLINE_FEATURES, "ul"])

    def get_context(self, value, parent_context=None):
        """Give every cell its column's heading, which the narrow layout writes before it."""
        context = super().get_context(value, parent_context)
        table = value or self.normalize(None)
        headings = [(column["heading"] or "").strip() for column in table.columns]
        context["headings"] = headings
        context["lines"] = [self._line(row, headings) for row in table.rows]
        context["shown"] = bool(headings and context["lines"])
        return context

    def get_searchable_content(self, value):
        """The words that a reader sees: of a table without columns or rows not even its name."""
        return super().get_searchable_content(value) if value and value.columns and value.row_data else []

    @staticmethod
    def _line(row: list[Any], headings: list[str]) -> list[dict[str, Any]]:
        return [
            {"content": cell, "heading": heading, "is_number": cell.block.name == "number"}
            for cell, heading in zip(row, headings, strict=True)
        ]

    class Meta:
        icon = "table"
        label = _("Bảng")
        description = _("Bảng số liệu có tên bảng; cột đầu là tên của hàng.")
        template = "components/streamfield/data_table.html"
