"""Wagtail's choosers without their inline script.

``BaseChooser.render`` writes ``<script>new ImageChooser(…)</script>`` behind the widget, and our policy
(``script-src 'self'``) refuses it. Wagtail offers no template or setting for this one method (its templates for
dates and inline panels are overridden in ``templates/wagtailadmin/``), and choosers are made anew by every chooser
viewset, so the method itself is replaced: the same facts as data attributes, read by ``admin/widgets.js``.
See docs/adr/0009; tests/browser/test_admin_policy.py opens the choosers under the enforced policy.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def _render(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    if not attrs or "id" not in attrs:
        raise TypeError("BaseChooser cannot be rendered without an 'id' attribute")
    value_data = self.get_value_data(value)
    starts_itself = isinstance(self, AdminTaskChooser)  # it starts by a function of its own, not by a class
    return format_html(
        '{}<span hidden data-portal-start="{}" data-portal-for="{}" data-portal-class="{}" '
        'data-portal-config="{}"></span>',
        self.render_html(name, value_data, attrs),
        "task-chooser" if starts_itself else "chooser",
        attrs["id"],
        self.js_constructor,
        json.dumps(None if starts_itself else self.get_js_init_options(attrs["id"], name, value_data), default=str),
    )


def choosers_without_inline_scripts() -> None:
    """Replace the method; called once at start."""
    BaseChooser.render = _render
