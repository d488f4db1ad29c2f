"""Units: the department, its rooms, the schools, the communes."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.enums import SCHOOL_KINDS, UnitKind
from cms.core.querysets.units import UnitQuerySet
from cms.core.text import sort_key


class Unit(models.Model):
    """A part of the agency, or a school under it, that answers, owns pages and is responsible for tasks."""

    code = models.CharField(
        _("mã"),
        max_length=40,
        unique=True,
        validators=[RegexValidator(r"^[0-9A-Za-z._-]+$", _("Mã chỉ gồm chữ không dấu, số, dấu chấm và gạch."))],
        help_text=_("Mã ngắn, không đổi, dùng khi nhập số liệu."),
    )
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("tên gọn"), max_length=80, blank=True)
    slug = models.SlugField(_("địa chỉ trang"), max_length=80, unique=True)
    kind = models.CharField(_("loại"), max_length=20, choices=UnitKind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("đơn vị cấp trên"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    address = models.CharField(_("địa chỉ"), max_length=255, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    website = models.URLField(_("trang web"), blank=True)
    head_name = models.CharField(_("người đứng đầu"), max_length=120, blank=True)
    head_title = models.CharField(_("chức vụ người đứng đầu"), max_length=120, blank=True)
    takes_cases = models.BooleanField(
        _("nhận phản ánh"), default=True, help_text=_("Người dân chọn được đơn vị này khi gửi phản ánh, kiến nghị.")
    )
    active = models.BooleanField(_("đang hoạt động"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    sort_name = models.CharField(max_length=400, editable=False, default="")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        verbose_name_plural = _("đơn vị, trường học")
        ordering = ["order", "sort_name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.sort_name = sort_key(self.name)[:400]
        super().save(*args, **kwargs)

    @property
    def unit_id(self) -> int | None:
        """The permission matrix asks every target for its unit; a unit is its own."""
        return self.pk

    @property
    def called(self) -> str:
        return self.short_name or self.name

    @property
    def is_school(self) -> bool:
        return self.kind in SCHOOL_KINDS

    def clean(self) -> None:
        """A unit is not below itself, however long the chain."""
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("Đơn vị không thể nằm dưới chính mình.")})
            seen.add(above.pk)
            above = above.parent
