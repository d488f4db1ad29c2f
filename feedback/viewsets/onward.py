"""From one case to the next: the part of the desk's list that somebody works through travels in the address."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from cms.core.querysets.keys import keys_first
from feedback.models import Case
from feedback.viewsets.filters import CaseFilterSet, in_words, plain_query

PART = "hang"
_LONGEST = 300
# Words would be somebody's name or number in an address; the order of the way is always that of urgency.
_NOT_OF_THE_WAY = ("q", "ordering")


def part_of(filters: CaseFilterSet) -> str:
    """Return, as one text, the part of the list that ``filters`` shows; empty for what is open."""
    query = QueryDict(plain_query(filters.form, filters.form.data), mutable=True)
    for name in _NOT_OF_THE_WAY:
        query.pop(name, None)
    return query.urlencode()


class Way:
    """The cases of one part of the list, as ``request`` asks for it, each after the other by urgency."""

    def __init__(self, request: HttpRequest) -> None:
        asked = request.GET.get(PART)
        self.request, self.known = request, asked is not None
        given = QueryDict((asked or "")[:_LONGEST])
        self.filters = CaseFilterSet(data=given, request=request)
        self.part = part_of(self.filters)

    @property
    def told(self) -> str:
        """The part in words; empty for everything that is open."""
        return in_words(self.filters.form, self.part)

    @property
    def query(self) -> str:
        """What an address of this way ends in."""
        return f"?{urlencode({PART: self.part})}" if self.known else ""

    def address(self, case: Case) -> str:
        """Return the screen of ``case`` on this way."""
        return reverse("case:open", args=[case.pk]) + self.query

    def after(self, case: Case) -> Case | None:
        """Return what comes after ``case``, from the first again behind the last; None when nothing else is there."""
        if not self.known:
            return None
        rows: Any = Case.objects.visible_to(self.request.user, "case_view")
        parts = self.filters.form.cleaned_data if self.filters.form.is_valid() else {}
        rows = self.filters.filter_queryset(rows) if parts else rows
        rows = rows if parts.get("queue") or parts.get("state") else rows.open()
        rows = rows.exclude(pk=case.pk)
        if parts.get("queue") == "all":
            # The list of everything begins with the newest, and so does the way through it.
            orders = (rows.after(case.received_at, case.pk).newest(), rows.newest())
        else:
            orders = (rows.behind(case), rows.by_urgency())
        return next((found[0] for found in (keys_first(order, 0, 1) for order in orders) if found), None)
