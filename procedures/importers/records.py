"""Records of the national shape from JSON: where each begins in the file, what each part must look like."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from json.decoder import scanstring
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.text import TextError, clean_line, clean_text, fold
from procedures.enums import (
    NATIONAL_AUDIENCES,
    Audience,
    Channel,
    Grade,
    Level,
    OnlineLevel,
    ProcedureKind,
    ProcedureState,
    TimeUnit,
)
from procedures.importers.words import CellError
from procedures.models import BY_KEY
from procedures.services import PLACE_FACTS, PLACES, rows_unsaved

MAX_RECORDS = 5_000
# Where the list stands when the file is an object; and what an export of ours adds for people.
LISTS = ("thu_tuc", "items")
PASSED_OVER = frozenset({"ma_thu_tuc", "dia_chi_trang"})
NOTHING = "Không có thông tin"  # what the national record prints for nothing
_LONGEST = 20_000
_MOST_ROWS = 200
_LONGEST_URL = 500

_CITED = {"so_ky_hieu": "", "ngay_ban_hanh": "day", "co_quan_ban_hanh": "", "ten_van_ban": ""}
_FORM = {"ten": "", "dia_chi": "file"}
_PAPER = {
    **{"ten": "", "ma": "", "mau_don": "form", "ban_chinh": "count", "ban_sao": "count"},
    **{"chi_khi_co": "truth", "ghi_chu": ""},
}
# What each part is: a line of text, text of several lines, or rows by the kinds of their keys.
SHAPES: dict[str, Any] = {
    **dict.fromkeys(("ten_thu_tuc", "linh_vuc", "thay_bang", "do_tin_cay"), ""),
    **dict.fromkeys(
        ("co_quan_co_tham_quyen", "co_quan_duoc_uy_quyen", "co_quan_phoi_hop", "co_quan_thuc_hien"), "text"
    ),
    **dict.fromkeys(("yeu_cau_dieu_kien", "tu_khoa", "mo_ta", "nop_truc_tuyen", "hoi_o_dau", "nguon"), "text"),
    **dict.fromkeys(("dia_chi_truc_tuyen", "dia_chi_nguon"), "url"),
    **dict.fromkeys(("hieu_luc_tu", "hieu_luc_den", "ngay_kiem_tra"), "day"),
    "so_quyet_dinh": [_CITED],
    "can_cu_phap_ly": [_CITED],
    "cap_thuc_hien": "levels",
    "doi_tuong_thuc_hien": "audiences",
    "loai_thu_tuc": ProcedureKind,
    "muc_do_truc_tuyen": OnlineLevel,
    "tinh_trang": ProcedureState,
    "dia_chi_tiep_nhan": [{"ten": "", "dia_chi": "", "gio_lam_viec": "text", "dien_thoai": "", "ghi_chu": ""}],
    "thu_tuc_lien_quan": [{"ma": "", "ten": ""}],
    "trinh_tu_thuc_hien": [{"ten": "", "mo_ta": "text"}],
    "cach_thuc_thuc_hien": [
        {
            **{"hinh_thuc_nop": Channel, "doi_tuong": "", "thoi_gian_so": "number", "thoi_gian_don_vi": TimeUnit},
            **{"thoi_gian_ghi_chu": "", "phi_so_tien": "number", "phi_ghi_chu": "", "mo_ta": "text"},
        }
    ],
    "thanh_phan_ho_so": [{"truong_hop": "", "giay_to": [_PAPER]}],
    "ket_qua_xu_ly": [{"ten": "", "ma": ""}],
    "quy_trinh_noi_bo": [
        {"bo_phan": "", "viec": "", "thoi_gian_so": "decimal", "thoi_gian_don_vi": TimeUnit, "ket_qua": ""}
    ],
    "buu_chinh": {"nhan_ho_so": "truth", "tra_ket_qua": "truth", "huong_dan": "text"},
    "cho_khac_nguon": [{"dieu": "", "trang_nay": "", "nguon_kia": "", "nguon": ""}],
}


def json_records(content: bytes) -> list[tuple[int, Any]]:
    """Return each record with the line on which it begins, or its number; raises UnreadableFileError in words."""
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_no_doubles)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(_("Tệp JSON không dùng bảng mã UTF-8.")) from error
    except RecursionError as error:
        raise UnreadableFileError(_("Tệp JSON lồng quá nhiều lớp.")) from error
    except json.JSONDecodeError as error:
        raise UnreadableFileError(_("Tệp không phải JSON: sai ở dòng %(line)d.") % {"line": error.lineno}) from error
    except ValueError as error:
        raise UnreadableFileError(str(error)) from error
    if isinstance(data, dict):
        named = next((name for name in LISTS if isinstance(data.get(name), list)), "")
        if not named and "ma_thu_tuc" not in data:
            raise UnreadableFileError(_("Tệp JSON phải là một danh sách thủ tục, hoặc có mục “thu_tuc” là danh sách."))
        data = data[named] if named else [data]
    if not isinstance(data, list) or not data:
        raise UnreadableFileError(_("Tệp JSON không có thủ tục nào."))
    if len(data) > MAX_RECORDS:
        raise UnreadableFileError(_("Tệp có hơn %(most)d thủ tục. Hãy chia nhỏ tệp.") % {"most": MAX_RECORDS})
    # A line is how a record is told and chosen: several on one line are numbered instead.
    lines = list(_lines_of_codes(text))
    numbers = lines if len(set(lines)) == len(data) else range(1, len(data) + 1)
    return list(zip(numbers, data, strict=True))


def _lines_of_codes(text: str) -> Iterator[int]:
    """Yield the line of each object of the list: the first list whose items begin at the least depth."""
    depth, line, place, wanted = 0, 1, 0, 0
    while place < len(text):
        sign = text[place]
        if sign == '"':
            _words, end = scanstring(text, place + 1)
            line += text.count("\n", place, end)
            place = end
            continue
        if sign in "{[":
            if sign == "[" and not wanted:
                wanted = depth + 1
            elif depth == wanted and wanted:
                yield line
            depth += 1
        elif sign in "}]":
            depth -= 1
            if wanted and depth < wanted:
                return
        line += sign == "\n"
        place += 1


def _no_constant(word: str) -> Any:
    raise ValueError(_("Tệp JSON có giá trị “%(word)s” không phải là số.") % {"word": word})


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(_("Tệp JSON có một mục ghi hai lần trong cùng một thủ tục."))
    return found


def read_record(record: Mapping[str, Any]) -> tuple[dict[str, Any], list[str], list[str]]:
    """Return the parts that ``record`` speaks of, every problem as a sentence, and the names nobody knows."""
    said, problems = {}, []
    for key, part in BY_KEY.items():
        if key not in record:
            continue
        try:
            said[key] = fitted(SHAPES[key], record[key])
            _check_rows(key, said[key])
            said[key] = _without_unsaid(key, said[key])
        except CellError as error:
            problems.append(f"{part.label}: {error}")
    if said.get("do_tin_cay", "") not in {"", *Grade.values}:
        problems.append(f"{BY_KEY['do_tin_cay'].label}: {_('phải là A, B, C hoặc D.')}")
    return said, problems, sorted(set(record) - set(BY_KEY) - PASSED_OVER)


def _without_unsaid(key: str, value: Any) -> Any:
    """Leave out what a file does not say of its places: files from before these facts were asked for say the same."""
    if key != PLACES:
        return value
    return [{name: words for name, words in row.items() if words or name not in PLACE_FACTS} for row in value]


def fitted(shape: Any, value: Any) -> Any:
    """Return ``value`` in its shape, cleaned; CellError with a sentence when it has another."""
    if isinstance(shape, list):
        return _rows(shape[0], value)
    if isinstance(shape, dict):
        return _row(shape, value) if value else {}
    if isinstance(shape, type):
        return _label(shape, value)
    return _READERS[shape](value)


def _rows(shape: Mapping[str, Any], value: Any) -> list[Any]:
    if _is_nothing(value):
        return []
    if not isinstance(value, list):
        raise CellError(_("phải là một danh sách."))
    if len(value) > _MOST_ROWS:
        raise CellError(_("có hơn %(most)d dòng.") % {"most": _MOST_ROWS})
    rows = []
    for number, each in enumerate(value, start=1):
        try:
            rows.append(_row(shape, each))
        except CellError as error:
            raise CellError(_("dòng %(number)d: %(problem)s") % {"number": number, "problem": error}) from error
    return rows


def _row(shape: Mapping[str, Any], value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise CellError(_("phải gồm các mục %(names)s.") % {"names": ", ".join(shape)})
    row = {}
    for key, kind in shape.items():
        try:
            row[key] = fitted(kind, value.get(key))
        except CellError as error:
            raise CellError(f"“{key}” {error}") from error
    return row


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip() in {"", NOTHING})


def _words(value: Any, clean: Any = clean_line) -> str:
    if _is_nothing(value):
        return ""
    if not isinstance(value, str):
        raise CellError(_("phải là chữ."))
    if len(value) > _LONGEST:
        raise CellError(_("dài hơn %(most)d ký tự.") % {"most": _LONGEST})
    try:
        return str(clean(value))
    except TextError as error:
        raise CellError(str(error)) from error


def _day(value: Any) -> str:
    words = _words(value)
    try:
        return date.fromisoformat(words).isoformat() if words else ""
    except ValueError as error:
        raise CellError(_("phải là ngày dạng 2026-05-28.")) from error


def _url(value: Any) -> str:
    words = _words(value)
    try:
        if words:
            URLValidator(schemes=["http", "https"])(words)
    except ValidationError as error:
        raise CellError(_("phải là địa chỉ bắt đầu bằng http:// hoặc https://.")) from error
    return words


def _file(value: Any) -> str:
    """Return the address of a form, on whatever machine: a file of a portal that runs for a trial has one too."""
    words = _words(value)
    parts = urlsplit(words)
    if words and (
        parts.scheme not in {"http", "https"} or not parts.netloc or " " in words or len(words) > _LONGEST_URL
    ):
        raise CellError(_("phải là địa chỉ bắt đầu bằng http:// hoặc https://."))
    return words


def _number(value: Any, kinds: tuple[type, ...] = (int,)) -> Any:
    if value is None or value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, kinds):
        raise CellError(_("phải là số."))
    if not 0 <= value <= 10**12:
        raise CellError(_("là số không thể có."))
    return value


def _truth(value: Any) -> bool:
    if value not in (None, True, False):
        raise CellError(_("phải là true hoặc false."))
    return bool(value)


def _form(value: Any) -> Any:
    form = _row(_FORM, value) if value else None
    return form if form and form["dia_chi"] else None


def _label(catalogue: Any, value: Any) -> str:
    """Return the label of a closed set that ``value`` spells, with or without marks; also by its code."""
    words = fold(_words(value))
    if not words:
        return ""
    found = [each for each in catalogue if words in {fold(str(each.label)), fold(str(each.value)), each.value}]
    if not found and catalogue is Channel and words == "buu chinh":
        found = [Channel.POST]
    if not found:
        raise CellError(_("không có “%(value)s”.") % {"value": str(value)[:60]})
    return str(found[0].label)


def _parted(value: Any) -> list[Any]:
    if _is_nothing(value):
        return []
    if isinstance(value, str):
        return [part for part in value.replace(";", ",").split(",") if part.strip()]
    if not isinstance(value, list):
        raise CellError(_("phải là một danh sách."))
    return value


def _levels(value: Any) -> list[str]:
    known = {_level_word(str(level.label)): level for level in Level}
    found = set()
    for words in map(_words, _parted(value)):
        if _level_word(words) not in known:
            raise CellError(_("Không có cấp thực hiện “%(level)s”.") % {"level": words[:60]})
        found.add(known[_level_word(words)])
    return [str(level.label) for level in Level if level in found]


def _level_word(label: str) -> str:
    """Return what tells a level: “xa” of “Cấp xã”, “huyen” of “Cấp huyện (trước 01/07/2025)”."""
    return fold(label).removeprefix("cap ").partition(" (")[0]


def _audiences(value: Any) -> list[dict[str, str]]:
    """Classes by their national number or by name; commas inside a name part nothing when the value is a list."""
    by_number = {fold(number): audience for audience, number in NATIONAL_AUDIENCES.items()}
    by_name = {fold(str(audience.label)).replace("hop tac xa", "htx"): audience for audience in Audience}
    found = set()
    for each in [value] if isinstance(value, str) else _parted(value):
        number, name = (each.get("ma"), each.get("ten")) if isinstance(each, dict) else ("", each)
        named = by_name.get(fold(_words(name)).replace("hop tac xa", "htx")) if name else None
        audience = by_number.get(fold(_words(number))) or named or by_number.get(fold(_words(name)))
        if audience is None and not _is_nothing(each):
            raise CellError(_("Không có đối tượng “%(name)s”.") % {"name": str(name or number)[:60]})
        found.add(audience)
    return [
        {"ma": NATIONAL_AUDIENCES.get(audience, ""), "ten": str(audience.label)}
        for audience in Audience
        if audience in found
    ]


_READERS: dict[str, Any] = {
    "": _words,
    "text": lambda value: _words(value, clean_text),
    "day": _day,
    "url": _url,
    "file": _file,
    "number": _number,
    "decimal": lambda value: _number(value, (int, float)),
    "count": lambda value: _number(value) or 0,
    "truth": _truth,
    "form": _form,
    "levels": _levels,
    "audiences": _audiences,
}


def _check_rows(key: str, rows: Any) -> None:
    """Raise CellError for a row that the page's own form would refuse, with its number."""
    if key == "thanh_phan_ho_so":
        _check_dossier(rows)
    if key == PLACES and any(not row["ten"] or not row["dia_chi"] for row in rows):
        raise CellError(_("mỗi nơi tiếp nhận phải có tên và địa chỉ."))
    for number, value in enumerate(rows if isinstance(rows, list) else (), start=1):
        try:
            for row in rows_unsaved(key, value):
                row.full_clean(exclude=["page", "place"], validate_unique=False)
        except ValidationError as error:
            problem = " ".join(error.messages)
            raise CellError(_("dòng %(number)d: %(problem)s") % {"number": number, "problem": problem}) from error


def _check_dossier(cases: Sequence[Mapping[str, Any]]) -> None:
    for case in cases:
        if not case["giay_to"] or any(not paper["ten"] for paper in case["giay_to"]):
            raise CellError(_("mỗi trường hợp phải có giấy tờ, mỗi giấy tờ phải có tên."))
        longest = (("ten", 500), ("ma", 60), ("ghi_chu", 500))
        if any(len(paper[name]) > most for paper in case["giay_to"] for name, most in longest):
            raise CellError(_("tên hay ghi chú của một giấy tờ dài hơn 500 ký tự."))
        if any(paper[name] > 99 for paper in case["giay_to"] for name in ("ban_chinh", "ban_sao")):
            raise CellError(_("số bản của một giấy tờ lớn hơn 99."))
