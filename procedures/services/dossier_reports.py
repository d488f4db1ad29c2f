"""Storing figures that reports stated, and what the office says of its services; the identities are asked first."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.periods import read_period
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from procedures.enums import ReportOrigin
from procedures.models import DossierReport, ServiceEvaluation
from procedures.services.dossier_figures import dossier_figures

EDIT, PUBLISH = "dossier_report_edit", "service_evaluation_publish"
WRITE = "service_evaluation_edit"


@transaction.atomic
def dossier_report_save(*, actor: Any, report: DossierReport | None = None, **values: Any) -> DossierReport:
    """Store a keyed line of the official form, or change ``report``.

    Raises PermissionDenied, and ValidationError with a sentence beside each column that does not add up.
    """
    _allow(actor, EDIT)
    stored = DossierReport.objects.select_for_update().get(pk=report.pk) if report and report.pk else DossierReport()
    for name, value in values.items():
        setattr(stored, name, value)
    stored.origin, stored.saved_by = ReportOrigin.KEYED, actor
    return _stored(stored, actor, "dossier_report.saved")


@transaction.atomic
def dossier_report_take(*, actor: Any, period: str, public: bool = False) -> DossierReport:
    """Store what the portal counts of ``period`` now, as a report states it; taken again, it is counted anew.

    Raises PermissionDenied, and ValidationError for what is no period, and for a line that somebody has keyed.
    """
    _allow(actor, EDIT)
    dates = read_period(period)
    if dates is None:
        raise ValidationError({"period": _("Kỳ viết như 2026-Q1, 2026-03, 2026-6T, 2026-9T hoặc 2026.")})
    if dates.starts_on > timezone.localdate():
        raise ValidationError({"period": _("Kỳ này chưa bắt đầu.")})
    line = DossierReport.objects.select_for_update().of_line(period=period, unit=None, field=None).first()
    if line is not None and line.origin == ReportOrigin.KEYED:
        raise ValidationError({"period": _("Kỳ này đã có số nhập từ báo cáo. Muốn chốt lại, hãy xóa dòng ấy trước.")})
    stored = line or DossierReport(period=period)
    values = dossier_figures(dates).total.values
    for name in stored.values:
        setattr(stored, name, values[name])
    at = timezone.localtime()
    stored.source = _("Chốt từ hồ sơ trên cổng lúc %(at)s") % {"at": f"{at:%H:%M ngày %d/%m/%Y}"}
    stored.origin, stored.public, stored.saved_by = ReportOrigin.COUNTED, public, actor
    return _stored(stored, actor, "dossier_report.taken")


@transaction.atomic
def dossier_report_delete(*, report: DossierReport, actor: Any) -> None:
    """Remove a line; what it stated stays in the ledger. Raises PermissionDenied."""
    _allow(actor, EDIT)
    stored = DossierReport.objects.select_for_update().get(pk=report.pk)
    _record(stored, actor, "dossier_report.removed")
    stored.delete()


@transaction.atomic
def service_evaluation_save(
    *, actor: Any, evaluation: ServiceEvaluation | None = None, public: bool = False, **values: Any
) -> ServiceEvaluation:
    """Store an evaluation; who may not publish leaves it as public as it was, and never changes a public one.

    Raises PermissionDenied, and ValidationError with a sentence a field.
    """
    _allow(actor, WRITE)
    rows = ServiceEvaluation.objects.select_for_update()
    stored = rows.get(pk=evaluation.pk) if evaluation is not None and evaluation.pk else ServiceEvaluation()
    if not can(actor, PUBLISH):
        if stored.public:
            raise ValidationError(
                _("Trang này đang đăng. Chỉ người duyệt đăng sửa được; hãy nhờ họ bỏ dấu đăng trước.")
            )
        public = False
    for name, value in values.items():
        setattr(stored, name, value)
    stored.public, stored.saved_by = public, actor
    if public and stored.published_on is None:
        stored.published_on = timezone.localdate()
    stored.full_clean()
    stored.save()
    event_record(
        subject_type="service_evaluation",
        subject_key=stored.period,
        verb="service_evaluation.saved",
        actor=actor,
        data={"public": stored.public},
    )
    return stored


def _allow(actor: Any, capability: str) -> None:
    if not can(actor, capability):
        raise PermissionDenied(_("Bạn không được giao việc này."))


def _stored(report: DossierReport, actor: Any, verb: str) -> DossierReport:
    report.full_clean()
    report.save()
    _record(report, actor, verb)
    return report


def _record(report: DossierReport, actor: Any, verb: str) -> None:
    numbers = {name: value for name, value in report.values.items() if value is not None}
    place = {"unit": report.unit_id, "field": report.field_id, "public": report.public}
    event_record(
        subject_type="dossier_report", subject_key=report.period, verb=verb, actor=actor, data={**place, **numbers}
    )
