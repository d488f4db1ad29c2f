"""The working-day calendar: the dates that are not what their weekday says."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import CalendarDayKind
from cms.core.querysets.calendar import CalendarDayQuerySet
from cms.core.text import format_vietnamese_date


class CalendarDay(models.Model):
    """A holiday, a compensatory day off or a make-up Saturday, with the document that says so."""

    date = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại ngày"), max_length=20, choices=CalendarDayKind)
    label = models.CharField(_("tên ngày"), max_length=160, help_text=_("Ví dụ: Giỗ Tổ Hùng Vương."))
    source = models.CharField(
        _("căn cứ"), max_length=255, blank=True, help_text=_("Văn bản quy định hoặc thông báo lịch nghỉ.")
    )
    confirmed = models.BooleanField(
        _("đã xác nhận"),
        default=False,
        help_text=_("Chỉ đánh dấu khi đã có thông báo lịch nghỉ chính thức của năm đó."),
    )
    edited = models.BooleanField(_("do người sửa"), default=False, editable=False)
    removed = models.BooleanField(_("đã bỏ khỏi lịch"), default=False, editable=False)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("ngày trong lịch làm việc")
        verbose_name_plural = _("lịch ngày làm việc")
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{format_vietnamese_date(self.date)}: {self.label}"
