"""Questions to invitations, drafts, open words and counts."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, F, Q

from cms.core.enums import ModerationShelf
from surveys.enums import BY_INVITATION, KEYED_KINDS, OPEN_KINDS, ChannelKind, WordsState
from surveys.querysets.surveys import takes_responses

_SHELVES = {
    ModerationShelf.WAITING: WordsState.WAITING,
    ModerationShelf.APPROVED: WordsState.SHOWN,
    ModerationShelf.REFUSED: WordsState.REFUSED,
}


class ChannelQuerySet(models.QuerySet):
    def of_units(self, unit_ids: Iterable[int] | None) -> "ChannelQuerySet":
        """Channels about these units; all of them for None."""
        return self.all() if unit_ids is None else self.filter(unit__in=list(unit_ids))

    def open(self, today: date) -> "ChannelQuerySet":
        """Channels that whoever knows their address may answer by, of surveys that take responses.

        What is asked after an answer or a dossier has none, whatever is stored: nobody else may rate these.
        """
        found = self.filter(takes_responses(today, "survey__"), active=True, kind__in=OPEN_KINDS)
        return found.exclude(survey__kind__in=BY_INVITATION)

    def kind_web(self) -> "ChannelQuerySet":
        """Ways that stand on the page of the survey."""
        return self.filter(kind=ChannelKind.WEB)

    def about_unit(self, unit_id: int) -> "ChannelQuerySet":
        return self.named().filter(unit=unit_id)

    def about_any(self, slugs: Iterable[str]) -> "ChannelQuerySet":
        """Channels about one of these subjects of other apps."""
        return self.filter(about__in=list(slugs))

    def on_pages(self) -> "ChannelQuerySet":
        """Ways of surveys whose page is before the public."""
        return self.filter(survey__page__live=True)

    def named(self) -> "ChannelQuerySet":
        """Channels about a unit, a counter or a subject."""
        return self.exclude(code="")

    def active(self) -> "ChannelQuerySet":
        return self.filter(active=True)

    def keyed(self) -> "ChannelQuerySet":
        """Channels whose responses an officer keys in."""
        return self.filter(kind__in=KEYED_KINDS)

    def in_order(self) -> "ChannelQuerySet":
        return self.order_by("unit__order", "unit__sort_name", "about_label", "counter", "pk")


class InvitationQuerySet(models.QuerySet):
    def usable(self, today: date) -> "InvitationQuerySet":
        """Invitations that have not been used, are not over, and whose survey takes responses.

        A survey that invites by itself is not answered by slips that somebody handed out, whatever is stored.
        """
        found = self.filter(takes_responses(today, "survey__"), used=False, expires_on__gte=today)
        return found.exclude(survey__kind__in=BY_INVITATION, batch__isnull=False)

    def over(self, today: date) -> "InvitationQuerySet":
        return self.filter(expires_on__lt=today)

    def unused(self) -> "InvitationQuerySet":
        return self.filter(used=False)


class InvitationBatchQuerySet(models.QuerySet):
    def with_used(self) -> "InvitationBatchQuerySet":
        """Add ``used_now``: how many were used, those counted that are gone by now."""
        used = Count("invitations", filter=Q(invitations__used=True))
        return self.annotate(used_now=F("used_before") + used)

    def newest(self) -> "InvitationBatchQuerySet":
        return self.order_by("-made_at", "-pk")


class ResponseDraftQuerySet(models.QuerySet):
    def outlived(self, before: datetime) -> "ResponseDraftQuerySet":
        return self.filter(saved_at__lt=before)


class OpenWordsQuerySet(models.QuerySet):
    def on_shelf(self, shelf: str) -> "OpenWordsQuerySet":
        return self.filter(state=_SHELVES[ModerationShelf(shelf)])

    def shown(self) -> "OpenWordsQuerySet":
        """Words that were let through, without what looked personal in them."""
        return self.filter(state=WordsState.SHOWN)

    def quoted(self) -> "OpenWordsQuerySet":
        """Words that were let through, and that somebody lets everybody read besides."""
        return self.shown().filter(quoted_at__isnull=False)

    def themes(self) -> models.QuerySet:
        """Codes of the themes under which the words were sorted, each once."""
        return self.filter(themes__isnull=False).order_by().values_list("themes__code", flat=True).distinct()

    def waiting(self) -> "OpenWordsQuerySet":
        return self.filter(state=WordsState.WAITING)

    def in_months(self, first: date, last: date) -> "OpenWordsQuerySet":
        """Words of the months from the one of ``first`` to the one of ``last``."""
        after = (last.replace(day=1) + timedelta(days=32)).replace(day=1)
        return self.filter(response__day__gte=first.replace(day=1), response__day__lt=after)

    def newest(self) -> "OpenWordsQuerySet":
        return self.order_by("-received_at", "-pk")

    def received_before(self, day: datetime) -> "OpenWordsQuerySet":
        return self.filter(received_at__lt=day)


class ResponseTallyQuerySet(models.QuerySet):
    def of_months(self, first: date, last: date) -> "ResponseTallyQuerySet":
        return self.filter(month__range=(first.replace(day=1), last))

    def counted(self) -> "ResponseTallyQuerySet":
        return self.exclude(count=0)

    def whole_responses(self) -> "ResponseTallyQuerySet":
        """Counts of responses, not of what they answered."""
        return self.counted().filter(key="", choice="").order_by()

    def levels(self) -> "ResponseTallyQuerySet":
        """Counts of what was chosen, without how many answered at all."""
        return self.exclude(choice="")

    def cells(self) -> models.QuerySet:
        """Key, choice, unit (0: none), about, month and count of every cell."""
        return self.counted().order_by().values_list("key", "choice", F("unit_key"), "about", "month", "count")

    def cells_of_keys(self, *keys: str) -> models.QuerySet:
        """Survey, key, choice, unit (0: none), about, month and count of every cell of these keys."""
        own = self.counted().filter(key__in=keys).order_by()
        return own.values_list("survey", "key", "choice", F("unit_key"), "about", "month", "count")
