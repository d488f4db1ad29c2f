"""Atom for any list of the portal: an app says what stands in it, the kernel makes the feed."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from cms.core.models import AgencySettings, LedgerDay
from cms.core.text import drop_invisible
from cms.core.text.characters import NON_CHARACTER, REFUSED_CONTROL, SURROGATE

LONGEST = 30
_UNPRINTABLE = re.compile(f"{REFUSED_CONTROL.pattern}|{SURROGATE.pattern}|{NON_CHARACTER.pattern}")


class ListFeed(Feed):
    """The newest of one public list. A subclass gives ``heading``, ``link``, ``rows`` and the ``item_…`` methods.

    ``rows`` begins with a queryset verb that means public: what an anonymous reader may open, and nothing else.
    """

    feed_type = Atom1Feed
    heading: Any = ""
    link = "/"
    size = LONGEST

    def rows(self, obj: Any) -> Iterable[Any]:
        """Return the public rows, newest first."""
        raise NotImplementedError

    def items(self, obj: Any) -> list[Any]:
        return list(self.rows(obj)[: self.size])  # type: ignore[index]

    def title(self, obj: Any) -> str:
        """The list, then whose portal it is: readers of feeds see many lists beside one another."""
        return f"{self.heading_of(obj)} – {self.author_name()}"

    def heading_of(self, obj: Any) -> str:
        return str(self.heading)

    def author_name(self) -> str:
        return AgencySettings.load().name

    def item_title(self, item: Any) -> str:
        return feed_text(str(item))

    def item_description(self, item: Any) -> str:
        return ""


class PageFeed(ListFeed):
    """A list of pages: their title, summary, address and days."""

    def item_title(self, item: Page) -> str:
        return feed_text(item.title)

    def item_description(self, item: Page) -> str:
        """The summary; Atom's is HTML, so that signs of people are escaped."""
        return escape(feed_text(getattr(item, "summary", "")))

    def item_link(self, item: Page) -> str:
        return item.url or "/"

    def item_guid(self, item: Page) -> str:
        """Stays when the address changes, so that nobody reads a thing twice."""
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: Page) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Page) -> datetime | None:
        return item.last_published_at


class KernelSitemap(Sitemap):
    """The kernel's own pages: what open data there is, and the roots of the ledger."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return ["open_data", "ledger_days"]

    def location(self, item: str) -> str:
        return reverse(item)


class LedgerDaysFeed(ListFeed):
    """The root of each closed day of the ledger: who keeps this feed keeps what nobody here can change any more."""

    heading = _("Dấu nhật ký từng ngày")
    link = reverse_lazy("ledger_days")

    def rows(self, obj: Any) -> Iterable[LedgerDay]:
        return LedgerDay.objects.newest()

    def item_title(self, item: LedgerDay) -> str:
        return f"{item.day:%d/%m/%Y}: {item.root}"

    def item_description(self, item: LedgerDay) -> str:
        words = _now("%(count)d sự kiện. Dấu của ngày: %(root)s. Dấu ngày trước: %(previous)s.")
        return words % {"count": item.count, "root": item.root, "previous": item.previous}

    def item_link(self, item: LedgerDay) -> str:
        return reverse("ledger_day", args=[item.day.isoformat()])

    def item_guid(self, item: LedgerDay) -> str:
        """A root that changed would be another entry, not a new version of the old one."""
        return f"urn:sha256:{item.root}"

    def item_pubdate(self, item: LedgerDay) -> datetime | None:
        return item.closed_at

    def item_updateddate(self, item: LedgerDay) -> datetime | None:
        return item.closed_at


def feed_text(text: str) -> str:
    """Return ``text`` without the signs that XML forbids; one of them would make the whole feed an error."""
    return _UNPRINTABLE.sub("", drop_invisible(text))


def day_in_feed(day: date | None) -> datetime | None:
    """Return the beginning of ``day`` here, for what people know by its day alone."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
