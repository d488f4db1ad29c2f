"""Papers on their way into the database: keyed in once, or twice and compared."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.models.response import Channel, Response
from surveys.models.survey import Survey, SurveyVersion
from surveys.querysets import PaperEntryQuerySet

# Later the counts are in reports; a paper keyed in wrongly is then a matter of the next report.
TAKEN_BACK_WITHIN = timedelta(days=30)


class PaperEntry(models.Model):
    """One paper. What was keyed in stands here until it is a response; afterwards only who did it, and which one.

    A paper has no name on it and its number names nobody: that its response is known tells nothing of a person.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="papers")
    version = models.ForeignKey(
        SurveyVersion, verbose_name=_("bản câu hỏi"), on_delete=models.PROTECT, related_name="papers"
    )
    channel = models.ForeignKey(
        Channel, verbose_name=_("điểm trả lời"), on_delete=models.PROTECT, related_name="papers"
    )
    sheet = models.CharField(_("số phiếu"), max_length=40)
    day = models.DateField(_("ngày trả lời"))
    first = models.JSONField(_("lần nhập thứ nhất"), default=dict)
    first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhập lần thứ nhất"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    first_at = models.DateTimeField(_("nhập lần thứ nhất lúc"))
    second = models.JSONField(_("lần nhập thứ hai"), null=True, blank=True)
    second_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người nhập lần thứ hai"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    second_at = models.DateTimeField(_("nhập lần thứ hai lúc"), null=True, blank=True)
    response = models.OneToOneField(
        Response, verbose_name=_("phiếu trả lời"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PaperEntryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("phiếu giấy")
        verbose_name_plural = _("phiếu giấy")
        constraints = [models.UniqueConstraint(fields=["survey", "sheet"], name="one_entry_a_sheet")]
        indexes = [models.Index(fields=["survey"], condition=Q(response=None), name="paper_not_stored")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.sheet}"

    @property
    def is_one_hand(self) -> bool:
        """Say whether one person keyed it in both times: then the second time proves little."""
        return self.second_by_id is not None and self.second_by_id == self.first_by_id
