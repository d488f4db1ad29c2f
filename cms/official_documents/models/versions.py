"""Every file that readers were ever given, so that an address outlives its file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models import FileVersion
from cms.official_documents.models.documents import OfficialDocumentPage


class AttachmentVersion(FileVersion):
    """One file at one place of a document: ``/van-ban/<slug>/tep/<place>/``."""

    page = models.ForeignKey(
        OfficialDocumentPage, verbose_name=_("văn bản"), on_delete=models.CASCADE, related_name="file_versions"
    )

    class Meta:
        verbose_name = _("lần đăng của tệp")
        verbose_name_plural = _("các lần đăng của tệp")
        constraints = [
            models.UniqueConstraint(fields=["page", "place", "version"], name="one_file_a_version"),
            models.UniqueConstraint(
                fields=["page", "place"], condition=models.Q(current=True), name="one_current_file"
            ),
        ]
