"""The editing screen of a material."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

from cms.core.models import BasePage
from cms.library.enums import Audience, Level

CONTENT_PANELS = [
    *BasePage.content_panels,
    FieldPanel("intro"),
    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel(level.column) for level in Level])],
        heading=_("Cấp học"),
        help_text=_("Không đánh dấu cấp nào nghĩa là dùng được cho mọi cấp."),
    ),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel(audience.column) for audience in Audience])],
        heading=_("Dành cho"),
        help_text=_("Không đánh dấu ai nghĩa là dành cho mọi người."),
    ),
    InlinePanel("files", heading=_("Tệp để tải về"), label=_("Tệp")),
    MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Ảnh bìa")),
    FieldPanel("body"),
    FieldPanel("key_points"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("author"), FieldPanel("year")]),
            FieldPanel("source"),
            FieldPanel("source_url"),
            FieldPanel("licence"),
        ],
        heading=_("Ai làm, được dùng thế nào"),
    ),
    FieldRowPanel([FieldPanel("published_on"), FieldPanel("valid_until")], heading=_("Thời gian")),
    InlinePanel("links", heading=_("Thủ tục, tin, văn bản liên quan"), label=_("Trang")),
]
