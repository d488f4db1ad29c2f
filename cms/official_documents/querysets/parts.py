"""Questions to what hangs on a document: its relations, and what they do."""

from collections.abc import Collection
from typing import Any

from django.db import models

from wagtail.models import Page

from cms.core.querysets.pages import outside_closed_sections


def _readable(key: str) -> models.Exists:
    """Return whether the page whose key stands in the column ``key`` is what anybody may read."""
    return models.Exists(Page.objects.live().filter(outside_closed_sections(), pk=models.OuterRef(key)).order_by())


class DocumentRelationQuerySet(models.QuerySet):
    def told_in_public(self) -> "DocumentRelationQuerySet":
        """What published documents say; a draft changes nothing yet."""
        return self.filter(_readable("page_id"))

    def naming(self, documents: Collection[Any]) -> "DocumentRelationQuerySet":
        """Those that mean one of ``documents``: by page, or by a bare number that may be theirs."""
        keys = {document.number_key for document in documents} - {""}
        chosen = models.Q(cited_page__in=[document.pk for document in documents])
        return self.filter(chosen | models.Q(cited_page=None, number_key__in=keys))


class LegalEffectQuerySet(models.QuerySet):
    def on(self, documents: Collection[int]) -> "LegalEffectQuerySet":
        """What these documents suffer, the latest first."""
        rows = self.filter(acted_on__in=documents)
        return rows.order_by(models.F("from_on").desc(nulls_last=True), "-pk")

    def told_about(self, document: Any) -> "LegalEffectQuerySet":
        """What published documents, this one among them, say of what it does and suffers."""
        return self.filter(models.Q(acting=document.pk) | models.Q(acted_on=document.pk)).order_by("pk")
