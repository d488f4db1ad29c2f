"""Sample procedures in every state: filled to the brim, short, amended, abolished, one that waits to be confirmed."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.accounts.models import User
from cms.demo.clock import as_of, office_hour
from cms.demo.content import GUIDE_SLUG
from cms.demo.procedures import PLACES, PROCEDURES, REVIEW_PLAN, REVIEWS, SOURCE, SamplePaper, SampleProcedure
from cms.demo.registry import SampleFile
from cms.demo.services.papers import sample_paper
from cms.pages.models import QuestionsPage, StandardPage
from procedures.enums import Audience, Level
from procedures.models import (
    InternalStep,
    ProcedureBasis,
    ProcedureDecision,
    ProcedureField,
    ProcedureGuide,
    ProcedureIndexPage,
    ProcedurePage,
    ProcedurePlace,
    ProcedureResult,
    ProcedureReview,
    ProcedureStep,
    ReceivingPlace,
    RelatedProcedure,
    ReviewYear,
    SampleDossier,
    SourceDifference,
    SubmissionWay,
)
from procedures.models.codes import codes_text
from procedures.services import field_ensure, place_save, review_save, review_year_save

_PUBLISHED, _FORMER = 18, 200  # days ago


def procedures_seed() -> None:
    """Publish the sample procedures; those that are there stay as they are."""
    index = ProcedureIndexPage.objects.get()
    places = [_place(number, *facts) for number, facts in enumerate(PLACES)]
    for sample in sorted(PROCEDURES, key=lambda sample: bool(sample.replaced_by)):
        if not ProcedurePage.objects.with_code([sample.code]).exists():
            _publish(index, sample, places)
    _reviews_seed()


def _reviews_seed() -> None:
    """Write down what the office found this year, and what its plan asks for; what is there stays as it is."""
    year, editor = timezone.localdate().year, User.objects.get(username="bientap")
    if ReviewYear.objects.of_year(year) is None:
        review_year_save(plan=None, actor=editor, year=year, **REVIEW_PLAN)
    for code, facts in REVIEWS:
        page = ProcedurePage.objects.with_code([code]).first()
        if page and not page.reviews.all():
            review_save(review=None, procedure=page, actor=editor, year=year, **facts)


def procedures_clear() -> None:
    """Take the sample procedures away, with their reviews, and the places and fields that nothing else uses."""
    ProcedureReview.objects.of_codes([sample.code for sample in PROCEDURES]).delete()
    ReviewYear.objects.resting_on(REVIEW_PLAN["basis"]).delete()
    for page in ProcedurePage.objects.with_code([sample.code for sample in PROCEDURES]):
        page.delete()
    ReceivingPlace.objects.filter(name__in=[facts[0] for facts in PLACES], procedures=None).delete()
    ProcedureField.objects.filter(name__in=[sample.field for sample in PROCEDURES], procedures=None).delete()


def _place(number: int, name: str, address: str, hours: str, phone: str) -> ReceivingPlace:
    found = ReceivingPlace.objects.filter(name=name).first()
    facts = {"name": name, "address": address, "hours": hours, "phone": phone, "order": number + 1}
    map_url = f"https://www.openstreetmap.org/?mlat=10.{number}&mlon=106.{number}"
    return found or place_save(place=None, actor=User.objects.get(username="bientap"), map_url=map_url, **facts)


def _publish(index: ProcedureIndexPage, sample: SampleProcedure, places: list[ReceivingPlace]) -> None:
    today = timezone.localdate()
    facts = {
        key: today + timedelta(days=value) if key in {"checked_on", "effective_from", "effective_to"} else value
        for key, value in sample.facts.items()
    }
    page = ProcedurePage(
        title=sample.name,
        code=sample.code,
        field=field_ensure(name=sample.field),
        levels=codes_text(sample.levels, Level.values),
        audiences=codes_text(sample.audiences, Audience.values),
        source=SOURCE,
        replaced_by=ProcedurePage.objects.with_code([sample.replaced_by]).first() if sample.replaced_by else None,
        dossier=[("case", {"name": name, "papers": [_paper(p) for p in papers]}) for name, papers in sample.cases],
        live=sample.live,
        **facts,
    )
    with as_of(office_hour(_FORMER if sample.former else _PUBLISHED, 10)):
        index.add_child(instance=page)
        _rows(page, sample, places)
        revision = page.save_revision()
        if sample.live:
            revision.publish()
    if sample.former:
        _renew(page.pk, sample)


def _renew(key: int, sample: SampleProcedure) -> None:
    """Publish the version of today after the former one, so that there are two to compare."""
    page = ProcedurePage.objects.get(pk=key)
    with as_of(office_hour(_PUBLISHED, 10)):
        page.ways = [SubmissionWay(**way) for way in sample.ways]
        page.save_revision().publish()


def _rows(page: ProcedurePage, sample: SampleProcedure, places: list[ReceivingPlace]) -> None:
    page.ways = [SubmissionWay(**way) for way in sample.former or sample.ways]
    page.guides = _guides(sample)
    page.steps = [ProcedureStep(name=name, text=text) for name, text in sample.steps]
    page.results = [ProcedureResult(name=name) for name in sample.results]
    page.bases = [ProcedureBasis(number=number, abstract=words) for number, words in sample.bases]
    page.decisions = [ProcedureDecision(number=number) for number in sample.decisions]
    page.places = [ProcedurePlace(place=places[number]) for number in sample.places]
    page.related = [RelatedProcedure(code=code, name=name) for code, name in sample.related]
    page.samples = [SampleDossier(document=sample_paper(SampleFile(name), 1), label=name) for name in sample.samples]
    page.differences = [
        SourceDifference(what=what, here=here, elsewhere=elsewhere, source=source)
        for what, here, elsewhere, source in sample.differences
    ]
    page.internal_steps = [
        InternalStep(unit_name=who, work=work, quantity=quantity, unit=unit, product=product)
        for who, work, quantity, unit, product in sample.internal
    ]


def _guides(sample: SampleProcedure) -> list[ProcedureGuide]:
    """The sample guide with its note, then the page of questions; nothing where there is no note."""
    if not sample.guide:
        return []
    guides = [ProcedureGuide(guide=page, note=sample.guide) for page in StandardPage.objects.filter(slug=GUIDE_SLUG)]
    return [*guides, *(ProcedureGuide(guide=page) for page in QuestionsPage.objects.filter(slug="hoi-dap"))]


def _paper(paper: SamplePaper) -> dict[str, Any]:
    return {
        "name": paper.name,
        "originals": paper.originals,
        "copies": paper.copies,
        "optional": paper.optional,
        "note": paper.note,
        "document": sample_paper(SampleFile(paper.form), 1) if paper.form else None,
    }
