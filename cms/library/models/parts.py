"""What an editor hangs on a material: its files, and the pages that belong to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from modelcluster.fields import ParentalKey

from cms.core.models import FileVersion, KeyedFile
from cms.library.models.materials import MaterialPage


class MaterialFile(KeyedFile):
    """A file of a material."""

    page = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="files")

    class Meta(KeyedFile.Meta):
        verbose_name = _("tệp học liệu")
        verbose_name_plural = _("tệp học liệu")


class MaterialFileVersion(FileVersion):
    """One file at one place of a material: ``/hoc-lieu/<slug>/tep/<place>/``."""

    page = models.ForeignKey(
        MaterialPage, verbose_name=_("học liệu"), on_delete=models.CASCADE, related_name="file_versions"
    )

    class Meta:
        verbose_name = _("lần đăng của tệp học liệu")
        verbose_name_plural = _("các lần đăng của tệp học liệu")
        constraints = [
            models.UniqueConstraint(fields=["page", "place", "version"], name="one_material_file_a_version"),
            models.UniqueConstraint(
                fields=["page", "place"], condition=models.Q(current=True), name="one_current_material_file"
            ),
        ]


class MaterialLink(Orderable):
    """A page of the portal that belongs to a material: a procedure, a piece of news, a document."""

    page = ParentalKey(MaterialPage, on_delete=models.CASCADE, related_name="links")
    target = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("trang trên cổng"), on_delete=models.CASCADE, related_name="+"
    )
    label = models.CharField(
        _("tên hiện ra"), max_length=200, blank=True, help_text=_("Để trống thì dùng tên của trang.")
    )

    panels = [PageChooserPanel("target"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("trang liên quan của học liệu")
        verbose_name_plural = _("trang liên quan của học liệu")
