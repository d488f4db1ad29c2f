"""Figures on dossiers as a report stated them: taken from the counts, or keyed where an office has only sums."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cms.core.models import Unit
from cms.core.periods import period_label, read_period
from procedures.enums import ReportOrigin
from procedures.figures import COLUMNS, identity_faults, share
from procedures.models.catalogue import ProcedureField
from procedures.querysets import DossierReportQuerySet

_UNKNOWN = {"null": True, "blank": True}


class DossierReport(models.Model):
    """One line of the official form for one period. Columns that the report does not state are None."""

    period = models.CharField(_("kỳ"), max_length=10, help_text=_("Viết như 2026-Q1, 2026-6T, 2026-9T hoặc 2026."))
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="dossier_reports", **_UNKNOWN
    )
    field = models.ForeignKey(
        ProcedureField, verbose_name=_("lĩnh vực"), on_delete=models.PROTECT, related_name="reports", **_UNKNOWN
    )
    received = models.PositiveIntegerField(COLUMNS["received"])
    received_in_period = models.PositiveIntegerField(COLUMNS["received_in_period"], **_UNKNOWN)
    received_online = models.PositiveIntegerField(COLUMNS["received_online"], **_UNKNOWN)
    received_offline = models.PositiveIntegerField(COLUMNS["received_offline"], **_UNKNOWN)
    received_post = models.PositiveIntegerField(COLUMNS["received_post"], **_UNKNOWN)
    carried_over = models.PositiveIntegerField(COLUMNS["carried_over"], **_UNKNOWN)
    resolved = models.PositiveIntegerField(COLUMNS["resolved"])
    early = models.PositiveIntegerField(COLUMNS["early"], **_UNKNOWN)
    on_time = models.PositiveIntegerField(COLUMNS["on_time"], **_UNKNOWN)
    late = models.PositiveIntegerField(COLUMNS["late"], **_UNKNOWN)
    withdrawn = models.PositiveIntegerField(COLUMNS["withdrawn"], **_UNKNOWN)
    in_progress = models.PositiveIntegerField(COLUMNS["in_progress"])
    in_progress_on_time = models.PositiveIntegerField(COLUMNS["in_progress_on_time"], **_UNKNOWN)
    in_progress_late = models.PositiveIntegerField(COLUMNS["in_progress_late"], **_UNKNOWN)
    rated = models.PositiveIntegerField(_("số ý kiến đánh giá"), **_UNKNOWN)
    satisfied = models.PositiveIntegerField(_("số ý kiến hài lòng"), **_UNKNOWN)
    source = models.CharField(
        _("nguồn"), max_length=300, help_text=_("Báo cáo nào, số và ngày: Báo cáo số 65/BC-SGDĐT ngày 28/02/2019.")
    )
    origin = models.CharField(_("cách có số"), max_length=10, choices=ReportOrigin, default=ReportOrigin.KEYED)
    public = models.BooleanField(
        _("hiện trên trang số liệu"), default=False, help_text=_("Bỏ dấu thì chỉ cán bộ đọc được.")
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", editable=False, **_UNKNOWN
    )
    saved_at = models.DateTimeField(_("ghi lúc"), auto_now=True)

    objects = DossierReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu hồ sơ theo báo cáo")
        verbose_name_plural = _("số liệu hồ sơ theo báo cáo")
        # None is unlike any other None: each kind of line has a constraint of its own.
        constraints = [
            models.UniqueConstraint(
                fields=["period"], condition=Q(unit=None, field=None), name="one_dossier_report_a_period"
            ),
            models.UniqueConstraint(
                fields=["period", "unit"], condition=Q(unit__isnull=False, field=None), name="one_dossier_report_a_unit"
            ),
            models.UniqueConstraint(
                fields=["period", "field"],
                condition=Q(unit=None, field__isnull=False),
                name="one_dossier_report_a_field",
            ),
            models.UniqueConstraint(
                fields=["period", "unit", "field"],
                condition=Q(unit__isnull=False, field__isnull=False),
                name="one_dossier_report_a_line",
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.period_label, self.of_what]))

    @property
    def period_label(self) -> str:
        return period_label(self.period)

    @property
    def of_what(self) -> str:
        """The unit and the field it is of; the whole agency without them."""
        return ", ".join(part.name for part in (self.unit, self.field) if part) or str(_("Toàn cơ quan"))

    @property
    def values(self) -> dict[str, int | None]:
        """The columns that a report may state, by their public keys."""
        return {name: getattr(self, name) for name in COLUMNS if name != "received_direct"}

    @property
    def shares(self) -> dict[str, float | None]:
        """The percentages of the seed's manner: resolved of received, the others of resolved; as fractions."""
        parts = {"early_share": self.early, "on_time_share": self.on_time, "late_share": self.late}
        told = {name: None if part is None else share(part, self.resolved) for name, part in parts.items()}
        satisfied = None if self.satisfied is None or not self.rated else share(self.satisfied, self.rated)
        return {"resolved_share": share(self.resolved, self.received), **told, "satisfied_share": satisfied}

    def clean(self) -> None:
        """A period that is one, and the identities of the official form; a sentence beside each column."""
        faults: dict[str, Any] = dict(identity_faults(self.values))
        if read_period(self.period or "") is None:
            faults["period"] = _("Kỳ viết như 2026-Q1, 2026-03, 2026-6T, 2026-9T hoặc 2026.")
        if self.satisfied is not None and (self.rated is None or self.satisfied > self.rated):
            faults["satisfied"] = _("Số ý kiến hài lòng không thể nhiều hơn số ý kiến đánh giá.")
        if faults:
            raise ValidationError(faults)
