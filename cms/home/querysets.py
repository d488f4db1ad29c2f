"""Questions to menus, notices and the pages that compose others; to drafts of every kind."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from wagtail.models import Page, WorkflowState, get_default_page_content_type

from cms.core.querysets.pages import BasePageQuerySet, outside_closed_sections
from cms.core.search import query_key

_MOST = 10


class MenuQuerySet(models.QuerySet):
    def published(self) -> "MenuQuerySet":
        """What readers may see; a draft is its editor's."""
        return self.filter(live=True)

    def shown_on(self, site: Any, unit_id: int | None) -> "MenuQuerySet":
        """The menus of a site, and of a unit on its pages; those of the unit come last, so that they win."""
        whose = models.Q(unit=None) | models.Q(unit=unit_id) if unit_id else models.Q(unit=None)
        return self.published().filter(whose, site=site).order_by(models.F("unit").asc(nulls_first=True))


class SiteNoticeQuerySet(models.QuerySet):
    def published(self) -> "SiteNoticeQuerySet":
        return self.filter(live=True)

    def not_over(self, now: datetime) -> "SiteNoticeQuerySet":
        """Published ones that run or are still to come, with what deciding where they show needs; one statement."""
        rows = self.published().filter(ends_at__gt=now)
        return rows.select_related("section", "link_page").order_by("-starts_at", "-pk")


class SearchPromotionQuerySet(models.QuerySet):
    def answering(self, asked: str) -> "SearchPromotionQuerySet":
        """Those that name this query, however it is spelled; a few hundred short rows are looked through."""
        key = query_key(asked)
        return self.filter(keys__contains=f"\n{key}\n") if key else self.none()

    def pages_for(self, asked: str) -> list[tuple[Page, str]]:
        """Return the pages that answer ``asked``, of those that everybody may read, with their notes; two queries."""
        rows = self.filter(active=True).answering(asked).order_by("pk").values_list("pages__page", "pages__note")
        chosen = list(rows.order_by("pk", "pages__sort_order"))
        notes = {pk: note for pk, note in reversed(chosen) if pk}
        pages = Page.objects.filter(outside_closed_sections(), live=True).in_bulk(list(notes)) if notes else {}
        order = dict.fromkeys(pk for pk, _note in chosen if pk in pages)
        return [(pages[pk], notes[pk]) for pk in order]


class ReformYearQuerySet(BasePageQuerySet):
    def newest(self) -> "ReformYearQuerySet":
        """The latest year first."""
        return self.order_by("-year")


def drafts_of(user: Any) -> list[Page]:
    """Return the newest pages that this person began or last changed, and that nobody has been asked to approve."""
    waiting = WorkflowState.objects.active().filter(
        base_content_type=get_default_page_content_type(), object_id=Cast(OuterRef("pk"), CharField())
    )
    mine = Q(owner=user) | Q(latest_revision__user=user)
    drafts = Page.objects.filter(mine, has_unpublished_changes=True).exclude(Exists(waiting))
    return list(drafts.order_by("-latest_revision_created_at", "-pk")[:_MOST])
