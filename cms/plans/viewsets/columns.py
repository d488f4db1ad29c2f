"""How a task stands to its day, in the office's lists and screens."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, TitleColumn

from cms.core.text import format_vietnamese_date
from cms.plans.enums import DueStanding
from cms.plans.models import OccurrenceLine, TaskLine

# Word, shape and colour say the same, so that none of them is needed to understand the others.
SHAPES = {
    DueStanding.LATE: "▲",
    DueStanding.SOON: "◆",
    DueStanding.AHEAD: "●",
    DueStanding.OPEN: "○",
    DueStanding.ENDED: "✓",
}


def badge(line: TaskLine | OccurrenceLine) -> dict[str, Any]:
    """Return what the template of a badge needs."""
    standing = line.standing
    due_on = line.due_on if isinstance(line, TaskLine) else line.occurrence.due_on
    days = (due_on - line.today).days if due_on else 0
    words = str(standing.label)
    if standing is DueStanding.LATE:
        words = _now("Quá hạn %(days)d ngày") % {"days": -days}
    elif standing is DueStanding.SOON:
        words = _now("Còn %(days)d ngày") % {"days": days} if days else _now("Hạn hôm nay")
    return {"kind": standing.value, "shape": SHAPES[standing], "text": words}


class TaskTitleColumn(TitleColumn):
    """The task, its plan below it: officers know a task by either."""

    cell_template_name = "plans/admin/title_cell.html"


class TaskDueColumn(Column):
    """Day and badge."""

    cell_template_name = "plans/admin/due_cell.html"

    def __init__(self) -> None:
        super().__init__("due_on", label=_("Hạn"))

    def get_cell_context_data(self, instance: TaskLine, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        due_on = instance.due_on
        return {
            **context,
            "line": instance,
            "badge": badge(instance),
            "due_on": format_vietnamese_date(due_on) if due_on else "",
        }


def state_of(line: TaskLine) -> str:
    """Return how far the task has come, in words."""
    if line.occurrences:
        facts = {"done": line.ended_count, "total": len(line.occurrences)}
        return _now("%(done)d/%(total)d kỳ đã xong") % facts
    words = str(line.state_label)
    return f"{words}, {line.percent} %" if line.state == "in_progress" else words


def units_of(line: TaskLine) -> str:
    """Return the units that carry the task out."""
    units = [unit.called for unit in line.task.units.all()]
    owner = line.task.page.owner_unit
    return ", ".join(units) or (owner.called if owner else line.task.responsible)
