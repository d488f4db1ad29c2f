"""Questions to questionnaires."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from surveys.enums import BY_INVITATION, ChannelKind, SurveyKind, SurveyState


def takes_responses(today: date, prefix: str = "") -> Q:
    """Return the condition that a survey takes responses on ``today``: opened, with questions, within its days.

    Args:
        today: the day in the time zone of the agency.
        prefix: the way to the survey, “survey__” from its channels.

    """
    begun = Q(**{f"{prefix}opens_on__isnull": True}) | Q(**{f"{prefix}opens_on__lte": today})
    not_over = Q(**{f"{prefix}closes_on__isnull": True}) | Q(**{f"{prefix}closes_on__gte": today})
    return Q(**{f"{prefix}state": SurveyState.OPEN, f"{prefix}current__isnull": False}) & begun & not_over


class SurveyQuerySet(models.QuerySet):
    def open(self, today: date | None = None) -> "SurveyQuerySet":
        """Surveys that take responses on ``today``."""
        return self.filter(takes_responses(today or timezone.localdate()))

    def open_link(self) -> "SurveyQuerySet":
        """Open surveys that everybody may answer by their address, without an invitation."""
        ways = self.open().filter(channels__kind=ChannelKind.WEB, channels__code="", channels__active=True)
        return ways.exclude(kind__in=BY_INVITATION)

    def begun(self) -> "SurveyQuerySet":
        """Surveys that were opened once: they take responses, or did."""
        return self.exclude(state=SurveyState.DRAFT).filter(current__isnull=False)

    def with_results(self) -> "SurveyQuerySet":
        """Surveys of which everybody may see results: those that somebody opened to all, or published in part.

        A draft that nobody has answered shows nobody its questions.
        """
        answered = Q(versions__frozen_on__isnull=False)
        asked = ~Q(state=SurveyState.DRAFT) & Q(current__isnull=False)
        live = Q(results_public=True) & (answered | asked)
        return self.filter(live | Q(snapshots__withdrawn_at__isnull=True, snapshots__isnull=False)).distinct()

    def of_answers(self) -> "SurveyQuerySet":
        """Surveys asked after an answer to a phản ánh."""
        return self.filter(kind=SurveyKind.ANSWER_RATING)

    def of_dossiers(self) -> "SurveyQuerySet":
        """Surveys asked after the result of a dossier."""
        return self.filter(kind=SurveyKind.DOSSIER_RATING)

    def like(self, survey: Any) -> "SurveyQuerySet":
        """Other surveys of the kind of ``survey``."""
        return self.filter(kind=survey.kind).exclude(pk=survey.pk)

    def with_counts(self, tallies: models.QuerySet) -> "SurveyQuerySet":
        """Add ``responses``: how many came in, read from the counts."""
        mine = tallies.filter(survey_id=OuterRef("pk"), key="", choice="").order_by().values("survey")
        total = Subquery(mine.annotate(total=Sum("count")).values("total"))
        return self.annotate(responses=Coalesce(total, 0))

    def taking_papers_at(self, places: models.QuerySet) -> "SurveyQuerySet":
        """Surveys that have one of ``places``."""
        return self.filter(Exists(places.filter(survey=OuterRef("pk"))))

    def with_papers_waiting(self, papers: models.QuerySet) -> "SurveyQuerySet":
        """Add ``waiting``: how many of ``papers`` are no responses yet."""
        mine = papers.filter(survey=OuterRef("pk"), response=None).order_by().values("survey")
        return self.annotate(waiting=Coalesce(Subquery(mine.annotate(total=Count("pk")).values("total")), 0))

    def newest(self) -> "SurveyQuerySet":
        return self.order_by("-pk")


class VersionQuerySet(models.QuerySet):
    def with_counts(self) -> "VersionQuerySet":
        """Add ``received``: how many responses each version has."""
        return self.annotate(received=Count("responses"))

    def unfrozen(self) -> "VersionQuerySet":
        return self.filter(frozen_on__isnull=True)

    def frozen(self) -> "VersionQuerySet":
        """Versions that were answered."""
        return self.filter(frozen_on__isnull=False)

    def asked(self) -> "VersionQuerySet":
        """Versions that are in use, or were: what somebody may hold on paper."""
        return self.filter(Q(frozen_on__isnull=False) | Q(survey__current=F("pk")))

    def newest(self) -> "VersionQuerySet":
        return self.order_by("-number")
