"""The editing screen of a procedure, in the order of the national record."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

CONTENT_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("title", heading=_("Tên thủ tục")),
            FieldPanel("full_name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
            FieldPanel("field"),
            FieldPanel("levels"),
            FieldPanel("audiences"),
        ],
        heading=_("Thủ tục"),
    ),
    InlinePanel("decisions", heading=_("Quyết định công bố"), label=_("Quyết định")),
    MultiFieldPanel(
        [
            FieldPanel("authority"),
            InlinePanel("places", heading=_("Nơi tiếp nhận"), label=_("Nơi tiếp nhận")),
            FieldPanel("delegated"),
            FieldPanel("coordinating"),
            FieldPanel("implementing"),
        ],
        heading=_("Cơ quan, nơi tiếp nhận"),
    ),
    InlinePanel("related", heading=_("Thủ tục liên quan"), label=_("Thủ tục")),
    InlinePanel("steps", heading=_("Trình tự thực hiện"), label=_("Bước")),
    InlinePanel("ways", heading=_("Cách thức thực hiện"), label=_("Cách nộp")),
    FieldPanel("dossier"),
    InlinePanel("samples", heading=_("Hồ sơ mẫu đã điền"), label=_("Hồ sơ mẫu")),
    InlinePanel("guides", heading=_("Hỏi đáp, hướng dẫn"), label=_("Trang")),
    InlinePanel("bases", heading=_("Căn cứ pháp lý"), label=_("Căn cứ")),
    MultiFieldPanel(
        [
            FieldPanel("conditions"),
            InlinePanel("results", heading=_("Kết quả"), label=_("Kết quả")),
            FieldPanel("keywords"),
            FieldPanel("description"),
        ],
        heading=_("Điều kiện, kết quả, từ khóa"),
    ),
    InlinePanel("internal_steps", heading=_("Quy trình nội bộ"), label=_("Bước nội bộ")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("online_level"), FieldPanel("online_url")]),
            FieldPanel("online_guide"),
            FieldRowPanel([FieldPanel("post_receives"), FieldPanel("post_returns")]),
            FieldPanel("post_note"),
            FieldPanel("takes_certified_copies"),
            FieldPanel("help_contact"),
        ],
        heading=_("Nộp trực tuyến, bưu chính, nơi hỏi"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("state"), FieldPanel("effective_from"), FieldPanel("effective_to")]),
            PageChooserPanel("replaced_by", "procedures.ProcedurePage"),
            FieldPanel("replaced_by_code"),
        ],
        heading=_("Hiệu lực"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("needs_confirmation"),
            FieldPanel("grade"),
            FieldPanel("source"),
            FieldPanel("source_url"),
            FieldPanel("checked_on"),
            FieldPanel("staff_note"),
            InlinePanel("differences", heading=_("Hai nguồn nói khác nhau"), label=_("Chỗ khác")),
        ],
        heading=_("Nguồn và lần kiểm tra gần nhất"),
    ),
]
