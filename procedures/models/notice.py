"""The public notice (niêm yết, S58) as PDF: contents, then every procedure on a page of its own, each with its code."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from cms.core.paper import Paper
from procedures.models.record import BY_KEY

# What a notice must say, in the order of the national record; what only the office needs is left out.
_SHORT = ("so_quyet_dinh", "linh_vuc", "cap_thuc_hien", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen", "tinh_trang")
_LONG = (
    *("dia_chi_tiep_nhan", "trinh_tu_thuc_hien", "cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly"),
    *("yeu_cau_dieu_kien", "ket_qua_xu_ly", "buu_chinh", "hoi_o_dau"),
)


@dataclass(frozen=True)
class NoticeHead:
    """What the first sheet says: for which place, level, field and audience, how many, on which day."""

    facts: Sequence[tuple[str, str]]
    count: int
    day: str
    address: str


def notice_paper(records: Iterable[Mapping[str, Any]], head: NoticeHead, *, size: Literal["A4", "A3"]) -> bytes:
    """Return the notice; every record has its code as ``ma_thu_tuc`` and its address as ``dia_chi_trang``."""
    records = list(records)
    title = _("Niêm yết thủ tục hành chính")
    names = [f"{record['ma_thu_tuc']} – {record['ten_thu_tuc']}" for record in records]
    paper = Paper(title, size=size, running=f"{title}, {_('ngày')} {head.day}")
    paper.letterhead()
    paper.heading(title)
    paper.facts([*head.facts, (_("Số thủ tục"), str(head.count)), (_("In ngày"), head.day)])
    paper.qr(head.address, _("Bản mới nhất trên cổng:"))
    if records:
        paper.contents(names)
    for name, record in zip(names, records, strict=True):
        _procedure(paper, name, record)
    return paper.content()


def _procedure(paper: Paper, name: str, record: Mapping[str, Any]) -> None:
    paper.entry(name, record["ten_thu_tuc"], address=record["dia_chi_trang"])
    paper.facts(
        [(_("Mã thủ tục"), record["ma_thu_tuc"]), *((BY_KEY[key].label, _shown(key, record)) for key in _SHORT)]
    )
    if record["cho_khac_nguon"]:
        paper.section(_("Hai nguồn nói khác nhau, hãy hỏi trước khi nộp"))
        paper.words(_shown("cho_khac_nguon", record))
    for key in _LONG:
        if words := _shown(key, record):
            paper.section(str(BY_KEY[key].label))
            paper.words(words)


def _shown(key: str, record: Mapping[str, Any]) -> str:
    if key == "doi_tuong_thuc_hien":  # names in one line, which numbers would only break
        return ", ".join(row["ten"] for row in record[key])
    words = BY_KEY[key].shown(record[key])
    return words.replace("\n", ", ") if key == "cap_thuc_hien" else words
