"""Questions to the register of documents."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models

from wagtail.models import Page

from cms.core.ports import FoundDocument
from cms.core.querysets.facets import Facets
from cms.core.querysets.pages import BasePageQuerySet, outside_closed_sections
from cms.core.search import matching_keys
from cms.core.search.query import number_key
from cms.official_documents.enums import DRAFT, LegalStatus
from cms.official_documents.querysets.filters import FACETS, DocumentFilters

PAGE_SIZE = 20
# A list is walked so far; whoever looks for older papers narrows it, which is faster for them too.
MOST_PAGES = 50
SEARCH_KIND = "official_document"


class OfficialDocumentQuerySet(BasePageQuerySet):
    def readable(self) -> "OfficialDocumentQuerySet":
        """What anybody may read.

        Asked row by row, so that lists walk the index of this table in its order; a join makes both databases
        read and sort every page of the site first.
        """
        page = Page.objects.live().filter(outside_closed_sections(), pk=models.OuterRef("pk")).order_by()
        return self.filter(models.Exists(page))

    def newest(self) -> "OfficialDocumentQuerySet":
        """By day of issue, the newest first."""
        return self.order_by("-sort_on", "-pk")

    def before(self, document: Any) -> "OfficialDocumentQuerySet":
        """Older ones, the nearest first."""
        # The range on the day walks the index; the rest only parts the documents of one day.
        older = models.Q(sort_on__lt=document.sort_on) | models.Q(pk__lt=document.pk)
        return self.filter(older, sort_on__lte=document.sort_on).order_by("-sort_on", "-pk").defer_streamfields()

    def after(self, document: Any) -> "OfficialDocumentQuerySet":
        """Newer ones, the nearest first."""
        newer = models.Q(sort_on__gt=document.sort_on) | models.Q(pk__gt=document.pk)
        return self.filter(newer, sort_on__gte=document.sort_on).order_by("sort_on", "pk").defer_streamfields()

    def filtered(self, asked: DocumentFilters) -> "OfficialDocumentQuerySet":
        """Narrow to what a reader asked for; every filter narrows the others."""
        wanted = {"document_type": asked.kind, "issued_year": asked.year, "issuer": asked.issuer, "area": asked.area}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        return rows.matching(asked.words) if asked.words else rows

    def matching(self, words: str) -> "OfficialDocumentQuerySet":
        """What the site's search finds for ``words`` among documents: at most 1,000, and never an error."""
        return self.filter(pk__in=[int(key) for key in matching_keys(words, kind=SEARCH_KIND)])

    def sought(self, words: str) -> "OfficialDocumentQuerySet":
        """What an editor looks for, drafts included: by number, by piece of the title, or as the public would.

        Wagtail's own search fails on filters that it has no index of, and knows no Vietnamese.
        """
        key = number_key(words)
        by_number = models.Q(number_key=key) if key else models.Q(number__icontains=words)
        public = self.model.objects.matching(words).values("pk")
        return self.filter(by_number | models.Q(title__icontains=words) | models.Q(pk__in=public))

    def for_search(self) -> "OfficialDocumentQuerySet":
        """What the public may find, with what the index reads of it."""
        return self.readable().select_related("issuer")

    def for_lists(self) -> "OfficialDocumentQuerySet":
        """With what a line of a list shows, and without the text of the page."""
        return self.select_related("issuer").defer_streamfields()

    def listed(self, number: Any, size: int = PAGE_SIZE, total: int | None = None) -> ListPage:
        """Return one page of the list: first the keys from the index, then so many rows and no more.

        Args:
            number: the page asked for; whatever it says, the answer is the nearest page there is.
            size: rows a page.
            total: how many rows there are, when that is known already; else they are counted.

        """
        paginator = Paginator(self.values_list("pk", flat=True), size)
        paginator.count = min(paginator.count if total is None else total, MOST_PAGES * size)
        page = paginator.get_page(str(number)[:9] if number else 1)
        rows = self.model.objects.for_lists().in_bulk(list(page.object_list))
        page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
        return page

    def facets(self, asked: DocumentFilters) -> Facets:
        """Count what the words of ``asked`` find by every facet at once: one statement, however many filters."""
        rows = self.matching(asked.words) if asked.words else self
        columns = ("document_type", "issued_year", "issuer_id", "area_id")
        return Facets.of(asked, FACETS, rows.order_by().values_list(*columns).annotate(found=models.Count("pk")))

    def consulting(self, on: date) -> "OfficialDocumentQuerySet":
        """Drafts on which people are asked that day, the first to close first."""
        begun = models.Q(consult_from=None) | models.Q(consult_from__lte=on)
        return self.filter(begun, document_type=DRAFT, consult_until__gte=on).order_by("consult_until", "-pk")

    def of_reform_year(self, year: int) -> "OfficialDocumentQuerySet":
        """What the year page of administrative reform shows, oldest first as the cycle goes (S93)."""
        return self.filter(reform_year=year).exclude(reform_part="").order_by("sort_on", "pk")

    def with_days_or_effects(self) -> "OfficialDocumentQuerySet":
        """Those whose legal status may be other than unknown; the calendar is followed for them alone."""
        days = models.Q(effective_on__isnull=False) | models.Q(expires_on__isnull=False)
        suffering = models.Exists(
            self.model._meta.get_field("effects_suffered").related_model.objects.filter(acted_on=models.OuterRef("pk"))
        )
        return self.filter(days | suffering | ~models.Q(legal_status=LegalStatus.UNKNOWN)).order_by("pk")

    def resting_on(self, document: Any) -> "OfficialDocumentQuerySet":
        """Those that name ``document`` as their basis, by page or by its number and day."""
        named = models.Q(bases__cited_page=document.pk)
        if document.number_key and document.issued_on:
            by_number = {"bases__number_key": document.number_key, "bases__issued_on": document.issued_on}
            named |= models.Q(bases__cited_page=None, **by_number)
        return self.filter(named).distinct()

    def leading_to(self, document: Any) -> "OfficialDocumentQuerySet":
        """Drafts on which people were asked before ``document`` was issued."""
        return self.filter(consult_result=document.pk).order_by("sort_on", "pk")

    def announcing(self, code: str) -> "OfficialDocumentQuerySet":
        """Decisions that announce the procedure of this code, the newest first (S96)."""
        return self.filter(announced__code=code).newest().distinct()

    def years(self) -> list[tuple[int, str]]:
        """Return the years that occur, the newest first, as choices."""
        found = self.order_by("-issued_year").values_list("issued_year", flat=True).distinct()
        return [(year, str(year)) for year in found if year]

    def with_number(self, keys: Collection[str]) -> "OfficialDocumentQuerySet":
        return self.filter(number_key__in=keys)

    def same_number_as(self, document: Any) -> "OfficialDocumentQuerySet":
        """Others with this number in this year of this issuer: numbers are unique there (Decree 30/2020, art. 15)."""
        if not document.number_key:
            return self.none()
        return self.filter(
            number_key=document.number_key, issued_year=document.issued_year, issuer=document.issuer_id
        ).exclude(pk=document.pk)

    def cited(self, keys: Collection[str]) -> list[FoundDocument]:
        """Return the public ones among those with one of ``keys``, for what cites them."""
        rows = self.readable().with_number(keys).defer_streamfields()
        return [FoundDocument(row.number_key, row.issued_on, row.pk, row.url or "") for row in rows]

    def identified(self, keys: Iterable[str]) -> dict[tuple[str, int | None, date | None], Any]:
        """Return documents by what makes one the same as another: number, issuer, day. For imports."""
        rows = self.with_number(sorted(set(keys))).defer_streamfields()
        return {(row.number_key, row.issuer_id, row.issued_on): row for row in rows.order_by("-pk")}
