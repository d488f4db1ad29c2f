"""The parts of the national record in its order: how each is read, and how people read it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from procedures.enums import (
    NATIONAL_AUDIENCES,
    Audience,
    Channel,
    FeeKind,
    Grade,
    Level,
    OnlineLevel,
    ProcedureKind,
    ProcedureState,
    TimeUnit,
)
from procedures.models.codes import codes_of, labels_of
from procedures.models.record.content import Content, Names, cases_of, papers_of, rows_of
from procedures.models.record.words import (
    difference_words,
    dossier_words,
    listed,
    numbered,
    place_words,
    plain,
    post_words,
    way_words,
)


@dataclass(frozen=True)
class RecordPart:
    """One part: its key in files, what people call it, what a revision says of it, and that value in words."""

    key: str
    label: Any
    say: Callable[[Content, Names], Any]
    words: Callable[[Any], str] = plain

    def shown(self, value: Any) -> str:
        """Return ``value`` in words; nothing for nothing."""
        return self.words(value) if value else ""


def record_of(content: Content, names: Names) -> dict[str, Any]:
    """Return every part of a revision by its key."""
    return {part.key: _even(part.say(content, names)) for part in PARTS}


def _even(value: Any) -> Any:
    """Return ``value`` with one sign where a line ends: forms send two, files one, and neither is a difference."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [_even(each) for each in value]
    return {key: _even(each) for key, each in value.items()} if isinstance(value, dict) else value


def _text(name: str) -> Callable[[Content, Names], str]:
    return lambda content, _names: str(content.get(name) or "").strip()


def _label(name: str, catalogue: Any) -> Callable[[Content, Names], str]:
    return lambda content, _names: str(catalogue(content[name]).label) if content.get(name) else ""


def _day(name: str) -> Callable[[Content, Names], str]:
    return lambda content, _names: str(content[name])[:10] if content.get(name) else ""


def _table(name: str, **keys: str) -> Callable[[Content, Names], list[dict[str, str]]]:
    """Return what reads rows of plain text: key in the file to column."""
    return lambda content, _names: [
        {key: str(row.get(column) or "").strip() for key, column in keys.items()} for row in rows_of(content, name)
    ]


def _name(content: Content, _names: Names) -> str:
    return str(content.get("full_name") or content.get("title") or "")


def _papers_cited(name: str) -> Callable[[Content, Names], list[dict[str, str]]]:
    def say(content: Content, names: Names) -> list[dict[str, str]]:
        return [
            {
                "so_ky_hieu": row.get("number") or "",
                "ngay_ban_hanh": str(row["issued_on"])[:10] if row.get("issued_on") else "",
                "co_quan_ban_hanh": row.get("issuer_name") or "",
                "ten_van_ban": row.get("abstract") or names.pages.get(row.get("cited_page") or 0, ""),
            }
            for row in rows_of(content, name)
        ]

    return say


def _audiences(content: Content, _names: Names) -> list[dict[str, str]]:
    codes = [Audience(code) for code in codes_of(content.get("audiences") or "") if code in Audience.values]
    return [{"ma": NATIONAL_AUDIENCES.get(code, ""), "ten": str(code.label)} for code in codes]


def _places(content: Content, names: Names) -> list[dict[str, str]]:
    rows = [(row, names.places.get(row.get("place") or 0)) for row in rows_of(content, "places")]
    return [
        {
            "ten": place.name,
            "dia_chi": place.address,
            "gio_lam_viec": "\n".join(place.hour_lines),
            "dien_thoai": place.phone,
            "ghi_chu": row.get("note") or "",
        }
        for row, place in rows
        if place
    ]


def _ways(content: Content, _names: Names) -> list[dict[str, Any]]:
    return [
        {
            "hinh_thuc_nop": str(Channel(row["channel"]).label),
            "doi_tuong": row.get("audience_note") or "",
            "thoi_gian_so": row.get("quantity"),
            "thoi_gian_don_vi": str(TimeUnit(row["unit"]).label) if row.get("unit") else "",
            "thoi_gian_ghi_chu": row.get("time_text") or "",
            "phi_so_tien": _amount(row),
            "phi_ghi_chu": row.get("fee_text") or "",
            "mo_ta": (row.get("description") or "").strip(),
        }
        for row in rows_of(content, "ways")
    ]


def _amount(row: Content) -> int | None:
    """In đồng; 0 is nothing to pay, None is not said in figures."""
    kind = row.get("fee_kind")
    return 0 if kind == FeeKind.FREE else row.get("fee_amount") if kind == FeeKind.AMOUNT else None


def _dossier(content: Content, names: Names) -> list[dict[str, Any]]:
    return [
        {"truong_hop": (case.get("name") or "").strip(), "giay_to": [_paper(paper, names) for paper in papers_of(case)]}
        for case in cases_of(content)
    ]


def _paper(paper: Content, names: Names) -> dict[str, Any]:
    title, address = names.files.get(paper.get("document") or 0, ("", paper.get("form_url") or ""))
    form = {"ten": paper.get("title") or title, "dia_chi": address} if address else None
    return {
        "ten": (paper.get("name") or "").strip(),
        "ma": paper.get("code") or "",
        "mau_don": form,
        "ban_chinh": paper.get("originals") or 0,
        "ban_sao": paper.get("copies") or 0,
        "chi_khi_co": bool(paper.get("optional")),
        "ghi_chu": paper.get("note") or "",
    }


def _post(content: Content, _names: Names) -> dict[str, Any]:
    value = {
        "nhan_ho_so": bool(content.get("post_receives")),
        "tra_ket_qua": bool(content.get("post_returns")),
        "huong_dan": (content.get("post_note") or "").strip(),
    }
    return value if any(value.values()) else {}


def _successor(content: Content, names: Names) -> str:
    return names.codes.get(content.get("replaced_by") or 0, "") or content.get("replaced_by_code") or ""


def _inner(content: Content, _names: Names) -> list[dict[str, Any]]:
    return [
        {
            "bo_phan": row.get("unit_name") or "",
            "viec": row.get("work") or "",
            "thoi_gian_so": _number(row.get("quantity")),
            "thoi_gian_don_vi": str(TimeUnit(row["unit"]).label) if row.get("unit") else "",
            "ket_qua": row.get("product") or "",
        }
        for row in rows_of(content, "internal_steps")
    ]


def _number(value: Any) -> float | int | None:
    if value in (None, ""):
        return None
    number = float(value)
    return int(number) if number.is_integer() else number


def _inner_words(rows: list[dict[str, Any]]) -> str:
    lines = []
    for row in rows:
        time = " ".join(str(part) for part in (row["thoi_gian_so"], row["thoi_gian_don_vi"]) if part not in (None, ""))
        lines.append(" – ".join(filter(None, [row["viec"], row["bo_phan"], time, row["ket_qua"]])))
    return numbered(lines)


_CITED = listed("so_ky_hieu", "ngay_ban_hanh", "co_quan_ban_hanh", "ten_van_ban")
PARTS: tuple[RecordPart, ...] = (
    RecordPart("ten_thu_tuc", _("Tên thủ tục"), _name),
    RecordPart("so_quyet_dinh", _("Quyết định công bố"), _papers_cited("decisions"), _CITED),
    RecordPart("cap_thuc_hien", _("Cấp thực hiện"), lambda content, _n: labels_of(content.get("levels") or "", Level)),
    RecordPart("loai_thu_tuc", _("Loại thủ tục"), _label("kind", ProcedureKind)),
    RecordPart("linh_vuc", _("Lĩnh vực"), lambda content, names: names.fields.get(content.get("field") or 0, "")),
    RecordPart("doi_tuong_thuc_hien", _("Đối tượng thực hiện"), _audiences, listed("ten")),
    RecordPart("co_quan_co_tham_quyen", _("Cơ quan có thẩm quyền"), _text("authority")),
    RecordPart("dia_chi_tiep_nhan", _("Nơi tiếp nhận"), _places, place_words),
    RecordPart("co_quan_duoc_uy_quyen", _("Cơ quan được ủy quyền"), _text("delegated")),
    RecordPart("co_quan_phoi_hop", _("Cơ quan phối hợp"), _text("coordinating")),
    RecordPart(
        "thu_tuc_lien_quan", _("Thủ tục liên quan"), _table("related", ma="code", ten="name"), listed("ma", "ten")
    ),
    RecordPart(
        "trinh_tu_thuc_hien", _("Trình tự thực hiện"), _table("steps", ten="name", mo_ta="text"), listed("ten", "mo_ta")
    ),
    RecordPart("cach_thuc_thuc_hien", _("Cách nộp, thời hạn, phí"), _ways, way_words),
    RecordPart("thanh_phan_ho_so", _("Thành phần hồ sơ"), _dossier, dossier_words),
    RecordPart("can_cu_phap_ly", _("Căn cứ pháp lý"), _papers_cited("bases"), _CITED),
    RecordPart("co_quan_thuc_hien", _("Cơ quan thực hiện"), _text("implementing")),
    RecordPart("yeu_cau_dieu_kien", _("Yêu cầu, điều kiện"), _text("conditions")),
    RecordPart("ket_qua_xu_ly", _("Kết quả"), _table("results", ten="name", ma="code"), listed("ten", "ma")),
    RecordPart("tu_khoa", _("Từ khóa"), _text("keywords")),
    RecordPart("mo_ta", _("Mô tả"), _text("description")),
    RecordPart("quy_trinh_noi_bo", _("Quy trình nội bộ"), _inner, _inner_words),
    RecordPart("muc_do_truc_tuyen", _("Dịch vụ công trực tuyến"), _label("online_level", OnlineLevel)),
    RecordPart("dia_chi_truc_tuyen", _("Địa chỉ trên Cổng Dịch vụ công quốc gia"), _text("online_url")),
    RecordPart("nop_truc_tuyen", _("Nộp trực tuyến từng bước"), _text("online_guide")),
    RecordPart("buu_chinh", _("Bưu chính công ích"), _post, post_words),
    RecordPart("hoi_o_dau", _("Hỏi ở đâu"), _text("help_contact")),
    RecordPart("tinh_trang", _("Tình trạng"), _label("state", ProcedureState)),
    RecordPart("hieu_luc_tu", _("Có hiệu lực từ ngày"), _day("effective_from")),
    RecordPart("hieu_luc_den", _("Hết hiệu lực sau ngày"), _day("effective_to")),
    RecordPart("thay_bang", _("Thay bằng thủ tục"), _successor),
    RecordPart(
        "cho_khac_nguon",
        _("Chỗ hai nguồn khác nhau"),
        _table("differences", dieu="what", trang_nay="here", nguon_kia="elsewhere", nguon="source"),
        difference_words,
    ),
    RecordPart("nguon", _("Nguồn"), _text("source")),
    RecordPart("dia_chi_nguon", _("Địa chỉ của nguồn"), _text("source_url")),
    RecordPart("ngay_kiem_tra", _("Kiểm tra gần nhất"), _day("checked_on")),
    RecordPart(
        "do_tin_cay", _("Độ tin cậy"), lambda content, _n: content.get("grade") or "", lambda v: str(Grade(v).label)
    ),
)
BY_KEY = {part.key: part for part in PARTS}
