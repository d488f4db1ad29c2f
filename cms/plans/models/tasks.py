"""The rows of the annex."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from cms.plans.enums import DeadlineKind, Recurrence
from cms.plans.querysets import PlanTaskQuerySet

MOST_SHIFT = 60


class PlanTask(ClusterableModel, Orderable):
    """A row of the annex. ``key`` never changes, so that progress stays with its task through every revision."""

    page = ParentalKey("plans.PlanPage", on_delete=models.CASCADE, related_name="tasks")
    key = models.UUIDField(_("khóa"), default=uuid.uuid4, editable=False, db_index=True)
    printed_order = models.CharField(
        _("thứ tự in"), max_length=20, blank=True, help_text=_("Như in trên văn bản, kể cả khi in trùng số.")
    )
    part = models.CharField(_("nhóm nhiệm vụ"), max_length=300, blank=True)
    content = models.TextField(_("nội dung"))
    product = models.TextField(_("sản phẩm"), blank=True)
    responsible = models.TextField(_("đơn vị thực hiện (như in)"), blank=True)
    units = ParentalManyToManyField(
        "core.Unit",
        verbose_name=_("đơn vị trong danh mục"),
        blank=True,
        related_name="+",
        help_text=_("Các đơn vị này được cập nhật tiến độ."),
    )
    deadline_kind = models.CharField(
        _("kiểu thời hạn"), max_length=20, choices=DeadlineKind, default=DeadlineKind.OTHER
    )
    deadline_text = models.CharField(_("thời hạn (như in)"), max_length=300, blank=True)
    deadline_on = models.DateField(_("ngày phải xong"), null=True, blank=True)
    recurrence = models.CharField(
        _("lặp lại"),
        max_length=12,
        choices=Recurrence,
        blank=True,
        help_text=_("Chọn cho việc phải làm mỗi kỳ; mỗi kỳ có tiến độ riêng."),
    )
    recurs_from = models.DateField(
        _("lặp từ ngày"), null=True, blank=True, help_text=_("Để trống: từ ngày ban hành kế hoạch.")
    )
    recurs_until = models.DateField(_("đến ngày"), null=True, blank=True, help_text=_("Để trống: đến hết năm ấy."))
    due_shift = models.SmallIntegerField(
        _("hạn lệch cuối kỳ (ngày)"),
        default=0,
        help_text=_("0: ngày cuối kỳ; 5: năm ngày sau khi hết kỳ; -5: năm ngày trước khi hết kỳ."),
    )
    shift_in_working_days = models.BooleanField(_("đếm theo ngày làm việc"), default=False)
    note = models.TextField(_("ghi chú"), blank=True)

    objects = PlanTaskQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("printed_order"), FieldPanel("part")]),
        FieldPanel("content"),
        FieldPanel("product"),
        FieldPanel("responsible"),
        FieldPanel("units"),
        FieldRowPanel([FieldPanel("deadline_kind"), FieldPanel("deadline_text"), FieldPanel("deadline_on")]),
        FieldRowPanel([FieldPanel("recurrence"), FieldPanel("recurs_from"), FieldPanel("recurs_until")]),
        FieldRowPanel([FieldPanel("due_shift"), FieldPanel("shift_in_working_days")]),
        FieldPanel("note"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")

    def __str__(self) -> str:
        return f"{self.printed_order}. {self.content}"[:120]

    def clean(self) -> None:
        """The days of a recurring task must leave room for at least one of its periods."""
        super().clean()
        if self.recurs_from and self.recurs_until and self.recurs_until < self.recurs_from:
            raise ValidationError({"recurs_until": _("Ngày cuối phải sau ngày đầu.")})
        if abs(self.due_shift or 0) > MOST_SHIFT:
            raise ValidationError({"due_shift": _("Chỉ lệch nhiều nhất 60 ngày.")})
