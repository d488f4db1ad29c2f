"""What waits at the one-stop desk, on the home page of the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component

from cms.core.permissions import can
from procedures.enums import ApologyState
from procedures.models import Apology, Dossier
from procedures.models.apologies import apologies_wanted
from procedures.viewsets.dossiers import queue

_LINES = (
    ("registered", _("mới gửi tới, chờ tiếp nhận")),
    ("today", _("hẹn trả hôm nay")),
    ("soon", _("sắp đến hạn")),
    ("late", _("quá hạn")),
    ("result", _("có kết quả, chờ trả")),
)


class MyDossiersPanel(Component):
    """Numbers with links; nothing is shown to those who have no business with dossiers."""

    name = "my_dossiers"
    template_name = "procedures/admin/dossier_home.html"
    order = 55

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not can(user, "dossier_list"):
            return {"lines": []}
        visible, today, index = Dossier.objects.visible_to(user), timezone.localdate(), reverse("dossier:index")
        lines = [
            {"words": words, "count": queue(visible, name, today).count(), "url": f"{index}?queue={name}"}
            for name, words in _LINES
        ]
        entry_url = reverse("dossier:entry") if can(user, "dossier_enter") else ""
        return {"lines": [*lines, *_letters(user)], "entry_url": entry_url}


def _letters(user: Any) -> Iterator[dict[str, Any]]:
    """What wants a letter of apology, and which letters wait for this person's next step; no line for nothing."""
    letters, index = Apology.objects.visible_to(user), reverse("apology:index")
    steps = (
        ("can-viet", _("cần thư xin lỗi"), "dossier_apologise", apologies_wanted().visible_to(user)),
        ("cho-duyet", _("thư xin lỗi chờ duyệt"), "apology_approve", letters.in_state(ApologyState.PENDING)),
        ("cho-gui", _("thư xin lỗi chờ gửi"), "dossier_apologise", letters.in_state(ApologyState.APPROVED)),
    )
    for name, words, capability, rows in steps:
        if can(user, capability) and (count := rows.count()):
            yield {"words": words, "count": count, "url": f"{index}?hang={name}"}
