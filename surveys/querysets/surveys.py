"""Questions to questionnaires."""

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from surveys.enums import ChannelKind, SurveyKind, SurveyState


class SurveyQuerySet(models.QuerySet):
    def open(self) -> "SurveyQuerySet":
        """Surveys that take responses now."""
        return self.filter(state=SurveyState.OPEN, current__isnull=False)

    def open_link(self) -> "SurveyQuerySet":
        """Open surveys that everybody may answer by their address, without an invitation."""
        return self.open().filter(channels__kind=ChannelKind.WEB)

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

    def newest(self) -> "SurveyQuerySet":
        return self.order_by("-pk")


class VersionQuerySet(models.QuerySet):
    def with_counts(self) -> "VersionQuerySet":
        """Add ``received``: how many responses each version has."""
        return self.annotate(received=Count("responses"))

    def unfrozen(self) -> "VersionQuerySet":
        return self.filter(frozen_on__isnull=True)

    def newest(self) -> "VersionQuerySet":
        return self.order_by("-number")
