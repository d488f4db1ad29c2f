"""What waits for this person, on the home page of the admin."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component

from cms.core.permissions import can
from feedback.models import Case
from feedback.viewsets.filters import queue

# Queue, words, and the capability without which the number is nobody's business.
_LINES = (
    ("new", _("mới, chờ tiếp nhận"), "case_triage"),
    ("mine", _("giao cho tôi"), "case_handle"),
    ("soon", _("sắp đến hạn"), "case_list"),
    ("late", _("quá hạn"), "case_list"),
    ("approval", _("chờ duyệt"), "case_approve"),
    ("publish", _("cần đăng"), "public_case_edit"),
)


class MyCasesPanel(Component):
    """Numbers with links; nothing is shown to those who have no business with cases."""

    name = "my_cases"
    template_name = "feedback/admin/home_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        visible = Case.objects.visible_to(user)
        index = reverse("case:index")
        lines = [
            {"name": name, "words": words, "count": queue(visible, name, user).count(), "url": f"{index}?queue={name}"}
            for name, words, capability in _LINES
            if can(user, "case_list") and can(user, capability)
        ]
        return {"lines": lines}
