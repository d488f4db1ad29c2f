"""Questions to the materials."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.core.querysets.pages import BasePageQuerySet
from cms.core.search import matching_keys
from cms.library.enums import Audience, Level, Order
from cms.library.querysets.filters import Facets, MaterialFilters

SEARCH_KIND = "material"
PAGE_SIZE = 12


class MaterialPageQuerySet(BasePageQuerySet):
    def newest(self) -> "MaterialPageQuerySet":
        return self.order_by("-published_on", "-pk")

    def for_lists(self) -> "MaterialPageQuerySet":
        """With what a line of a list shows and without the text of the page; as many queries for one as for twenty."""
        related = ("topics", "image__renditions", "listing_image__renditions")
        return self.select_related("owner_unit").prefetch_related(*related).defer_streamfields()

    def for_search(self) -> "MaterialPageQuerySet":
        """What the public may find."""
        return self.readable()

    def before(self, material: Any) -> "MaterialPageQuerySet":
        """Older ones, the nearest first."""
        day = material.published_on
        older = models.Q(published_on__lt=day) | models.Q(published_on=day, pk__lt=material.pk)
        return self.filter(older).newest().defer_streamfields()

    def after(self, material: Any) -> "MaterialPageQuerySet":
        """Newer ones, the nearest first."""
        day = material.published_on
        newer = models.Q(published_on__gt=day) | models.Q(published_on=day, pk__gt=material.pk)
        return self.filter(newer).order_by("published_on", "pk").defer_streamfields()

    def on_topics(self, topics: Iterable[int]) -> "MaterialPageQuerySet":
        """Those that stand under one of these topics, each once."""
        through = self.model.topics.through.objects.filter(materialtopic__in=list(topics))
        return self.filter(pk__in=through.values("materialpage"))

    def with_kind(self, kind: str) -> "MaterialPageQuerySet":
        """Those that have a file of this kind; no kind's word is part of another's."""
        return self.filter(kinds__contains=kind)

    def over(self, value: bool = True) -> "MaterialPageQuerySet":
        """Those whose time of use has ended; with False those that may still be used."""
        ended = models.Q(valid_until__lt=timezone.localdate())
        return self.filter(ended) if value else self.exclude(ended)

    def matching(self, words: str) -> "MaterialPageQuerySet":
        """What the site's search finds for ``words`` in the library; never an error."""
        return self.filter(pk__in=[int(key) for key in matching_keys(words, kind=SEARCH_KIND)])

    def sought(self, words: str) -> "MaterialPageQuerySet":
        """What an editor looks for, drafts included: by piece of the title, or as the public would."""
        public = [int(key) for key in matching_keys(words, kind=SEARCH_KIND)]
        return self.filter(models.Q(title__icontains=words) | models.Q(pk__in=public))

    def with_taken(self) -> "MaterialPageQuerySet":
        """With ``taken``, how often files of each were taken in all, and ``read``."""
        counts = self.model.objects.order_by().filter(pk=models.OuterRef("pk")).values("pk")
        taken = counts.annotate(taken=models.Sum("readings__downloads")).values("taken")
        read = counts.annotate(read=models.Sum("readings__count")).values("read")
        return self.annotate(taken=Coalesce(models.Subquery(taken), 0), read=Coalesce(models.Subquery(read), 0))

    def most_taken(self) -> "MaterialPageQuerySet":
        """Those whose files were taken most come first; all counts are added up in one statement."""
        return self.annotate(taken=Coalesce(models.Sum("readings__downloads"), 0)).order_by(
            "-taken", "-published_on", "-pk"
        )

    def facets(self, asked: MaterialFilters, order: Order = Order.NEWEST) -> Facets:
        """Return what the words of ``asked`` find with what each material offers to the filters: two statements."""
        rows = self.matching(asked.words) if asked.words else self
        rows = rows.most_taken() if order is Order.TAKEN else rows.newest()
        topics = defaultdict(set)
        for key, slug in self.model.topics.through.objects.values_list("materialpage_id", "materialtopic__slug"):
            topics[key].add(slug)
        columns = [each.column for each in (*Level, *Audience)]
        return Facets(
            asked,
            tuple(
                (row["pk"], {"topic": topics[row["pk"]], **_offer(row)}) for row in rows.values("pk", "kinds", *columns)
            ),
        )

    def paged(self, keys: list[int], number: Any, size: int = PAGE_SIZE) -> ListPage:
        """Return the page of these materials that is nearest to ``number``, in their order, with ``taken``."""
        page = Paginator(keys, size).get_page(str(number)[:9] if number else 1)
        rows = self.model.objects.for_lists().with_taken().in_bulk(list(page.object_list))
        page.object_list = [rows[key] for key in page.object_list if key in rows]
        return page


def _offer(row: dict[str, Any]) -> dict[str, list[str]]:
    """What fits all schools, or all people, is offered to each of them."""
    levels = [str(level) for level in Level if row[level.column]]
    audiences = [str(audience) for audience in Audience if row[audience.column]]
    return {
        "level": levels or list(Level.values),
        "audience": audiences or list(Audience.values),
        "kind": row["kinds"].split(),
    }
