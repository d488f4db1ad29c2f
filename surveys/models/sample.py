"""What a sample stands for: how large each group of the whole is, and what is to be reached."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.enums import UnitKind
from surveys.enums import TargetMeasure
from surveys.models.survey import Survey


class Stratum(models.Model):
    """How many people, or transactions, one group of a quarter has; responses of the group are weighted by it."""

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="strata")
    code = models.SlugField(_("mã nhóm"), max_length=40, help_text=_("Như ghi ở phiếu: cách trả lời, hoặc kênh."))
    label = models.CharField(_("nhóm"), max_length=100)
    quarter = models.DateField(_("quý"), help_text=_("Ngày đầu của quý."))
    population = models.PositiveIntegerField(_("tổng thể"), help_text=_("Số giao dịch, hoặc số người, của nhóm."))
    source = models.CharField(_("nguồn số liệu"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("nhóm chọn mẫu")
        verbose_name_plural = _("các nhóm chọn mẫu")
        ordering = ["quarter", "code"]
        constraints = [models.UniqueConstraint(fields=["survey", "code", "quarter"], name="one_stratum_a_quarter")]

    def __str__(self) -> str:
        return f"{self.label}, {self.quarter:%m/%Y}"


class SurveyTarget(models.Model):
    """What is to be reached: 95 % at primary level, say. Without a kind of unit it is for the whole agency."""

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="targets")
    unit_kind = models.CharField(_("cấp, loại đơn vị"), max_length=20, choices=UnitKind, blank=True)
    year = models.PositiveSmallIntegerField(
        _("năm"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        help_text=_("Để trống nếu năm nào cũng vậy."),
    )
    measure = models.CharField(_("đo bằng"), max_length=10, choices=TargetMeasure, default=TargetMeasure.TOP2)
    value = models.DecimalField(
        _("phải đạt"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Phần trăm, hoặc điểm từ 1 đến 5."),
    )
    source = models.CharField(_("căn cứ"), max_length=200, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("các chỉ tiêu")
        ordering = ["unit_kind", "year", "measure"]
        constraints = [
            models.UniqueConstraint(fields=["survey", "unit_kind", "year", "measure"], name="one_target_a_year"),
            models.UniqueConstraint(
                fields=["survey", "unit_kind", "measure"], condition=Q(year=None), name="one_target_for_every_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display() or self.survey}: {self.value}"
