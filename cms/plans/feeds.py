"""Plans for feed readers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, day_in_feed, feed_text
from cms.plans.models import PlanPage
from cms.plans.querysets import PlanPageQuerySet


class PlansFeed(PageFeed):
    """The newest plans of administrative reform."""

    heading = _("Kế hoạch cải cách hành chính")
    link = "/cai-cach-hanh-chinh/"

    def rows(self, obj: Any) -> PlanPageQuerySet:
        return PlanPage.objects.readable().newest().for_lists()

    def item_title(self, item: PlanPage) -> str:
        return feed_text(": ".join(filter(None, [item.number, item.title])))

    def item_pubdate(self, item: PlanPage) -> datetime | None:
        return day_in_feed(item.issued_on) or item.first_published_at
