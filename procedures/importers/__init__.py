"""Reading procedures (CSV, XLSX, JSON of the national shape) into rows, each laid beside the page that is there."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import (
    Column,
    Fate,
    ImportKind,
    Item,
    Reading,
    Refusal,
    Remark,
    TableRow,
    first_words,
    form_problems,
    read_table,
)
from cms.core.permissions import can
from cms.core.services.moderation import draft_hand_in
from procedures.enums import Level
from procedures.forms import ProcedureRowForm
from procedures.importers.records import json_records, read_record
from procedures.importers.words import CellError, read_citations, read_fee, read_levels, read_time, read_trust
from procedures.models import Names, ProcedurePage, fee_words, time_words
from procedures.models.codes import codes_text, labels_of
from procedures.services import (
    FACTS,
    Change,
    Fee,
    ImportedRow,
    ProcedureRow,
    RecordRow,
    TimeLimit,
    procedure_import,
)

COLUMNS = (
    Column("code", ("Mã thủ tục", "Mã", "Mã số", "Mã TTHC", "Mã số TTHC"), required=True),
    Column("name", ("Tên thủ tục", "Tên", "Tên thủ tục hành chính", "Tên TTHC", "Thủ tục hành chính"), required=True),
    Column("field", ("Lĩnh vực", "Tên lĩnh vực"), required=True),
    Column("levels", ("Cấp thực hiện", "Cấp", "Cấp giải quyết")),
    Column("time", ("Thời hạn ngày làm việc", "Thời hạn", "Thời hạn giải quyết", "Thời gian giải quyết")),
    Column("fee", ("Lệ phí", "Phí, lệ phí", "Phí")),
    Column("authority", ("Cơ quan thực hiện", "Cơ quan có thẩm quyền", "Cơ quan giải quyết")),
    Column("basis", ("Căn cứ pháp lý", "Căn cứ")),
    Column("source", ("Nguồn",)),
    Column("trust", ("Độ tin cậy", "Mức tin cậy")),
)
_READERS: tuple[tuple[str, Callable[[str], Any]], ...] = (
    *(("levels", read_levels), ("time", read_time), ("fee", read_fee)),
    *(("basis", read_citations), ("trust", read_trust)),
)


# The cells of a table that a record has as well.
_RECORD_CELLS = {"code": "ma_thu_tuc", "name": "ten_thu_tuc", "field": "linh_vuc"}


_KEPT = gettext_lazy(
    "%(places)s: địa chỉ, giờ làm việc, điện thoại giữ như ở danh mục Nơi tiếp nhận hồ sơ; khác thì sửa ở đó."
)


class ProcedureReader:
    """Judges the rows of one file against each other and against the pages that are there."""

    def __init__(self) -> None:
        self.reading: Reading[ImportedRow] = Reading()
        self.first_lines: dict[str, int] = {}

    def read_table(self, rows: list[TableRow]) -> Reading[ImportedRow]:
        """Return what would be made of the ``rows`` of a table; nothing is written."""
        return self._judge([(row.line, data) for row in rows if (data := self._check(row))])

    def read_records(self, records: list[tuple[int, Any]]) -> Reading[ImportedRow]:
        """Return what would be made of records of the national shape; nothing is written."""
        return self._judge([(line, data) for line, record in records if (data := self._check_record(line, record))])

    def _judge(self, checked: Sequence[tuple[int, ImportedRow]]) -> Reading[ImportedRow]:
        """Lay each row beside its page: so many queries, whatever the number of rows."""
        known = ProcedurePage.objects.identified(data.code for _line, data in checked)
        drafts = ProcedurePage.objects.drafts_of(known.values())
        held = ProcedurePage.objects.held(known.values())
        names = Names.of(drafts.values(), procedures=ProcedurePage.objects.all())
        for line, data in checked:
            page = known.get(data.code)
            draft = drafts.get(page.pk, {}) if page else {}
            if page is None:
                self._item(line, data, Fate.NEW)
            elif not (changed := data.changed(page, draft, names)):
                self._item(line, data, Fate.UNCHANGED)
            elif page.pk in held:
                self._remark(line, _("Trang đang khóa hoặc chờ duyệt: để nguyên, chưa nhận tệp."))
                self._item(line, data, Fate.UNCHANGED)
            else:
                self._item(line, data, Fate.CHANGED, data.changes(changed, draft, names))
                if not data.is_known(page, changed, draft, names):
                    self._remark(line, _("Trang do người soạn, không từ tệp: chỉ ghi bản nháp để so, không đăng."))
            if page and (kept := data.places_kept(draft, names)):
                self._remark(line, _KEPT % {"places": ", ".join(kept)[:200]})
        self.reading.remarks.sort(key=lambda remark: remark.line)
        return self.reading

    def _remark(self, line: int, text: str) -> None:
        self.reading.remarks.append(Remark(line, text))

    def _item(self, line: int, data: ImportedRow, fate: Fate, changes: Sequence[Change] = ()) -> None:
        nothing = _("(trống)")
        parts = tuple(f"{each.label}: {each.old or nothing} → {each.new or nothing}" for each in changes)
        detail = " · ".join(filter(None, [data.field_name, *parts] if parts else data.shown))
        pairs = tuple((each.label, each.old, each.new) for each in changes)
        title = data.shown[0] if pairs else ""
        self.reading.items.append(Item(line, data.code, detail, fate, data, parts, pairs, title))
        if not data.is_sure and (fate is Fate.NEW or data.says_trust):
            self._remark(line, _("Độ tin cậy dưới A: vào bản nháp “cần xác nhận”, bạn đọc chưa thấy."))

    def _check(self, row: TableRow) -> ProcedureRow | None:
        form = ProcedureRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        meant: dict[str, Any] = {}
        if not problem:
            problem = _read_cells(form, meant)
        code = form.cleaned_data.get("code", "") if not row.problem else ""
        if not self._accept(row.line, code, problem, list(row.values.values())):
            return None
        return _row(form.cleaned_data, meant, row.given & frozenset(FACTS))

    def _check_record(self, line: int, record: Any) -> RecordRow | None:
        if not isinstance(record, dict):
            self._accept(line, "", _("Một thủ tục phải là một nhóm các mục trong ngoặc nhọn."), [str(record)])
            return None
        said, problems, unknown = read_record(record)
        words = {name: record.get(key) for name, key in _RECORD_CELLS.items()}
        form = ProcedureRowForm({name: value if isinstance(value, str) else "" for name, value in words.items()})
        problem = " ".join(filter(None, ["" if form.is_valid() else form_problems(form), *problems]))
        shown = [value for value in words.values() if isinstance(value, str)]
        if not self._accept(line, form.cleaned_data.get("code", ""), problem, shown):
            return None
        if unknown:
            self._remark(line, _("Không dùng các mục lạ: %(names)s.") % {"names": ", ".join(unknown)[:200]})
        return RecordRow(form.cleaned_data["code"], said)

    def _accept(self, line: int, code: str, problem: str, words: Sequence[str]) -> bool:
        """Refuse a row with a problem, or with a code that stands above; else remember where its code stands."""
        if not problem and (first := self.first_lines.get(code)):
            problem = _("Mã thủ tục: %(code)s đã có ở dòng %(line)d.") % {"code": code, "line": first}
        if problem:
            self.reading.refusals.append(Refusal(line, problem, first_words(list(words))))
        else:
            self.first_lines[code] = line
        return not problem


def _read_cells(form: ProcedureRowForm, meant: dict[str, Any]) -> str:
    """Fill ``meant`` with what the cells say; return every problem as one line."""
    problems = []
    for name, read in _READERS:
        try:
            meant[name] = read(form.cleaned_data[name])
        except CellError as error:
            problems.append(f"{form.fields[name].label}: {error}")
    return " ".join(problems)


def _row(cleaned: Mapping[str, str], meant: Mapping[str, Any], given: frozenset[str]) -> ProcedureRow:
    time: TimeLimit = meant["time"]
    fee: Fee = meant["fee"]
    grade, note = meant["trust"]
    facts = {key: cleaned[key] for key in FACTS} | {
        "levels": "; ".join(labels_of(codes_text(meant["levels"], Level.values), Level)),
        "time": time_words(time.quantity, time.unit, time.text),
        "fee": fee_words(fee.kind, fee.amount, fee.text),
    }
    return ProcedureRow(cleaned["code"], facts, meant["levels"], time, fee, meant["basis"], grade, note, given)


def read_procedures(content: bytes, filename: str) -> Reading[ImportedRow]:
    """Read a list of procedures; raises UnreadableFileError when the file as a whole cannot be used."""
    if filename.lower().endswith(".json"):
        return ProcedureReader().read_records(json_records(content))
    return ProcedureReader().read_table(read_table(content, filename, COLUMNS))


def write_procedures(items: list[Item[ImportedRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them."""
    return procedure_import(rows=[item.data for item in items], actor=actor, publish=publish)


def hand_in(key: str, *, actor: Any) -> bool:
    """Hand one written draft in for approval; one that nobody has confirmed stays with its editor."""
    draft = ProcedurePage.objects.draft(int(key))
    return draft is not None and not draft.get("needs_confirmation") and draft_hand_in(key, actor=actor)


PROCEDURE_IMPORT = ImportKind(
    name="procedures_import",
    label=gettext_lazy("Nhập thủ tục hành chính từ tệp"),
    capability="procedures_import",
    extensions=("csv", "xlsx", "json"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Mã, Tên, Lĩnh vực, Cấp thực hiện, Thời hạn ngày làm việc, Lệ phí, "
        "Cơ quan thực hiện, Căn cứ pháp lý, Nguồn, Độ tin cậy; hoặc tệp JSON của bản ghi đầy đủ, như tệp ở trang "
        "Dữ liệu mở. Bản ghi có độ tin cậy dưới A vào bản nháp “cần xác nhận”."
    ),
    read=read_procedures,
    write=write_procedures,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="procedures/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay các thủ tục có độ tin cậy A"),
    list_url_name="procedures_list:index",
    hand_in=hand_in,
    may_choose=True,
)
