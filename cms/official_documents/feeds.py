"""Official documents for feed readers."""

from datetime import datetime
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import PageFeed, day_in_feed, feed_text
from cms.official_documents.models import OfficialDocumentPage
from cms.official_documents.querysets import OfficialDocumentQuerySet


class DocumentsFeed(PageFeed):
    """The newest documents, by day of issue."""

    heading = _("Văn bản")
    link = "/van-ban/"

    def rows(self, obj: Any) -> OfficialDocumentQuerySet:
        return OfficialDocumentPage.objects.readable().newest().for_lists()

    def item_title(self, item: OfficialDocumentPage) -> str:
        return feed_text(f"{item.number}: {item.title}")

    def item_description(self, item: OfficialDocumentPage) -> str:
        return escape(feed_text(", ".join(filter(None, [item.kind_label, item.issuer.name, item.full_abstract]))))

    def item_pubdate(self, item: OfficialDocumentPage) -> datetime | None:
        return day_in_feed(item.issued_on) or item.first_published_at
