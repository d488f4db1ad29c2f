"""Lists of work: long, of wide rows, read from the newest on or in the order of their dates."""

from datetime import datetime
from functools import cached_property
from typing import Any

from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views import generic

from cms.core.querysets.keys import KeyPage, KeysFirst, beside, key_page, read_moment_key


class KeysFirstPaginator(KeysFirst, WagtailPaginator):
    """Wagtail's numbered pages, found by keys: the rows are wide and their list joins several tables."""


class DeskListView(generic.IndexView):
    """What is open, unless something else is asked for; newest first it goes on by key instead of by number.

    Its rows know the verbs ``open``, ``newest``, ``after``, ``before`` and the one that ``usual_order`` names.
    """

    is_searchable = True
    paginator_class = KeysFirstPaginator
    moment = ""  # the field of the plain order
    usual_order = ""  # the verb of the order that nobody asked for
    piece: KeyPage | None = None

    def filter_queryset(self, queryset: Any) -> Any:
        """Show what is open, unless a queue, a state or a search asks for something else."""
        asked = self.request.GET.get("queue") or self.request.GET.get("state") or self.is_searching
        return super().filter_queryset(queryset if asked else queryset.open())

    @cached_property
    def newest_first(self) -> bool:
        """Whether the order is the plain one: asked for, or of the list of everything, that no date puts in order."""
        everything = self.request.GET.get("queue") == "all" and not self.is_explicitly_ordered
        return not self.is_searching and (everything or self.ordering == f"-{self.moment}")

    def order_queryset(self, queryset: Any) -> Any:
        """Put the rows in the plain order, in the usual one, or in the one that is asked for."""
        if self.newest_first:
            return queryset.newest()
        if not self.is_explicitly_ordered:
            return getattr(queryset, self.usual_order)()
        rows = super().order_queryset(queryset)
        return rows.order_by(*rows.query.order_by, "pk")  # many have one date, or none: a leaf must not repeat them

    def get_paginator(self, *args: Any, **kwargs: Any) -> KeysFirstPaginator:
        """Read a page from what this officer may see; the search was asked when its keys were found."""
        paginator = super().get_paginator(*args, **kwargs)
        paginator.wide = self.order_queryset(self.get_base_queryset())
        return paginator

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        """Go on by key in the plain order, with numbers in every other; ``p`` says where, either way.

        The numbered leaf of an old address is still answered, and goes on by key from there.
        """
        paginator, leaf, rows, has_others = super().paginate_queryset(queryset, page_size)
        if not self.newest_first:
            return paginator, leaf, rows, has_others
        side, _dash, typed = self.request.GET.get(self.page_kwarg, "").partition("-")
        key = read_moment_key(typed)
        if leaf.number > 1:
            self.piece = beside(queryset, list(rows), self._key)
        else:
            asked = {"sau": {"after": key}, "truoc": {"before": key}}.get(side, {})
            self.piece = key_page(queryset, self._key, size=page_size, **asked)
        return paginator, leaf, self.piece.rows, self.piece.has_other_pages

    def get_add_url(self) -> None:
        """Nothing is added from the list."""
        return None

    def _key(self, row: Any) -> tuple[datetime, int]:
        return getattr(row, self.moment), row.pk
