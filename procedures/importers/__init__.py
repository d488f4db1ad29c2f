"""Reading a list of procedures (CSV, XLSX) into rows, each laid beside the page that is there."""

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
from procedures.importers.words import CellError, read_citations, read_fee, read_levels, read_time, read_trust
from procedures.models import ProcedureField, ProcedurePage, fee_words, time_words
from procedures.models.codes import codes_text, labels_of
from procedures.services import FACTS, Fee, ProcedureRow, TimeLimit, facts_now, procedure_import, state_now

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


class ProcedureReader:
    """Judges the rows of one file against each other and against the pages that are there."""

    def __init__(self) -> None:
        self.reading: Reading[ProcedureRow] = Reading()
        self.first_lines: dict[str, int] = {}

    def read(self, rows: list[TableRow]) -> Reading[ProcedureRow]:
        """Return what would be made of ``rows``; four queries whatever their number, and nothing is written."""
        checked = [(row.line, data) for row in rows if (data := self._check(row))]
        known = ProcedurePage.objects.identified(data.code for _line, data in checked)
        drafts = ProcedurePage.objects.drafts_of(known.values())
        held = ProcedurePage.objects.held(known.values())
        fields = ProcedureField.objects.names()
        for line, data in checked:
            page = known.get(data.code)
            draft = drafts.get(page.pk, {}) if page else {}
            if page is None:
                self._item(line, data, Fate.NEW, _shown(data))
            elif not (changed := _changed(data, page, draft, fields)):
                self._item(line, data, Fate.UNCHANGED, _shown(data))
            elif page.pk in held:
                self.reading.remarks.append(
                    Remark(line, _("Trang đang khóa hoặc chờ duyệt: để nguyên, chưa nhận tệp."))
                )
                self._item(line, data, Fate.UNCHANGED, _shown(data))
            else:
                now = facts_now(draft, fields=fields)
                self._item(line, data, Fate.CHANGED, [], [_difference(key, now.get(key, ""), data) for key in changed])
                if not page.source_row:
                    text = _("Trang do người soạn, không từ tệp: chỉ ghi bản nháp để so, không đăng.")
                    self.reading.remarks.append(Remark(line, text))
        self.reading.remarks.sort(key=lambda remark: remark.line)
        return self.reading

    def _item(self, line: int, data: ProcedureRow, fate: Fate, shown: Sequence[str], parts: Sequence[str] = ()) -> None:
        detail = " · ".join(filter(None, [data.facts["field"], *parts] if parts else shown))
        self.reading.items.append(Item(line, data.code, detail, fate, data, tuple(parts)))
        if not data.is_sure and (fate is Fate.NEW or "trust" in data.given):
            text = _("Độ tin cậy dưới A: vào bản nháp “cần xác nhận”, bạn đọc chưa thấy.")
            self.reading.remarks.append(Remark(line, text))

    def _check(self, row: TableRow) -> ProcedureRow | None:
        form = ProcedureRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        meant: dict[str, Any] = {}
        if not problem:
            problem = _read_cells(form, meant)
        code = form.cleaned_data.get("code", "") if not row.problem else ""
        if not problem and (first := self.first_lines.get(code)):
            problem = _("Mã thủ tục: %(code)s đã có ở dòng %(line)d.") % {"code": code, "line": first}
        if problem:
            self.reading.refusals.append(Refusal(row.line, problem, first_words(list(row.values.values()))))
            return None
        self.first_lines[code] = row.line
        return _row(form.cleaned_data, meant, row.given & frozenset(FACTS))


def _changed(data: ProcedureRow, page: ProcedurePage, draft: Mapping[str, Any], fields: Mapping[int, str]) -> list[str]:
    """Return what the file changes: since its last reading, or on a page written by hand as that page stands."""
    return data.changed(page.source_row) if page.source_row else data.differing(state_now(draft, fields=fields))


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


def _difference(key: str, now: str, data: ProcedureRow) -> str:
    nothing = _("(trống)")
    return f"{FACTS[key]}: {now or nothing} → {data.facts[key] or nothing}"


def _shown(data: ProcedureRow) -> list[str]:
    return [data.facts[key] for key in ("name", "field", "levels", "time", "fee")]


def read_procedures(content: bytes, filename: str) -> Reading[ProcedureRow]:
    """Read a list of procedures; raises UnreadableFileError when the file as a whole cannot be used."""
    return ProcedureReader().read(read_table(content, filename, COLUMNS))


def write_procedures(items: list[Item[ProcedureRow]], *, actor: object, publish: bool) -> list[str]:
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
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Mã, Tên, Lĩnh vực, Cấp thực hiện, Thời hạn ngày làm việc, Lệ phí, "
        "Cơ quan thực hiện, Căn cứ pháp lý, Nguồn, Độ tin cậy. Dòng có độ tin cậy dưới A vào bản nháp “cần xác nhận”."
    ),
    read=read_procedures,
    write=write_procedures,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="procedures/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay các thủ tục có độ tin cậy A"),
    list_url_name="procedures_list:index",
    hand_in=hand_in,
)
