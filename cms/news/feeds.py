"""News for feed readers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, day_in_feed
from cms.news.models import NewsPage
from cms.news.querysets import NewsPageQuerySet


class NewsFeed(PageFeed):
    """The newest pieces of news."""

    heading = _("Tin tức")
    link = "/tin-tuc/"

    def rows(self, obj: Any) -> NewsPageQuerySet:
        return NewsPage.objects.readable().order_by("-published_on", "-pk").defer_streamfields()

    def item_pubdate(self, item: NewsPage) -> datetime | None:
        return day_in_feed(item.published_on)

    def item_author_name(self, item: NewsPage) -> str | None:
        return item.author or None
