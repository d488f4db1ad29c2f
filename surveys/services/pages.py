"""The pages of surveys: made as drafts with the survey, before the public from the day on which it is opened."""

from typing import Any

from django.db import transaction

from cms.core.search import index_objects
from cms.core.services.ledger import event_record
from surveys.enums import BY_INVITATION, SurveyState
from surveys.models import Survey, SurveyIndexPage, SurveyPage
from surveys.querysets.pages import SEARCH_KIND


def has_page(survey: Survey) -> bool:
    """Say whether people come to the survey by a page; whoever got an answer comes by a link in a mail."""
    return survey.kind not in BY_INVITATION


@transaction.atomic
def survey_page_make(*, survey: Survey, actor: Any = None) -> SurveyPage | None:
    """Return the page of a survey, made as a draft when there is none; None while there is no list to put it in.

    A survey is kept by its own role: it is made here, not by the rights of an editor of pages.
    """
    if not has_page(survey):
        return None
    # One at a time: two would not see each other's pages.
    index = SurveyIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        return None
    if page := SurveyPage.objects.of_survey(survey.pk).first():
        return page
    page = SurveyPage(
        survey=survey, title=survey.title, slug=survey.slug, owner=actor, live=False, has_unpublished_changes=True
    )
    index.add_child(instance=page)
    page.save_revision(user=actor, log_action=True)
    return page


@transaction.atomic
def survey_page_publish(*, survey: Survey, actor: Any = None) -> None:
    """Put the page before the public, as its editors have left it; one that is there already stays as it is."""
    page = survey_page_make(survey=survey, actor=actor)
    if page is not None and page.live:
        # Its survey may have been a draft when the page came before the public.
        index_objects(kind=SEARCH_KIND, pks=[page.pk])
    elif page is not None:
        page.get_latest_revision().publish(user=actor, skip_permission_checks=True)
        event_record(subject_type="survey", subject_key=survey.slug, verb="survey.page_published", actor=actor, data={})


def survey_page_remove(*, survey: Survey) -> None:
    """Remove the page of a survey that goes; the caller holds the transaction."""
    for page in SurveyPage.objects.of_survey(survey.pk):
        page.delete()


def survey_pages_setup() -> None:
    """Give every survey that people come to its page: a draft until the survey is opened."""
    have = SurveyPage.objects.values("survey_id")
    for survey in Survey.objects.exclude(kind__in=BY_INVITATION).exclude(pk__in=have).order_by("pk"):
        survey_page_make(survey=survey)
        if survey.state != SurveyState.DRAFT:
            survey_page_publish(survey=survey)
