"""Questions to the short lists beside the procedures."""

from collections.abc import Collection

from django.db import models

from cms.core.text import fold


class ShortListQuerySet(models.QuerySet):
    def in_order(self) -> "ShortListQuerySet":
        """As editors sorted them."""
        return self.order_by("order", "name")

    def names(self) -> dict[int, str]:
        """Return every name by its key."""
        return dict(self.values_list("pk", "name"))

    def of_keys(self, keys: Collection[int]) -> "ShortListQuerySet":
        """Those with these keys."""
        return self.filter(pk__in=keys)

    def named(self, name: str) -> "ShortListQuerySet":
        """The field of work of that name; case and marks do not matter."""
        return self.filter(key=fold(name)[:200])
