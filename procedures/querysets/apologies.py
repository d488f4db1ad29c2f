"""Questions to the letters of apology, and to the dossiers that want one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cms.core.enums import Scope
from cms.core.periods import Period, PeriodError, period_asked
from cms.core.permissions import scope_of
from cms.core.querysets.keys import beyond
from procedures.enums import PUBLIC_APOLOGIES, UNSENT_APOLOGIES, ApologyKind, ApologyState

# What stays in the house: what the public list never reads.
PRIVATE = ("blame_note", "kept_because", "return_note", "signer_title", "signer_name", "delivery_note", "number")


@dataclass(frozen=True)
class ApologyFilters:
    """What a reader asked for. Nonsense in the address is no filter and no error."""

    unit: str = ""
    kind: str = ""
    period: Period | None = None

    @classmethod
    def from_query(cls, query: Mapping[str, str], *, today: date) -> "ApologyFilters":
        """Read ``don-vi`` (a unit's code), ``loai`` and the period (``ky``, or ``tu`` and ``den``) of an address."""
        kind = query.get("loai", "")
        period = None
        if any(query.get(name, "").strip() for name in ("ky", "tu", "den")):
            try:
                period = period_asked(query, today=today)
            except PeriodError:
                period = None
        unit = query.get("don-vi", "")[:40]
        return cls(unit=unit, kind=kind if kind in ApologyKind.values else "", period=period)

    def __bool__(self) -> bool:
        return bool(self.unit or self.kind or self.period)


class ApologyQuerySet(models.QuerySet):
    def visible_to(self, user: Any, capability: str = "dossier_list") -> Self:
        """Narrow to the letters of the units for which ``user`` holds ``capability``; unknown people see none."""
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        return self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)

    # --- what anybody reads -----------------------------------------------------------------------

    def public(self) -> Self:
        """What anybody may read: what has gone out, also what was taken back afterwards."""
        return self.filter(state__in=PUBLIC_APOLOGIES)

    def standing(self) -> Self:
        """Those that have gone out and still hold."""
        return self.filter(state=ApologyState.DELIVERED)

    def newest(self) -> Self:
        """The last that went out first."""
        return self.order_by("-delivered_at", "-pk")

    def after(self, moment: datetime, pk: int) -> Self:
        """Narrow to what follows the letter with this moment and key in the order of ``newest``."""
        return self.filter(beyond("delivered_at", (moment, pk), down=True))

    def before(self, moment: datetime, pk: int) -> Self:
        """Narrow to what comes before the letter with this moment and key in the order of ``newest``."""
        return self.filter(beyond("delivered_at", (moment, pk), down=False))

    def filtered(self, asked: ApologyFilters) -> Self:
        """Narrow by every filter."""
        rows = self.filter(unit__code=asked.unit) if asked.unit else self
        rows = rows.filter(kind=asked.kind) if asked.kind else rows
        return rows.sent_within(asked.period) if asked.period else rows

    def sent_within(self, period: Period) -> Self:
        """Narrow to the letters that went out in ``period``."""
        return self.filter(delivered_on__range=(period.starts_on, period.ends_on))

    def by_reason(self) -> dict[str, int]:
        """Return how many of these give each class of reason; one statement."""
        return dict(self.order_by().values_list("reason").annotate(models.Count("pk")))

    def with_public_data(self) -> Self:
        """With what a public line shows, and none of the office's own words; a constant number of statements."""
        return self.select_related("dossier", "unit").defer(*PRIVATE)

    def units(self) -> list[tuple[str, str]]:
        """Return code and name of the units that have public letters, by name."""
        found = self.public().order_by("unit__name").values_list("unit__code", "unit__name").distinct()
        return list(found)

    # --- the desk ---------------------------------------------------------------------------------

    def of_dossier(self, dossier: Any) -> Self:
        """Every letter about one dossier, the oldest first."""
        return self.filter(dossier=dossier).order_by("pk")

    def unsent(self) -> Self:
        """Those on which work goes on."""
        return self.filter(state__in=UNSENT_APOLOGIES)

    def in_state(self, state: str) -> Self:
        """Those that stand there, the last touched first."""
        return self.filter(state=state).order_by("-changed_at", "-pk")

    def latest(self) -> Self:
        """The last touched first."""
        return self.order_by("-changed_at", "-pk")

    def with_desk_data(self) -> Self:
        """With what a line of the desk's list shows; no word of the person."""
        return self.select_related("dossier", "unit", "blamed_unit", "author", "approver")

    def in_late_kinds(self) -> Self:
        return self.filter(kind__in=(ApologyKind.LATE, ApologyKind.LATE_AGAIN))

    def reappointing(self) -> Self:
        """Letters that gave a new appointment, whatever became of them after they went out."""
        return self.filter(kind=ApologyKind.LATE, state__in=PUBLIC_APOLOGIES)

    def at_odds(self) -> Self:
        """Letters that hold and whose dossier has another new date than they say."""
        odd = ~Q(new_due_on=models.F("dossier__reappointed_on")) | Q(dossier__reappointed_on=None)
        return self.standing().filter(odd, kind=ApologyKind.LATE)


def wanting_apology(dossiers: Any, apologies: Any, *, today: date, until: date) -> Any:
    """Narrow ``dossiers`` to those that want a letter: nearly late or late without one, or late again after one.

    Args:
        dossiers: rows of ``Dossier``.
        apologies: all letters.
        today: late again is what was promised anew before it.
        until: due on this day or earlier is nearly late.

    """
    own = apologies.filter(dossier=OuterRef("pk"))
    first = Q(reappointed_on=None, due_on__lte=until) & ~Exists(own.unsent().in_late_kinds())
    told_again = own.filter(kind=ApologyKind.LATE_AGAIN).exclude(
        state__in=(ApologyState.DISCARDED, ApologyState.WITHDRAWN)
    )
    return dossiers.running().filter(first | (Q(reappointed_on__lt=today) & ~Exists(told_again)))
