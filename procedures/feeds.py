"""Procedures for feed readers."""

from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, feed_text
from procedures.models import ProcedurePage
from procedures.querysets import ProcedureQuerySet


class ProceduresFeed(PageFeed):
    """The procedures last published, new or changed."""

    heading = _("Thủ tục hành chính")
    link = "/thu-tuc-hanh-chinh/"

    def rows(self, obj: Any) -> ProcedureQuerySet:
        return ProcedurePage.objects.readable().newest().for_lists()

    def item_title(self, item: ProcedurePage) -> str:
        return feed_text(f"{item.code}: {item.name}")

    def item_description(self, item: ProcedurePage) -> str:
        return escape(feed_text(", ".join(filter(None, [item.field.name, item.short_time, item.state_now.text]))))

    def item_updateddate(self, item: ProcedurePage) -> Any:
        return item.last_published_at
