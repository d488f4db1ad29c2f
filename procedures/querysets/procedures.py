"""Questions to the list of procedures."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.db import models

from wagtail.models import Page, Revision, WorkflowState

from cms.core.querysets.pages import BasePageQuerySet, outside_closed_sections
from cms.core.search import matching_keys
from cms.core.text import fold
from procedures.enums import Standing
from procedures.querysets.filters import FACETS, ProcedureFacets, ProcedureFilters

PAGE_SIZE = 20
MOST_PAGES = 50
SEARCH_KIND = "procedure"
# The rows below a procedure that the national record is read from.
RECORD_ROWS = (
    *("decisions", "places", "related", "steps", "ways", "bases", "results", "internal_steps", "differences"),
)  # fmt: skip


class ProcedureQuerySet(BasePageQuerySet):
    def readable(self) -> "ProcedureQuerySet":
        """What anybody may read: published, in no closed section, and confirmed.

        A record that still waits to be confirmed is nobody's to read, even when a press too much published it.
        """
        page = Page.objects.live().filter(outside_closed_sections(), pk=models.OuterRef("pk")).order_by()
        return self.filter(models.Exists(page), needs_confirmation=False)

    def in_order(self) -> "ProcedureQuerySet":
        """By name as Vietnamese dictionaries sort, those that were abolished last."""
        return self.order_by("abolished", "sort_name", "pk")

    def newest(self) -> "ProcedureQuerySet":
        """The last published first."""
        return self.order_by("-last_published_at", "-pk")

    def filtered(self, asked: ProcedureFilters) -> "ProcedureQuerySet":
        """Narrow by every filter but the words, for which :meth:`matching` has searched already."""
        rows = self.filter(field=asked.field) if asked.field else self
        rows = rows.at_level(asked.level) if asked.level else rows
        rows = rows.at_place(asked.place) if asked.place else rows
        return rows.for_audience(asked.audience) if asked.audience else rows

    def standing_on(self, day: date) -> "ProcedureQuerySet":
        """With ``standing_on_day``: how each stands then, as ``ProcedurePage.standing`` says of today."""
        cases = (
            models.When(state=Standing.ABOLISHED, then=models.Value(str(Standing.ABOLISHED))),
            models.When(effective_to__lt=day, then=models.Value(str(Standing.EXPIRED))),
            models.When(effective_from__gt=day, then=models.Value(str(Standing.NOT_YET))),
        )
        return self.annotate(standing_on_day=models.Case(*cases, default=models.F("state")))

    def in_force(self, day: date) -> "ProcedureQuerySet":
        """Those that bind on that day, as announced or as amended since."""
        return self.standing_on(day).filter(standing_on_day__in=[Standing.IN_FORCE, Standing.AMENDED])

    def stands(self, standing: str, day: date) -> "ProcedureQuerySet":
        """Those that stand so on that day."""
        return self.standing_on(day).filter(standing_on_day=standing)

    def beside(self, procedure: Any) -> "ProcedureQuerySet":
        """Others of the same field of work."""
        return self.filter(field=procedure.field_id).exclude(pk=procedure.pk)

    def matching(self, words: str) -> "ProcedureQuerySet":
        """What the site's search finds for ``words`` among procedures: at most 1,000, and never an error."""
        return self.filter(pk__in=[int(key) for key in matching_keys(words, kind=SEARCH_KIND)])

    def sought(self, words: str) -> "ProcedureQuerySet":
        """What an editor looks for, drafts included: by code, by piece of the name, or as the public would."""
        public = self.model.objects.matching(words).values("pk")
        named = models.Q(code__startswith=words) | models.Q(title__icontains=words)
        return self.filter(named | models.Q(full_name__icontains=words) | models.Q(pk__in=public))

    def pickable(self, typed: str) -> "ProcedureQuerySet":
        """What a clerk means by a code or by words of a name, marks or not, drafts included; in force first."""
        code = typed.partition(" ")[0]
        whole = self.filter(code=code)
        if whole.exists():
            return whole.in_order().prefetch_related("ways").defer_streamfields()
        named = models.Q()
        for word in fold(typed).split()[:16]:
            named &= models.Q(sort_name__contains=word)
        rows = self.filter(named | models.Q(code__startswith=code))
        return rows.in_order().prefetch_related("ways").defer_streamfields()

    def for_search(self) -> "ProcedureQuerySet":
        """What the public may find, with what the index reads of it."""
        return self.readable().select_related("field").prefetch_related("results")

    def for_lists(self) -> "ProcedureQuerySet":
        """With what a line of a list shows, and without the text of the page."""
        return self.select_related("field").prefetch_related("ways").defer_streamfields()

    def for_choosing(self) -> "ProcedureQuerySet":
        """As a list to choose one from."""
        return self.order_by("code", "pk").defer_streamfields()

    def for_admin(self) -> "ProcedureQuerySet":
        """With what a line of the editors' list shows, the newest draft included; Wagtail reads the rows once more."""
        return self.prefetch_related("field", "latest_revision")

    def listed(self, number: Any, size: int = PAGE_SIZE, total: int | None = None) -> ListPage:
        """Return one page of the list: first the keys, then so many rows and no more.

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

    def facets(self, asked: ProcedureFilters) -> ProcedureFacets:
        """Count by every facet at once: one statement, however many filters."""
        grouped = self.order_by().values_list("field_id", "levels", "audiences").annotate(found=models.Count("pk"))
        split = ((field, _codes(levels), _codes(audiences), count) for field, levels, audiences, count in grouped)
        return ProcedureFacets.of(asked, FACETS, split)  # type: ignore[return-value]

    def unconfirmed(self) -> "ProcedureQuerySet":
        """Records with the mark “cần xác nhận”."""
        return self.filter(needs_confirmation=True)

    def with_code(self, codes: Collection[str]) -> "ProcedureQuerySet":
        return self.filter(code__in=codes)

    def addresses(self, codes: Collection[str]) -> dict[str, str]:
        """Return the addresses of the public ones among ``codes``; of two with one code, the one in force."""
        rows = self.readable().with_code(codes).order_by("-abolished", "pk").defer_streamfields()
        return {row.code: row.url or "" for row in rows}

    def readable_of_code(self, code: str) -> Any:
        """Return the public page of ``code``, of two the one in force; None without one."""
        return self.readable().with_code([code]).order_by("abolished", "-pk").defer_streamfields().first()

    def of_key(self, pk: Any) -> "ProcedureQuerySet":
        """The one page with this key, or none."""
        return self.filter(pk=pk)

    def codes(self, keys: Collection[int]) -> dict[int, str]:
        """Return the codes of those with these keys."""
        return dict(self.filter(pk__in=keys).values_list("pk", "code")) if keys else {}

    def with_record(self) -> "ProcedureQuerySet":
        """With everything that their records are read from, whatever their number."""
        return self.prefetch_related(*RECORD_ROWS)

    def replaced_with(self, procedure: Any) -> "ProcedureQuerySet":
        """Older ones in whose place ``procedure`` stands."""
        return self.filter(replaced_by=procedure.pk).order_by("code")

    def of_field(self, field: Any) -> "ProcedureQuerySet":
        """Those of one field of work."""
        return self.filter(field=field)

    def at_level(self, level: str) -> "ProcedureQuerySet":
        """Those carried out at this level, among others."""
        return self.filter(levels__contains=f",{level},")

    def at_place(self, place: int) -> "ProcedureQuerySet":
        """Those whose dossiers this place takes, among others."""
        rows = self.model._meta.get_field("places").related_model.objects
        return self.filter(models.Exists(rows.filter(page=models.OuterRef("pk"), place=place)))

    def for_audience(self, audience: str) -> "ProcedureQuerySet":
        """Those that people of this class may ask for, among others."""
        return self.filter(audiences__contains=f",{audience},")

    def with_sample(self) -> "ProcedureQuerySet":
        """Those with a dossier filled in as an example (S20)."""
        return self.filter(self._sample())

    def with_samples(self) -> "ProcedureQuerySet":
        """With their sample dossiers and the files of these."""
        return self.prefetch_related("samples__document").defer_streamfields()

    def without_sample(self) -> "ProcedureQuerySet":
        """Those that still want one."""
        return self.filter(~self._sample())

    def sampled_by_year(self, years: Collection[int]) -> dict[int, int]:
        """Return how many of these had a sample dossier by the end of each of ``years``; its file says when."""
        firsts = self.order_by().annotate(first=models.Min("samples__document__created_at__year")).exclude(first=None)
        counted = Counter(firsts.values_list("first", flat=True))
        return {year: sum(count for first, count in counted.items() if first <= year) for year in years}

    def _sample(self) -> models.Exists:
        rows = self.model._meta.get_field("samples").related_model.objects
        return models.Exists(rows.filter(page=models.OuterRef("pk")))

    def identified(self, codes: Iterable[str]) -> dict[str, Any]:
        """Return procedures by code, drafts included. For imports."""
        rows = self.with_code(sorted(set(codes))).select_related("field").defer_streamfields()
        return {row.code: row for row in rows.order_by("-pk")}

    def drafts_of(self, pages: Iterable[Any]) -> dict[int, dict[str, Any]]:
        """Return what the newest revision of each of ``pages`` says, by the page's key; one query."""
        keys = {page.latest_revision_id: page.pk for page in pages if page.latest_revision_id}
        found = Revision.objects.filter(pk__in=keys).values_list("pk", "content")
        return {keys[pk]: content for pk, content in found}

    def draft(self, pk: int) -> dict[str, Any] | None:
        """Return what the newest revision of one page says, or None when there is no such page."""
        page = self.filter(pk=pk).first()
        return self.drafts_of([page]).get(pk, {}) if page else None

    def held(self, pages: Iterable[Any]) -> set[int]:
        """Return the keys of those among ``pages`` that are locked or wait for approval; one query."""
        keys = {str(page.pk): page for page in pages}
        waiting = WorkflowState.objects.active().filter(
            base_content_type=ContentType.objects.get_for_model(Page), object_id__in=list(keys)
        )
        locked = {page.pk for page in keys.values() if page.locked}
        return locked | {int(key) for key in waiting.values_list("object_id", flat=True)}


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split(",") if code)
