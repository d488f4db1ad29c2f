"""Who runs this portal. Nothing in the code says the name of an agency, a province or a level."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from cms.core.enums import AgencyLevel


@register_setting(icon="home", order=100)
class AgencySettings(BaseGenericSetting):
    """All names, levels, abbreviations and contacts of the agency (domain.md §7: they change with the law)."""

    name = models.CharField(_("tên cơ quan"), max_length=200, default="Sở Giáo dục và Đào tạo")
    short_name = models.CharField(_("tên gọn"), max_length=80, default="Sở GD&ĐT")
    abbreviation = models.CharField(
        _("chữ viết tắt trong số ký hiệu"), max_length=20, default="SGDĐT", help_text=_("Ví dụ: SGDĐT, GD&ĐT, VHXH.")
    )
    level = models.CharField(_("cấp"), max_length=20, choices=AgencyLevel, default=AgencyLevel.PROVINCE)
    parent_name = models.CharField(_("cơ quan chủ quản"), max_length=200, blank=True)
    place = models.CharField(
        _("địa danh"), max_length=80, blank=True, help_text=_("Ghi trước ngày tháng trên văn bản.")
    )
    head_title = models.CharField(_("chức vụ người đứng đầu"), max_length=80, default="Giám đốc")
    one_stop_name = models.CharField(
        _("tên nơi tiếp nhận hồ sơ"), max_length=120, default="Trung tâm Phục vụ hành chính công"
    )
    one_stop_url = models.URLField(_("địa chỉ mạng nơi nộp hồ sơ"), blank=True)
    upper_area_word = models.CharField(_("từ gọi cấp trên"), max_length=40, default="tỉnh")
    lower_area_word = models.CharField(_("từ gọi cấp dưới"), max_length=40, default="xã, phường")
    address = models.CharField(_("địa chỉ"), max_length=255, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=60, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    opening_hours = models.CharField(_("giờ làm việc"), max_length=200, blank=True)
    responsible_person = models.CharField(_("người chịu trách nhiệm nội dung"), max_length=160, blank=True)
    slogan = models.CharField(_("chủ đề năm học"), max_length=200, blank=True)
    school_year = models.CharField(_("năm học"), max_length=20, blank=True, help_text=_("Ví dụ: 2026–2027."))
    smallest_cell = models.PositiveSmallIntegerField(
        _("số nhỏ nhất được nêu"),
        default=5,
        validators=[MinValueValidator(3), MaxValueValidator(100)],
        help_text=_("Trong bảng số liệu theo đơn vị, lĩnh vực: số từ 1 đến dưới mức này được ẩn để không đoán ra ai."),
    )
    data_licence = models.CharField(
        _("điều kiện dùng lại số liệu mở"),
        max_length=300,
        default="Được dùng lại, kể cả cho mục đích thương mại, khi ghi rõ nguồn và ngày lấy số liệu.",
    )
    has_sample_data = models.BooleanField(_("đang có dữ liệu mẫu"), default=False, editable=False)

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("short_name"),
                FieldPanel("abbreviation"),
                FieldPanel("level"),
                FieldPanel("parent_name"),
                FieldPanel("place"),
                FieldPanel("head_title"),
            ],
            heading=_("Cơ quan"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("one_stop_name"),
                FieldPanel("one_stop_url"),
                FieldPanel("upper_area_word"),
                FieldPanel("lower_area_word"),
            ],
            heading=_("Cách gọi"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("phone"),
                FieldPanel("email"),
                FieldPanel("opening_hours"),
                FieldPanel("responsible_person"),
            ],
            heading=_("Liên hệ"),
        ),
        MultiFieldPanel([FieldPanel("slogan"), FieldPanel("school_year")], heading=_("Năm học")),
        MultiFieldPanel([FieldPanel("smallest_cell"), FieldPanel("data_licence")], heading=_("Số liệu mở")),
    ]

    class Meta:
        verbose_name = _("Cơ quan chủ quản trang")

    def json_ld(self) -> dict[str, Any]:
        """The agency in the words of schema.org, without empty facts."""
        facts = {
            "@type": "GovernmentOrganization",
            "name": self.name,
            "alternateName": self.short_name,
            "address": self.address,
            "telephone": self.phone,
            "email": self.email,
            "parentOrganization": self.parent_name and {"@type": "GovernmentOrganization", "name": self.parent_name},
        }
        return {name: value for name, value in facts.items() if value}
