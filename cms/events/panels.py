"""The editing screens of the calendar."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel

EVENT_PANELS = [
    FieldPanel("kind"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_at")]),
            FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_at")]),
        ],
        _("Thời gian"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("repeats"), FieldPanel("repeats_until")]),
            InlinePanel("exceptions", heading=_("Ngày không diễn ra"), label=_("Ngày")),
        ],
        _("Lặp lại"),
    ),
    MultiFieldPanel([FieldPanel("standing"), FieldPanel("standing_note")], _("Còn diễn ra không")),
    MultiFieldPanel([FieldPanel("place"), FieldPanel("address"), FieldPanel("online_url")], _("Ở đâu")),
    MultiFieldPanel([FieldPanel("organiser"), FieldPanel("audience"), FieldPanel("contact")], _("Ai tổ chức, cho ai")),
    FieldPanel("lead"),
    MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("image_caption")], _("Ảnh")),
    FieldPanel("body"),
]

WEEK_PANELS = [
    FieldRowPanel([FieldPanel("week_start"), FieldPanel("unit")]),
    FieldPanel("note"),
    InlinePanel("entries", heading=_("Các việc trong tuần"), label=_("Việc")),
]

ENTRY_PANELS = [
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("weekday"), FieldPanel("part")]),
            FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
            FieldPanel("content"),
            FieldRowPanel([FieldPanel("kind"), FieldPanel("cancelled")]),
            FieldPanel("leaders"),
            FieldPanel("place"),
            FieldRowPanel([FieldPanel("prepared_by"), FieldPanel("unit")]),
            FieldPanel("participants"),
        ]
    )
]
