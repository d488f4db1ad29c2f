"""Counts of dossiers, kept beside the rows: what figures read, so that they never read a dossier."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from procedures.enums import TallyMeasure, TallyScope
from procedures.querysets import DossierTallyQuerySet


class DossierTally(models.Model):
    """How many dossiers of one scope have one thing in common. Holds no word and no number of any dossier.

    Counts of the whole agency are kept by the day; those of a unit, a field or a channel by the first day of the
    month, but for appointments that still run, which always stand under their own day.
    """

    scope = models.CharField(_("phạm vi"), max_length=10, choices=TallyScope)
    key = models.CharField(_("khóa của đơn vị, lĩnh vực, cách nộp"), max_length=20, blank=True, default="")
    measure = models.CharField(_("đếm gì"), max_length=10, choices=TallyMeasure)
    day = models.DateField(_("ngày"))
    count = models.IntegerField(_("bao nhiêu"), default=0)

    objects = DossierTallyQuerySet.as_manager()

    class Meta:
        verbose_name = _("số đếm hồ sơ")
        verbose_name_plural = _("số đếm hồ sơ")
        constraints = [
            models.UniqueConstraint(fields=["scope", "key", "measure", "day"], name="one_dossier_tally_a_cell"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key} {self.measure} {self.day}: {self.count}"
