"""The kinds of administrative documents and their abbreviations."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document; ``abbreviation`` is empty for letters, whose symbol begins with the issuer."""

    abbreviation: str
    name: str | Promise


# Decree 30/2020/NĐ-CP, article 7 (the 29 kinds, in its order) and Annex III (abbreviations).
DOCUMENT_TYPES: tuple[DocumentType, ...] = (
    DocumentType("NQ", _("Nghị quyết")),
    DocumentType("QĐ", _("Quyết định")),
    DocumentType("CT", _("Chỉ thị")),
    DocumentType("QC", _("Quy chế")),
    DocumentType("QyĐ", _("Quy định")),
    DocumentType("TC", _("Thông cáo")),
    DocumentType("TB", _("Thông báo")),
    DocumentType("HD", _("Hướng dẫn")),
    DocumentType("CTr", _("Chương trình")),
    DocumentType("KH", _("Kế hoạch")),
    DocumentType("PA", _("Phương án")),
    DocumentType("ĐA", _("Đề án")),
    DocumentType("DA", _("Dự án")),
    DocumentType("BC", _("Báo cáo")),
    DocumentType("BB", _("Biên bản")),
    DocumentType("TTr", _("Tờ trình")),
    DocumentType("HĐ", _("Hợp đồng")),
    DocumentType("", _("Công văn")),
    DocumentType("CĐ", _("Công điện")),
    DocumentType("BGN", _("Bản ghi nhớ")),
    DocumentType("BTT", _("Bản thỏa thuận")),
    DocumentType("GUQ", _("Giấy ủy quyền")),
    DocumentType("GM", _("Giấy mời")),
    DocumentType("GGT", _("Giấy giới thiệu")),
    DocumentType("GNP", _("Giấy nghỉ phép")),
    DocumentType("PG", _("Phiếu gửi")),
    DocumentType("PC", _("Phiếu chuyển")),
    DocumentType("PB", _("Phiếu báo")),
    DocumentType("", _("Thư công")),
)

# Legal documents and Party documents that offices quote; their numbers carry these marks.
QUOTED_TYPES: tuple[DocumentType, ...] = (
    DocumentType("NĐ", _("Nghị định")),
    DocumentType("TT", _("Thông tư")),
    DocumentType("TTLT", _("Thông tư liên tịch")),
    DocumentType("NQLT", _("Nghị quyết liên tịch")),
    DocumentType("VBHN", _("Văn bản hợp nhất")),
    DocumentType("KL", _("Kết luận")),
)
