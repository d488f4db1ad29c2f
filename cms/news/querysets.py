"""Questions to the news."""

from cms.core.querysets.pages import BasePageQuerySet


class NewsPageQuerySet(BasePageQuerySet):
    def newest(self) -> "NewsPageQuerySet":
        """Newest first, with the pictures that a list shows."""
        pictures = ("image__renditions", "listing_image__renditions")
        return self.prefetch_related(*pictures).order_by("-published_on", "-pk")
