"""Letters of apology as open data: the dossier, why and until when; never the person."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.api import ApiField, ApiFilter, DataFile, Resource
from cms.core.api.declared import Absolute
from procedures.models import Apology
from procedures.querysets.apologies import ApologyQuerySet

LETTERS = "/thu-xin-loi/"
_FIELDS = (
    ApiField("id", "integer", _("Số của thư trên cổng; không đổi."), always=True),
    ApiField("code", "text", _("Mã hồ sơ."), always=True),
    ApiField("procedure_code", "text", _("Mã thủ tục.")),
    ApiField("procedure", "text", _("Tên thủ tục."), always=True),
    ApiField("kind", "text", _("Xin lỗi vì: late, late_again hoặc mistake."), always=True),
    ApiField("reason", "text", _("Loại lý do, dạng mã."), always=True),
    ApiField("reason_text", "text", _("Lý do, bằng lời của cơ quan."), always=True),
    ApiField("due_on", "date", _("Ngày đã hẹn trả.")),
    ApiField("new_due_on", "date", _("Ngày hẹn lại.")),
    ApiField("unit", "text", _("Đơn vị giải quyết."), always=True),
    ApiField("sent_on", "date", _("Ngày gửi thư."), always=True),
    ApiField("withdrawn_on", "date", _("Ngày rút thư.")),
    ApiField("withdrawn_reason", "text", _("Vì sao rút.")),
    ApiField("url", "url", _("Chỗ của thư trên trang."), always=True),
)
KEYS = tuple(each.name for each in _FIELDS)


def rows() -> ApologyQuerySet:
    """Return what has gone out, with what a record reads."""
    return Apology.objects.public().with_public_data()


def record(row: Apology, absolute: Absolute) -> dict[str, Any]:
    """Return one letter as a record: what the page shows, and nothing else."""
    return {
        "id": row.pk,
        "code": row.dossier.code,
        "procedure_code": row.dossier.procedure_code or None,
        "procedure": row.dossier.procedure_name,
        "kind": row.kind,
        "reason": row.reason,
        "reason_text": row.public_reason,
        "due_on": row.old_due_on,
        "new_due_on": row.new_due_on,
        "unit": row.unit.name,
        "sent_on": row.delivered_on,
        "withdrawn_on": timezone.localdate(row.withdrawn_at) if row.withdrawn_at else None,
        "withdrawn_reason": row.withdrawn_reason or None,
        "url": absolute(row.get_absolute_url()),
    }


APOLOGIES = Resource(
    name="thu-xin-loi",
    label=_("Thư xin lỗi"),
    text=_("Thư xin lỗi đã gửi vì hồ sơ quá hạn hay sai sót: mã hồ sơ, thủ tục, lý do, ngày hẹn lại, đơn vị."),
    fields=_FIELDS,
    rows=rows,
    record=record,
    key=("id", "pk"),
    pattern=r"[1-9]\d{0,8}",
    key_example="12",
    filters=(
        ApiFilter("loai", _("Xin lỗi vì, dạng mã."), "late", lookup="kind"),
        ApiFilter("don-vi", _("Mã đơn vị giải quyết."), "GDTrH", lookup="unit__code"),
        ApiFilter("tu", _("Gửi từ ngày."), "2026-01-01", type="date", lookup="delivered_on__gte"),
        ApiFilter("den", _("Gửi đến hết ngày."), "2026-12-31", type="date", lookup="delivered_on__lte"),
    ),
    files=(
        DataFile(lambda: f"{LETTERS}du-lieu.csv", _("Mọi thư xin lỗi đã gửi"), "CSV"),
        DataFile(lambda: f"{LETTERS}du-lieu.json", _("Mọi thư xin lỗi đã gửi"), "JSON"),
        DataFile(lambda: f"{LETTERS}atom.xml", _("Thư xin lỗi mới gửi"), "Atom"),
    ),
)
