"""Questions to readers' comments and to what readers think of a page."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Count, Exists, ExpressionWrapper, F, FloatField, Max, OuterRef, Q

from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.enums import ModerationShelf
from feedback.enums import CommentState

_SHELVES = {
    ModerationShelf.WAITING: (CommentState.WAITING,),
    ModerationShelf.APPROVED: (CommentState.PUBLISHED,),
    ModerationShelf.REFUSED: (CommentState.REFUSED, CommentState.WITHDRAWN),
}


class ReaderCommentQuerySet(models.QuerySet):
    def published(self) -> "ReaderCommentQuerySet":
        """The only comments that the public reads."""
        return self.filter(state=CommentState.PUBLISHED)

    def about(self, page: Page) -> "ReaderCommentQuerySet":
        return self.filter(page_id=page.pk)

    def on_shelf(self, shelf: str) -> "ReaderCommentQuerySet":
        """Comments of one list of the moderation queue; what its author took back lies on none."""
        return self.filter(state__in=_SHELVES[ModerationShelf(shelf)])

    def oldest(self) -> "ReaderCommentQuerySet":
        return self.order_by("received_at", "pk")

    def with_queue_data(self) -> "ReaderCommentQuerySet":
        return self.select_related("page", "decided_by")

    def address_outlived(self, before: datetime) -> "ReaderCommentQuerySet":
        """Comments decided before ``before``, or waiting since before it, whose mail address is still kept."""
        waiting = Q(state=CommentState.WAITING)
        outlived = (~waiting & Q(decided_at__lt=before)) | (waiting & Q(received_at__lt=before))
        return self.filter(outlived).exclude(email="")

    def words_outlived(self, before: datetime) -> "ReaderCommentQuerySet":
        """Refused or withdrawn comments decided before ``before`` whose words are still kept."""
        return self.filter(state__in=(CommentState.REFUSED, CommentState.WITHDRAWN), decided_at__lt=before).exclude(
            body="", shown_name="", note=""
        )


class PageRatingQuerySet(models.QuerySet):
    def about(self, page: Any) -> "PageRatingQuerySet":
        return self.filter(page_id=page.pk)

    def figures(self) -> dict[str, int]:
        """How many found it useful, and how many did not."""
        return self.aggregate(yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False)))

    def with_words(self) -> "PageRatingQuerySet":
        return self.exclude(words="")

    def newest(self) -> "PageRatingQuerySet":
        return self.order_by("-rated_at", "-pk")

    def recognisable(self, before: date) -> "PageRatingQuerySet":
        """Ratings of days before ``before`` that still carry the mark against double counting."""
        return self.filter(rated_on__lt=before, visitor__isnull=False)

    def words_outlived(self, before: datetime) -> "PageRatingQuerySet":
        return self.with_words().filter(rated_at__lt=before)


def rated_pages(ratings: PageRatingQuerySet) -> PageQuerySet:
    """Return the pages that ``ratings`` are about with ``useful``, ``useless``, ``worded``, ``share`` and ``last``.

    ``share`` is the part that did not find it useful, between 0 and 1; the worst come first, then the most rated.
    """
    mine = Exists(ratings.filter(page_id=OuterRef("pk")))
    rows = Page.objects.filter(mine).annotate(
        useful=Count("reader_ratings", filter=Q(reader_ratings__useful=True)),
        useless=Count("reader_ratings", filter=Q(reader_ratings__useful=False)),
        worded=Count("reader_ratings", filter=~Q(reader_ratings__words="")),
        rated=Count("reader_ratings"),
        last=Max("reader_ratings__rated_at"),
    )
    share = ExpressionWrapper(F("useless") * 1.0 / F("rated"), output_field=FloatField())
    return rows.annotate(share=share).order_by("-share", "-rated", "title")
