"""Questions to the cases. Nobody outside the office ever asks them: the public reads ``PublicCase``."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cms.core.enums import Scope
from cms.core.permissions import can, scope_of
from cms.core.text import fold
from feedback.codes import code_digest, normalise_code
from feedback.enums import (
    ANSWERED_STATES,
    OPEN_STATES,
    UNFINISHED_ANSWERS,
    WORKING_STATES,
    AnswerState,
    CaseState,
)

# A folded reference or word is short; longer queries are cut rather than refused.
LONGEST_QUERY = 200


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user: Any, capability: str = "case_list") -> "CaseQuerySet":
        """Narrow to the cases that ``user`` may exercise ``capability`` on; unknown people see none.

        A confidential case is shown to its officer and to those who hold ``case_confidential`` for its unit.
        """
        scope = scope_of(user, capability)
        if scope is None:
            return self.none()
        rows = self if scope is Scope.ALL else self.filter(unit_id__in=user.unit_ids)
        return rows.filter(self._open_to(user))

    @staticmethod
    def _open_to(user: Any) -> Q:
        scope = scope_of(user, "case_confidential")
        allowed = Q(confidential=False) | Q(officer_id=user.pk)
        if scope is Scope.ALL:
            return Q()
        return allowed | Q(unit_id__in=user.unit_ids) if scope is Scope.UNIT else allowed

    # --- queues of the desk ---------------------------------------------------------------------

    def new(self) -> "CaseQuerySet":
        """Cases that nobody has received yet."""
        return self.filter(state=CaseState.SUBMITTED)

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
        return self.filter(
            Exists(consents.filter(case_id=OuterRef("pk"))),
            state__in=ANSWERED_STATES,
            publication_barred_reason="",
            confidential=False,
        ).exclude(public_case__live=True)

    def clock_runs(self) -> "CaseQuerySet":
        """Cases whose date depends on the calendar from now on, paused ones included."""
        return self.filter(state__in=WORKING_STATES | {CaseState.NEED_INFO}, clock_started_at__isnull=False)

    def clock_running(self) -> "CaseQuerySet":
        """Cases whose clock runs this moment."""
        return self.filter(state__in=WORKING_STATES, clock_started_at__isnull=False)

    def answered_before(self, moment: datetime) -> "CaseQuerySet":
        """Answered cases whose sender has been silent since before ``moment``."""
        return self.filter(state=CaseState.ANSWERED, answered_at__lt=moment)

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
        return self.filter(code_digest=code_digest(normalise_code(typed) or "-"))

    def received_in(self, year: int) -> "CaseQuerySet":
        return self.filter(received_at__year=year)

    def matching(self, typed: str, user: Any) -> "CaseQuerySet":
        """Search by reference or folded words; by phone and e-mail only for those who may see the sender."""
        words = fold(typed[:LONGEST_QUERY]).split()
        if not words:
            return self
        found = Q()
        for word in words:
            found &= Q(search_text__contains=word)
        if can(user, "case_identity"):
            found |= self._by_contact(typed[:LONGEST_QUERY], user)
        return self.filter(found)

    def _by_contact(self, typed: str, user: Any) -> Q:
        digits = "".join(filter(str.isdigit, typed)).removeprefix("84").lstrip("0")
        contact = Q(sender__email__iexact=typed.strip())
        # Counted after the prefix is gone: the end of nothing is the end of every number.
        if len(digits) >= 6:
            contact |= Q(sender__phone_digits__endswith=digits)
        return contact & Q(pk__in=self.model.objects.visible_to(user, "case_identity").values("pk"))

    # --- for screens ----------------------------------------------------------------------------

    def with_desk_data(self) -> "CaseQuerySet":
        """Everything a line of the desk's list shows, in a constant number of queries."""
        return self.select_related("category__profile", "unit", "officer", "public_case").prefetch_related("pauses")

    def with_screen_data(self) -> "CaseQuerySet":
        """Everything the screen of one case shows."""
        related = ("category__profile", "unit", "officer", "sender", "decline_reason", "duplicate_of")
        return self.select_related(*related).prefetch_related(
            "pauses", "attachments", "messages__author", "notes__author", "answers__author", "answers__approver"
        )

    def with_mail_data(self) -> "CaseQuerySet":
        """What reminders ask of every case."""
        return self.select_related("category__profile", "unit", "officer", "sender").prefetch_related("pauses")

    def by_urgency(self) -> "CaseQuerySet":
        """Nearest date first; what has no date yet comes first by age, it waits to be received."""
        return self.order_by(F("due_on").asc(nulls_first=True), "received_at", "pk")

    def newest(self) -> "CaseQuerySet":
        return self.order_by("-received_at", "-pk")


class AnswerQuerySet(models.QuerySet):
    def approved(self) -> "AnswerQuerySet":
        return self.filter(state=AnswerState.APPROVED)

    def unfinished(self) -> "AnswerQuerySet":
        """The version in work: a draft, or a proposal that nobody decided."""
        return self.filter(state__in=UNFINISHED_ANSWERS)

    def newest(self) -> "AnswerQuerySet":
        return self.order_by("-number")

    def by_author(self, user: Any) -> "AnswerQuerySet":
        return self.filter(author_id=user.pk)
