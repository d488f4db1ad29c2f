"""Columns of the desk's list of dossiers."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.tables import Column, TitleColumn

from procedures.enums import DossierDue
from procedures.models import Dossier
from procedures.services.deadlines import Standing

# Word, shape and colour say the same, so that none of them is needed to understand the others.
SHAPES = {
    DossierDue.LATE: "▲",
    DossierDue.TODAY: "◆",
    DossierDue.SOON: "◆",
    DossierDue.AHEAD: "●",
    DossierDue.PAUSED: "‖",
    DossierDue.DONE_EARLY: "✓",
    DossierDue.DONE_ON_TIME: "✓",
    DossierDue.DONE_LATE: "✗",
    DossierDue.NONE: "○",
}


def badge(standing: Standing) -> dict[str, Any]:
    """Return what the template of a due badge needs."""
    return {"kind": standing.kind.value, "shape": SHAPES[standing.kind], "text": standing.text}


class DossierTitleColumn(TitleColumn):
    """Code and procedure in one cell: people know a dossier by either."""

    cell_template_name = "procedures/admin/dossier_title_cell.html"


class DossierDueColumn(Column):
    """Date and badge; ``standing_of`` closes over the calendar that the list loaded once."""

    cell_template_name = "procedures/admin/dossier_due_cell.html"

    def __init__(self, standing_of: Callable[[Dossier], Standing]):
        super().__init__("due_on", label=_("Hẹn trả"), sort_key="due_on")
        self.standing_of = standing_of

    def get_cell_context_data(self, instance: Dossier, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "badge": badge(self.standing_of(instance))}


class DossierFiledColumn(Column):
    """When it was handed in and how: two short words in the width of one."""

    cell_template_name = "procedures/admin/dossier_filed_cell.html"


class DossierStateColumn(Column):
    """The state as a tag of Wagtail's."""

    cell_template_name = "procedures/admin/dossier_state_cell.html"
