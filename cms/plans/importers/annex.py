"""The annex: a table of tasks under the headings of each office's own taste."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from cms.core.importing import Refusal, heading_key
from cms.core.models import Unit
from cms.core.text import fold
from cms.plans.services import TaskDraft

from .deadlines import read_deadline, read_recurrence
from .word import Cell, Grid, distinct

# The beginnings of headings, compared without case, marks and spaces; the first that fits wins.
_HEADINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("printed_order", ("tt", "stt", "sott", "sothutu")),
    ("content", ("noidung", "nhiemvu", "tennhiemvu", "congviec", "hoatdong", "cacnhiemvu", "cacnoidung")),
    ("product", ("sanpham", "ketqua", "daura", "ieucau")),
    ("together", ("donviphoihop", "coquanphoihop", "phoihop")),
    ("responsible", ("donvi", "coquan", "bophan", "chutri", "nguoithuchien", "phancong", "trachnhiem", "canbo")),
    ("deadline", ("tiendo", "thoigian", "thoihan", "hoanthanh", "lotrinh")),
    ("note", ("ghichu",)),
)
_WITHIN = 3  # offices put one or two rows of titles above the headings
_MOST = {"printed_order": 20, "part": 300, "deadline": 300}
_NAMES_APART = re.compile(r"[;\n,]|(?:^|\s)[-–+]\s*")
_LEADING_DASH = re.compile(r"^[-–—+*•●]\s*(?=\S)")
_SAME_WORDS = (("gd&dt", "giao duc va dao tao"), ("gd-dt", "giao duc va dao tao"), ("gddt", "giao duc va dao tao"))


def find_headings(grid: Grid) -> tuple[int, dict[str, int]]:
    """Return the row of the headings and the place of each column; an empty dict when this is no table of tasks."""
    for place, row in enumerate(grid[:_WITHIN]):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            key = heading_key(cell.text)
            name = next((name for name, starts in _HEADINGS if key and key.startswith(starts)), "")
            if name:
                columns.setdefault(name, column)
        if "content" in columns and len(columns) >= 3 and {"responsible", "deadline", "product"} & columns.keys():
            return place, columns
    return 0, {}


def unit_key(name: str) -> str:
    """Return what is equal for the ways in which one unit is written: GD&ĐT is Giáo dục và Đào tạo."""
    words = fold(name)
    for short, long in _SAME_WORDS:
        words = words.replace(short, long)
    return "".join(letter for letter in words if letter.isalnum())


def units_by_name() -> dict[str, int]:
    """Return the active units by what ``unit_key`` makes of their names."""
    rows = Unit.objects.active().values_list("pk", "name", "short_name")
    return {unit_key(name): pk for pk, *names in rows for name in names if name}


def named_units(responsible: str, units: Mapping[str, int]) -> tuple[int, ...]:
    """Return the units that a cell names, each once; ``units`` is by ``unit_key``."""
    names = (unit_key(name) for name in _NAMES_APART.split(responsible.replace("Phối hợp:", ";")))
    return tuple(dict.fromkeys(units[name] for name in names if name in units))


class TaskTable:
    """Reads the tasks of one plan, also when the annex is cut into several tables."""

    def __init__(self, units: Mapping[str, int], year: int) -> None:
        self.units, self.year = units, year
        self.tasks: list[TaskDraft] = []
        self.refusals: list[Refusal] = []
        self.columns: dict[str, int] = {}
        self.part = ""

    def takes(self, grid: Grid) -> bool:
        """Read ``grid`` when it is a table of tasks, or the rest of one; say whether it was."""
        place, columns = find_headings(grid)
        if columns:
            self.columns = columns
            self._read(grid[place + 1 :], first_line=place + 2)
            return True
        if self.tasks and grid and len(grid[0]) > max(self.columns.values()):
            self._read(grid, first_line=1)
            return True
        return False

    def _read(self, rows: Iterable[tuple[Cell, ...]], first_line: int) -> None:
        above: object = None
        for line, row in enumerate(rows, start=first_line):
            words = [cell.text for cell in distinct(row) if cell.text]
            if not words or self._is_ruler(row):
                continue
            if self._is_part(row, words):
                self.part = " ".join(words)[: _MOST["part"]]
                above = None
                continue
            content = row[self.columns["content"]] if self.columns["content"] < len(row) else None
            if content is None or not content.text:
                reason = "Dòng này của bảng nhiệm vụ không có nội dung."
                self.refusals.append(Refusal(line, reason, " · ".join(words)[:120]))
            elif content.identity is above:
                self._add_to_last(row)
            else:
                self.tasks.append(self._task(row))
                above = content.identity

    def _is_ruler(self, row: tuple[Cell, ...]) -> bool:
        """A row that only numbers the columns: (1) (2) (3)."""
        texts = [cell.text.strip("() ") for cell in distinct(row)]
        return len(texts) > 2 and texts == [str(number) for number in range(1, len(texts) + 1)]

    def _is_part(self, row: tuple[Cell, ...], words: list[str]) -> bool:
        """A heading inside the table: one cell across, or a roman number and a title and nothing else."""
        if len(distinct(row)) == 1 and len(row) > 1:
            return True
        return len(words) == 2 and bool(re.fullmatch(r"[IVXLC]+\.?|[A-Z]\.?", words[0]))

    def _text(self, row: tuple[Cell, ...], name: str) -> str:
        place = self.columns.get(name)
        return row[place].text if place is not None and place < len(row) else ""

    def _task(self, row: tuple[Cell, ...]) -> TaskDraft:
        responsible, together = self._text(row, "responsible"), self._text(row, "together")
        if together:
            responsible = "\n".join(filter(None, (responsible, f"Phối hợp: {together}")))
        deadline = " ".join(self._text(row, "deadline").split())[: _MOST["deadline"]]
        kind, day = read_deadline(deadline, self.year)
        return TaskDraft(
            printed_order=self._text(row, "printed_order").replace("\n", " ").rstrip(".")[: _MOST["printed_order"]],
            part=self.part,
            content=_without_lone_dash(self._text(row, "content")),
            product=self._text(row, "product"),
            responsible=responsible,
            unit_ids=self._unit_ids(responsible),
            deadline_kind=str(kind),
            deadline_text=deadline,
            deadline_on=day,
            note=self._text(row, "note"),
            recurrence=read_recurrence(deadline),
        )

    def _add_to_last(self, row: tuple[Cell, ...]) -> None:
        """The content's cell goes on downwards: this row adds products, units or notes to the same task."""
        last, more = self.tasks[-1], self._task(row)
        self.tasks[-1] = replace(
            last,
            product=_joined(last.product, more.product),
            responsible=_joined(last.responsible, more.responsible),
            unit_ids=tuple(dict.fromkeys((*last.unit_ids, *more.unit_ids))),
            note=_joined(last.note, more.note),
        )

    def _unit_ids(self, responsible: str) -> tuple[int, ...]:
        return named_units(responsible, self.units)


def _without_lone_dash(text: str) -> str:
    """Drop the dash before a task that is no list: offices type it although the row has its number."""
    lines = text.split("\n")
    is_list = sum(bool(_LEADING_DASH.match(line)) for line in lines) > 1
    return text if is_list else _LEADING_DASH.sub("", text)


def _joined(text: str, more: str) -> str:
    return text if more in text else "\n".join(filter(None, (text, more)))
