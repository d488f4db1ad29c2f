"""What the one-stop desk hands to the kernel at the start: mails, checks, the calendar's listener, columns of words."""

from django.utils.translation import gettext_lazy as _

from cms.core.ports import Sweep, register_integrity_check, register_purge, register_recompute, register_remembered
from cms.core.search import register_word_column
from cms.core.services.calendar import on_calendar_change
from procedures.notifications import register_mails
from procedures.querysets.dossiers import DOSSIER_COLUMNS
from procedures.services import checks  # noqa: F401 - registers the system check
from procedures.services.deadlines import dossier_deadlines_recompute
from procedures.services.integrity import CHECKS
from procedures.services.remembered import REMEMBERED
from procedures.services.retention import applicants_purge


def desk_register() -> None:
    """Called once, in ``AppConfig.ready()``."""
    register_mails()
    on_calendar_change(dossier_deadlines_recompute)
    for check in CHECKS:
        register_integrity_check(check)
    for column in DOSSIER_COLUMNS:
        register_word_column(column)
    for kind in REMEMBERED:
        register_remembered(kind)
    register_purge(Sweep("applicants", _("Người nộp hồ sơ hết hạn giữ"), lambda dry: applicants_purge(dry_run=dry)))
    register_recompute(Sweep("dossiers", _("Hồ sơ đổi ngày hẹn"), lambda _dry: dossier_deadlines_recompute()))
