"""What an editor hangs on a document: files, the papers it rests on, what it does to others, what it announces."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, PageChooserPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.core.models import Citation, KeyedFile
from cms.official_documents.enums import ProcedureChange, RelationKind
from cms.official_documents.models.documents import OfficialDocumentPage
from cms.official_documents.querysets import DocumentRelationQuerySet

# As the national portal writes them: 1.004494, also with the suffix of a province (1.014194.H38).
PROCEDURE_CODE = re.compile(r"\d\.\d{6}(?:\.[A-Z]?\d{2,3})?")


class DocumentAttachment(KeyedFile):
    """A file of a document."""

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(KeyedFile.Meta):
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")


class DocumentBasis(Citation):
    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="bases")

    class Meta(Citation.Meta):
        verbose_name = _("văn bản căn cứ")
        verbose_name_plural = _("văn bản căn cứ")


class DocumentRelation(Citation):
    """What this document does to another, or suffers from it, said on either of the two."""

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("quan hệ"), max_length=20, choices=RelationKind, default=RelationKind.REPLACES)
    from_on = models.DateField(
        _("từ ngày"),
        null=True,
        blank=True,
        help_text=_("Để trống thì lấy ngày có hiệu lực, rồi ngày ban hành của văn bản mới hơn."),
    )

    objects = DocumentRelationQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("from_on")]),
        PageChooserPanel("cited_page", "official_documents.OfficialDocumentPage"),
        FieldPanel("number"),
        FieldPanel("issued_on"),
        FieldPanel("issuer_name"),
        FieldPanel("abstract"),
        FieldPanel("url"),
    ]

    class Meta(Citation.Meta):
        verbose_name = _("quan hệ hiệu lực")
        verbose_name_plural = _("quan hệ hiệu lực")

    def clean(self) -> None:
        super().clean()
        if self.cited_page_id and self.cited_page_id == self.page_id:
            raise ValidationError({"cited_page": _("Văn bản không thể thay thế, sửa đổi hay bãi bỏ chính mình.")})


class AnnouncedProcedure(Orderable):
    """An administrative procedure that a decision announces, known by its code (S96)."""

    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="announced")
    code = models.CharField(
        _("mã thủ tục"),
        max_length=20,
        db_index=True,
        validators=[RegexValidator(rf"^(?:{PROCEDURE_CODE.pattern})$", _("Mã thủ tục có dạng 1.004494."))],
        help_text=_("Như trên Cổng Dịch vụ công quốc gia, ví dụ 1.004494."),
    )
    name = models.CharField(_("tên thủ tục"), max_length=500)
    change = models.CharField(_("công bố"), max_length=20, choices=ProcedureChange, default=ProcedureChange.NEW)

    panels = [FieldRowPanel([FieldPanel("code"), FieldPanel("change")]), FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("thủ tục được công bố")
        verbose_name_plural = _("thủ tục được công bố")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
