"""Photographs of a page in their order. Abstract: each app makes its own table and parental key."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

MOST_PHOTOS = 60


class AlbumPhoto(Orderable):
    """One photograph; the words that describe it belong to its use, and fall back to those kept with the picture."""

    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL, verbose_name=_("ảnh"), on_delete=models.CASCADE, related_name="+"
    )
    caption = models.CharField(_("chú thích"), max_length=300, blank=True)
    alt_text = models.CharField(
        _("mô tả cho người không xem được ảnh"),
        max_length=250,
        blank=True,
        help_text=_("Để trống thì dùng mô tả ghi cùng ảnh trong kho."),
    )
    credit = models.CharField(
        _("nguồn, tác giả"), max_length=160, blank=True, help_text=_("Để trống thì dùng nguồn ghi cùng ảnh trong kho.")
    )

    panels = [FieldPanel("image"), FieldPanel("caption"), FieldPanel("alt_text"), FieldPanel("credit")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.caption or self.image.title

    @property
    def alt(self) -> str:
        """What the photograph says to those who do not see it; empty when nobody has written it down."""
        return self.alt_text or getattr(self.image, "description", "")

    @property
    def credit_line(self) -> str:
        """Whom to thank: named here, else whom the picture itself names (S67)."""
        return self.credit or getattr(self.image, "credit", "")
