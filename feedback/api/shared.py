"""Published cases and their figures in the interface that all open data of the portal shares."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.api import ApiError, ApiField, ApiFilter, DataFile, Report, Resource
from cms.core.api.declared import Absolute
from cms.core.api.openapi import figures_schema, record_schema
from cms.core.periods import PeriodError, period_asked
from feedback.api.figures import figures_record
from feedback.api.records import FIELDS, FIGURE_FIELDS, record_of
from feedback.models import PublicCase
from feedback.services.figures import KEYS, case_figures

# What a published case may lack: a unit, and its code.
_OPTIONAL = frozenset({"unit", "unit_code", "updated_at"})
_URLS = {"url": "url"}


def _rows() -> QuerySet:
    return PublicCase.objects.public().with_list_data()


CASES = Resource(
    name="phan-anh",
    label=_("Phản ánh, kiến nghị đã công khai"),
    text=_("Bản công khai đã che thông tin riêng, kèm câu trả lời. Bản bị gỡ thì không còn."),
    fields=tuple(
        ApiField(each.name, _URLS.get(each.name, each.type), each.meaning, always=each.name not in _OPTIONAL)
        for each in FIELDS
    ),
    rows=_rows,
    record=record_of,
    key=("reference", "reference"),
    pattern=r"PA-\d{4}-\d{6,9}",
    key_example="PA-2026-000123",
    filters=(
        ApiFilter("chu-de", _("Mã lĩnh vực."), "hoc-phi", lookup="category__code"),
        ApiFilter("don-vi", _("Mã đơn vị trả lời."), "TH-CX", lookup="unit__code"),
        ApiFilter("nam", _("Năm trả lời."), "2026", "integer", lookup="answered_on__year"),
        ApiFilter("dang-tu", _("Bản đăng từ ngày này."), "2026-01-31", "date", lookup="last_published_at__date__gte"),
    ),
    files=(
        DataFile(lambda: reverse("feedback:cases_csv"), _("Mọi phản ánh đã công khai"), "CSV"),
        DataFile(lambda: reverse("feedback:cases_json"), _("Mọi phản ánh đã công khai"), "JSON"),
        DataFile(lambda: reverse("feedback:public_cases_feed"), _("Phản ánh mới trả lời"), "Atom"),
        DataFile(lambda: reverse("open311:discovery", args=["json"]), _("Open311 GeoReport v2"), "JSON, XML"),
    ),
)


def _read(query: Mapping[str, str], absolute: Absolute) -> dict[str, Any]:
    today = timezone.localdate()
    try:
        period = period_asked(query, today=today)
    except PeriodError as refusal:
        raise ApiError(str(refusal)) from None
    record = figures_record(case_figures(period, today=today), absolute)
    # The moment of counting says nothing of what was counted; an answer that differs by it alone is no news.
    return {name: value for name, value in record.items() if name != "counted_at"}


def _schema() -> dict[str, Any]:
    figures = tuple(ApiField(each.name, each.type, each.meaning) for each in FIGURE_FIELDS)
    late = record_schema(
        (
            ApiField("due_on", "date", _("Hạn trả lời."), always=True),
            ApiField("days", "integer", _("Đã trễ bao nhiêu ngày."), always=True),
            ApiField("count", "integer", _("Số phản ánh."), always=True),
        )
    )
    return figures_schema(
        figures,
        tables=("by_unit", "by_category"),
        words=("title", "publisher", "licence", "dictionary"),
        month_type="number",
        formulas=KEYS,
        more={"late": {"type": "array", "items": late}},
    )


CASE_FIGURES = Report(
    name="phan-anh",
    label=_("Số liệu phản ánh, kiến nghị"),
    text=_("Số gửi đến, đã trả lời, đúng hạn, quá hạn theo kỳ, đơn vị, lĩnh vực, tháng; số nhỏ được ẩn."),
    fields=tuple(ApiField(each.name, each.type, each.meaning) for each in FIGURE_FIELDS),
    read=_read,
    schema=_schema,
    filters=(
        ApiFilter("ky", _("Kỳ: năm, quý, 6 hoặc 9 tháng, tháng."), "2026-Q1"),
        ApiFilter("tu", _("Từ ngày; đi cùng den, không đi cùng ky."), "2026-01-01"),
        ApiFilter("den", _("Đến hết ngày."), "2026-03-31"),
    ),
    files=(
        DataFile(lambda: reverse("feedback:figures_csv"), _("Số liệu năm nay"), "CSV"),
        DataFile(lambda: reverse("feedback:figures"), _("Số liệu trên trang"), "HTML"),
    ),
)
