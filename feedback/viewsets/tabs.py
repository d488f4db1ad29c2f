"""Above the desk's list: the queues, and beside them the filters that this person saved or shares."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from feedback.models import SavedFilter
from feedback.viewsets.filters import OPEN, QUEUES, CaseFilterSet, plain_query


@dataclass(frozen=True)
class Tab:
    """One link to a part of the list."""

    label: Any
    url: str
    current: bool
    shared: bool = False


def desk_tabs(request: HttpRequest, filters: CaseFilterSet) -> dict[str, Any]:
    """Return what the template of the tabs needs; one question, however many there are.

    A saved filter is a link and nothing more: the form reads it again, the list shows what this person may see.
    """
    index, asked = reverse("case:index"), plain_query(filters.form, request.GET)

    def tab(label: Any, query: str, *, shared: bool = False) -> Tab:
        return Tab(label, f"{index}?{query}" if query else index, query == asked, shared)

    queues = [tab(OPEN, ""), *(tab(label, f"queue={name}") for name, label in QUEUES)]
    saved = [
        tab(row.name, row.query, shared=row.unit_id is not None) for row in SavedFilter.objects.open_to(request.user)
    ]
    is_new = not any(each.current for each in (*queues, *saved))
    add = f"{reverse('saved_filter:add')}?{asked}" if is_new else ""
    return {"queue_tabs": queues, "saved_tabs": saved, "save_filter_url": add}


def bound_filters(query: str, request: HttpRequest) -> CaseFilterSet:
    """Return the filter form of the list, bound to ``query``."""
    return CaseFilterSet(data=QueryDict(query), request=request)
