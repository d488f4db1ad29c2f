"""Materials for feed readers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, day_in_feed
from cms.library.models import MaterialPage
from cms.library.querysets import MaterialPageQuerySet


class MaterialsFeed(PageFeed):
    """The newest materials."""

    heading = _("Học liệu")
    link = "/hoc-lieu/"

    def rows(self, obj: Any) -> MaterialPageQuerySet:
        return MaterialPage.objects.readable().newest().defer_streamfields()

    def item_pubdate(self, item: MaterialPage) -> datetime | None:
        return day_in_feed(item.published_on)

    def item_author_name(self, item: MaterialPage) -> str | None:
        return item.author or None
