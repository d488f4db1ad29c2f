"""Counts of responses, kept beside the rows: what results read, so that they never read a response."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.models.survey import LONGEST_CHOICE, Survey
from surveys.querysets import ResponseTallyQuerySet


class ResponseTally(models.Model):
    """How many chose one thing, of one unit, about one thing, of one stratum, in one month.

    ``choice`` is empty where it is counted how many answered the question at all; ``key`` is empty too where whole
    responses are counted. ``unit_key`` is 0 for responses about no unit.
    """

    survey = models.ForeignKey(Survey, verbose_name=_("khảo sát"), on_delete=models.CASCADE, related_name="tallies")
    key = models.SlugField(_("mã câu hỏi"), max_length=40, blank=True)
    choice = models.CharField(_("trả lời"), max_length=LONGEST_CHOICE, blank=True)
    unit_key = models.PositiveBigIntegerField(_("khóa của đơn vị"), default=0)
    about = models.SlugField(_("về việc gì"), max_length=80, blank=True)
    # Which group of the sample; by what weights are given. Empty in counts older than strata.
    stratum = models.SlugField(_("nhóm chọn mẫu"), max_length=40, blank=True, default="")
    month = models.DateField(_("tháng"))
    count = models.IntegerField(_("bao nhiêu"), default=0)

    objects = ResponseTallyQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("số đếm phiếu trả lời")
        verbose_name_plural = _("số đếm phiếu trả lời")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "key", "month", "unit_key", "about", "stratum", "choice"], name="one_count_a_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.key} {self.choice} {self.month}: {self.count}"
