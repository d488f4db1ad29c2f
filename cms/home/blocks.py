"""What editors arrange on the home page."""

from django.utils.translation import gettext_lazy as _

from wagtail import blocks

from cms.core.blocks import LinkCardBlock, LinkValue

# Drawings of the sprite that mean a thing to do; the names are ids in core/img/icons.svg.
TASK_ICONS = [
    ("speech", _("Lời nhắn")),
    ("search", _("Tra cứu")),
    ("document", _("Văn bản")),
    ("procedure", _("Thủ tục")),
    ("chart", _("Số liệu")),
    ("calendar", _("Lịch, kế hoạch")),
]


class TaskLinkBlock(LinkCardBlock):
    """One thing people come to do; the home page shows four of them beside the search box."""

    icon = blocks.ChoiceBlock(label=_("Hình"), choices=TASK_ICONS, default="document")

    class Meta:
        icon = "tick-inverse"
        label = _("Việc")
        description = _("Một việc người dân đến cổng để làm.")
        label_format = "{title}"
        value_class = LinkValue


class TaskLinksBlock(blocks.StreamBlock):
    """The tasks of the home page."""

    task = TaskLinkBlock()

    class Meta:
        icon = "list-ul"
        label = _("Việc thường làm")
        max_num = 6
        required = False
