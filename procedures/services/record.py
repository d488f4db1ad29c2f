"""A record of the national shape becomes a page: what it changes, and how each part is written."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from procedures.enums import (
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
from procedures.models import (
    BY_KEY,
    InternalStep,
    Names,
    ProcedureBasis,
    ProcedureDecision,
    ProcedurePage,
    ProcedurePlace,
    ProcedureResult,
    ProcedureStep,
    ReceivingPlace,
    RelatedProcedure,
    SourceDifference,
    SubmissionWay,
    content_of,
    in_row_order,
    record_of,
)
from procedures.models.codes import codes_text
from procedures.services.catalogue import field_ensure, place_ensure
from procedures.services.changes import Change, put_name

TRUST = "do_tin_cay"
PLACES = "dia_chi_tiep_nhan"
# Under this name ``source_row`` holds what a record of the national shape said last.
MEMORY = "record"
# What the catalogue of places says of each, for all its procedures at once: key in the file to column.
PLACE_FACTS = {"dia_chi": "address", "gio_lam_viec": "hours", "dien_thoai": "phone"}
Value = Mapping[str, Any]


@dataclass(frozen=True)
class RecordRow:
    """One procedure as a file of the national shape gives it, checked; ``said`` are the parts that it speaks of."""

    code: str
    said: Mapping[str, Any]

    @property
    def grade(self) -> str:
        return self.said.get(TRUST) or Grade.D

    @property
    def is_sure(self) -> bool:
        """Whether readers may see it as it comes."""
        return self.grade == Grade.A

    @property
    def says_trust(self) -> bool:
        """Whether the file says how sure it is."""
        return bool(self.said.get(TRUST))

    @property
    def field_name(self) -> str:
        return str(self.said["linh_vuc"])

    @property
    def keys_of_new(self) -> list[str]:
        """What is written onto a new page; a record that says nothing of its trust is not sure."""
        return [*dict.fromkeys([*self.said, TRUST])]

    @property
    def shown(self) -> list[str]:
        """The record in a few words."""
        keys = ("ten_thu_tuc", "linh_vuc", "cap_thuc_hien", "cach_thuc_thuc_hien")
        return [BY_KEY[key].shown(self.said[key]).replace("\n", "; ") for key in keys if self.said.get(key)]

    def remembered(self, source_row: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``source_row`` of a page with this record in it."""
        return {**source_row, MEMORY: {**source_row.get(MEMORY, {}), **self.said}}

    def changed(self, page: ProcedurePage, content: Mapping[str, Any], names: Names) -> list[str]:
        """Return the parts that the file changes.

        What the newest draft says already is no change, nor is what the file said last time: an editor has the last
        word on a part until the file itself says something new of it.
        """
        now, before = record_of(content, names), page.source_row.get(MEMORY, {})
        said = with_own(self.said, now)
        return [
            key
            for key in BY_KEY
            if key in said and said[key] != now[key] and (key not in before or said[key] != before[key])
        ]

    def is_known(self, page: ProcedurePage, keys: Sequence[str], content: Mapping[str, Any], names: Names) -> bool:
        """Whether the words in the place of which the file puts its own came from such a file, or are none."""
        now, before = record_of(content, names), page.source_row.get(MEMORY, {})
        return all(key in before or not now[key] for key in keys)

    def changes(self, keys: Sequence[str], content: Mapping[str, Any], names: Names) -> list[Change]:
        """Return what stands on the newest draft and what the file says, for each of ``keys``."""
        now = record_of(content, names)
        said, parts = with_own_places(self.said, now), [BY_KEY[key] for key in keys]
        return [Change(str(part.label), part.shown(now[part.key]), part.shown(said[part.key])) for part in parts]

    def places_kept(self, content: Mapping[str, Any], names: Names) -> list[str]:
        """Return the names of places of the page of which the file says other than the catalogue, which stands."""
        said, own = self.said.get(PLACES, ()), with_own_places(self.said, record_of(content, names)).get(PLACES, ())
        return [
            each["ten"]
            for each, kept in zip(said, own, strict=True)
            if any(each.get(key) and each[key] != kept[key] for key in PLACE_FACTS)
        ]

    def put(self, page: ProcedurePage, keys: Sequence[str], names: Names) -> None:
        """Write the parts of ``keys`` onto the page, which is not stored here."""
        content = content_of(page)
        now = record_of(content, names)
        said = with_own(self.said, now)
        for key in keys:
            if key == TRUST:
                page.grade, page.needs_confirmation = self.grade, not self.is_sure
            elif key in _WRITERS:
                _WRITERS[key](page, said[key])
            elif key in _ROWS:
                _put_rows(page, key, said[key], now[key])
        if "thanh_phan_ho_so" in keys:
            stored = dossier_of(said["thanh_phan_ho_so"], names)
            page.dossier = page.dossier.stream_block.to_python(stored)


def with_own(said: Value, now: Value) -> dict[str, Any]:
    """Return ``said`` with what the page knows better than a file: its own forms, and its places."""
    return with_own_files(with_own_places(said, now), now)


def with_own_places(said: Value, now: Value) -> dict[str, Any]:
    """Return ``said`` with what the catalogue says of those places that the page has already."""
    if PLACES not in said:
        return dict(said)
    own = {place["ten"]: place for place in now[PLACES]}

    def kept(row: Value) -> dict[str, Any]:
        return {key: own.get(row["ten"], {}).get(key) or row.get(key, "") for key in PLACE_FACTS}

    return {**said, PLACES: [{**row, **kept(row)} for row in said[PLACES]]}


def with_own_files(said: Value, now: Value) -> dict[str, Any]:
    """Return ``said`` with the full addresses of forms that the page itself has as files in the page's own spelling."""
    own = {form["dia_chi"] for form in _forms(now["thanh_phan_ho_so"]) if form["dia_chi"].startswith("/")}
    if not own or not said.get("thanh_phan_ho_so"):
        return dict(said)
    spelled = {unquote(address): address for address in own}

    def mine(form: Value | None) -> Any:
        found = spelled.get(unquote(urlsplit(form["dia_chi"]).path)) if form else None
        return {**form, "dia_chi": found} if form and found else form

    cases = [
        {**case, "giay_to": [{**paper, "mau_don": mine(paper["mau_don"])} for paper in case["giay_to"]]}
        for case in said["thanh_phan_ho_so"]
    ]
    return {**said, "thanh_phan_ho_so": cases}


def _forms(cases: Iterable[Value]) -> Iterable[Value]:
    return (paper["mau_don"] for case in cases for paper in case["giay_to"] if paper["mau_don"])


def dossier_of(cases: Iterable[Value], names: Names) -> list[dict[str, Any]]:
    """Return cases as the page's own block stores them; a form that is a file of the portal stays that file."""
    files = {address: (key, title) for key, (title, address) in names.files.items()}

    def form(value: Value | None) -> dict[str, Any]:
        if not value:
            return {}
        if value["dia_chi"] not in files:
            return {"form_url": value["dia_chi"], "title": value["ten"]}
        key, title = files[value["dia_chi"]]
        return {"document": key, "title": "" if value["ten"] == title else value["ten"]}

    def papers(case: Value) -> list[dict[str, Any]]:
        return [{**_paper(paper), **form(paper["mau_don"])} for paper in case["giay_to"]]

    return [{"type": "case", "value": {"name": case["truong_hop"], "papers": papers(case)}} for case in cases]


def _paper(value: Value) -> dict[str, Any]:
    return {
        "name": value["ten"],
        "code": value["ma"],
        "originals": value["ban_chinh"],
        "copies": value["ban_sao"],
        "optional": value["chi_khi_co"],
        "note": value["ghi_chu"],
    }


def _cited(value: Value) -> dict[str, Any]:
    return {
        "number": value["so_ky_hieu"],
        "issued_on": value["ngay_ban_hanh"] or None,
        "issuer_name": value["co_quan_ban_hanh"],
        "abstract": value["ten_van_ban"],
    }


def code_of(catalogue: Any, label: str) -> str:
    """Return the code of what people call ``label``; nothing for nothing. KeyError when there is no such label."""
    return {str(each.label): str(each.value) for each in catalogue}[label] if label else ""


def way_of(value: Value) -> SubmissionWay:
    """Return a way of submitting."""
    amount, note = value["phi_so_tien"], value["phi_ghi_chu"]
    said = FeeKind.TEXT if note else ""
    return SubmissionWay(
        channel=code_of(Channel, value["hinh_thuc_nop"]),
        audience_note=value["doi_tuong"],
        quantity=value["thoi_gian_so"],
        unit=code_of(TimeUnit, value["thoi_gian_don_vi"]),
        time_text=value["thoi_gian_ghi_chu"],
        fee_kind=said if amount is None else FeeKind.AMOUNT if amount else FeeKind.FREE,
        fee_amount=amount or None,
        fee_text=note,
        description=value["mo_ta"],
    )


def inner_of(value: Value) -> InternalStep:
    """Return a step inside the agency."""
    number = value["thoi_gian_so"]
    return InternalStep(
        unit_name=value["bo_phan"],
        work=value["viec"],
        quantity=None if number is None else str(number),
        unit=code_of(TimeUnit, value["thoi_gian_don_vi"]),
        product=value["ket_qua"],
    )


def _place_facts(value: Value) -> dict[str, str]:
    return {"name": value["ten"], **{column: value.get(key, "") for key, column in PLACE_FACTS.items()}}


def _place(value: Value) -> ProcedurePlace:
    return ProcedurePlace(place=place_ensure(**_place_facts(value)), note=value["ghi_chu"])


def _place_unsaved(value: Value) -> tuple[ReceivingPlace, ProcedurePlace]:
    return ReceivingPlace(**_place_facts(value)), ProcedurePlace(note=value["ghi_chu"])


# Rows below the page: the relation, and what makes one row of a value.
_ROWS: dict[str, tuple[str, Callable[[Value], Any]]] = {
    "so_quyet_dinh": ("decisions", lambda value: ProcedureDecision(**_cited(value))),
    PLACES: ("places", _place),
    "thu_tuc_lien_quan": ("related", lambda value: RelatedProcedure(code=value["ma"], name=value["ten"])),
    "trinh_tu_thuc_hien": ("steps", lambda value: ProcedureStep(name=value["ten"], text=value["mo_ta"])),
    "cach_thuc_thuc_hien": ("ways", way_of),
    "can_cu_phap_ly": ("bases", lambda value: ProcedureBasis(**_cited(value))),
    "ket_qua_xu_ly": ("results", lambda value: ProcedureResult(name=value["ten"], code=value["ma"])),
    "quy_trinh_noi_bo": ("internal_steps", inner_of),
    "cho_khac_nguon": (
        "differences",
        lambda value: SourceDifference(
            what=value["dieu"], here=value["trang_nay"], elsewhere=value["nguon_kia"], source=value["nguon"]
        ),
    ),
}


def rows_unsaved(key: str, value: Value) -> tuple[Any, ...]:
    """Return what one row of the part ``key`` would be stored as, to be judged before anything is written."""
    if key == PLACES:  # its own maker would write to the catalogue
        return _place_unsaved(value)
    return (_ROWS[key][1](value),) if key in _ROWS else ()


def _put_rows(page: ProcedurePage, key: str, said: Sequence[Value], now: Sequence[Value]) -> None:
    """Put rows in the place of those that are there; one that says the same stays, with what no file knows of it."""
    relation, make = _ROWS[key]
    kept: dict[str, list[Any]] = {}
    for value, row in zip(now, in_row_order(getattr(page, relation).all()), strict=False):
        kept.setdefault(_mark(value), []).append(row)
    rows = []
    for place, value in enumerate(said):
        same = kept.get(_mark(value))
        rows.append(same.pop(0) if same else make(value))
        rows[-1].sort_order = place
    setattr(page, relation, rows)


def _mark(value: Value) -> str:
    return json.dumps(value, sort_keys=True)


def _column(name: str) -> Callable[[ProcedurePage, Any], None]:
    return lambda page, value: setattr(page, name, value)


def _put_field(page: ProcedurePage, value: str) -> None:
    page.field = field_ensure(name=value)


def _put_successor(page: ProcedurePage, code: str) -> None:
    page.replaced_by = ProcedurePage.objects.with_code([code]).first() if code else None
    page.replaced_by_code = "" if page.replaced_by else code


def _put_post(page: ProcedurePage, value: Value) -> None:
    page.post_receives, page.post_returns = value.get("nhan_ho_so", False), value.get("tra_ket_qua", False)
    page.post_note = value.get("huong_dan", "")


def _put_levels(page: ProcedurePage, value: Sequence[str]) -> None:
    page.levels = codes_text([code_of(Level, label) for label in value], Level.values)


def _put_audiences(page: ProcedurePage, value: Sequence[Value]) -> None:
    page.audiences = codes_text([code_of(Audience, each["ten"]) for each in value], Audience.values)


_WRITERS: dict[str, Callable[[ProcedurePage, Any], None]] = {
    "ten_thu_tuc": put_name,
    "cap_thuc_hien": _put_levels,
    "loai_thu_tuc": lambda page, value: setattr(page, "kind", code_of(ProcedureKind, value)),
    "linh_vuc": _put_field,
    "doi_tuong_thuc_hien": _put_audiences,
    "muc_do_truc_tuyen": lambda page, value: setattr(page, "online_level", code_of(OnlineLevel, value)),
    "buu_chinh": _put_post,
    "tinh_trang": lambda page, value: setattr(page, "state", code_of(ProcedureState, value) or "in_force"),
    "hieu_luc_tu": lambda page, value: setattr(page, "effective_from", value or None),
    "hieu_luc_den": lambda page, value: setattr(page, "effective_to", value or None),
    "ngay_kiem_tra": lambda page, value: setattr(page, "checked_on", value or None),
    "thay_bang": _put_successor,
    **{
        key: _column(name)
        for key, name in (
            ("co_quan_co_tham_quyen", "authority"),
            ("co_quan_duoc_uy_quyen", "delegated"),
            ("co_quan_phoi_hop", "coordinating"),
            ("co_quan_thuc_hien", "implementing"),
            ("yeu_cau_dieu_kien", "conditions"),
            ("tu_khoa", "keywords"),
            ("mo_ta", "description"),
            ("dia_chi_truc_tuyen", "online_url"),
            ("nop_truc_tuyen", "online_guide"),
            ("hoi_o_dau", "help_contact"),
            ("nguon", "source"),
            ("dia_chi_nguon", "source_url"),
        )
    },
}
