"""Verbs that the lists of every page type share."""

from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Substr

from wagtail.models import PageViewRestriction
from wagtail.query import PageQuerySet


def outside_closed_sections() -> Q:
    """Return the condition that a page stands in no section behind a password or a log-in.

    Wagtail's own ``public()`` asks for the closed sections first, once for every list; this is part of the list's
    own statement.
    """
    section = Substr(OuterRef("path"), 1, Length("page__path"))
    return ~Q(Exists(PageViewRestriction.objects.filter(page__path=section)))


class BasePageQuerySet(PageQuerySet):
    """Wagtail's own verbs (``live``, ``public``, ``child_of``) and paging."""

    def readable(self):
        """Live and not behind a password: what anybody may read."""
        return self.live().filter(outside_closed_sections())

    def listed(self, number: Any, size: int = 20) -> ListPage:
        """Return one page of the list; whatever ``number`` says, the answer is the nearest page there is."""
        return Paginator(self, size).get_page(str(number)[:9] if number else 1)
