"""Counts of cases, kept beside the rows: what figures read, so that they never read a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from feedback.enums import TallyMeasure, TallyScope
from feedback.querysets import TallyQuerySet


class CaseTally(models.Model):
    """How many cases of one scope have one thing in common. Holds no word and no number of any case.

    Counts of the whole agency are kept by the day; those of a unit or a category by the first day of the month,
    but for ``running``, which is always by the day of the deadline.
    """

    scope = models.CharField(_("phạm vi"), max_length=10, choices=TallyScope)
    key = models.PositiveBigIntegerField(_("khóa của đơn vị, lĩnh vực"), default=0)
    measure = models.CharField(_("đếm gì"), max_length=10, choices=TallyMeasure)
    day = models.DateField(_("ngày"))
    took = models.PositiveIntegerField(_("số ngày đã chờ"), default=0)
    count = models.IntegerField(_("bao nhiêu"), default=0)

    objects = TallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("số đếm phản ánh")
        verbose_name_plural = _("số đếm phản ánh")
        constraints = [
            models.UniqueConstraint(fields=["scope", "measure", "day", "key", "took"], name="one_tally_a_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key} {self.measure} {self.day} {self.took}: {self.count}"
