"""Taking the sample content out again, before the office begins in earnest."""

from django.db import transaction
from django.db.models import ProtectedError

from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.services import user_save
from cms.core.models import AgencySettings, Unit
from cms.core.services.ledger import event_record
from cms.core.services.units import unit_save
from cms.core.text import parse_document_number
from cms.demo.cases import CASES
from cms.demo.content import ABOUT, AGENCY, GUIDE, GUIDE_SLUG, NOTICES, PEOPLE, PROMOTIONS, UNITS
from cms.demo.events import EVENTS, WEEKS
from cms.demo.internal import INTERNAL_NOTICES
from cms.demo.materials import MATERIALS
from cms.demo.news import NEWS
from cms.demo.paper import CHILD, LINES
from cms.demo.plans import PLANS
from cms.demo.registry import DOCUMENTS, PAPERS, PLAN_NUMBER, YEARS
from cms.demo.schools import MORE_UNITS, SAMPLE_UNITS
from cms.demo.services.archive import archive_clear
from cms.demo.services.asking_clear import asking_clear
from cms.demo.services.bulk import bulk_cases_clear
from cms.demo.services.conduct import conduct_clear
from cms.demo.services.dossier_reports import dossier_reports_clear
from cms.demo.services.dossiers import dossiers_clear
from cms.demo.services.news import COLLECTION
from cms.demo.services.paper import paper_clear
from cms.demo.services.papers import short
from cms.demo.services.procedures import procedures_clear
from cms.demo.services.surveys import ratings_clear
from cms.demo.services.templates import templates_clear
from cms.events.models import EventPage, WorkSchedulePage
from cms.home.models import ReformYearPage, SearchPromotion, SiteNotice
from cms.internal.models import InternalNoticePage
from cms.library.models import MaterialPage
from cms.media.models import PortalDocument, PortalImage
from cms.news.models import NewsPage
from cms.official_documents.models import DocumentField, Issuer, OfficialDocumentPage
from cms.pages.models import StandardPage
from cms.plans.models import PlanPage
from cms.units.models import UnitPage
from feedback.models import Case, PublicCase
from feedback.services.tallies import tallies_rebuild


class NoSampleDataError(Exception):
    """The portal says that it has no sample content."""


@transaction.atomic
def demo_clear() -> None:
    """Remove sample pages, pictures, cases and units, and close the sample accounts; all or nothing.

    The ledger keeps what happened: it is append-only, and the closed accounts stay because it names them. What
    people added beside the samples stays. Raises NoSampleDataError when there is nothing to clear.
    """
    agency = AgencySettings.load()
    if not agency.has_sample_data:
        raise NoSampleDataError
    _cases()
    SiteNotice.objects.filter(heading__in=[notice.heading for notice in NOTICES]).delete()
    SearchPromotion.objects.filter(words__in=["\n".join(sample.words) for sample in PROMOTIONS]).delete()
    conduct_clear()
    dossier_reports_clear()
    dossiers_clear()
    procedures_clear()
    _pages()
    _unit_pages()
    PortalImage.objects.filter(collection__name=COLLECTION).delete()
    PortalDocument.objects.filter(collection__name=COLLECTION).delete()
    _people()
    _units()
    for name in AGENCY:
        setattr(agency, name, agency._meta.get_field(name).get_default())
    agency.has_sample_data = False
    agency.save()
    event_record(subject_type="portal", subject_key="demo", verb="demo.cleared")


def _cases() -> None:
    samples = (*CASES, *LINES, CHILD)
    titles = {sample.title for sample in samples}
    phones = {sample.phone for sample in samples}
    cases = Case.objects.filter(title__in=titles, sender__phone__in=phones)
    for copy in PublicCase.objects.filter(case__in=cases):
        copy.unpublish()
        copy.delete()
    for case in cases:
        case.delete()
    paper_clear()
    templates_clear()
    archive_clear()
    bulk_cases_clear()
    tallies_rebuild()
    asking_clear(_sample_codes())
    ratings_clear(_sample_codes())


def _pages() -> None:
    numbers = [parse_document_number(document.number).canonical for document in DOCUMENTS]
    plans = [parse_document_number(number).canonical for number in (PLAN_NUMBER, *(plan.number for plan in PLANS))]
    titles = [short(paper.title) for paper in PAPERS]
    samples = (
        ReformYearPage.objects.filter(year__in=YEARS),
        OfficialDocumentPage.objects.filter(title__in=titles, source_digest="mau-day-du"),
        MaterialPage.objects.filter(title__in=[sample.title for sample in MATERIALS]),
        EventPage.objects.filter(title__in=[event.title for event in EVENTS]),
        WorkSchedulePage.objects.filter(note__in=[week.note for week in WEEKS]),
        NewsPage.objects.filter(title__in=[story.title for story in NEWS]),
        OfficialDocumentPage.objects.filter(number__in=numbers, source_digest="mau"),
        PlanPage.objects.filter(number__in=plans, source_digest="mau"),
        InternalNoticePage.objects.filter(title__in=[notice.title for notice in INTERNAL_NOTICES]),
    )
    for page in [page for pages in samples for page in pages]:
        Page.objects.get(pk=page.pk).specific.delete()
    for issuer in Issuer.objects.all():
        _delete_unless_needed(issuer)
    DocumentField.objects.filter(name__in=[paper.area for paper in PAPERS], documents=None).delete()
    for page in StandardPage.objects.filter(slug=GUIDE_SLUG, title=GUIDE["title"]):
        page.delete()
    for page in StandardPage.objects.filter(slug="gioi-thieu"):
        if ABOUT[0] in str(page.body):
            page.body = []
            page.save_revision().publish()


def _unit_pages() -> None:
    """Take the pages of sample units away, and from the agency's own what the samples say of it."""
    for page in UnitPage.objects.filter(unit__code__in=_sample_codes()):
        page.delete()
    agency = UnitPage.objects.filter(unit__code="CQ").first()
    if agency is not None and agency.intro == SAMPLE_UNITS["CQ"].intro:
        agency.intro, agency.body, agency.people = "", [], []
        agency.save_revision().publish()
    unit_save(code="CQ", name=AgencySettings._meta.get_field("name").get_default(), short_name="", feedback_box="")


def _sample_codes() -> list[str]:
    return [row.code for row in (*UNITS, *MORE_UNITS)]


def _people() -> None:
    for user in User.objects.filter(username__in=[person.username for person in PEOPLE]):
        user.is_active = False
        user.set_unusable_password()
        user_save(user=user, groups=[], units=[])


def _units() -> None:
    for unit in Unit.objects.filter(code__in=_sample_codes()):
        if not _delete_unless_needed(unit):
            unit.active = False
            unit.save(update_fields=["active"])


def _delete_unless_needed(row: Unit | Issuer) -> bool:
    """Delete ``row`` when nothing points at it; say whether it is gone."""
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        return False
    return True
