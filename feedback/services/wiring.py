"""What the desk of cases hands to the kernel at the start: checks, the calendar's listener, days to be confirmed."""

from cms.core.ports import register_integrity_check, register_remembered
from cms.core.services.calendar import on_calendar_change
from feedback.services import checks  # noqa: F401 - registers the system check
from feedback.services.deadlines import deadlines_recompute
from feedback.services.integrity import CHECKS
from feedback.services.remembered import DEADLINES


def desk_register() -> None:
    """Called once, in ``AppConfig.ready()``."""
    on_calendar_change(deadlines_recompute)
    for check in CHECKS:
        register_integrity_check(check)
    register_remembered(DEADLINES)
