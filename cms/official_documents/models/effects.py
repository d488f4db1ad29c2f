"""What documents do to one another, as read off what editors said on either side."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.official_documents.enums import EffectKind
from cms.official_documents.models.documents import OfficialDocumentPage
from cms.official_documents.querysets import LegalEffectQuerySet


class LegalEffect(models.Model):
    """One effect between two documents, at least one of which is published here. Written by one service only.

    A copy of what relations say, so that either document shows it, the newest law wins over an old draft, and
    the status of twenty thousand documents is known without opening their neighbours.
    """

    declared_by = models.ForeignKey(
        OfficialDocumentPage,
        verbose_name=_("ghi ở văn bản"),
        on_delete=models.CASCADE,
        related_name="declared_effects",
    )
    kind = models.CharField(_("tác động"), max_length=20, choices=EffectKind)
    acting = models.ForeignKey(
        OfficialDocumentPage,
        verbose_name=_("văn bản mới hơn"),
        null=True,
        on_delete=models.CASCADE,
        related_name="effects_done",
    )
    acted_on = models.ForeignKey(
        OfficialDocumentPage,
        verbose_name=_("văn bản cũ hơn"),
        null=True,
        on_delete=models.CASCADE,
        related_name="effects_suffered",
    )
    from_on = models.DateField(_("từ ngày"), null=True)

    objects = LegalEffectQuerySet.as_manager()

    class Meta:
        verbose_name = _("tác động đến hiệu lực")
        verbose_name_plural = _("tác động đến hiệu lực")

    def __str__(self) -> str:
        return f"{self.acting_id} {self.kind} {self.acted_on_id}"

    def other_than(self, document: OfficialDocumentPage) -> int | None:
        """Return the key of the document on the other side; None when it is not on the portal."""
        return self.acted_on_id if self.acting_id == document.pk else self.acting_id
