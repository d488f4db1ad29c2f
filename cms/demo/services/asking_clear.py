"""Taking the sample surveys out again: what set-up made is a draft once more, what people answered beside it stays."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from cms.demo.surveys import EDUCATION, MARK, PLACES, POLL, SETTINGS
from surveys.enums import SurveyState
from surveys.models import (
    Channel,
    OpenWords,
    PaperEntry,
    Response,
    ResponseDraft,
    ResultSnapshot,
    Stratum,
    Survey,
    SurveyPage,
)
from surveys.services.education import education_drafts
from surveys.services.pages import survey_page_remove
from surveys.services.sipas import sipas_draft
from surveys.services.tallies import WISHES, Cell, cells_add, tallies_rebuild


def asking_clear(unit_codes: Collection[str]) -> None:
    """Remove responses, papers, places, published figures and the poll of the samples.

    Args:
        unit_codes: of the sample units; whatever is about them goes too, for nothing else lets the units go.

    """
    marked = Response.objects.filter(sheet__startswith=MARK, version__survey__slug__in=PLACES)
    surveys = list(Survey.objects.filter(pk__in=marked.values("version__survey")))
    gone = Response.objects.filter(
        Q(version__survey__in=surveys, sheet__startswith=MARK) | Q(unit__code__in=unit_codes)
    )
    about_units = Q(channel__unit__code__in=unit_codes)
    PaperEntry.objects.filter(Q(survey__in=surveys, sheet__startswith=MARK) | about_units).delete()
    _words_uncount(gone)
    gone.delete()
    ResultSnapshot.objects.filter(Q(survey__in=surveys) | Q(unit__code__in=unit_codes)).delete()
    Stratum.objects.filter(survey__in=surveys, source__iexact=MARK).delete()
    ResponseDraft.objects.filter(version__survey__in=surveys).delete()
    _places_clear(unit_codes)
    for survey in surveys:
        _settings_back(survey)
        if not Response.objects.filter(version__survey=survey).exists():
            _poll_remove(survey) if survey.slug == POLL else _draft_again(survey)
    tallies_rebuild()


def _words_uncount(gone: QuerySet) -> None:
    """Take the words of responses that go out of the counts: a count anew believes what it finds of words."""
    change: Counter[Cell] = Counter()
    wished: set[tuple[Response, str]] = set()  # a response is counted once a theme, and once at all
    rows = OpenWords.objects.filter(response__in=gone).select_related("response__version")
    for words in rows.prefetch_related("themes"):
        themes = [theme.code for theme in words.themes.all()]
        change[_cell(words.response, words.key, "")] -= 1
        wished |= {(words.response, choice) for choice in ["", *themes]} if themes else set()
    for response, choice in wished:
        change[_cell(response, WISHES, choice)] -= 1
    cells_add(change)


def _cell(response: Response, key: str, choice: str) -> Cell:
    where = (response.day.replace(day=1), response.unit_id or 0, response.about, response.stratum)
    return Cell(response.version.survey_id, key, *where, choice)


def _places_clear(unit_codes: Collection[str]) -> None:
    """Remove the places of the samples, and every other one about a sample unit, unless somebody answered by it."""
    samples = Q(unit__code__in=unit_codes)
    for slug, places in PLACES.items():
        samples |= Q(survey__slug=slug, code__in=[place.code for place in places])
    Channel.objects.filter(samples, responses=None, papers=None).delete()


def _poll_remove(survey: Survey) -> None:
    survey_page_remove(survey=survey)
    survey.current = None
    survey.save(update_fields=["current"])
    survey.delete()


def _settings_back(survey: Survey) -> None:
    """Let a survey say of itself what set-up made it say, unless people changed that meanwhile."""
    drafts = {draft.survey["slug"]: draft.survey for draft in (sipas_draft(), *education_drafts())}
    made: Mapping[str, Any] = drafts.get(survey.slug, {})
    plain = Survey()
    for name, sample in SETTINGS.get(survey.slug, {}).items():
        if getattr(survey, name) == sample:
            setattr(survey, name, made.get(name, getattr(plain, name)))
    if survey.slug == EDUCATION:
        survey.closes_on = None
    survey.save()


def _draft_again(survey: Survey) -> None:
    """Make a survey the draft that set-up made; what people changed of its words and questions stays."""
    for page in SurveyPage.objects.of_survey(survey.pk):
        page.unpublish()
    survey.state, survey.current = SurveyState.DRAFT, None
    survey.save(update_fields=["state", "current"])
    survey.versions.update(frozen_on=None)
    survey.channels.filter(code="", responses=None, papers=None).delete()
    survey.tallies.all().delete()
