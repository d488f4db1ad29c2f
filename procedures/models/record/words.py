"""Record values in words, and where two of them differ."""

import difflib
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_TOKENS = re.compile(r"\s+|[^\s]+")
_MOST_TOKENS = 1500  # beyond it a comparison word by word takes longer than anybody reads


def plain(value: Any) -> str:
    """Return a text as it is; a list of texts, one a line."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def listed(*names: str, sign: str = " – ") -> Any:
    """Return what says rows in words: the facts of ``names``, one row a line, numbered when they are several."""

    def say(rows: list[dict[str, Any]]) -> str:
        return numbered([sign.join(str(row[name]) for name in names if row.get(name)) for row in rows])

    return say


def numbered(lines: list[str]) -> str:
    """Return lines with their numbers when they are several."""
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) if len(lines) > 1 else "".join(lines)


def place_words(rows: list[dict[str, Any]]) -> str:
    """Say every place that takes dossiers in a line: name, address, when it is open, its telephone, what to mind."""
    return numbered([" – ".join(filter(None, _place_parts(row))) for row in rows])


def _place_parts(row: dict[str, Any]) -> list[str]:
    hours, phone = ", ".join(filter(None, row.get("gio_lam_viec", "").splitlines())), row.get("dien_thoai", "")
    return [
        row["ten"],
        row["dia_chi"],
        _("giờ làm việc: %(hours)s") % {"hours": hours} if hours else "",
        _("điện thoại: %(phone)s") % {"phone": phone} if phone else "",
        row["ghi_chu"],
    ]


def way_words(rows: list[dict[str, Any]]) -> str:
    """Say every way of submitting in a line."""
    return numbered([" – ".join(filter(None, way_parts(row))) for row in rows])


def way_parts(row: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return channel and for whom, time, fee, and what is said beside them."""
    who = ", ".join(filter(None, [row["hinh_thuc_nop"], row["doi_tuong"]]))
    return who, time_of(row), fee_of(row), row["mo_ta"]


def time_of(row: dict[str, Any]) -> str:
    """Say the time limit of a way: “3 ngày làm việc (từ lúc đủ hồ sơ)”."""
    number = row["thoi_gian_so"]
    said = " ".join(filter(None, ["" if number is None else f"{number}".replace(".", ","), row["thoi_gian_don_vi"]]))
    note = row.get("thoi_gian_ghi_chu", "")
    return f"{said} ({note})" if said and note else said or note


def fee_of(row: dict[str, Any]) -> str:
    """Say the fee of a way: “Không thu”, “20.000 đồng (một bản sao)”."""
    amount, note = row["phi_so_tien"], row["phi_ghi_chu"]
    if amount is None:
        return str(note)
    said = _("%(amount)s đồng") % {"amount": f"{amount:,}".replace(",", ".")} if amount else _("Không thu")
    return f"{said} ({note})" if note else str(said)


def dossier_words(cases: list[dict[str, Any]]) -> str:
    """Say every case and its papers."""
    lines = []
    for case in cases:
        lines += [f"{case['truong_hop']}:"] if case["truong_hop"] else []
        lines += [f"- {paper_line(paper)}" for paper in case["giay_to"]]
    return "\n".join(lines)


def paper_line(paper: dict[str, Any]) -> str:
    """Say one paper: how many, only when there is one, its form, what to mind."""
    counts = ((paper["ban_chinh"], _("bản chính")), (paper["ban_sao"], _("bản sao")))
    many = ", ".join(f"{count} {name}" for count, name in counts if count)
    form = paper["mau_don"]["ten"] if paper["mau_don"] else ""
    said = [
        f"{paper['ten']} ({many})" if many else paper["ten"],
        _("chỉ cần khi có") if paper["chi_khi_co"] else "",
        _("mẫu: %(name)s") % {"name": form} if form else "",
        paper["ghi_chu"],
    ]
    return " – ".join(filter(None, said))


def post_words(value: dict[str, Any]) -> str:
    """Say what the post does: “Nhận hồ sơ, trả kết quả. Gửi bảo đảm đến nơi tiếp nhận.”."""
    takes = _("Nhận hồ sơ, trả kết quả") if value["tra_ket_qua"] else _("Nhận hồ sơ")
    does = takes if value["nhan_ho_so"] else _("Trả kết quả") if value["tra_ket_qua"] else ""
    return ". ".join(filter(None, [does, value["huong_dan"]]))


def difference_words(rows: list[dict[str, str]]) -> str:
    """Say where two sources differ, as the page of the procedure says it."""
    said = _("%(dieu)s: ở đây ghi “%(trang_nay)s”; %(nguon)s ghi “%(nguon_kia)s”.")
    return numbered([said % row for row in rows])


@dataclass(frozen=True)
class MarkedWords:
    """A piece of text, and whether it is of both versions, of the older (``old``) or of the newer (``new``) alone."""

    text: str
    mark: str = ""


def marked(old: str, new: str) -> list[MarkedWords]:
    """Return ``new`` laid over ``old`` word by word."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    if len(before) + len(after) > _MOST_TOKENS:
        return [MarkedWords(old, "old"), MarkedWords(new, "new")]
    pieces = []
    for kind, start, end, first, last in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(MarkedWords("".join(before[start:end])))
            continue
        pieces += [MarkedWords("".join(before[start:end]), "old")] if end > start else []
        pieces += [MarkedWords("".join(after[first:last]), "new")] if last > first else []
    return pieces
