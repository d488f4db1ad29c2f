"""Questions to the dossiers and to the people who handed them in. The public asks them by their full code only."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from cms.core.querysets.keys import beyond
from cms.core.search import WordColumn, wanted_words
from cms.core.search.people import LONGEST_QUERY, email_key, folded_name, person_datum, phone_key
from procedures.enums import (
    CLOSED_STATES,
    OPEN_DOSSIERS,
    PAUSED_STATES,
    RESULT_STATES,
    RUNNING_STATES,
    DossierOrigin,
    DossierState,
    DueSource,
)
from procedures.querysets.dossier_periods import counted_as

DOSSIER_WORDS = WordColumn("procedures_dossier", "search_text")
APPLICANT_WORDS = WordColumn("procedures_dossierapplicant", "folded_name")
DOSSIER_COLUMNS = (DOSSIER_WORDS, APPLICANT_WORDS)


class DossierQuerySet(models.QuerySet):
    def visible_to(self, user: Any, capability: str = "dossier_list") -> Self:
        """Narrow to the dossiers that ``user`` may exercise ``capability`` on; unknown people see none."""
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        return self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)

    def with_code(self, code: str) -> Self:
        """Narrow to the dossier of this whole code, as ``normalise_code`` writes it."""
        return self.filter(code=code)

    # --- orders -----------------------------------------------------------------------------------

    def newest(self) -> Self:
        return self.order_by("-filed_at", "-pk")

    def after(self, moment: datetime, pk: int) -> Self:
        """Narrow to what follows the dossier with this moment and key in the order of ``newest``."""
        return self.filter(beyond("filed_at", (moment, pk), down=True))

    def before(self, moment: datetime, pk: int) -> Self:
        """Narrow to what comes before the dossier with this moment and key in the order of ``newest``."""
        return self.filter(beyond("filed_at", (moment, pk), down=False))

    def by_date(self) -> Self:
        """Nearest date first; without a date by age, at the end."""
        return self.order_by(F("due_on").asc(nulls_last=True), "pk")

    # --- queues of the desk -----------------------------------------------------------------------

    def registered(self) -> Self:
        """Sent from afar, nobody has looked at them yet."""
        return self.filter(state=DossierState.REGISTERED)

    def received(self) -> Self:
        """Taken in by the office: what figures are about."""
        return self.filter(received_at__isnull=False)

    def of_unit(self, unit: Any) -> Self:
        """Dossiers that this unit works on."""
        return self.filter(unit=unit)

    def of_field(self, key: int) -> Self:
        """Dossiers of the field of work with this key."""
        return self.filter(field_id=key)

    def counted_as(self, name: str, first: date, last: date, edge: date) -> Self:
        """Dossiers that the column ``name`` of the official form counts; KeyError for what is no column."""
        return self.filter(counted_as(name, first, last, edge))

    def open(self) -> Self:
        """Dossiers that still wait for something."""
        return self.filter(state__in=OPEN_DOSSIERS)

    def running(self) -> Self:
        """Dossiers whose clock runs this moment."""
        return self.filter(state__in=RUNNING_STATES)

    def paused(self) -> Self:
        """Dossiers that wait for papers or a fee."""
        return self.filter(state__in=PAUSED_STATES)

    def late(self, today: date) -> Self:
        """Dossiers whose first date has passed while the clock runs; a paused one is not late."""
        return self.filter(state__in=RUNNING_STATES, due_on__lt=today)

    def due_between(self, first: date, last: date) -> Self:
        """Dossiers whose clock runs and whose first date lies between the two days, both included."""
        return self.filter(state__in=RUNNING_STATES, due_on__range=(first, last))

    def result_waits(self) -> Self:
        """There is a result that has not reached its owner."""
        return self.filter(state__in=(DossierState.COMPLETED, DossierState.WITH_POST))

    def clock_runs(self) -> Self:
        """Dossiers whose date is computed and may still move with the calendar, paused ones included."""
        return self.filter(
            state__in=RUNNING_STATES | PAUSED_STATES, due_source=DueSource.COMPUTED, clock_started_at__isnull=False
        )

    def ended(self) -> Self:
        """The work is over, with a result or without."""
        return self.filter(state__in=RESULT_STATES | CLOSED_STATES)

    def imported(self) -> Self:
        return self.filter(origin=DossierOrigin.IMPORTED)

    def last_synced_at(self) -> datetime | None:
        """When a file last told of one of these."""
        return self.order_by().aggregate(at=models.Max("last_synced_at"))["at"]

    def entered_by(self, user: Any) -> Self:
        """What this clerk took in, the newest first."""
        return self.filter(receiver_id=user.pk).order_by("-pk")

    # --- search -----------------------------------------------------------------------------------

    def matching(self, typed: str) -> Self:
        """Search by words of the code and of the procedure, each perhaps only begun; nobody's name is asked for."""
        wanted = wanted_words(typed)
        if not wanted:
            return self.none() if typed.strip() else self
        return self.filter(DOSSIER_WORDS.having(wanted))

    def of_applicant(self, typed: str, user: Any) -> Self:
        """Narrow to the dossiers whose applicant has this phone, e-mail or name, as far as ``user`` may see people."""
        people = self.model._meta.get_field("applicant").related_model.objects
        return self.visible_to(user, "dossier_identity").filter(pk__in=people.known_by(typed).values("dossier_id"))

    def of_keys(self, first: "DossierQuerySet", second: "DossierQuerySet") -> Self:
        """Narrow to the dossiers of either; a union of two indexes, where “or” would read every row."""
        keys = [rows.order_by().values("pk") for rows in (first, second)]
        return self.filter(pk__in=keys[0].union(keys[1], all=True))

    # --- integrity --------------------------------------------------------------------------------

    def clock_unsound(self) -> Self:
        """Dossiers that wait for the citizen without a pause, or have an open pause in another state."""
        pauses = self.model._meta.get_field("pauses").related_model.objects.filter(ended_at=None)
        open_pause = Exists(pauses.filter(dossier_id=OuterRef("pk")))
        waiting = Q(state__in=PAUSED_STATES, origin=DossierOrigin.KEYED)
        return self.filter((waiting & ~open_pause) | (~Q(state__in=PAUSED_STATES) & open_pause))

    def for_sync(self, codes: Collection[str]) -> Self:
        """Those of these codes, with what a file may change."""
        return self.called(codes).select_related("applicant")

    def called(self, codes: Collection[str]) -> Self:
        """Those of these codes."""
        return self.filter(code__in=codes)

    # --- for screens ------------------------------------------------------------------------------

    def with_desk_data(self) -> Self:
        """Everything a line of the desk's list shows, in a constant number of queries."""
        return self.select_related("unit", "applicant")

    def with_screen_data(self) -> Self:
        """Everything the screen of one dossier shows."""
        return self.select_related("unit", "applicant", "procedure", "field", "receiver").prefetch_related(
            "pauses", "steps", "moves__actor"
        )


class ApplicantQuerySet(models.QuerySet):
    def known_by(self, typed: str) -> Self:
        """People with this phone, e-mail, or these words in a row in the name."""
        typed = typed[:LONGEST_QUERY]
        by = person_datum(typed)
        if by == "email":
            return self.filter(email_key=email_key(typed))
        if by == "phone":
            return self.filter(phone_key=phone_key(typed))
        wanted = wanted_words(typed, begun=False) if by == "name" else ()
        # The index finds who has the words; that they stand in a row is asked of those few.
        return (
            self.filter(APPLICANT_WORDS.having(wanted), folded_name__contains=folded_name(typed))
            if wanted
            else self.none()
        )

    def kept_too_long(self, moment: datetime) -> Self:
        """People whose dossier ended before ``moment``."""
        return self.filter(
            dossier__state__in=(RESULT_STATES - {DossierState.COMPLETED, DossierState.WITH_POST}) | CLOSED_STATES,
            dossier__ended_at__lt=moment,
        )
