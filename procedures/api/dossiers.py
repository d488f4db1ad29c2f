"""The figures on dossiers of a period as a record for programs, with the formula of every number."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.api import ApiError, ApiField, ApiFilter, DataFile, Report
from cms.core.api.declared import Absolute
from cms.core.api.openapi import figures_schema
from cms.core.models import AgencySettings
from cms.core.periods import PeriodError, period_asked
from procedures.models import DossierReport
from procedures.services.dossier_figures import KEYS, DossierFigures, FigureRow, dossier_figures

FIELDS = (
    ApiField(
        "received",
        "integer",
        _("Tiếp nhận = tiếp nhận trong kỳ + từ kỳ trước chuyển sang = đã giải quyết + đang giải quyết."),
    ),
    ApiField("received_in_period", "integer", _("Tiếp nhận trong kỳ = trực tuyến + trực tiếp, dịch vụ bưu chính.")),
    ApiField("received_online", "integer", _("Hồ sơ nộp trực tuyến, được tiếp nhận trong kỳ.")),
    ApiField("received_offline", "integer", _("Như biểu mẫu gộp = trực tiếp + dịch vụ bưu chính.")),
    ApiField("received_direct", "integer", _("Hồ sơ nộp trực tiếp, được tiếp nhận trong kỳ.")),
    ApiField("received_post", "integer", _("Hồ sơ nộp qua dịch vụ bưu chính, được tiếp nhận trong kỳ.")),
    ApiField("carried_over", "integer", _("Tiếp nhận trước kỳ, đến đầu kỳ chưa giải quyết xong.")),
    ApiField(
        "resolved",
        "integer",
        _(
            "Đã giải quyết = trước hạn + đúng hạn + quá hạn. Hồ sơ có kết quả, hoặc kết thúc vì rút, trả lại, dừng; "
            "theo ngày kết thúc."
        ),
    ),
    ApiField("early", "integer", _("Trước hạn: ngày kết thúc trước ngày hẹn trả.")),
    ApiField(
        "on_time",
        "integer",
        _("Đúng hạn: ngày kết thúc là ngày hẹn trả; thủ tục không quy định thời hạn thì tính vào đây."),
    ),
    ApiField("late", "integer", _("Quá hạn: ngày kết thúc sau ngày hẹn trả lần đầu; hẹn lại không làm hết quá hạn.")),
    ApiField(
        "withdrawn", "integer", _("Trong số đã giải quyết: kết thúc vì người nộp rút, hồ sơ bị trả lại hoặc dừng.")
    ),
    ApiField("in_progress", "integer", _("Đang giải quyết đến cuối kỳ = trong hạn + quá hạn.")),
    ApiField(
        "in_progress_on_time", "integer", _("Đang giải quyết, chưa qua ngày hẹn, hoặc đang chờ người nộp bổ sung.")
    ),
    ApiField("in_progress_late", "integer", _("Đang giải quyết mà đã qua ngày hẹn trả lần đầu.")),
    ApiField("resolved_share", "fraction", _("Tỷ lệ đã giải quyết = đã giải quyết / tiếp nhận.")),
    ApiField("early_share", "fraction", _("Tỷ lệ trước hạn = trước hạn / đã giải quyết.")),
    ApiField("on_time_share", "fraction", _("Tỷ lệ đúng hạn = đúng hạn / đã giải quyết.")),
    ApiField("late_share", "fraction", _("Tỷ lệ quá hạn = quá hạn / đã giải quyết.")),
    ApiField(
        "in_time_share",
        "fraction",
        _(
            "Tỷ lệ không quá hạn = (trước hạn + đúng hạn) / (đã giải quyết + đang giải quyết quá hạn). Hồ sơ quá hạn "
            "chưa xong vẫn nằm ở mẫu số, nên tỷ lệ không đẹp lên nhờ để việc lại."
        ),
    ),
    ApiField(
        "rating_mean",
        "number",
        _(
            "Điểm trung bình người nộp hồ sơ chấm, 1 đến 5, theo tháng gửi phiếu; ẩn khi ít phiếu. Tháng đang chạy "
            "chưa tính."
        ),
    ),
)
FORMULAS: Mapping[str, Any] = {field.name: field.meaning for field in FIELDS}


def figures_record(found: DossierFigures, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return ``found`` for programs: totals first, then by field, unit, channel and month, and what reports stated."""
    agency = AgencySettings.load()
    return {
        "title": _now("Số liệu giải quyết hồ sơ thủ tục hành chính"),
        "publisher": agency.name,
        "licence": agency.data_licence,
        "url": absolute(reverse("dossier_figures")),
        "period": {
            "key": found.period.key or None,
            "label": found.period.label,
            "from": found.period.starts_on,
            "to": found.period.ends_on,
        },
        "counted_at": found.counted_at,
        "smallest_cell": found.smallest,
        "totals": found.total.values,
        "by_field": _records(found.fields),
        "by_unit": _records(found.units),
        "by_channel": _records(found.channels),
        "by_month": [
            {
                "month": f"{row.month:%Y-%m}",
                "received_in_period": row.received_in_period,
                "resolved": row.resolved,
                "late": row.late,
            }
            for row in found.months
        ],
        "late_causes": [{"code": row.code, "name": str(row.name), "letters": row.letters} for row in found.causes],
        "reported": [report_record(report) for report in found.reports],
        "formulas": {name: str(FORMULAS[name]) for name in KEYS},
    }


def report_record(report: DossierReport) -> dict[str, Any]:
    """Return the line of a report: what it stated, what it did not is null, and where it stands."""
    return {
        "name": report.of_what,
        "unit": report.unit.code if report.unit else None,
        "field": report.field.name if report.field else None,
        **report.values,
        **report.shares,
        "rated": report.rated,
        "satisfied": report.satisfied,
        "source": report.source,
    }


def _records(rows: Iterable[FigureRow] | None) -> list[dict[str, Any]] | None:
    if rows is None:
        return None
    return [{"code": row.code, "name": row.name, **row.values, "hidden": list(row.hidden)} for row in rows]


def _read(query: Mapping[str, str], absolute: Absolute) -> dict[str, Any]:
    today = timezone.localdate()
    try:
        period = period_asked(query, today=today)
    except PeriodError as refusal:
        raise ApiError(str(refusal)) from None
    record = figures_record(dossier_figures(period, today=today), absolute)
    # The moment of counting says nothing of what was counted; an answer that differs by it alone is no news.
    return {name: value for name, value in record.items() if name != "counted_at"}


def _schema() -> dict[str, Any]:
    return figures_schema(
        FIELDS,
        tables=("by_field", "by_unit", "by_channel"),
        words=("title", "publisher", "licence", "url"),
        month_type="integer",
        formulas=KEYS,
        more={name: {"type": "array", "items": {"type": "object"}} for name in ("late_causes", "reported")},
    )


DOSSIER_FIGURES = Report(
    name="ho-so",
    label=_("Số liệu giải quyết hồ sơ"),
    text=_("Tiếp nhận, giải quyết trước hạn, đúng hạn, quá hạn, đang giải quyết theo kỳ, lĩnh vực, đơn vị, cách nộp."),
    fields=FIELDS,
    read=_read,
    schema=_schema,
    filters=(
        ApiFilter("ky", _("Kỳ: năm, quý, 6 hoặc 9 tháng, tháng."), "2026-Q1"),
        ApiFilter("tu", _("Từ ngày; đi cùng den, không đi cùng ky."), "2026-01-01"),
        ApiFilter("den", _("Đến hết ngày."), "2026-03-31"),
    ),
    files=(
        DataFile(lambda: reverse("dossier_figures_csv"), _("Số liệu năm nay"), "CSV"),
        DataFile(lambda: reverse("dossier_figures"), _("Số liệu trên trang"), "HTML"),
    ),
)
