"""One document."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.enums import CommentsMode
from cms.core.models import BasePage, number_as_printed
from cms.core.search import SearchText
from cms.core.text import parse_document_number
from cms.official_documents.enums import (
    DOCUMENT_KINDS,
    DRAFT,
    OTHER,
    LegalStatus,
    ReformPart,
    kind_of_number,
)
from cms.official_documents.models.catalogue import DocumentField, Issuer
from cms.official_documents.models.reading import DocumentReading
from cms.official_documents.panels import CONTENT_PANELS
from cms.official_documents.querysets import OfficialDocumentQuerySet

# Lists of older portals cut long titles with these (S91).
CUT_MARKS = ("...", "…")


def check_number(number: str) -> None:
    """Raise ValidationError when ``number`` cannot be the number of a document."""
    if not any(character.isdigit() for character in number):
        raise ValidationError({"number": _("Số ký hiệu phải có chữ số, ví dụ 21/KH-GD&ĐT.")})


def check_days(*, issued_on: date | None, effective_on: date | None, expires_on: date | None = None) -> None:
    """Raise ValidationError when the days of a document contradict each other, each beside its field."""
    errors = {}
    if issued_on and issued_on > timezone.localdate() + timedelta(days=366):
        errors["issued_on"] = _("Ngày ban hành ở quá xa sau hôm nay.")
    if issued_on and effective_on and effective_on < issued_on:
        errors["effective_on"] = _("Ngày có hiệu lực không thể trước ngày ban hành.")
    begins = effective_on or issued_on
    if begins and expires_on and expires_on < begins:
        errors["expires_on"] = _("Ngày hết hiệu lực không thể trước ngày có hiệu lực.")
    if errors:
        raise ValidationError(errors)


class OfficialDocumentPage(DocumentReading, RoutablePageMixin, BasePage):
    """One document. The title is its abstract (trích yếu) as printed."""

    template = "pages/official_documents/official_document_page.html"
    parent_page_types = ["official_documents.OfficialDocumentIndexPage"]
    subpage_types: list[str] = []
    in_site_map = False
    exclude_fields_in_copy = ["legal_status", "source_digest"]

    full_abstract = models.TextField(
        _("trích yếu đầy đủ"), blank=True, help_text=_("Chỉ điền khi trích yếu dài hơn 255 chữ.")
    )
    abstract_cut = models.BooleanField(_("trích yếu bị cắt"), default=False, editable=False, db_index=True)
    number = models.CharField(
        _("số ký hiệu"),
        max_length=100,
        blank=True,
        help_text=_("Như in trên văn bản, ví dụ 21/KH-GD&ĐT. Chỉ dự thảo lấy ý kiến mới được để trống."),
    )
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
    expires_on = models.DateField(
        _("ngày hết hiệu lực"), null=True, blank=True, help_text=_("Khi văn bản tự ghi ngày hết hiệu lực.")
    )
    legal_status = models.CharField(
        _("hiệu lực"), max_length=20, choices=LegalStatus, default=LegalStatus.UNKNOWN, editable=False
    )
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    signer_title = models.CharField(_("chức vụ người ký"), max_length=160, blank=True)
    recipients = models.TextField(_("nơi nhận"), blank=True, help_text=_("Mỗi nơi một dòng."))
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)
    reform_part = models.CharField(
        _("việc của năm cải cách hành chính"),
        max_length=20,
        choices=ReformPart,
        blank=True,
        help_text=_("Chọn thì văn bản hiện ở trang năm trong mục Cải cách hành chính."),
    )
    reform_year = models.PositiveSmallIntegerField(
        _("của năm"), null=True, blank=True, help_text=_("Để trống thì lấy năm ban hành.")
    )
    consult_from = models.DateField(_("lấy ý kiến từ ngày"), null=True, blank=True)
    consult_until = models.DateField(
        _("đến hết ngày"), null=True, blank=True, help_text=_("Điền ngày này thì trang là dự thảo lấy ý kiến.")
    )
    consult_contact = models.TextField(
        _("nơi nhận ý kiến"), blank=True, help_text=_("Mỗi dòng một nơi: người, điện thoại, thư, địa chỉ.")
    )
    consult_summary = StreamField(
        StoryBlock(),
        verbose_name=_("tổng hợp, tiếp thu, giải trình ý kiến"),
        blank=True,
        help_text=_("Điền sau khi hết hạn: có bao nhiêu ý kiến, tiếp thu gì, vì sao không tiếp thu."),
    )
    consult_result = models.ForeignKey(
        "self",
        verbose_name=_("văn bản đã ban hành"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="drafts",
    )
    source_digest = models.CharField(max_length=64, blank=True, default="", editable=False)

    objects = PageManager.from_queryset(OfficialDocumentQuerySet)()

    content_panels = CONTENT_PANELS

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = [
            models.Index(fields=["-sort_on", "-page_ptr"], name="document_newest"),
            models.Index(fields=["document_type", "-sort_on"], name="document_kind"),
            models.Index(fields=["issued_year", "-sort_on"], name="document_year"),
            models.Index(fields=["issuer", "-sort_on"], name="document_issuer"),
            models.Index(fields=["area", "-sort_on"], name="document_area"),
            models.Index(fields=["reform_year", "sort_on"], name="document_reform_year"),
        ]

    def search_text(self) -> SearchText:
        """What the site's search knows of this document."""
        body = [
            text
            for stream in (self.body, self.consult_summary)
            for text in stream.stream_block.get_searchable_content(stream)
        ]
        announced = [f"{row.code} {row.name}" for row in self.announced.all()]
        words = [self.kind_label, self.issuer.name, self.signer, *announced, *body]
        return SearchText(
            title=self.abstract,
            body=" ".join(filter(None, words)),
            url=self.url or "",
            date=self.issued_on,
            number=self.number,
            unit_id=self.owner_unit_id,
        )

    def with_content_json(self, content: dict[str, Any]) -> "OfficialDocumentPage":
        """Status follows from what is published; an old draft knows nothing of it."""
        return super().with_content_json(content | {"legal_status": self.legal_status})

    def takes_comments(self, today: date) -> bool:
        """A draft waits for its first day, too."""
        begun = self.consult_from is None or self.consult_from <= today
        return begun and super().takes_comments(today)

    def address_words(self) -> str:
        """A document is known by its number, so its address is the number and the year."""
        self._derive()
        return f"{self.number} {self.issued_year or ''}" if self.number else super().address_words()

    def clean(self) -> None:
        """The rules that the editor's form and the importer share."""
        super().clean()
        if self.number or not self.consult_until:
            check_number(self.number or "")
        check_days(issued_on=self.issued_on, effective_on=self.effective_on, expires_on=self.expires_on)
        if self.consult_from and self.consult_until and self.consult_until < self.consult_from:
            raise ValidationError({"consult_until": _("Ngày hết hạn góp ý không thể trước ngày bắt đầu.")})
        if self.consult_from and not self.consult_until:
            raise ValidationError({"consult_until": _("Hãy điền ngày hết hạn góp ý.")})

    def full_clean(self, *args, **kwargs) -> None:
        self._derive()
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs) -> None:
        self._derive()
        super().save(*args, **kwargs)

    def _derive(self) -> None:
        """Fill what follows from number, day and title, so that it can never disagree with them."""
        self.number, self.number_key = number_as_printed(self.number or "") if self.number else ("", "")
        given = "" if self.document_type == DRAFT else self.document_type
        self.document_type = DRAFT if self.consult_until else given or kind_of_number(self.number) or OTHER
        known = self.issued_on or self.consult_from or self.consult_until
        self.issued_year = known.year if known else parse_document_number(self.number).year or 0
        self.sort_on = known or date(max(self.issued_year, 1900), 1, 1)
        self.abstract_cut = (self.full_abstract or self.title or "").rstrip().endswith(CUT_MARKS)
        if self.consult_until:
            # A draft is there to be judged, and no longer than its last day; one date, not two that may differ.
            self.comments_close_on = self.consult_until
            self.comments = CommentsMode.OPEN if self.comments == CommentsMode.OFF else self.comments
        if self.reform_part:
            self.reform_year = self.reform_year or self.issued_year or None
