"""Columns of the admin's lists in the house's words: Wagtail's own say “True”, “False” and “14 giờ trước”."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from wagtail.admin.ui.tables import BooleanColumn, Column

from cms.core.templatetags.core_tags import vn_date


class YesNoColumn(BooleanColumn):
    """A tick or a cross, with “Có” or “Không” for those who do not see it."""

    cell_template_name = "core/admin/yes_no_cell.html"


class MomentColumn(Column):
    """A day as dd/MM/yyyy, a moment as dd/MM/yyyy HH:mm: lists are compared and copied from."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        if isinstance(value, datetime):
            return f"{vn_date(value)} {timezone.localtime(value):%H:%M}"
        return vn_date(value) or "–"
