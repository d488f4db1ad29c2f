"""Tables of tasks for other programs: what goes out comes back in unchanged. And the figure of the home page."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING
from openpyxl.styles import Alignment, Font

from cms.core.ports import Figure, FigureValue
from cms.core.text import cell_text, format_vietnamese_date, slug
from cms.plans.models import PlanIndexPage, PlanPage, PlanTask, TaskLine
from cms.plans.models.board import sub_plans_of

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The headings that offices exchange; ``cms.plans.importers`` reads them, and their Vietnamese spellings, back.
COLUMNS = (
    ("tt", "printed_order"),
    ("noi_dung", "content"),
    ("san_pham", "product"),
    ("don_vi_thuc_hien", "responsible"),
    ("tien_do", "deadline_text"),
    ("ghi_chu", "note"),
)
_WIDTHS = (8, 60, 30, 30, 24, 24)


def task_rows(tasks: Iterable[PlanTask]) -> list[list[str]]:
    """Return heading and rows of the annex; a column for groups only where the plan has groups."""
    rows = list(tasks)
    columns = [*COLUMNS, ("nhom_nhiem_vu", "part")] if any(task.part for task in rows) else list(COLUMNS)
    return [
        [heading for heading, _name in columns],
        *([getattr(task, name) for _heading, name in columns] for task in rows),
    ]


def board_rows(lines: Iterable[TaskLine]) -> list[list[str]]:
    """Return what the public board shows: the annex, then day, state and share of each task."""
    board = list(lines)
    heading, *rows = task_rows(line.task for line in board)
    told = [
        [
            format_vietnamese_date(line.due_on) if line.due_on else "",
            str(line.state_label),
            str(line.percent),
            "có" if line.is_overdue else "không",
            format_vietnamese_date(timezone.localdate(line.progress.updated_at)) if line.progress else "",
        ]
        for line in board
    ]
    more = ["han", "tinh_trang", "phan_tram", "qua_han", "cap_nhat"]
    return [heading + more, *(row + extra for row, extra in zip(rows, told, strict=True))]


def table_response(rows: Sequence[Sequence[str]], *, page: PlanPage, extension: str) -> HttpResponse:
    """Answer with ``rows`` as a file; ``extension`` is one of FORMATS."""
    content = csv_bytes(rows) if extension == "csv" else xlsx_bytes(rows)
    response = HttpResponse(content, content_type=FORMATS[extension])
    name = slug(f"nhiem-vu-{page.number}-{page.issued_on.year if page.issued_on else ''}").strip("-")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return response


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV that Excel opens rightly; a cell that would begin a formula opens as text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([cell_text(cell) for cell in row] for row in rows)
    return ("\ufeff" + out.getvalue()).encode()


def xlsx_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a workbook of text cells: nothing in it is reckoned out, a number of a task stays as printed."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Nhiệm vụ"
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(row=number, column=place, value=ILLEGAL_CHARACTERS_RE.sub("", value))
            cell.data_type = TYPE_STRING
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if number == 1:
                cell.font = Font(bold=True)
    for letter, width in zip("ABCDEF", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def tasks_done() -> FigureValue | None:
    """Return how many tasks of this year's public plans are done, and how many late; a few statements in all."""
    year, index = timezone.localdate().year, PlanIndexPage.objects.live().first()
    plans = sub_plans_of(PlanPage.objects.readable().issued_in(year).defer_streamfields())
    total = sum(plan.total for plan in plans)
    if index is None or not total:
        return None
    counted = {"year": year, "total": total, "late": sum(plan.late for plan in plans)}
    return FigureValue(
        value=str(sum(plan.done for plan in plans)),
        unit=_("trên %(total)d") % counted,
        note=_("nhiệm vụ của các kế hoạch năm %(year)d; %(late)d quá hạn") % counted,
        url=index.url or "",
        url_text=_("Xem từng kế hoạch"),
    )


TASKS_DONE = Figure("tasks_done", gettext_lazy("Nhiệm vụ đã xong"), tasks_done)
