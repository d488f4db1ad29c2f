"""What the text of an internal notice is made of."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from cms.core.blocks import DataTableBlock, ProseBlock, StoryBlock

# Without the links to files that prose and cells have elsewhere.
_WORDS = ["bold", "italic", "link"]


class InternalTableBlock(DataTableBlock):
    """A table whose cells link to no file of the public library either."""

    rich_text = blocks.RichTextBlock(label=_("Chữ có định dạng"), required=False, features=[*_WORDS, "ul"])


class InternalStoryBlock(StoryBlock):
    """Words, lists and tables alone.

    Pictures and files of the public libraries have addresses of their own, which ask nobody for an account; what
    goes with a notice is a private file.
    """

    prose = ProseBlock(features=[*_WORDS, "superscript", "subscript", "ol", "ul"], group=_("Chữ"))
    data_table = InternalTableBlock(group=_("Hình và bảng"))
    callout = None
    accordion = None
    picture = None
    download = None
    link_cards = None

    class Meta:
        label = _("Nội dung thông báo")
