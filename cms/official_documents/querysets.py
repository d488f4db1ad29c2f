"""Questions to the register of documents."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models

from wagtail.models import Page

from cms.core.ports import FoundDocument
from cms.core.querysets.pages import BasePageQuerySet, outside_closed_sections
from cms.core.search.backends import get_backend
from cms.core.search.query import Filters, number_key, parse_query
from cms.official_documents.enums import KIND_CODES

PAGE_SIZE = 20
SEARCH_KIND = "official_document"


@dataclass(frozen=True)
class DocumentFilters:
    """What a reader asked the register for. Nonsense in the address is no filter and no error."""

    kind: str = ""
    year: int | None = None
    issuer: int | None = None
    area: int | None = None
    words: str = ""

    PARAMS = {"kind": "loai", "year": "nam", "issuer": "co-quan", "area": "linh-vuc", "words": "q"}

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "DocumentFilters":
        """Read the parameters ``loai``, ``nam``, ``co-quan``, ``linh-vuc`` and ``q`` of an address."""
        kind = query.get("loai", "")
        return cls(
            kind=kind if kind in KIND_CODES else "",
            year=_whole(query.get("nam", ""), most=9999),
            issuer=_whole(query.get("co-quan", "")),
            area=_whole(query.get("linh-vuc", "")),
            words=" ".join(query.get("q", "")[:200].split()),
        )

    def without(self, name: str) -> "DocumentFilters":
        """Return the same filters but for one."""
        return replace(self, **{name: "" if name in {"kind", "words"} else None})

    def __bool__(self) -> bool:
        return any((self.kind, self.year, self.issuer, self.area, self.words))


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

    def filtered(self, asked: DocumentFilters) -> "OfficialDocumentQuerySet":
        """Narrow to what a reader asked for; every filter narrows the others."""
        wanted = {"document_type": asked.kind, "issued_year": asked.year, "issuer": asked.issuer, "area": asked.area}
        rows = self.filter(**{name: value for name, value in wanted.items() if value})
        return rows.matching(asked.words) if asked.words else rows

    def matching(self, words: str) -> "OfficialDocumentQuerySet":
        """What the site's search finds for ``words`` among documents: at most 1,000, and never an error."""
        query = parse_query(words)
        if query.too_short:
            return self.none()
        backend, only = get_backend(), Filters(kind=SEARCH_KIND)
        found = backend.find(query, only) or backend.find(query, only, prefix=True)
        return self.filter(pk__in=[int(row.object_id) for row in found])

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

    def listed(self, number: Any, size: int = PAGE_SIZE) -> ListPage:
        """Return one page of the list: first the keys from the index, then so many rows and no more."""
        page = Paginator(self.values_list("pk", flat=True), size).get_page(str(number)[:9] if number else 1)
        rows = self.model.objects.for_lists().in_bulk(list(page.object_list))
        page.object_list = [rows[pk] for pk in page.object_list if pk in rows]
        return page

    def years(self) -> list[tuple[int, str]]:
        """Return the years that occur, the newest first, as choices."""
        found = self.order_by("-issued_year").values_list("issued_year", flat=True).distinct()
        return [(year, str(year)) for year in found if year]

    def choices_left(self) -> list[tuple[str, int, int | None, int | None]]:
        """Return every (kind, year, issuer, area) that occurs, for the filters of the index: one query."""
        columns = ("document_type", "issued_year", "issuer_id", "area_id")
        return list(self.order_by().values_list(*columns).distinct())

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


class IssuerQuerySet(models.QuerySet):
    def in_order(self) -> "IssuerQuerySet":
        return self.order_by("order", "name")

    def by_key(self) -> dict[str, Any]:
        return {issuer.key: issuer for issuer in self}

    def named(self, name: str) -> "IssuerQuerySet":
        """The issuer of that name; case and marks do not matter."""
        return self.filter(key=self.model.key_of(name))


class DocumentFieldQuerySet(models.QuerySet):
    def in_order(self) -> "DocumentFieldQuerySet":
        return self.order_by("order", "name")


def _whole(text: str, most: int = 2**31 - 1) -> int | None:
    """Return a positive whole number of ASCII digits, or None."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        return None
    number = int(text)
    return number if 0 < number <= most else None
