"""Questions to the news."""

from cms.core.querysets.pages import BasePageQuerySet


class NewsPageQuerySet(BasePageQuerySet):
    def newest(self) -> "NewsPageQuerySet":
        """Newest first, with the pictures that a list shows."""
        return self.select_related("image", "listing_image").order_by("-published_on", "-pk")
