"""The register of documents as open data."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cms.core.api import ApiField, ApiFilter, DataFile, page_resource
from cms.core.api.declared import Absolute
from cms.official_documents.models import OfficialDocumentPage


def _rows() -> QuerySet:
    return OfficialDocumentPage.objects.readable().select_related("issuer", "area").defer_streamfields()


def _record(row: OfficialDocumentPage, _absolute: Absolute) -> dict[str, Any]:
    return {
        "number": row.number or None,
        "abstract": row.abstract,
        "type": row.document_type or None,
        "type_name": row.kind_label or None,
        "issuer": row.issuer.name,
        "area": row.area.name if row.area else None,
        "issued_on": row.issued_on,
        "effective_on": row.effective_on,
        "expires_on": row.expires_on,
        "legal_status": row.legal_status,
    }


DOCUMENTS = page_resource(
    name="van-ban",
    label=_("Văn bản"),
    text=_("Danh mục văn bản đang đăng: số ký hiệu, trích yếu, nơi và ngày ban hành, hiệu lực. Toàn văn ở trang."),
    fields=(
        ApiField("number", "text", _("Số ký hiệu như in; trống ở dự thảo lấy ý kiến.")),
        ApiField("abstract", "text", _("Trích yếu."), always=True),
        ApiField("type", "text", _("Loại văn bản, dạng mã.")),
        ApiField("type_name", "text", _("Loại văn bản, dạng chữ.")),
        ApiField("issuer", "text", _("Cơ quan ban hành."), always=True),
        ApiField("area", "text", _("Lĩnh vực.")),
        ApiField("issued_on", "date", _("Ngày ban hành.")),
        ApiField("effective_on", "date", _("Ngày có hiệu lực.")),
        ApiField("expires_on", "date", _("Ngày hết hiệu lực, khi văn bản tự ghi.")),
        ApiField("legal_status", "text", _("Hiệu lực hôm nay, dạng mã; unknown khi cổng không biết."), always=True),
    ),
    rows=_rows,
    record=_record,
    filters=(
        ApiFilter("loai", _("Loại văn bản, dạng mã."), "quyet-dinh", lookup="document_type"),
        ApiFilter("nam", _("Năm ban hành."), "2026", "integer", lookup="issued_year"),
    ),
    files=(DataFile(lambda: "/van-ban/atom.xml", _("Văn bản mới"), "Atom"),),
)
