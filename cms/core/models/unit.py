"""Units: the department, its rooms, the schools, the communes."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.embedding import embedding_sites
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
    area = models.CharField(
        _("địa bàn"), max_length=120, blank=True, help_text=_("Xã, phường nơi đơn vị đóng; dùng để lọc danh bạ.")
    )
    address = models.CharField(_("địa chỉ"), max_length=255, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    website = models.URLField(_("trang web"), blank=True)
    opening_hours = models.CharField(
        _("giờ làm việc"), max_length=200, blank=True, help_text=_("Ví dụ: Thứ Hai đến thứ Sáu, 7 giờ 30 – 17 giờ.")
    )
    map_url = models.URLField(
        _("liên kết bản đồ"), max_length=500, blank=True, help_text=_("Địa chỉ trang bản đồ chỉ đúng nơi đơn vị đóng.")
    )
    feedback_box = models.CharField(
        _("nơi đặt hòm thư góp ý"), max_length=200, blank=True, help_text=_("Ví dụ: bên phải cổng chính.")
    )
    embed_sites = models.TextField(
        _("trang web được nhúng chuyên mục"),
        blank=True,
        help_text=_(
            "Mỗi dòng một địa chỉ, ví dụ https://truong.example.vn. Chỉ các trang này được đặt chuyên mục "
            "của đơn vị trong khung; để trống thì không trang nào."
        ),
    )
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

    @property
    def embed_origins(self) -> list[str]:
        """The sites that may frame this unit's column; what cannot be one is left out, never guessed."""
        return embedding_sites(self.embed_sites)[0]

    def clean(self) -> None:
        """A unit is not below itself, however long the chain; a site that may frame it is a plain address."""
        self._check_sites()
        above, seen = self.parent, {self.pk}
        while above is not None:
            if above.pk in seen:
                raise ValidationError({"parent": _("Đơn vị không thể nằm dưới chính mình.")})
            seen.add(above.pk)
            above = above.parent

    def _check_sites(self) -> None:
        sites, wrong = embedding_sites(self.embed_sites)
        if wrong:
            reason = _(
                "“%(line)s” không phải địa chỉ một trang web. Ghi như https://truong.example.vn, không kèm trang con."
            )
            raise ValidationError({"embed_sites": ValidationError(reason, params={"line": wrong[0]})})
        self.embed_sites = "\n".join(sites)
