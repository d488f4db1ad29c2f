"""Reading the file of the electronic one-stop system (CSV, XLSX) into rows for the desk."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
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
from cms.core.models import Unit
from cms.core.text import fold, format_vietnamese_date
from procedures.enums import DossierOrigin, DossierState
from procedures.forms.dossier_rows import DossierRowForm
from procedures.models import Dossier, ProcedurePage
from procedures.services.syncing import (
    SyncRow,
    dossiers_called,
    dossiers_heard_of,
    dossiers_sync,
    rows_refused,
    sync_differs,
)

SHOWN = 60
COLUMNS = (
    Column("code", ("Mã hồ sơ", "Số hồ sơ", "Mã số hồ sơ"), required=True),
    Column("procedure_code", ("Mã thủ tục", "Mã TTHC", "Mã thủ tục hành chính")),
    Column("procedure_name", ("Tên thủ tục", "Thủ tục", "Tên TTHC", "Thủ tục hành chính", "Tên thủ tục hành chính")),
    Column("name", ("Người nộp", "Chủ hồ sơ", "Họ tên", "Người nộp hồ sơ", "Tên người nộp")),
    Column("phone", ("Điện thoại", "Số điện thoại", "ĐT", "SĐT")),
    Column("channel", ("Kênh nộp", "Kênh", "Hình thức nộp", "Hình thức", "Kênh tiếp nhận")),
    Column("received", ("Ngày tiếp nhận", "Ngày nhận", "Thời gian tiếp nhận"), required=True),
    Column("due", ("Ngày hẹn trả", "Hẹn trả", "Ngày hẹn", "Ngày hẹn trả kết quả", "Hạn trả")),
    Column("done", ("Ngày trả kết quả", "Ngày trả", "Ngày kết thúc", "Ngày có kết quả")),
    Column("state", ("Trạng thái", "Tình trạng", "Trạng thái hồ sơ")),
    Column("unit", ("Đơn vị", "Đơn vị giải quyết", "Đơn vị xử lý", "Cơ quan giải quyết")),
)


class DossierReader:
    """Judges the rows of one file against each other, the catalogue of units and the dossiers that are there."""

    def __init__(self) -> None:
        self.reading: Reading[SyncRow] = Reading()
        self.seen: dict[str, tuple[int, SyncRow]] = {}
        self.there: dict[str, Dossier] = {}
        self.names: dict[str, str] = {}
        self.by_code: dict[str, Unit] = {}
        self.by_name: dict[str, list[Unit]] = {}
        tops = []
        for unit in Unit.objects.active():
            self.by_code[fold(unit.code)] = unit
            for name in {fold(name) for name in (unit.name, unit.short_name) if name}:
                self.by_name.setdefault(name, []).append(unit)
            tops += [unit] if unit.parent_id is None else []
        self.whole_agency = tops[0] if len(tops) == 1 else None

    def read(self, rows: list[TableRow]) -> Reading[SyncRow]:
        """Return what would be made of ``rows``; nothing is written."""
        found = [(row, self._made(row)) for row in rows]
        good = [(row, made) for row, made in found if made is not None]
        self.there = dossiers_called([made.code for _row, made in good])
        for row, made in good:
            self._judge(row, made)
        self.reading.refusals.sort(key=lambda refusal: refusal.line)
        return self.reading

    def _made(self, row: TableRow) -> SyncRow | None:
        form = DossierRowForm(dict(row.values))
        try:
            if problem := row.problem or ("" if form.is_valid() else form_problems(form)):
                raise ValidationError(problem)
            return self._once(row, self._facts(row, form.cleaned_data))
        except ValidationError as error:
            # The applicant stays out of the report: it is kept for a week, and read by whoever imports.
            text = first_words([row.values["code"], row.values["procedure_code"], row.values["procedure_name"]])
            self.reading.refusals.append(Refusal(row.line, " ".join(error.messages), text))
            return None

    def _facts(self, row: TableRow, data: dict[str, Any]) -> SyncRow:
        due, done = data["due"], data["done"]
        code = data["procedure_code"]
        return SyncRow(
            **{name: data[name] for name in ("code", "name", "phone", "channel", "state")},
            procedure_code=code,
            procedure_name=data["procedure_name"] or self._name(row, code),
            unit_id=self._unit(row, data["unit"]).pk,
            received_at=data["received"].at,
            due_on=due.day if due else None,
            due_time=due.hour if due else None,
            done_at=done.at if done else None,
        )

    def _name(self, row: TableRow, code: str) -> str:
        if code not in self.names:
            page = ProcedurePage.objects.with_code([code]).in_order().defer_streamfields().first()
            self.names[code] = page.name[:500] if page else ""
        if not self.names[code]:
            raise ValidationError(_("Tên thủ tục: chưa ghi, và cổng chưa có thủ tục mang mã này."))
        return self.names[code]

    def _unit(self, row: TableRow, typed: str) -> Unit:
        if not typed:
            if self.whole_agency is None:
                raise ValidationError(_("Đơn vị: chưa ghi."))
            self._remark(row, _("Không ghi đơn vị: để vào “%(name)s”.") % {"name": self.whole_agency.name})
            return self.whole_agency
        if unit := self.by_code.get(fold(typed)):
            return unit
        named = self.by_name.get(fold(typed), [])
        if len(named) > 1:  # two schools of one name: a guess would show one what is the other's
            raise ValidationError(_("Đơn vị: có mấy đơn vị tên “%(name)s”; hãy ghi mã đơn vị.") % {"name": typed})
        if not named:
            raise ValidationError(_("Đơn vị: không có “%(name)s” trong danh mục đơn vị.") % {"name": typed})
        return named[0]

    def _once(self, row: TableRow, made: SyncRow) -> SyncRow | None:
        """The same code twice in one file: the same words are taken once, other words are a fault of the file."""
        first = self.seen.setdefault(made.code, (row.line, made))
        if first[0] == row.line:
            return made
        if first[1] != made:
            words = _("Mã hồ sơ: đã có ở dòng %(line)d của tệp, nội dung khác.")
            raise ValidationError(words % {"line": first[0]})
        self._remark(row, _("Trùng dòng %(line)d của tệp, chỉ lấy dòng đó.") % {"line": first[0]})
        return None

    def _judge(self, row: TableRow, made: SyncRow) -> None:
        stored, fate = self.there.get(made.code), Fate.NEW
        if stored is not None:
            kept = stored.origin != DossierOrigin.IMPORTED
            fate = Fate.UNCHANGED if kept or not sync_differs(stored, made) else Fate.CHANGED
            if kept:
                self._remark(row, _("Hồ sơ này được xử lý tại đây; giữ nguyên điều đã có."))
        label = DossierState(made.state).label
        detail = f"{made.procedure_name[:SHOWN]} · {label}"
        if stored is not None and stored.state != made.state and fate is Fate.CHANGED:
            detail = f"{made.procedure_name[:SHOWN]} · {stored.get_state_display()} → {label}"
        if made.due_on:
            detail += " · " + _("hẹn %(date)s") % {"date": format_vietnamese_date(made.due_on)}
        self.reading.items.append(Item(row.line, made.code, detail, fate, made))

    def _remark(self, row: TableRow, text: str) -> None:
        self.reading.remarks.append(Remark(row.line, text))


def read_dossiers(content: bytes, filename: str) -> Reading[SyncRow]:
    """Read a file of dossiers; raises UnreadableFileError when the file as a whole cannot be used."""
    return DossierReader().read(read_table(content, filename, COLUMNS))


def write_dossiers(items: list[Item[SyncRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them; nothing of it is ever published."""
    return dossiers_sync(rows=[item.data for item in items], actor=actor)


def refused_to(items: Sequence[Item[SyncRow]], actor: Any) -> list[Refusal]:
    """Refuse, line by line, what is of another unit than the actor's."""
    why = rows_refused(rows=[item.data for item in items], actor=actor)
    return [
        Refusal(item.line, _("Đơn vị: %(why)s") % {"why": why[item.label]}, item.label)
        for item in items
        if item.label in why
    ]


def settle_dossiers(items: Sequence[Item[SyncRow]], *, actor: object) -> None:
    """Note when the file came, for the dossiers of which it told nothing new too (S79)."""
    dossiers_heard_of(rows=[item.data for item in items], actor=actor)


DOSSIERS_IMPORT = ImportKind(
    name="dossiers_import",
    label=gettext_lazy("Nhập hồ sơ từ tệp"),
    capability="dossiers_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Tệp xuất từ phần mềm một cửa điện tử, có dòng tiêu đề với các cột: Mã hồ sơ, Mã thủ tục, Tên thủ tục, Người "
        "nộp, Điện thoại, Kênh nộp, Ngày tiếp nhận, Ngày hẹn trả, Ngày trả kết quả, Trạng thái, Đơn vị. Thứ tự cột tùy "
        "ý; phải có Mã hồ sơ, Ngày tiếp nhận. Mã đã có thì được cập nhật; ngày hẹn trong tệp đứng trên ngày cổng tính."
    ),
    read=read_dossiers,
    write=write_dossiers,
    may_publish=lambda user: False,
    preview_template="procedures/admin/dossiers_preview.html",
    written_as=gettext_lazy("vào danh sách hồ sơ của đơn vị"),
    not_for=refused_to,
    settle=settle_dossiers,
    settled_as=gettext_lazy("Tệp không có gì mới. Xác nhận thì chỉ ghi nhận lúc đồng bộ, không hồ sơ nào đổi."),
    list_url_name="dossier:index",
)
