"""What hangs on a procedure, a row each: decisions, steps, ways, places, results, bases, samples, inner steps."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.core.models import AttachedFile, Citation
from cms.core.working_days import MAX_DAYS
from procedures.enums import MOST_FEE, Channel, FeeKind, TimeUnit
from procedures.models.catalogue import ReceivingPlace
from procedures.models.lines import fee_words, time_words
from procedures.models.procedures import ProcedurePage


class ProcedureDecision(Citation):
    """A decision that announces this procedure (S96)."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="decisions")

    class Meta(Citation.Meta):
        verbose_name = _("quyết định công bố")
        verbose_name_plural = _("quyết định công bố")


class ProcedureBasis(Citation):
    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="bases")

    class Meta(Citation.Meta):
        verbose_name = _("căn cứ pháp lý")
        verbose_name_plural = _("căn cứ pháp lý")


class ProcedureStep(Orderable):
    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(_("tên bước"), max_length=200, blank=True, help_text=_("Ví dụ: Nộp hồ sơ."))
    text = models.TextField(_("ai làm gì"))

    panels = [FieldPanel("name"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("bước thực hiện")
        verbose_name_plural = _("trình tự thực hiện")

    def __str__(self) -> str:
        return self.name or self.text[:60]


class SubmissionWay(Orderable):
    """One row of “Cách thức thực hiện”. A channel may stand in several: other people, other times (S76–S78)."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="ways")
    channel = models.CharField(_("hình thức nộp"), max_length=10, choices=Channel, default=Channel.DIRECT)
    audience_note = models.CharField(
        _("cho ai, trường hợp nào"), max_length=200, blank=True, help_text=_("Ví dụ: người ngoài tỉnh.")
    )
    quantity = models.PositiveSmallIntegerField(
        _("thời hạn"), null=True, blank=True, validators=[MaxValueValidator(MAX_DAYS)]
    )
    unit = models.CharField(_("đơn vị thời gian"), max_length=20, choices=TimeUnit, blank=True)
    time_text = models.CharField(_("nói thêm về thời hạn"), max_length=300, blank=True)
    fee_kind = models.CharField(_("phí, lệ phí"), max_length=10, choices=FeeKind, blank=True)
    fee_amount = models.PositiveIntegerField(
        _("số tiền (đồng)"), null=True, blank=True, validators=[MaxValueValidator(MOST_FEE)]
    )
    fee_text = models.CharField(_("nói thêm về phí"), max_length=300, blank=True)
    description = models.TextField(_("mô tả"), blank=True)

    panels = [
        FieldRowPanel([FieldPanel("channel"), FieldPanel("audience_note")]),
        FieldRowPanel([FieldPanel("quantity"), FieldPanel("unit"), FieldPanel("time_text")]),
        FieldRowPanel([FieldPanel("fee_kind"), FieldPanel("fee_amount"), FieldPanel("fee_text")]),
        FieldPanel("description"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("cách nộp")
        verbose_name_plural = _("cách thức thực hiện")

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """A number needs its unit, and the other way round; a sum needs its amount."""
        super().clean()
        errors = {}
        counted = bool(self.unit) and TimeUnit(self.unit).is_counted
        if counted and self.quantity is None:
            errors["quantity"] = _("Hãy điền số, hoặc chọn “không quy định”, “trả ngay trong buổi”.")
        if self.quantity is not None and not counted:
            errors["unit"] = _("Hãy chọn đơn vị của số này.") if not self.unit else _("Đơn vị này không đi với số.")
        if self.fee_kind == FeeKind.AMOUNT and self.fee_amount is None:
            errors["fee_amount"] = _("Hãy điền số tiền.")
        if self.fee_kind == FeeKind.TEXT and not self.fee_text:
            errors["fee_text"] = _("Hãy ghi phí theo quy định nào.")
        if errors:
            raise ValidationError(errors)

    @property
    def time(self) -> str:
        return time_words(self.quantity, self.unit, self.time_text)

    @property
    def fee(self) -> str:
        return fee_words(self.fee_kind, self.fee_amount, self.fee_text)

    @property
    def words(self) -> str:
        """The way in one line, as a choice of the checklist."""
        return ", ".join(filter(None, [str(self.get_channel_display()), self.audience_note, self.time]))


class ProcedurePlace(Orderable):
    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="places")
    place = models.ForeignKey(
        ReceivingPlace, verbose_name=_("nơi tiếp nhận"), on_delete=models.PROTECT, related_name="procedures"
    )
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    panels = [FieldPanel("place"), FieldPanel("note")]

    class Meta(Orderable.Meta):
        verbose_name = _("nơi tiếp nhận của thủ tục")
        verbose_name_plural = _("nơi tiếp nhận của thủ tục")

    def __str__(self) -> str:
        return str(self.place)


class RelatedProcedure(Orderable):
    """Another procedure that goes with this one: a page of the portal, or its code and name."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="related")
    code = models.CharField(_("mã thủ tục"), max_length=20)
    name = models.CharField(_("tên thủ tục"), max_length=500)

    panels = [FieldPanel("code"), FieldPanel("name")]

    class Meta(Orderable.Meta):
        verbose_name = _("thủ tục liên quan")
        verbose_name_plural = _("thủ tục liên quan")

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureResult(Orderable):
    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="results")
    name = models.CharField(_("kết quả"), max_length=500)
    code = models.CharField(_("mã kết quả"), max_length=60, blank=True, help_text=_("Ví dụ: KQ.G15.000020."))

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("code")])]

    class Meta(Orderable.Meta):
        verbose_name = _("kết quả của thủ tục")
        verbose_name_plural = _("kết quả của thủ tục")

    def __str__(self) -> str:
        return self.name


class SampleDossier(AttachedFile):
    """A dossier filled in as an example (S20). Never of a real person."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="samples")
    case_name = models.CharField(_("trường hợp"), max_length=300, blank=True)

    panels = [*AttachedFile.panels, FieldPanel("case_name")]

    class Meta(AttachedFile.Meta):
        verbose_name = _("hồ sơ mẫu")
        verbose_name_plural = _("hồ sơ mẫu")


class InternalStep(Orderable):
    """One step inside the agency: who, what, how long (S31, S85)."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="internal_steps")
    unit_name = models.CharField(_("bộ phận, người làm"), max_length=200)
    work = models.CharField(_("việc"), max_length=500)
    quantity = models.DecimalField(_("thời gian"), max_digits=5, decimal_places=1, null=True, blank=True)
    unit = models.CharField(_("đơn vị thời gian"), max_length=20, choices=TimeUnit, blank=True)
    product = models.CharField(_("kết quả của bước"), max_length=300, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("unit_name"), FieldPanel("work")]),
        FieldRowPanel([FieldPanel("quantity"), FieldPanel("unit"), FieldPanel("product")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("bước nội bộ")
        verbose_name_plural = _("quy trình nội bộ")

    def __str__(self) -> str:
        return self.work

    @property
    def time(self) -> str:
        quantity = f"{self.quantity.normalize():f}".replace(".", ",") if self.quantity is not None else None
        return time_words(quantity, self.unit)  # type: ignore[arg-type]


class SourceDifference(Orderable):
    """Where another source says something else than this record, so that readers are warned."""

    page = ParentalKey(ProcedurePage, on_delete=models.CASCADE, related_name="differences")
    what = models.CharField(_("điều gì"), max_length=120, help_text=_("Ví dụ: thời hạn giải quyết."))
    here = models.CharField(_("trang này ghi"), max_length=300)
    elsewhere = models.CharField(_("nguồn kia ghi"), max_length=300)
    source = models.CharField(_("nguồn kia"), max_length=300)

    panels = [
        FieldPanel("what"),
        FieldRowPanel([FieldPanel("here"), FieldPanel("elsewhere")]),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("chỗ hai nguồn khác nhau")
        verbose_name_plural = _("chỗ hai nguồn khác nhau")

    def __str__(self) -> str:
        return self.what
