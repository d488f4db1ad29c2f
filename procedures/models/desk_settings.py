"""What the one-stop desk decides once and may change: the form of codes, hours and days with their law."""

from datetime import time

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from procedures.models.serials import pattern_problem

_DAYS = [MinValueValidator(1), MaxValueValidator(60)]
_CONFIRMED_HELP = _("Chưa xác nhận thì nơi dùng ghi rõ “cần xác nhận”.")


@register_setting(icon="calendar-check", order=210)
class DossierSettings(BaseGenericSetting):
    """Every number here is remembered from an older decree until the office confirms it."""

    code_pattern = models.CharField(
        _("mẫu mã hồ sơ"),
        max_length=60,
        default="000.00.00.H00-{ngày}-{số}",
        help_text=_(
            "{ngày} là năm tháng ngày tiếp nhận (220331), {số} là số thứ tự trong ngày (0001), {đơn vị} là mã đơn vị. "
            "Ví dụ: 000.00.12.H26-{ngày}-{số}, hoặc dạng ngắn H26.12-{ngày}-{số}."
        ),
    )
    forms_basis = models.TextField(
        _("căn cứ của mẫu mã, mẫu giấy"),
        blank=True,
        default="Thông tư 01/2018/TT-VPCP, Điều 9 và Điều 19 (văn bản trước đây).",
        help_text=_("Mã hồ sơ, giấy tiếp nhận, phiếu xin lỗi và hẹn lại."),
    )
    forms_confirmed = models.BooleanField(_("mẫu mã, mẫu giấy đã xác nhận"), default=False, help_text=_CONFIRMED_HELP)
    cut_off = models.TimeField(
        _("giờ chốt trong ngày"),
        null=True,
        blank=True,
        default=time(15, 0),
        help_text=_("Tiếp nhận sau giờ này thì tính như ngày làm việc kế tiếp. Để trống thì không có giờ chốt."),
    )
    cut_off_basis = models.TextField(
        _("căn cứ của giờ chốt"), blank=True, default="Nghị định 61/2018/NĐ-CP, Điều 18 (văn bản trước đây)."
    )
    cut_off_confirmed = models.BooleanField(_("giờ chốt đã xác nhận"), default=False, help_text=_CONFIRMED_HELP)
    supplement_restarts = models.BooleanField(
        _("nhận đủ giấy tờ bổ sung thì tính lại từ đầu"),
        default=True,
        help_text=_("Bỏ chọn thì chỉ cộng thêm những ngày chờ bổ sung."),
    )
    supplement_days = models.PositiveSmallIntegerField(
        _("số ngày làm việc để trả lại hồ sơ thiếu"), default=3, validators=_DAYS
    )
    supplement_basis = models.TextField(
        _("căn cứ của việc bổ sung"),
        blank=True,
        default="Nghị định 61/2018/NĐ-CP, Điều 17 và khoản 4 Điều 19 (văn bản trước đây).",
    )
    supplement_confirmed = models.BooleanField(_("bổ sung đã xác nhận"), default=False, help_text=_CONFIRMED_HELP)
    apology_days = models.PositiveSmallIntegerField(
        _("phải xin lỗi trước hạn ít nhất mấy ngày làm việc"), default=1, validators=_DAYS
    )
    apology_basis = models.TextField(
        _("căn cứ của việc xin lỗi, hẹn lại"),
        blank=True,
        default="Nghị định 61/2018/NĐ-CP, khoản 9 Điều 19 (văn bản trước đây).",
    )
    apology_confirmed = models.BooleanField(_("xin lỗi, hẹn lại đã xác nhận"), default=False, help_text=_CONFIRMED_HELP)
    figures_basis = models.TextField(
        _("căn cứ của cách tính trước hạn, đúng hạn, quá hạn"),
        blank=True,
        default="Thông tư 01/2020/TT-VPCP, biểu II.06a (nhớ lại, chưa đối chiếu).",
    )
    figures_confirmed = models.BooleanField(_("cách tính đã xác nhận"), default=False, help_text=_CONFIRMED_HELP)
    soon_days = models.PositiveSmallIntegerField(
        _("báo sắp đến hạn trước mấy ngày làm việc"), default=2, validators=_DAYS
    )
    keep_days = models.PositiveIntegerField(
        _("giữ tên và cách liên hệ của người nộp bao nhiêu ngày"),
        default=0,
        validators=[MaxValueValidator(36_500)],
        help_text=_("Tính từ khi hồ sơ kết thúc; quá hạn thì tự xóa, hồ sơ và số liệu vẫn còn. Số 0: không tự xóa."),
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("code_pattern"), FieldPanel("forms_basis"), FieldPanel("forms_confirmed")],
            _("Mã hồ sơ, mẫu giấy"),
        ),
        MultiFieldPanel(
            [FieldPanel("cut_off"), FieldPanel("cut_off_basis"), FieldPanel("cut_off_confirmed")], _("Giờ chốt")
        ),
        MultiFieldPanel(
            [
                *(FieldPanel("supplement_restarts"), FieldPanel("supplement_days")),
                *(FieldPanel("supplement_basis"), FieldPanel("supplement_confirmed")),
            ],
            _("Bổ sung giấy tờ"),
        ),
        MultiFieldPanel(
            [
                *(FieldPanel("soon_days"), FieldPanel("apology_days")),
                *(FieldPanel("apology_basis"), FieldPanel("apology_confirmed")),
            ],
            _("Sắp đến hạn, xin lỗi"),
        ),
        MultiFieldPanel([FieldPanel("figures_basis"), FieldPanel("figures_confirmed")], _("Số liệu")),
        MultiFieldPanel([FieldPanel("keep_days")], _("Thông tin cá nhân")),
    ]

    class Meta:
        verbose_name = _("Hồ sơ một cửa")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def clean(self) -> None:
        """A pattern that cannot tell two dossiers apart is refused."""
        super().clean()
        if problem := pattern_problem(self.code_pattern):
            raise ValidationError({"code_pattern": problem})
