"""What waits at the one-stop desk, on the home page of the admin."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component

from cms.core.permissions import can
from procedures.models import Dossier
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
        return {"lines": lines, "entry_url": reverse("dossier:entry") if can(user, "dossier_enter") else ""}
