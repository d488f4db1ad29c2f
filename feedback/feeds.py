"""Published cases for search engines."""

from datetime import datetime

from django.contrib.sitemaps import Sitemap

from feedback.models import PublicCase
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
