"""Verbs that the lists of every page type share."""

from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Length, Substr

from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def outside_closed_sections() -> Q:
    """Return the condition that a page stands in no section behind a password or a log-in.

    Wagtail's own ``public()`` asks for the closed sections first, once for every list; this is part of the list's
    own statement.
    """
    # The path of a closed section is looked up, not joined: with statistics at hand SQLite would begin a join with
    # the table of all pages, once for every row (153 seconds over 20,000 documents).
    path = Subquery(Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")[:1])
    closed = PageViewRestriction.objects.annotate(section=path)
    return ~Q(Exists(closed.filter(section=Substr(OuterRef("path"), 1, Length("section")))))


class BasePageQuerySet(PageQuerySet):
    """Wagtail's own verbs (``live``, ``public``, ``child_of``) and paging."""

    def readable(self):
        """Live and not behind a password: what anybody may read."""
        return self.live().filter(outside_closed_sections())

    def listed(self, number: Any, size: int = 20) -> ListPage:
        """Return one page of the list; whatever ``number`` says, the answer is the nearest page there is."""
        return Paginator(self, size).get_page(str(number)[:9] if number else 1)
