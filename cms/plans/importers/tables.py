"""Reading the tasks of one plan from a table, and what it would change; the columns of the export beside it."""

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
    UnreadableFileError,
    first_words,
    form_problems,
    read_table,
)
from cms.core.permissions import can
from cms.core.services.moderation import draft_hand_in
from cms.core.text import format_vietnamese_date, from_cell_text
from cms.plans.forms import TaskRowForm
from cms.plans.models import PlanPage, PlanTask
from cms.plans.services import TableDraft, TaskDraft, plan_tasks_import, table_changes

from .annex import named_units, units_by_name
from .deadlines import read_deadline, read_recurrence

# Name of the field, heading of the export, and what else people write over the column.
COLUMNS = (
    Column("printed_order", ("TT", "STT", "Số thứ tự", "Số TT")),
    Column("content", ("Nội dung", "Nội dung công việc", "Nhiệm vụ", "Tên nhiệm vụ", "Công việc"), required=True),
    Column("product", ("Sản phẩm", "Kết quả", "Sản phẩm, kết quả", "Sản phẩm đầu ra")),
    Column("responsible", ("Đơn vị thực hiện", "Đơn vị chủ trì", "Cơ quan thực hiện", "Người thực hiện", "Đơn vị")),
    Column("deadline_text", ("Tiến độ", "Thời hạn", "Thời gian", "Thời gian thực hiện", "Thời gian hoàn thành")),
    Column("note", ("Ghi chú",)),
    Column("part", ("Nhóm nhiệm vụ", "Nhóm", "Mục")),
)
_LABELS = {column.name: column.headings[0] for column in COLUMNS}
_ENOUGH = 2  # of so many rows one must be known before a plan is recognised by its tasks


def plan_choices(user: Any) -> list[tuple[str, str]]:
    """Return the plans a table may go into, the newest first."""
    rows = PlanPage.objects.for_choosing()
    return [(str(row.pk), f"{row.number} · {row.title}"[:150]) for row in rows]


def read_tasks(content: bytes, filename: str, target: str = "") -> Reading[TableDraft]:
    """Read a table of tasks and compare it with the plan; raises UnreadableFileError. Nothing is written.

    Args:
        content: the file.
        filename: its name, which says CSV or XLSX.
        target: key of the plan; empty: the plan that has most of these tasks already.

    """
    reading: Reading[TableDraft] = Reading()
    drafts = _drafts(read_table(content, filename, COLUMNS), reading)
    page = _plan(target, [draft.content for draft in drafts])
    year = page.issued_on.year if page.issued_on else 0
    tasks = tuple(_with_meaning(draft, year) for draft in drafts)
    # A table with bad rows does not say what the plan no longer has.
    data = TableDraft(page.pk, tasks, whole=not reading.refusals)
    present = list(page.get_latest_revision_as_object().tasks.all())
    changes = table_changes(present, tasks, whole=data.whole)
    fate = Fate.UNCHANGED if changes.is_none else Fate.CHANGED
    if tasks:
        reading.items.append(Item(0, page.number, _detail(page, tasks, changes), fate, data, _shown(tasks, changes)))
    reading.remarks += [
        Remark(0, _("Sẽ bỏ khỏi kế hoạch: nhiệm vụ %(order)s – %(content)s") % _named(task)) for task in changes.gone
    ]
    return reading


def _drafts(rows: list[TableRow], reading: Reading[TableDraft]) -> list[TaskDraft]:
    units, found = units_by_name(), []
    for row in rows:
        form = TaskRowForm({name: from_cell_text(value) for name, value in row.values.items()})
        problem = row.problem or ("" if form.is_valid() else form_problems(form))
        if problem:
            reading.refusals.append(Refusal(row.line, problem, first_words(list(row.values.values()))))
            continue
        values = form.cleaned_data
        found.append(
            TaskDraft(
                **{name: values[name] for name in _LABELS},
                unit_ids=named_units(values["responsible"], units),
                deadline_kind="",
                deadline_on=None,
            )
        )
    return found


def _with_meaning(draft: TaskDraft, year: int) -> TaskDraft:
    kind, day = read_deadline(draft.deadline_text, year)
    facts = {"deadline_kind": str(kind), "deadline_on": day, "recurrence": read_recurrence(draft.deadline_text)}
    return TaskDraft(**{**draft.__dict__, **facts})


def _plan(target: str, contents: list[str]) -> PlanPage:
    if target:
        page = PlanPage.objects.filter(pk=target).first() if target.isdecimal() else None
        if page is None:
            raise UnreadableFileError(_("Không còn kế hoạch đã chọn. Hãy chọn lại."))
        return page
    found = PlanTask.objects.page_with_most_of(contents)
    if found is None or found[1] * _ENOUGH < len(contents):
        raise UnreadableFileError(
            _("Không nhận ra bảng này thuộc kế hoạch nào. Hãy chọn kế hoạch (lệnh: thêm --plan và số ký hiệu).")
        )
    return PlanPage.objects.get(pk=found[0])


def _named(task: PlanTask | TaskDraft) -> dict[str, str]:
    return {"order": task.printed_order or "–", "content": task.content[:120]}


def _detail(page: PlanPage, tasks: tuple[TaskDraft, ...], changes: Any) -> str:
    day = format_vietnamese_date(page.issued_on) if page.issued_on else ""
    counts = _("%(total)d nhiệm vụ: %(new)d mới, %(changed)d thay đổi, %(gone)d bỏ đi") % {
        "total": len(tasks),
        "new": len(changes.new),
        "changed": len(changes.changed),
        "gone": len(changes.gone),
    }
    moved = _("thứ tự thay đổi") if changes.moved else ""
    return " · ".join(part for part in (day, page.title, counts, moved) if part)


def _shown(tasks: tuple[TaskDraft, ...], changes: Any) -> tuple[str, ...]:
    """Return one line a difference: what is new, and of what changed both the former and the new words."""
    lines = [_("Mới: nhiệm vụ %(order)s – %(content)s") % _named(tasks[place]) for place in changes.new]
    for place, names in sorted(changes.changed.items()):
        for name in names:
            facts = {
                **_named(tasks[place]),
                "what": _LABELS[name].lower(),
                "old": getattr(changes.kept[place], name) or _("(trống)"),
                "new": getattr(tasks[place], name) or _("(trống)"),
            }
            lines.append(_("Nhiệm vụ %(order)s, %(what)s: “%(old)s” thành “%(new)s”") % facts)
    return tuple(lines)


def write_tasks(items: list[Item[TableDraft]], *, actor: object, publish: bool) -> list[str]:
    """Hand the table to the one service that writes it."""
    try:
        return [plan_tasks_import(draft=item.data, actor=actor, publish=publish) for item in items]
    except (PlanPage.DoesNotExist, ValidationError) as error:
        raise UnreadableFileError(_("Kế hoạch này vừa bị xóa hoặc thay đổi. Hãy gửi lại tệp.")) from error


PLAN_TASKS_IMPORT = ImportKind(
    name="plan_tasks_import",
    label=gettext_lazy("Nhập bảng nhiệm vụ"),
    capability="plans_import",
    extensions=("csv", "xlsx"),
    explanation=gettext_lazy(
        "Bảng có dòng tiêu đề với các cột: TT, Nội dung, Sản phẩm, Đơn vị thực hiện, Tiến độ, Ghi chú. "
        "Bảng thay cho toàn bộ phần nhiệm vụ của kế hoạch; nhiệm vụ không có trong bảng sẽ bỏ khỏi kế hoạch. "
        "Màn hình sau cho xem từng khác biệt trước khi ghi."
    ),
    read=read_tasks,
    write=write_tasks,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="plans/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay các thay đổi này"),
    list_url_name="plans:index",
    hand_in=draft_hand_in,
    targets=plan_choices,
    target_label=gettext_lazy("Kế hoạch"),
)
