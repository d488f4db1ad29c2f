"""Questions to the pages that carry surveys."""

from datetime import date

from django.db.models import F

from cms.core.querysets.pages import BasePageQuerySet
from surveys.enums import SurveyState
from surveys.querysets.surveys import takes_responses

SEARCH_KIND = "survey"


class SurveyPageQuerySet(BasePageQuerySet):
    def readable(self) -> "SurveyPageQuerySet":
        """What anybody may read: published, in no closed section, of a survey that was opened once."""
        return super().readable().exclude(survey__state=SurveyState.DRAFT).filter(survey__current__isnull=False)

    def for_search(self) -> "SurveyPageQuerySet":
        """What the public may find."""
        return self.readable().select_related("survey")

    def taking_responses(self, today: date) -> "SurveyPageQuerySet":
        """Pages of surveys that take responses on ``today``; the one that ends first comes first."""
        ends = F("survey__closes_on").asc(nulls_last=True)
        return self.filter(takes_responses(today, "survey__")).order_by(ends, "-survey_id")

    def not_taking_responses(self, today: date) -> "SurveyPageQuerySet":
        """Pages of all the others."""
        return self.exclude(takes_responses(today, "survey__"))

    def of_survey(self, survey_id: int) -> "SurveyPageQuerySet":
        return self.filter(survey_id=survey_id)

    def newest(self) -> "SurveyPageQuerySet":
        return self.order_by("-survey_id")
