"""What the office decides once and may change: fields of work, numbers of days, reasons to decline."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from feedback.querysets import CatalogueQuerySet

_DAYS = [MinValueValidator(1), MaxValueValidator(365)]


class DeadlineProfile(models.Model):
    """Numbers of days with the law they come from. No number of days stands in code."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=120)
    triage_days = models.PositiveSmallIntegerField(
        _("số ngày để tiếp nhận"), default=2, validators=_DAYS, help_text=_("Tính từ khi phản ánh được gửi đến.")
    )
    transfer_days = models.PositiveSmallIntegerField(_("số ngày để chuyển cơ quan khác"), default=5, validators=_DAYS)
    answer_days = models.PositiveSmallIntegerField(
        _("số ngày để trả lời"), validators=_DAYS, help_text=_("Tính từ khi tiếp nhận.")
    )
    complex_answer_days = models.PositiveSmallIntegerField(_("số ngày khi vụ việc phức tạp"), validators=_DAYS)
    extension_days = models.PositiveSmallIntegerField(
        _("số ngày được gia hạn nhiều nhất"),
        default=10,
        validators=[MaxValueValidator(365)],
        help_text=_("Cộng mọi lần gia hạn của một phản ánh. Ghi 0 nếu không được gia hạn."),
    )
    reply_days = models.PositiveSmallIntegerField(
        _("số ngày chờ người gửi bổ sung"),
        default=10,
        validators=_DAYS,
        help_text=_("Quá số ngày này mà không có bổ sung thì phản ánh được kết thúc."),
    )
    reopen_days = models.PositiveSmallIntegerField(
        _("số ngày người gửi được đề nghị xem xét lại"), default=15, validators=_DAYS
    )
    working = models.BooleanField(
        _("tính ngày làm việc"), default=True, help_text=_("Bỏ chọn nếu tính cả thứ bảy, chủ nhật, ngày lễ.")
    )
    cut_off = models.TimeField(
        _("giờ chốt trong ngày"),
        null=True,
        blank=True,
        help_text=_("Tiếp nhận sau giờ này thì tính như ngày làm việc kế tiếp."),
    )
    legal_basis = models.TextField(_("căn cứ pháp lý"), blank=True)
    confirmed = models.BooleanField(
        _("đã được cơ quan xác nhận"), default=False, help_text=_("Chưa xác nhận thì nơi dùng ghi rõ “cần xác nhận”.")
    )
    active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = CatalogueQuerySet.as_manager()

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("code"), FieldPanel("order"), FieldPanel("active")], _("Tên")),
        MultiFieldPanel(
            [
                FieldPanel("triage_days"),
                FieldPanel("transfer_days"),
                FieldPanel("answer_days"),
                FieldPanel("complex_answer_days"),
                FieldPanel("extension_days"),
                FieldPanel("reply_days"),
                FieldPanel("reopen_days"),
            ],
            _("Số ngày"),
        ),
        MultiFieldPanel([FieldPanel("working"), FieldPanel("cut_off")], _("Cách tính")),
        MultiFieldPanel([FieldPanel("legal_basis"), FieldPanel("confirmed")], _("Căn cứ")),
    ]

    class Meta:
        verbose_name = _("thời hạn xử lý")
        verbose_name_plural = _("thời hạn xử lý")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def day_word(self) -> str:
        """Return what kind of days the numbers count."""
        return str(_("ngày làm việc") if self.working else _("ngày"))

    def days(self, *, complicated: bool) -> int:
        """Return the number of days for the answer."""
        return self.complex_answer_days if complicated else self.answer_days

    def clean(self) -> None:
        if self.complex_answer_days and self.answer_days and self.complex_answer_days < self.answer_days:
            message = _("Vụ việc phức tạp không thể có hạn ngắn hơn vụ việc thường.")
            raise ValidationError({"complex_answer_days": message})


class Category(models.Model):
    """A field of work that a sender chooses; it decides who receives the case and how long the answer may take."""

    code = models.SlugField(_("mã"), max_length=40, unique=True, help_text=_("Dùng trong địa chỉ và số liệu mở."))
    name = models.CharField(_("tên"), max_length=120)
    description = models.CharField(
        _("giải thích cho người gửi"), max_length=300, blank=True, help_text=_("Một câu: gửi gì vào đây.")
    )
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị nhận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Đơn vị được chọn sẵn khi người gửi không chọn đơn vị."),
    )
    profile = models.ForeignKey(
        DeadlineProfile, verbose_name=_("thời hạn xử lý"), on_delete=models.PROTECT, related_name="categories"
    )
    keep_days = models.PositiveIntegerField(
        _("số ngày giữ thông tin người gửi"),
        null=True,
        blank=True,
        validators=[MinValueValidator(30)],
        help_text=_("Tính từ khi kết thúc. Để trống khi cơ quan chưa quyết định: chưa xóa gì."),
    )
    active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = CatalogueQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("code"),
        FieldPanel("description"),
        FieldPanel("unit"),
        FieldPanel("profile"),
        FieldPanel("keep_days"),
        FieldPanel("order"),
        FieldPanel("active"),
    ]

    class Meta:
        verbose_name = _("lĩnh vực phản ánh")
        verbose_name_plural = _("lĩnh vực phản ánh")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.name


class DeclineReason(models.Model):
    """Why a case is not received, and where its sender is shown to instead."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    text = models.CharField(_("lý do"), max_length=200)
    guidance = models.TextField(
        _("hướng dẫn cho người gửi"),
        help_text=_("Gửi ở đâu thì đúng, cần làm gì tiếp; câu này được gửi cho người dân."),
    )
    active = models.BooleanField(_("đang dùng"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = CatalogueQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldPanel("code"),
        FieldPanel("guidance"),
        FieldPanel("order"),
        FieldPanel("active"),
    ]

    class Meta:
        verbose_name = _("lý do không tiếp nhận")
        verbose_name_plural = _("lý do không tiếp nhận")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text
