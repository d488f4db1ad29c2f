"""What a report about a fault may say: where it happened, never what a person typed or who was logged in."""

from typing import Any

from django.conf import settings
from django.views.debug import ExceptionReporter

HIDDEN = "…"
_TYPED = ("filtered_POST_items", "request_GET_items", "request_FILES_items", "request_COOKIES_items")


class DiscreetReporter(ExceptionReporter):
    """Django's report to ``ADMINS`` without form values, file names, cookies and settings."""

    def get_traceback_data(self) -> dict[str, Any]:
        """Return Django's data; outside DEBUG only the names of fields and cookies are left."""
        data = super().get_traceback_data()
        if not settings.DEBUG:
            # Django hides a cookie by the word in its name only; ours is called otherwise.
            data |= {name: [(key, HIDDEN) for key, _value in data.get(name) or ()] for name in _TYPED}
            data["settings"] = {}
        return data
