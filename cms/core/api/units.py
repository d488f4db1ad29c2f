"""Units and schools as open data: what their public pages say of the office, and of no person."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core.api.declared import Absolute, ApiField, ApiFilter, Resource
from cms.core.models import Unit


def _rows() -> QuerySet:
    return Unit.objects.active().select_related("parent")


def _record(row: Unit, _absolute: Absolute) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "kind": row.kind,
        "kind_name": row.get_kind_display(),
        "parent_code": row.parent.code if row.parent else None,
        "area": row.area or None,
        "address": row.address or None,
        "phone": row.phone or None,
        "email": row.email or None,
        "website": row.website or None,
        "opening_hours": row.opening_hours or None,
        "takes_cases": row.takes_cases,
    }


UNITS = Resource(
    name="don-vi",
    label=_("Đơn vị, trường học"),
    text=_("Đơn vị đang hoạt động: mã, tên, loại, cấp trên, nơi đóng và cách liên hệ của đơn vị."),
    fields=(
        ApiField("code", "text", _("Mã đơn vị; không đổi khi đổi tên."), always=True),
        ApiField("name", "text", _("Tên đầy đủ."), always=True),
        ApiField("kind", "text", _("Loại, dạng mã."), always=True),
        ApiField("kind_name", "text", _("Loại, dạng chữ."), always=True),
        ApiField("parent_code", "text", _("Mã đơn vị cấp trên; trống ở cấp cao nhất.")),
        ApiField("area", "text", _("Xã, phường nơi đóng.")),
        ApiField("address", "text", _("Địa chỉ.")),
        ApiField("phone", "text", _("Điện thoại của đơn vị.")),
        ApiField("email", "text", _("Thư điện tử của đơn vị.")),
        ApiField("website", "url", _("Trang web riêng.")),
        ApiField("opening_hours", "text", _("Giờ làm việc.")),
        ApiField("takes_cases", "boolean", _("Có nhận phản ánh, kiến nghị qua cổng không."), always=True),
    ),
    rows=_rows,
    record=_record,
    key=("code", "code"),
    pattern=r"[0-9A-Za-z._-]{1,40}",
    key_example="TH-CX",
    filters=(
        ApiFilter("loai", _("Loại đơn vị, dạng mã."), "primary", lookup="kind"),
        ApiFilter("cap-tren", _("Mã đơn vị cấp trên."), "SO", lookup="parent__code"),
    ),
)
