"""The editing screen of a document, in the order in which a clerk reads the paper."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel

from cms.media.panels import FileTextPanel

CONTENT_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("title", heading=_("Trích yếu")),
            FieldPanel("full_abstract"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
            FieldPanel("issuer"),
            FieldRowPanel([FieldPanel("issued_on"), FieldPanel("area")]),
        ],
        heading=_("Văn bản"),
    ),
    InlinePanel("attachments", heading=_("Tệp đính kèm"), label=_("Tệp")),
    FileTextPanel(heading=_("Tìm trong tệp đính kèm")),
    FieldPanel("body"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
            FieldPanel("recipients"),
        ],
        heading=_("Người ký, nơi nhận"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("effective_on"), FieldPanel("expires_on")]),
            FieldPanel("legal_status", read_only=True),
            InlinePanel("relations", heading=_("Thay thế, sửa đổi, bãi bỏ"), label=_("Quan hệ")),
        ],
        heading=_("Hiệu lực"),
    ),
    InlinePanel("bases", heading=_("Văn bản căn cứ"), label=_("Căn cứ")),
    InlinePanel("announced", heading=_("Thủ tục hành chính được công bố"), label=_("Thủ tục")),
    FieldRowPanel([FieldPanel("reform_part"), FieldPanel("reform_year")], heading=_("Trang năm cải cách hành chính")),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("consult_from"), FieldPanel("consult_until")]),
            FieldPanel("consult_contact"),
            FieldPanel("consult_summary"),
            PageChooserPanel("consult_result", "official_documents.OfficialDocumentPage"),
        ],
        heading=_("Lấy ý kiến dự thảo"),
        classname="collapsed",
    ),
]
