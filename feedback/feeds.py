"""Published cases for search engines and feed readers."""

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.template.defaultfilters import linebreaks_filter
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.feeds import ListFeed, day_in_feed, feed_text
from feedback.models import PublicCase
from feedback.models.pages import LIST_URL
from feedback.querysets import PublicCaseQuerySet


class PublicCaseSitemap(Sitemap):
    """Every live public copy, and nothing else of a case."""

    changefreq = "yearly"

    def items(self) -> PublicCaseQuerySet:
        return PublicCase.objects.public().newest()

    def lastmod(self, item: PublicCase) -> datetime:
        return item.last_published_at

    def location(self, item: PublicCase) -> str:
        return item.get_absolute_url()


class FeedbackSitemap(Sitemap):
    """The pages of feedback that are no Wagtail pages: figures, and what the open data means."""

    changefreq = "daily"

    def items(self) -> list[str]:
        return ["feedback:figures", "feedback:data"]

    def location(self, item: str) -> str:
        return reverse(item)


class PublicCasesFeed(ListFeed):
    """The newest published answers, each with its question; read from the public copies alone."""

    heading = _("Phản ánh, kiến nghị đã trả lời")
    link = LIST_URL

    def rows(self, obj: Any) -> PublicCaseQuerySet:
        return PublicCase.objects.public().newest().with_list_data()

    def item_title(self, item: PublicCase) -> str:
        return feed_text(f"{item.reference}: {item.title}")

    def item_description(self, item: PublicCase) -> str:
        asked = _now("Phản ánh: %(text)s") % {"text": item.question}
        answered = _now("Trả lời: %(text)s") % {"text": item.answer}
        return linebreaks_filter(feed_text(f"{asked}\n\n{answered}"), autoescape=True)

    def item_author_name(self, item: PublicCase) -> str | None:
        return item.unit.name if item.unit else None

    def item_pubdate(self, item: PublicCase) -> datetime | None:
        return day_in_feed(item.answered_on)

    def item_updateddate(self, item: PublicCase) -> datetime | None:
        return item.last_published_at
