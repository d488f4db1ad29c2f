"""Questions to the cases. Nobody outside the office ever asks them: the public reads ``PublicCase``."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Left
from django.utils import timezone

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from cms.core.querysets.keys import beyond
from cms.core.search import wanted_words
from feedback.codes import code_digest, normalise_code
from feedback.enums import (
    ANSWERED_STATES,
    MATTERS,
    OPEN_STATES,
    UNFINISHED_ANSWERS,
    WORKING_STATES,
    AnswerState,
    CaseState,
)
from feedback.querysets.senders import email_key
from feedback.querysets.words import CASE_WORDS

# Days; what is to be kept longer than a century is not erased by a clock.
LONGEST_TERM = 36_500


class InOrder(models.QuerySet):
    """The two orders of the desk, the places in them, and what stands beside a case."""

    def by_urgency(self) -> Self:
        """Nearest date first; what has no date yet comes first by age, it waits to be received."""
        return self.order_by(F("due_on").asc(nulls_first=True), "received_at", "pk")

    def newest(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def behind(self, case: Any) -> Self:
        """Put in the order of ``by_urgency`` and narrow to what follows ``case`` in it."""
        later = Q(received_at__gt=case.received_at) | Q(received_at=case.received_at, pk__gt=case.pk)
        if case.due_on is None:
            rows = self.filter(Q(due_on=None) & later | Q(due_on__isnull=False))
        else:
            rows = self.filter(Q(due_on=case.due_on) & later | Q(due_on__gt=case.due_on), due_on__gte=case.due_on)
        return rows.by_urgency()

    def after(self, moment: datetime, pk: int) -> Self:
        """Narrow to what follows the case with this moment and key in the order of ``newest``."""
        return self.filter(beyond("received_at", (moment, pk), down=True))

    def before(self, moment: datetime, pk: int) -> Self:
        """Narrow to what comes before the case with this moment and key in the order of ``newest``."""
        return self.filter(beyond("received_at", (moment, pk), down=False))

    def comparable_to(self, case: Any, *, read: int) -> Self:
        """Narrow to other cases of the field of work that may say the same; ``beginning`` holds ``read`` letters."""
        gone = (CaseState.WITHDRAWN, CaseState.QUARANTINED, CaseState.ANONYMISED)
        rows = self.filter(category_id=case.category_id).exclude(state__in=gone).exclude(pk=case.pk)
        told = rows.annotate(beginning=Left("search_text", read))
        return told.only("pk", "reference", "title", "state", "received_at").newest()


class CaseQuerySet(InOrder):
    def visible_to(self, user: Any, capability: str = "case_list") -> "CaseQuerySet":
        """Narrow to the cases that ``user`` may exercise ``capability`` on; unknown people see none.

        A confidential case is shown to its officer, to those who are named for it, and to those who hold
        ``case_confidential`` for its unit; a case of the child protection lane to the first two alone.
        """
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        rows = self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)
        return rows.filter(self._open_to(user, capability))

    def _open_to(self, user: Any, capability: str) -> Q:
        scope = scope_of(user, "case_confidential")
        accesses = self.model._meta.get_field("accesses").related_model.objects
        named = accesses.giving(capability, timezone.now()).filter(case_id=OuterRef("pk"), user_id=user.pk)
        allowed = Q(confidential=False) | Q(officer_id=user.pk) | Exists(named)
        if scope is Scope.ALL:
            return allowed | Q(child_protection=False)
        return allowed | Q(child_protection=False, unit_id__in=user.unit_ids) if scope is Scope.UNIT else allowed

    def under_glass(self, user: Any) -> "CaseQuerySet":
        """Confidential cases of the user's reach that are closed to them, and that they may open with a reason."""
        scope = scope_of(user, "case_break_glass")
        if scope is None:
            return self.none()
        rows = self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)
        return rows.filter(confidential=True).exclude(
            pk__in=self.model.objects.visible_to(user, "case_view").values("pk")
        )

    # --- queues of the desk ---------------------------------------------------------------------

    def new(self) -> "CaseQuerySet":
        """Cases that nobody has received yet."""
        return self.filter(state=CaseState.SUBMITTED)

    def awaited(self) -> "CaseQuerySet":
        """New cases of which people are reminded: an old register on file came in at its importer's own wish."""
        return self.new().exclude(book_line__imported=True)

    def quarantined(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.QUARANTINED)

    def open(self) -> "CaseQuerySet":
        """Cases that still wait for something."""
        return self.filter(state__in=OPEN_STATES)

    def handled_by(self, user: Any) -> "CaseQuerySet":
        """Open cases in the hands of ``user``."""
        return self.open().filter(officer_id=user.pk)

    def late(self, today: date) -> "CaseQuerySet":
        """Cases whose date has passed while the clock runs; a paused case is not late."""
        return self.filter(state__in=WORKING_STATES, due_on__lt=today)

    def due_between(self, first: date, last: date) -> "CaseQuerySet":
        """Cases whose clock runs and whose date lies between the two days, both included."""
        return self.filter(state__in=WORKING_STATES, due_on__range=(first, last))

    def waiting_for_approval(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.PENDING_APPROVAL)

    def waiting_for_sender(self) -> "CaseQuerySet":
        return self.filter(state=CaseState.NEED_INFO)

    def to_publish(self) -> "CaseQuerySet":
        """Answered cases whose sender agreed to publication and that the public does not read yet."""
        consents = self.model._meta.get_field("sender").related_model.objects.agreed("publish")
        copies = self.model._meta.get_field("public_case").related_model.objects.public()
        # Most answered cases are public: what is left over is small, and only that is asked for its consent.
        return self.filter(
            ~Exists(copies.filter(case_id=OuterRef("pk"))),
            Exists(consents.filter(case_id=OuterRef("pk"))),
            state__in=ANSWERED_STATES,
            publication_barred_reason="",
            confidential=False,
        )

    def clock_runs(self) -> "CaseQuerySet":
        """Cases whose date depends on the calendar from now on, paused ones included."""
        return self.filter(state__in=WORKING_STATES | {CaseState.NEED_INFO}, clock_started_at__isnull=False)

    def clock_running(self) -> "CaseQuerySet":
        """Cases whose clock runs this moment."""
        return self.filter(state__in=WORKING_STATES, clock_started_at__isnull=False)

    def answered_before(self, moment: datetime) -> "CaseQuerySet":
        """Answered cases whose sender has been silent since before ``moment``."""
        return self.filter(state=CaseState.ANSWERED, answered_at__lt=moment)

    def kept_too_long(self, moment: datetime, states: Collection[str]) -> "CaseQuerySet":
        """Cases in ``states`` that their category keeps no longer; a category without a term keeps for ever."""
        terms = self.model._meta.get_field("category").related_model.objects.filter(keep_days__range=(1, LONGEST_TERM))
        over = Q(pk__in=())
        for category, days in terms.values_list("pk", "keep_days"):
            before = moment - timedelta(days=days)
            ended = Q(closed_at__lt=before) | Q(closed_at=None, received_at__lt=before)
            over |= Q(category=category) & ended
        return self.filter(over, state__in=states)

    # --- integrity ------------------------------------------------------------------------------

    def answered_without_answer(self) -> "CaseQuerySet":
        """Cases that say they are answered while no approved answer is there; none, unless rows were forged."""
        approved = self.model._meta.get_field("answers").related_model.objects.approved()
        return self.filter(state=CaseState.ANSWERED).exclude(Exists(approved.filter(case_id=OuterRef("pk"))))

    def clock_unsound(self) -> "CaseQuerySet":
        """Cases that wait for the sender without a pause, or have an open pause in another state."""
        pauses = self.model._meta.get_field("pauses").related_model.objects.filter(ended_at=None)
        open_pause = Exists(pauses.filter(case_id=OuterRef("pk")))
        waiting = Q(state=CaseState.NEED_INFO)
        return self.filter((waiting & ~open_pause) | (~waiting & open_pause))

    # --- filters and search ---------------------------------------------------------------------

    def by_code(self, typed: str) -> "CaseQuerySet":
        """Narrow to the case of a tracking code; anything that is no code matches nothing.

        The digest is computed and looked up whatever was typed, so that a wrong code costs what a right one does.
        """
        digest = code_digest(normalise_code(typed) or "-")
        return self.filter(Q(code_digest=digest) | Q(next_code_digest=digest))

    def of_address(self, email: str) -> "CaseQuerySet":
        """Narrow to the cases whose sender left this address, the newest first; for mails to that address alone."""
        return self.filter(sender__email_key=email_key(email)).exclude(state=CaseState.ANONYMISED).newest()

    def received_in(self, year: int) -> "CaseQuerySet":
        return self.filter(received_at__year=year)

    def of_class(self, kind: str) -> "CaseQuerySet":
        """Narrow to one of the three things an office is asked to hear (``CaseClass``)."""
        return self.filter(matter__in=[matter for matter, (where, _clause) in MATTERS.items() if where == kind])

    def matching(self, typed: str) -> "CaseQuerySet":
        """Search by words of the reference, title and text, each perhaps only begun; the sender is not asked for.

        Signs alone find nothing; nothing typed narrows nothing.
        """
        wanted = wanted_words(typed)
        if not wanted:
            return self.none() if typed.strip() else self
        return self.filter(CASE_WORDS.having(wanted))

    def of_sender(self, typed: str, user: Any) -> "CaseQuerySet":
        """Narrow to the cases whose sender has this phone, e-mail or name, as far as ``user`` may see senders.

        What is none of the three finds nobody. A look at identity: ``services.identity.cases_search`` notes it.
        """
        senders = self.model._meta.get_field("sender").related_model.objects
        return self.visible_to(user, "case_identity").filter(pk__in=senders.known_by(typed).values("case_id"))

    def of_keys(self, first: "CaseQuerySet", second: "CaseQuerySet") -> "CaseQuerySet":
        """Narrow to the cases of either; a union of two indexes, where “or” would read every row."""
        keys = [rows.order_by().values("pk") for rows in (first, second)]
        return self.filter(pk__in=keys[0].union(keys[1], all=True))

    # --- for screens ----------------------------------------------------------------------------

    def with_desk_data(self) -> "CaseQuerySet":
        """Everything a line of the desk's list shows, in a constant number of queries."""
        return self.select_related("category__profile", "unit", "officer", "public_case").prefetch_related("pauses")

    def with_screen_data(self) -> "CaseQuerySet":
        """Everything the screen of one case shows."""
        related = (
            "category__profile",
            "unit",
            "officer",
            "sender",
            "decline_reason",
            "duplicate_of",
            "book_line__book",
        )
        return self.select_related(*related).prefetch_related(
            "pauses",
            "attachments",
            "details",
            "messages__author",
            "notes__author",
            "answers__author",
            "answers__approver",
            "extensions__made_by",
            "accesses__user",
            "consults__unit",
            "consults__given_by",
        )

    def with_mail_data(self) -> "CaseQuerySet":
        """What reminders ask of every case."""
        return self.select_related("category__profile", "unit", "officer", "sender").prefetch_related("pauses")


class AnswerQuerySet(models.QuerySet):
    def approved(self) -> "AnswerQuerySet":
        return self.filter(state=AnswerState.APPROVED)

    def returned(self) -> "AnswerQuerySet":
        """Versions that a leader gave back with a comment."""
        return self.filter(state=AnswerState.RETURNED)

    def unfinished(self) -> "AnswerQuerySet":
        """The version in work: a draft, or a proposal that nobody decided."""
        return self.filter(state__in=UNFINISHED_ANSWERS)

    def newest(self) -> "AnswerQuerySet":
        return self.order_by("-number")

    def by_author(self, user: Any) -> "AnswerQuerySet":
        return self.filter(author_id=user.pk)
