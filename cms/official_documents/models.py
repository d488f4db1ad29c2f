"""The register of official documents: who issued which paper, when, about what, and whether it still binds."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager

from modelcluster.fields import ParentalKey

from cms.core.blocks import StoryBlock
from cms.core.models import AttachedFile, BasePage, Citation, CitationLine, citation_lines, number_as_printed
from cms.core.search import SearchText
from cms.core.text import clean_line, fold, parse_document_number, slug
from cms.official_documents.enums import DOCUMENT_KINDS, LegalStatus, kind_of_number
from cms.official_documents.querysets import (
    DocumentFieldQuerySet,
    DocumentFilters,
    IssuerQuerySet,
    OfficialDocumentQuerySet,
)

# Lists of older portals cut long titles with these (S91).
CUT_MARKS = ("...", "…")


def check_number(number: str) -> None:
    """Raise ValidationError when ``number`` cannot be the number of a document."""
    if not any(character.isdigit() for character in number):
        raise ValidationError(_("Số ký hiệu phải có chữ số, ví dụ 21/KH-GD&ĐT."), code="number")


def check_days(*, issued_on: date | None, effective_on: date | None) -> None:
    """Raise ValidationError when the days of a document contradict each other."""
    if issued_on and issued_on > timezone.localdate() + timedelta(days=366):
        raise ValidationError(_("Ngày ban hành ở quá xa sau hôm nay."), code="issued_on")
    if issued_on and effective_on and effective_on < issued_on:
        raise ValidationError(_("Ngày có hiệu lực không thể trước ngày ban hành."), code="effective_on")


class Issuer(models.Model):
    """A body that issues documents. Its name stays as it was: archives are not rewritten after a reform."""

    name = models.CharField(_("tên"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)
    abbreviation = models.CharField(
        _("viết tắt trong số ký hiệu"), max_length=40, blank=True, help_text=_("Ví dụ: SGDĐT, UBND, GD&ĐT.")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = IssuerQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("abbreviation"), FieldPanel("order")]

    class Meta:
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.key = self.key_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        """Return what is equal for every spelling of one name."""
        return fold(name)[:200]


class DocumentField(models.Model):
    """A field of work that documents belong to, such as admissions."""

    name = models.CharField(_("tên"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = DocumentFieldQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("order")]

    class Meta:
        verbose_name = _("lĩnh vực văn bản")
        verbose_name_plural = _("lĩnh vực văn bản")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class OfficialDocumentIndexPage(BasePage):
    """The register as readers see it: one form of filters, newest first."""

    template = "pages/official_documents/official_document_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["official_documents.OfficialDocumentPage"]
    max_count = 1

    intro = models.CharField(_("lời dẫn"), max_length=300, blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang danh mục văn bản")
        verbose_name_plural = _("trang danh mục văn bản")

    def get_context(self, request, *args, **kwargs):
        """Add ``document_page`` (one page of documents) and ``asked``; the tags make the filters of them."""
        context = super().get_context(request, *args, **kwargs)
        asked = DocumentFilters.from_query(request.GET)
        documents = OfficialDocumentPage.objects.readable()
        context["asked"] = asked
        context["choices_left"] = documents.choices_left()
        context["document_page"] = documents.filtered(asked).newest().listed(request.GET.get("trang"))
        # A list narrowed by a reader is a view of the page, not a page for other search engines.
        context["noindex"] = bool(asked)
        return context


class OfficialDocumentPage(BasePage):
    """One document. The title is its abstract (trích yếu) as printed."""

    template = "pages/official_documents/official_document_page.html"
    parent_page_types = ["official_documents.OfficialDocumentIndexPage"]
    subpage_types: list[str] = []

    full_abstract = models.TextField(
        _("trích yếu đầy đủ"), blank=True, help_text=_("Chỉ điền khi trích yếu dài hơn 255 chữ.")
    )
    abstract_cut = models.BooleanField(_("trích yếu bị cắt"), default=False, editable=False, db_index=True)
    number = models.CharField(_("số ký hiệu"), max_length=100, help_text=_("Như in trên văn bản, ví dụ 21/KH-GD&ĐT."))
    number_key = models.CharField(max_length=100, editable=False, db_index=True)
    document_type = models.CharField(
        _("loại văn bản"),
        max_length=40,
        choices=DOCUMENT_KINDS,
        blank=True,
        db_index=True,
        help_text=_("Để trống thì lấy theo số ký hiệu."),
    )
    issuer = models.ForeignKey(
        Issuer, verbose_name=_("cơ quan ban hành"), on_delete=models.PROTECT, related_name="documents"
    )
    area = models.ForeignKey(
        DocumentField,
        verbose_name=_("lĩnh vực"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField(_("năm"), default=0, editable=False, db_index=True)
    sort_on = models.DateField(editable=False)
    effective_on = models.DateField(_("ngày có hiệu lực"), null=True, blank=True)
    legal_status = models.CharField(_("hiệu lực"), max_length=20, choices=LegalStatus, default=LegalStatus.UNKNOWN)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("văn bản sửa đổi, thay thế"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaces",
    )
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=160, blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi nơi một dòng."))
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)
    source_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = PageManager.from_queryset(OfficialDocumentQuerySet)()

    content_panels = [
        MultiFieldPanel(
            [
                FieldPanel("title", heading=_("Trích yếu")),
                FieldPanel("full_abstract"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("document_type")]),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
                FieldRowPanel([FieldPanel("issuer"), FieldPanel("area")]),
            ],
            heading=_("Văn bản"),
        ),
        InlinePanel("attachments", heading=_("Tệp đính kèm"), label=_("Tệp")),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("signer"), FieldPanel("signer_title")]),
                FieldPanel("recipients"),
            ],
            heading=_("Người ký, nơi nhận"),
        ),
        MultiFieldPanel([FieldPanel("legal_status"), PageChooserPanel("replaced_by")], heading=_("Hiệu lực")),
        InlinePanel("bases", heading=_("Văn bản căn cứ"), label=_("Căn cứ")),
    ]

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = [
            models.Index(fields=["-sort_on", "-page_ptr"], name="document_newest"),
            models.Index(fields=["document_type", "-sort_on"], name="document_kind"),
            models.Index(fields=["issued_year", "-sort_on"], name="document_year"),
        ]

    @property
    def abstract(self) -> str:
        return self.full_abstract or self.title

    @property
    def kind_label(self) -> str:
        return self.get_document_type_display()

    @property
    def recipient_lines(self) -> list[str]:
        return [line for line in self.recipients.splitlines() if line.strip()]

    @property
    def basis_lines(self) -> list[CitationLine]:
        return citation_lines(self.bases.all())

    @property
    def doubles(self) -> Any:
        """Others with the same number in the same year of the same issuer; a warning, never a refusal (S92)."""
        return type(self).objects.same_number_as(self)

    def search_text(self) -> SearchText:
        """What the site's search knows of this document."""
        body = self.body.stream_block.get_searchable_content(self.body)
        return SearchText(
            title=self.abstract,
            body=" ".join(filter(None, [self.kind_label, self.issuer.name, self.signer, *body])),
            url=self.url or "",
            date=self.issued_on,
            number=self.number,
            unit_id=self.owner_unit_id,
        )

    def _set_core_field_defaults(self) -> None:
        """A document is known by its number, so its address is the number and the year."""
        if not self.slug and self.number:
            self._derive()
            self.slug = self._get_autogenerated_slug(slug(f"{self.number} {self.issued_year or ''}"))
        super()._set_core_field_defaults()

    def clean(self) -> None:
        """The rules that the editor's form and the importer share."""
        super().clean()
        check_number(self.number or "")
        check_days(issued_on=self.issued_on, effective_on=self.effective_on)
        if self.pk and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("Văn bản không thể thay thế chính mình.")})

    def full_clean(self, *args, **kwargs) -> None:
        self._derive()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs) -> None:
        self._derive()
        super().save(*args, **kwargs)

    def _derive(self) -> None:
        """Fill what follows from number, day and title, so that it can never disagree with them."""
        self.number, self.number_key = number_as_printed(self.number or "")
        self.document_type = self.document_type or kind_of_number(self.number) or "khac"
        self.issued_year = self.issued_on.year if self.issued_on else parse_document_number(self.number).year or 0
        self.sort_on = self.issued_on or date(max(self.issued_year, 1900), 1, 1)
        self.abstract_cut = (self.full_abstract or self.title or "").rstrip().endswith(CUT_MARKS)


class DocumentAttachment(AttachedFile):
    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="attachments")

    class Meta(AttachedFile.Meta):
        verbose_name = _("tệp đính kèm")
        verbose_name_plural = _("tệp đính kèm")


class DocumentBasis(Citation):
    page = ParentalKey(OfficialDocumentPage, on_delete=models.CASCADE, related_name="bases")

    class Meta(Citation.Meta):
        verbose_name = _("văn bản căn cứ")
        verbose_name_plural = _("văn bản căn cứ")
