"""The two short lists that documents are sorted by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.text import clean_line, fold
from cms.official_documents.querysets import DocumentFieldQuerySet, IssuerQuerySet


class Issuer(models.Model):
    """A body that issues documents. Its name stays as it was: archives are not rewritten after a reform."""

    name = models.CharField(_("tên"), max_length=200)
    key = models.CharField(max_length=200, unique=True, editable=False)
    abbreviation = models.CharField(
        _("viết tắt trong số ký hiệu"), max_length=40, blank=True, help_text=_("Ví dụ: SGDĐT, UBND, GD&ĐT.")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = IssuerQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("abbreviation"), FieldPanel("order")]

    class Meta:
        verbose_name = _("cơ quan ban hành")
        verbose_name_plural = _("cơ quan ban hành")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        self.name = clean_line(self.name)
        self.key = self.key_of(self.name)
        super().save(*args, **kwargs)

    @staticmethod
    def key_of(name: str) -> str:
        """Return what is equal for every spelling of one name."""
        return fold(name)[:200]


class DocumentField(models.Model):
    """A field of work that documents belong to, such as admissions."""

    name = models.CharField(_("tên"), max_length=120, unique=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)

    objects = DocumentFieldQuerySet.as_manager()

    panels = [FieldPanel("name"), FieldPanel("order")]

    class Meta:
        verbose_name = _("lĩnh vực văn bản")
        verbose_name_plural = _("lĩnh vực văn bản")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name
