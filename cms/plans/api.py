"""Plans as open data; the tasks of each are a table of its own."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.core.api import ApiField, ApiFilter, DataFile, page_resource
from cms.core.api.declared import Absolute
from cms.plans.models import PlanPage


def _rows() -> QuerySet:
    return PlanPage.objects.readable().for_lists().select_related("owner_unit")


def _record(row: Any, absolute: Absolute) -> dict[str, Any]:
    return {
        "number": row.number or None,
        "abstract": row.full_abstract or row.title,
        "type": row.document_type,
        "type_name": row.get_document_type_display(),
        "issuer": row.issuer_name or None,
        "unit_code": row.owner_unit.code if row.owner_unit else None,
        "issued_on": row.issued_on,
        "task_count": row.task_count or 0,
        "tasks_csv": absolute(reverse("plans_public:board_table", args=[row.pk, "csv"])),
    }


PLANS = page_resource(
    name="ke-hoach",
    label=_("Kế hoạch"),
    text=_("Kế hoạch cải cách hành chính đang đăng; nhiệm vụ và tiến độ của mỗi kế hoạch ở tệp tasks_csv."),
    fields=(
        ApiField("number", "text", _("Số ký hiệu như in.")),
        ApiField("abstract", "text", _("Trích yếu."), always=True),
        ApiField("type", "text", _("Loại, dạng mã."), always=True),
        ApiField("type_name", "text", _("Loại, dạng chữ."), always=True),
        ApiField("issuer", "text", _("Cơ quan ban hành.")),
        ApiField("unit_code", "text", _("Mã đơn vị chịu trách nhiệm.")),
        ApiField("issued_on", "date", _("Ngày ban hành.")),
        ApiField("task_count", "integer", _("Số nhiệm vụ."), always=True),
        ApiField("tasks_csv", "url", _("Bảng nhiệm vụ, tiến độ đã công bố (CSV)."), always=True),
    ),
    rows=_rows,
    record=_record,
    filters=(
        ApiFilter("loai", _("Loại, dạng mã."), "ke-hoach", lookup="document_type"),
        ApiFilter("nam", _("Năm ban hành."), "2026", "integer", lookup="issued_on__year"),
        ApiFilter("don-vi", _("Mã đơn vị chịu trách nhiệm."), "VP", lookup="owner_unit__code"),
    ),
    files=(DataFile(lambda: "/cai-cach-hanh-chinh/atom.xml", _("Kế hoạch mới"), "Atom"),),
)
