"""What the kernel registers with Wagtail."""

from django.templatetags.static import static
from django.utils.html import format_html

from wagtail import hooks
from wagtail.permissions import register_permission_policy

from cms.core.models import CalendarDay, JobState, LedgerEvent, OutboxMail, Unit
from cms.core.permissions.policy import MatrixPolicy
from cms.core.viewsets import HouseViewSetGroup

register_permission_policy(Unit, MatrixPolicy(Unit, {"add": "unit_edit", "change": "unit_edit", "view": "unit_edit"}))
register_permission_policy(
    CalendarDay,
    MatrixPolicy(CalendarDay, dict.fromkeys(("add", "change", "delete", "view"), "calendar_edit")),
)
register_permission_policy(OutboxMail, MatrixPolicy(OutboxMail, {"view": "outbox_view"}))
register_permission_policy(JobState, MatrixPolicy(JobState, {"view": "schedule_view"}))
register_permission_policy(LedgerEvent, MatrixPolicy(LedgerEvent, {"view": "ledger_view"}))


@hooks.register("register_admin_viewset")
def register_house() -> HouseViewSetGroup:
    return HouseViewSetGroup()


@hooks.register("insert_global_admin_js")
def start_widgets() -> str:
    return format_html('<script src="{}"></script>', static("core/admin/widgets.js"))
