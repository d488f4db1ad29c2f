"""What stands on the page of a unit in rows: people and notices."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.units.querysets import PersonQuerySet


class UnitPerson(Orderable):
    """Somebody whom people may need to reach: who, in what office, answering for what."""

    page = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("họ và tên"), max_length=120)
    position = models.CharField(_("chức vụ"), max_length=160)
    leads = models.BooleanField(
        _("lãnh đạo đơn vị"), default=False, help_text=_("Người đứng đầu và cấp phó; hiện ở trang Lãnh đạo.")
    )
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh chân dung"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    duties = models.TextField(_("nhiệm vụ"), max_length=1200, blank=True, help_text=_("Mỗi việc một dòng."))
    biography = models.TextField(_("tóm tắt tiểu sử"), max_length=3000, blank=True)
    phone = models.CharField(_("điện thoại công vụ"), max_length=40, blank=True)
    email = models.EmailField(_("thư điện tử công vụ"), blank=True)

    objects = PersonQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("name"), FieldPanel("position")]),
                FieldPanel("leads"),
                FieldPanel("portrait"),
                FieldPanel("duties"),
                FieldPanel("biography"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
            ]
        )
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("người")
        verbose_name_plural = _("nhân sự")

    def __str__(self) -> str:
        return f"{self.name}, {self.position}"

    @property
    def duty_lines(self) -> list[str]:
        return [line.strip() for line in self.duties.splitlines() if line.strip()]


class UnitNotice(Orderable):
    """Something the unit must make public: fees, admissions, quality; with its file or the page that says more."""

    page = ParentalKey("units.UnitPage", on_delete=models.CASCADE, related_name="notices")
    title = models.CharField(_("tiêu đề"), max_length=200)
    text = models.TextField(_("nội dung"), max_length=1200, blank=True)
    posted_on = models.DateField(_("ngày thông báo"), default=timezone.localdate)
    until = models.DateField(_("hiện đến hết ngày"), null=True, blank=True, help_text=_("Để trống thì hiện mãi."))
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("tệp"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("posted_on"), FieldPanel("until")]),
        FieldPanel("document"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo công khai")

    def __str__(self) -> str:
        return self.title

    @property
    def is_standing(self) -> bool:
        """Say whether readers see it today."""
        today = timezone.localdate()
        return self.posted_on <= today and (self.until is None or today <= self.until)

    def clean(self) -> None:
        super().clean()
        if self.until and self.posted_on and self.until < self.posted_on:
            raise ValidationError({"until": _("Ngày cuối không thể trước ngày thông báo.")})


def standing(notices: Any) -> list[UnitNotice]:
    """Return the notices that readers see today, the newest first; works on a preview's unsaved rows too."""
    return sorted((row for row in notices if row.is_standing), key=lambda row: row.posted_on, reverse=True)
