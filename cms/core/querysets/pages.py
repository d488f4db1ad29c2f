"""Verbs that the lists of every page type share."""

from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator

from wagtail.query import PageQuerySet


class BasePageQuerySet(PageQuerySet):
    """Wagtail's own verbs (``live``, ``public``, ``child_of``) and paging."""

    def readable(self):
        """Live and not behind a password: what anybody may read."""
        return self.live().public()

    def listed(self, number: Any, size: int = 20) -> ListPage:
        """Return one page of the list; whatever ``number`` says, the answer is the nearest page there is."""
        return Paginator(self, size).get_page(str(number)[:9] if number else 1)
