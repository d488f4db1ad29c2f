"""Reading a list of units (CSV, XLSX) into rows for the catalogue."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.enums import UnitKind
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
from cms.core.permissions import can
from cms.units.forms import UnitRowForm
from cms.units.models import UnitPage, root_unit
from cms.units.services.pages import UnitRow, units_import

COLUMNS = (
    Column("code", ("Mã", "Mã đơn vị", "Mã trường", "Mã số"), required=True),
    Column("name", ("Tên", "Tên đơn vị", "Tên trường", "Đơn vị"), required=True),
    Column("short_name", ("Tên gọn", "Tên viết tắt", "Tên ngắn")),
    Column("kind", ("Loại", "Loại đơn vị", "Loại hình", "Loại trường", "Cấp học"), required=True),
    Column("parent_code", ("Mã cấp trên", "Mã đơn vị cấp trên", "Cấp trên", "Mã đơn vị quản lý", "Trực thuộc")),
    Column("area", ("Địa bàn", "Xã, phường", "Xã", "Phường")),
    Column("address", ("Địa chỉ", "Địa chỉ trụ sở")),
    Column("phone", ("Điện thoại", "Số điện thoại", "ĐT")),
    Column("email", ("Thư điện tử", "Email", "E-mail", "Thư công vụ")),
    Column("website", ("Trang web", "Website", "Trang thông tin", "Trang thông tin điện tử")),
    Column("opening_hours", ("Giờ làm việc", "Thời gian làm việc")),
)


class UnitReader:
    """Judges the rows of one file against each other and against the catalogue."""

    def __init__(self) -> None:
        self.reading: Reading[UnitRow] = Reading()
        self.known = {unit.code: unit for unit in Unit.objects.select_related("parent")}
        self.with_page = set(UnitPage.objects.values_list("unit_id", flat=True))
        self.root = root_unit()
        self.rows: dict[str, tuple[TableRow, UnitRow]] = {}

    def read(self, rows: list[TableRow]) -> Reading[UnitRow]:
        """Return what would be made of ``rows``, upper units first; three queries, and nothing is written."""
        for row in rows:
            self._check(row)
        self._refuse_lost()
        for code in self._in_order():
            row, data = self.rows[code]
            self.reading.items.append(Item(row.line, code, _detail(data), self._fate(data), data))
        self.reading.refusals.sort(key=lambda refusal: refusal.line)
        self.reading.remarks.sort(key=lambda remark: remark.line)
        return self.reading

    def _check(self, row: TableRow) -> None:
        form = UnitRowForm(dict(row.values))
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        if problem:
            self._refuse(row, problem)
            return
        cleaned = dict(form.cleaned_data)
        code, parent = cleaned.pop("code"), cleaned.pop("parent_code")
        if code in self.rows:
            text = _("Trùng mã %(code)s với dòng %(line)d, chỉ lấy dòng đó.")
            self._remark(row, text % {"code": code, "line": self.rows[code][0].line})
            return
        # An empty cell says nothing; what is known stays.
        stated = {name: value for name, value in cleaned.items() if value}
        self.rows[code] = (row, UnitRow(code, parent or self._usual_parent(row, code, stated["kind"]), stated))

    def _usual_parent(self, row: TableRow, code: str, kind: str) -> str:
        """A new unit of which the file does not say what is above it lies below the agency."""
        if code in self.known or self.root is None or kind == UnitKind.DEPARTMENT:
            return ""
        self._remark(row, _("Không ghi mã cấp trên: đặt dưới %(name)s.") % {"name": self.root.called})
        return self.root.code

    def _refuse_lost(self) -> None:
        """Refuse rows whose upper unit is unknown or refused itself, and rows that lie below one another."""
        while lost := [code for code, (_row, data) in self.rows.items() if not self._has_parent(data)]:
            for code in lost:
                row, data = self.rows.pop(code)
                self._refuse(row, _("Mã cấp trên: không có đơn vị mã “%(code)s”.") % {"code": data.parent_code})
        for code in [code for code in self.rows if self._is_in_a_ring(code)]:
            row, _data = self.rows.pop(code)
            self._refuse(row, _("Mã cấp trên: đơn vị không thể nằm dưới chính mình."))

    def _has_parent(self, data: UnitRow) -> bool:
        return not data.parent_code or data.parent_code in self.rows or data.parent_code in self.known

    def _above(self, code: str) -> str:
        """Return the code above ``code`` as it will be: the file's word before the catalogue's."""
        if code in self.rows and self.rows[code][1].parent_code:
            return self.rows[code][1].parent_code
        unit = self.known.get(code)
        return unit.parent.code if unit and unit.parent else ""

    def _is_in_a_ring(self, code: str) -> bool:
        seen, above = {code}, self._above(code)
        while above and above not in seen:
            seen.add(above)
            above = self._above(above)
        return bool(above)

    def _in_order(self) -> list[str]:
        def depth(code: str) -> int:
            steps, above = 0, self._above(code)
            while above:
                steps, above = steps + 1, self._above(above)
            return steps

        return sorted(self.rows, key=depth)

    def _fate(self, data: UnitRow) -> Fate:
        unit = self.known.get(data.code)
        if unit is None:
            return Fate.NEW
        same = all(getattr(unit, name) == value for name, value in data.values.items())
        same = same and data.parent_code in {"", unit.parent.code if unit.parent else ""}
        return Fate.UNCHANGED if same and unit.pk in self.with_page else Fate.CHANGED

    def _refuse(self, row: TableRow, reason: str) -> None:
        self.reading.refusals.append(Refusal(row.line, reason, first_words(list(row.values.values()))))

    def _remark(self, row: TableRow, text: str) -> None:
        self.reading.remarks.append(Remark(row.line, text))


def _detail(data: UnitRow) -> str:
    kind = str(UnitKind(data.values["kind"]).label)
    return " · ".join(filter(None, (data.values["name"], kind, data.values.get("address", ""))))


def read_units(content: bytes, filename: str) -> Reading[UnitRow]:
    """Read a list of units; raises UnreadableFileError when the file as a whole cannot be used."""
    return UnitReader().read(read_table(content, filename, COLUMNS))


def write_units(items: list[Item[UnitRow]], *, actor: object, publish: bool) -> list[str]:
    """Hand the rows of ``items`` to the one service that writes them."""
    return units_import(rows=[item.data for item in items], actor=actor, publish=publish)


UNITS_IMPORT = ImportKind(
    name="units_import",
    label=gettext_lazy("Nhập đơn vị, trường từ tệp"),
    capability="units_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: Mã, Tên, Loại, Mã cấp trên, Địa chỉ, Điện thoại, Thư điện tử, Trang web. "
        "Thứ tự cột tùy ý; ô trống thì giữ nguyên điều đã có. Đơn vị mới có ngay trang trong danh bạ."
    ),
    read=read_units,
    write=write_units,
    # The new page says what the catalogue says and nothing else, so whoever keeps the catalogue may let it out.
    may_publish=lambda user: can(user, "units_import"),
    preview_template="units/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay trang của các đơn vị mới"),
    list_url_name="units:index",
)
