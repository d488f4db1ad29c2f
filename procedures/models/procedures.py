"""One administrative procedure, with every part of the national record."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.models import BasePage
from cms.core.panels import PageForm
from cms.core.search import SearchText
from cms.core.text import clean_line, fold
from procedures.blocks import DossierBlock
from procedures.enums import PROCEDURE_CODE, Audience, Grade, Level, OnlineLevel, ProcedureKind, ProcedureState
from procedures.models.below import ProcedureBelow
from procedures.models.catalogue import ProcedureField
from procedures.models.codes import CodesField
from procedures.models.reading import ProcedureReading
from procedures.panels import CONTENT_PANELS
from procedures.querysets import ProcedureQuerySet

_EDGES = " .;,"
_LEADS_OUT = ("action-publish", "action-submit", "action-restart-workflow")
UNCONFIRMED = _("Hãy kiểm nội dung với nguồn, rồi bỏ dấu “cần xác nhận” trước khi đăng.")


def check_code(code: str) -> None:
    """Raise ValidationError when ``code`` is not one of the national base or a province's variant of it."""
    if not PROCEDURE_CODE.fullmatch(code):
        raise ValidationError({"code": _("Mã thủ tục có dạng 1.004494, hoặc 1.014194.H38 ở địa phương.")})


class ProcedureForm(PageForm):
    """A record that nobody has confirmed is not published."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("needs_confirmation") and self._goes_on():
            self.add_error("needs_confirmation", UNCONFIRMED)
        return cleaned

    def _goes_on(self) -> bool:
        """Whether the pressed button leads to readers; sending it back or keeping the draft does not."""
        approved = "action-workflow-action" in self.data and self.data.get("workflow-action-name") == "approve"
        return approved or any(name in self.data for name in _LEADS_OUT)


class ProcedurePage(ProcedureBelow, ProcedureReading, RoutablePageMixin, BasePage):
    """One procedure. The title is its name; versions of a record are the page's own revisions, which compare."""

    template = "pages/procedures/procedure_page.html"
    parent_page_types = ["procedures.ProcedureIndexPage"]
    subpage_types: list[str] = []
    in_site_map = False
    base_form_class = ProcedureForm
    # Two records of one code would each claim its address; a copy comes from no file.
    exclude_fields_in_copy = ["source_row", "code"]

    full_name = models.TextField(_("tên đầy đủ"), blank=True, help_text=_("Chỉ điền khi tên dài hơn 255 chữ."))
    code = models.CharField(
        _("mã thủ tục"),
        max_length=20,
        db_index=True,
        help_text=_("Như trên Cổng Dịch vụ công quốc gia, ví dụ 1.004494."),
    )
    kind = models.CharField(_("loại thủ tục"), max_length=20, choices=ProcedureKind, blank=True)
    field = models.ForeignKey(
        ProcedureField, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="procedures"
    )
    levels = CodesField(_("cấp thực hiện"), catalogue=Level)
    audiences = CodesField(_("đối tượng thực hiện"), catalogue=Audience)
    authority = models.TextField(_("cơ quan có thẩm quyền"), blank=True)
    delegated = models.TextField(_("cơ quan được ủy quyền"), blank=True)
    coordinating = models.TextField(_("cơ quan phối hợp"), blank=True)
    implementing = models.TextField(_("cơ quan thực hiện"), blank=True, help_text=_("Nếu khác cơ quan có thẩm quyền."))
    dossier = StreamField(DossierBlock(), verbose_name=_("thành phần hồ sơ"), blank=True)
    conditions = models.TextField(_("yêu cầu, điều kiện"), blank=True)
    keywords = models.TextField(
        _("từ khóa"),
        blank=True,
        help_text=_("Những từ người dân hay dùng khi cần việc này, cách nhau bằng dấu phẩy: chuyển trường, mất bằng."),
    )
    description = models.TextField(_("mô tả"), blank=True)
    online_level = models.CharField(_("dịch vụ công trực tuyến"), max_length=20, choices=OnlineLevel, blank=True)
    online_url = models.URLField(_("địa chỉ trên Cổng Dịch vụ công quốc gia"), max_length=500, blank=True)
    online_guide = models.TextField(_("nộp trực tuyến từng bước"), blank=True, help_text=_("Mỗi bước một dòng."))
    post_receives = models.BooleanField(_("nhận hồ sơ qua bưu chính"), default=False)
    post_returns = models.BooleanField(_("trả kết quả qua bưu chính"), default=False)
    post_note = models.TextField(_("hướng dẫn gửi bưu chính"), blank=True)
    takes_certified_copies = models.BooleanField(
        _("nhận bản sao điện tử được chứng thực từ bản chính"),
        default=False,
        help_text=_("Trang thủ tục sẽ dẫn tới trang hướng dẫn chứng thực bản sao điện tử."),
    )
    help_contact = models.TextField(
        _("hỏi ở đâu"), blank=True, help_text=_("Mỗi dòng một nơi: người, điện thoại, thư.")
    )
    state = models.CharField(_("tình trạng"), max_length=20, choices=ProcedureState, default=ProcedureState.IN_FORCE)
    effective_from = models.DateField(_("có hiệu lực từ ngày"), null=True, blank=True)
    effective_to = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self",
        verbose_name=_("thay bằng thủ tục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replacing",
    )
    replaced_by_code = models.CharField(
        _("hoặc mã của thủ tục thay thế"), max_length=20, blank=True, help_text=_("Khi thủ tục ấy chưa có trên cổng.")
    )
    needs_confirmation = models.BooleanField(
        _("cần xác nhận"), default=False, help_text=_("Còn dấu này thì không ai ngoài cán bộ đọc được trang.")
    )
    grade = models.CharField(_("độ tin cậy của nguồn"), max_length=1, choices=Grade, blank=True)
    source = models.TextField(_("nguồn"), blank=True)
    source_url = models.URLField(_("địa chỉ của nguồn"), max_length=500, blank=True)
    checked_on = models.DateField(_("ngày kiểm tra gần nhất"), null=True, blank=True)
    staff_note = models.TextField(
        _("ghi chú cho cán bộ"), blank=True, help_text=_("Điều còn phải kiểm; không hiện trên trang công khai.")
    )
    sort_name = models.CharField(max_length=255, editable=False, default="")
    abolished = models.BooleanField(default=False, editable=False)
    source_row = models.JSONField(default=dict, blank=True, editable=False)

    objects = PageManager.from_queryset(ProcedureQuerySet)()

    content_panels = CONTENT_PANELS

    class Meta:
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        indexes = [
            models.Index(fields=["abolished", "sort_name"], name="procedure_order"),
            models.Index(fields=["field", "sort_name"], name="procedure_field"),
        ]

    def search_text(self) -> SearchText:
        """What the site's search knows of this procedure: its name, its code, and what people need it for."""
        papers = self.dossier.stream_block.get_searchable_content(self.dossier)
        words = [self.keywords, self.code, self.field.name, *self.level_labels, *self.audience_labels]
        words += [self.authority, self.description, *(result.name for result in self.results.all()), *papers]
        return SearchText(
            title=self.name,
            body=" ".join(filter(None, words)),
            url=self.url or "",
            date=self.effective_from,
            number=self.code,
            unit_id=self.owner_unit_id,
        )

    def with_content_json(self, content: dict[str, Any]) -> "ProcedurePage":
        """Which row of a file it came from is the import's own note; an old draft knows nothing of it."""
        return super().with_content_json(content | {"source_row": self.source_row})

    def address_words(self) -> str:
        """The name and the code: two procedures of one name are told apart by it."""
        return f"{self.title} {self.code}" if self.code else super().address_words()

    def clean(self) -> None:
        """The rules that the editor's form and the importer share."""
        super().clean()
        check_code(self.code)
        if type(self).objects.with_code([self.code]).exclude(pk=self.pk).exists():
            raise ValidationError({"code": _("Đã có trang của thủ tục mang mã này.")})
        if self.effective_from and self.effective_to and self.effective_to < self.effective_from:
            raise ValidationError({"effective_to": _("Ngày hết hiệu lực không thể trước ngày có hiệu lực.")})
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("Thủ tục không thể thay bằng chính nó.")})

    def full_clean(self, *args, **kwargs) -> None:
        self._derive()
        super().full_clean(*args, **kwargs)

    def publish(self, revision: Any, *args, **kwargs) -> Any:
        """Refuse a version that nobody has confirmed, for now or for a day to come; what is public stays."""
        if revision.content.get("needs_confirmation"):
            raise ValidationError({"needs_confirmation": UNCONFIRMED})
        return super().publish(revision, *args, **kwargs)

    def save(self, clean: bool = True, **kwargs) -> None:
        """Refuse to be public unconfirmed, also where a screen of Wagtail publishes past :meth:`publish`."""
        if clean and self.live and self.needs_confirmation:
            raise ValidationError({"needs_confirmation": UNCONFIRMED})
        self._derive()
        super().save(clean=clean, **kwargs)

    def _derive(self) -> None:
        """Fill what follows from name, code and state, so that it can never disagree with them."""
        self.code = clean_line(self.code or "").strip(_EDGES)
        self.sort_name = fold(self.name or "")[:255]
        self.abolished = self.state == ProcedureState.ABOLISHED
