"""Columns of the desk's list."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, TitleColumn

from feedback.enums import DueStanding
from feedback.models import Case
from feedback.services.deadlines import Standing

# Word, shape and colour say the same, so that none of them is needed to understand the others.
SHAPES = {
    DueStanding.LATE: "▲",
    DueStanding.SOON: "◆",
    DueStanding.AHEAD: "●",
    DueStanding.PAUSED: "‖",
    DueStanding.DONE_ON_TIME: "✓",
    DueStanding.DONE_LATE: "✗",
    DueStanding.NONE: "○",
}


def badge(standing: Standing) -> dict[str, Any]:
    """Return what the template of a due badge needs."""
    return {"kind": standing.kind.value, "shape": SHAPES[standing.kind], "text": standing.text}


class CaseTitleColumn(TitleColumn):
    """Title and reference in one cell: people know a case by either."""

    cell_template_name = "feedback/admin/title_cell.html"


class DueColumn(Column):
    """Date and badge; ``standing_of`` closes over the calendar that the list loaded once."""

    cell_template_name = "feedback/admin/due_cell.html"

    def __init__(self, standing_of: Callable[[Case], Standing]):
        super().__init__("due_on", label=_("Hạn"), sort_key="due_on")
        self.standing_of = standing_of

    def get_cell_context_data(self, instance: Case, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "badge": badge(self.standing_of(instance))}


class StateColumn(Column):
    """The state as a tag of Wagtail's."""

    cell_template_name = "feedback/admin/state_cell.html"
