"""Questions to the catalogue of topics."""

from typing import Any

from django.db import models

from cms.core.text import fold


class MaterialTopicQuerySet(models.QuerySet):
    def in_order(self) -> "MaterialTopicQuerySet":
        return self.order_by("order", "name")

    def like(self, name: str, *, but: Any = None) -> Any:
        """Return the topic whose name differs from ``name`` in case and marks alone, or that has its address word."""
        folded, word = fold(name), self.model.slug_of(name)
        others = (topic for topic in self if topic.pk != but)
        return next((topic for topic in others if fold(topic.name) == folded or topic.slug == word), None)
