"""What is new of one unit: news and published cases, for readers' programs and for the school's own site."""

from datetime import datetime, time
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from cms.core.models import SearchEntry, Unit
from cms.core.search import get_search_kind, newest
from cms.units.querysets import everybody

# Names of search kinds that other apps bring; a kind that is not there is simply not in the feed.
KINDS = ("news", "public_case")
SIZE = 30
SUMMARY = 400  # characters


class UnitFeed(Feed):
    """Atom of one unit. Every entry is asked once more whether the public may read it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, slug: str) -> Unit:
        return get_object_or_404(everybody(), slug=slug)

    def title(self, unit: Unit) -> str:
        return _("%(unit)s: tin tức và trả lời phản ánh, kiến nghị") % {"unit": unit.name}

    def link(self, unit: Unit) -> str:
        return urljoin(settings.SITE_URL, f"/don-vi/{unit.slug}/")

    def items(self, unit: Unit) -> list[SearchEntry]:
        return newest(unit=unit, kinds=KINDS, size=SIZE)

    def item_title(self, item: SearchEntry) -> str:
        return item.title

    def item_description(self, item: SearchEntry) -> str:
        return Truncator(item.lead).chars(SUMMARY)

    def item_link(self, item: SearchEntry) -> str:
        # On a school's own host name the entries still stand on the portal.
        return urljoin(settings.SITE_URL, item.url)

    def item_categories(self, item: SearchEntry) -> list[str]:
        return [str(get_search_kind(item.kind).label)]

    def item_pubdate(self, item: SearchEntry) -> datetime | None:
        return _midnight(item.date)

    def item_updateddate(self, item: SearchEntry) -> datetime | None:
        return _midnight(item.date)


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
