"""The full menu of a page's body."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from .files import DownloadBlock
from .links import LinkCardsBlock
from .media import PictureBlock
from .tables import DataTableBlock
from .text import AccordionBlock, CalloutBlock, HeadingBlock, ProseBlock, QuotationBlock


class StoryBlock(blocks.StreamBlock):
    """Every block an editor may use in a page. Third-party embeds are left out on purpose: link instead."""

    heading = HeadingBlock(group=_("Chữ"))
    prose = ProseBlock(group=_("Chữ"))
    quotation = QuotationBlock(group=_("Chữ"))
    callout = CalloutBlock(group=_("Chữ"))
    accordion = AccordionBlock(group=_("Chữ"))
    picture = PictureBlock(group=_("Hình và bảng"))
    data_table = DataTableBlock(group=_("Hình và bảng"))
    download = DownloadBlock(group=_("Liên kết"))
    link_cards = LinkCardsBlock(group=_("Liên kết"))

    def clean(self, value):
        """Keep anchors apart: two headings of the same words get a number behind them."""
        cleaned = super().clean(value)
        taken: set[str] = set()
        for child in cleaned:
            if child.block_type == "heading":
                child.value["anchor"] = _free_anchor(child.value["anchor"] or "muc", taken)
        return cleaned

    class Meta:
        label = _("Nội dung trang")
        required = False
        icon = "doc-full"
        description = _("Các phần của trang, theo thứ tự hiện ra.")


def _free_anchor(wanted: str, taken: set[str]) -> str:
    anchor, number = wanted, 2
    while anchor in taken:
        anchor, number = f"{wanted}-{number}", number + 1
    taken.add(anchor)
    return anchor
