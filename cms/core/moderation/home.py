"""How much waits for this person, on the first page of the admin."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wagtail.admin.ui.components import Component

from .queue import counts


class WaitingPanel(Component):
    """Numbers with links; nothing for those who moderate nothing."""

    name = "moderation"
    template_name = "core/admin/moderation_home.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        index = reverse("moderation:index")
        found = counts(parent_context["request"].user)
        lines = [
            {"label": kind.label, "count": total, "url": f"{index}?{urlencode({'loai': kind.name})}"}
            for kind, total in found
        ]
        return {"lines": lines}
