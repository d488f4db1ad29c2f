"""What the public reads. Every public surface starts from :meth:`PublicCaseQuerySet.public`."""

from datetime import date, datetime
from typing import Any

from django.db import models

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from cms.core.querysets.keys import beyond
from cms.core.search import wanted_words
from feedback.querysets.words import COPY_WORDS


class PublicCaseQuerySet(models.QuerySet):
    def public(self) -> "PublicCaseQuerySet":
        """Copies that are live; nothing else exists for the public."""
        return self.filter(live=True)

    def withdrawn(self) -> "PublicCaseQuerySet":
        """Copies that were public once; their address answers with the reason."""
        return self.filter(live=False).exclude(withdrawn_reason="")

    def newest(self) -> "PublicCaseQuerySet":
        return self.order_by("-answered_on", "-pk")

    def oldest(self) -> "PublicCaseQuerySet":
        return self.order_by("answered_on", "pk")

    def newest_asked(self) -> "PublicCaseQuerySet":
        return self.order_by("-asked_on", "-pk")

    def latest(self) -> "PublicCaseQuerySet":
        """Those first whose answer came most days after its date."""
        return self.order_by("-late_days", "-answered_on", "-pk")

    def filtered(
        self, *, category: str = "", unit: str = "", year: int | None = None, q: str = ""
    ) -> "PublicCaseQuerySet":
        """Narrow by category code, unit slug, year of the answer and words, each perhaps only begun.

        An empty value narrows nothing; signs that are no word find nothing.
        """
        rows = self
        if category:
            rows = rows.filter(category__code=category)
        if unit:
            rows = rows.filter(unit__slug=unit)
        if year:
            rows = rows.filter(answered_on__year=year)
        if wanted := wanted_words(q):
            return rows.filter(COPY_WORDS.having(wanted))
        return rows.none() if q.strip() else rows

    def after(self, day: date, pk: int) -> "PublicCaseQuerySet":
        """Narrow to what follows the copy with this day and key in the order of ``newest``."""
        return self.filter(beyond("answered_on", (day, pk), down=True))

    def before(self, day: date, pk: int) -> "PublicCaseQuerySet":
        """Narrow to what comes before the copy with this day and key in the order of ``newest``."""
        return self.filter(beyond("answered_on", (day, pk), down=False))

    def asked_between(self, first: date, last: date) -> "PublicCaseQuerySet":
        return self.filter(asked_on__range=(first, last))

    def counted_by(self, name: str) -> dict[int, int]:
        """Return how many there are by the key of a foreign key; rows without one are left out."""
        counted = self.order_by().values_list(f"{name}_id").annotate(total=models.Count("pk"))
        return {key: total for key, total in counted if key is not None}

    def counted_by_year(self) -> dict[int, int]:
        """Return how many were answered in each year from the first to the last; three statements."""
        days = self.values_list("answered_on", flat=True)
        first, last = days.order_by("answered_on").first(), days.order_by("-answered_on").first()
        if first is None or last is None:
            return {}
        # Each year is a piece of the index by day; taking the year out of every row would read them all.
        pieces = [
            self.order_by()
            .filter(answered_on__range=(date(year, 1, 1), date(year, 12, 31)))
            .values(year=models.Value(year, models.IntegerField()))
            .annotate(total=models.Count("pk"))
            .values_list("year", "total")
            for year in range(first.year, last.year + 1)
        ]
        return dict(pieces[0].union(*pieces[1:], all=True))

    def mark(self) -> tuple[int, datetime | None]:
        """Return how many there are and when the last of them was published, with one statement."""
        found = self.order_by().aggregate(total=models.Count("pk"), last=models.Max("last_published_at"))
        return found["total"], found["last"]

    def with_list_data(self) -> "PublicCaseQuerySet":
        return self.select_related("category", "unit")

    def visible_to(self, user: Any) -> "PublicCaseQuerySet":
        """Copies that an officer may open in the admin; whoever may only withdraw sees what is live.

        A draft of a case that became confidential since is closed to everybody: it can never go out.
        """
        confidential = self.model._meta.get_field("case").related_model.objects.filter(confidential=True)
        return self.exclude(case__in=confidential.values("pk"))._within_reach(user)

    def _within_reach(self, user: Any) -> "PublicCaseQuerySet":
        scopes = {scope_of(user, name) for name in ("public_case_edit", "public_case_publish")}
        if Scope.ALL in scopes:
            return self.all()
        if Scope.UNIT in scopes:
            return self.filter(unit_id__in=user.unit_ids)
        return self.public() if scope_of(user, "public_case_withdraw") is Scope.ALL else self.none()
