"""Taking the sample content out again, before the office begins in earnest."""

from django.db import transaction
from django.db.models import ProtectedError

from wagtail.models import Page

from cms.accounts.models import User
from cms.accounts.services import user_save
from cms.core.models import AgencySettings, Unit
from cms.core.services.ledger import event_record
from cms.core.text import parse_document_number
from cms.demo.cases import CASES
from cms.demo.content import ABOUT, AGENCY, NEWS, PEOPLE, UNITS
from cms.demo.registry import DOCUMENTS, PLAN_NUMBER
from cms.demo.services.pages import COLLECTION
from cms.media.models import PortalImage
from cms.news.models import NewsPage
from cms.official_documents.models import Issuer, OfficialDocumentPage
from cms.pages.models import StandardPage
from cms.plans.models import PlanPage
from feedback.models import Case, PublicCase


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
    _pages()
    PortalImage.objects.filter(collection__name=COLLECTION).delete()
    _people()
    _units()
    for name in AGENCY:
        setattr(agency, name, agency._meta.get_field(name).get_default())
    agency.has_sample_data = False
    agency.save()
    event_record(subject_type="portal", subject_key="demo", verb="demo.cleared")


def _cases() -> None:
    titles = {sample.title for sample in CASES}
    phones = {sample.phone for sample in CASES}
    cases = Case.objects.filter(title__in=titles, sender__phone__in=phones)
    for copy in PublicCase.objects.filter(case__in=cases):
        copy.unpublish()
        copy.delete()
    for case in cases:
        case.delete()


def _pages() -> None:
    numbers = [parse_document_number(document.number).canonical for document in DOCUMENTS]
    plan = parse_document_number(PLAN_NUMBER).canonical
    samples = (
        NewsPage.objects.filter(title__in=[story.title for story in NEWS]),
        OfficialDocumentPage.objects.filter(number__in=numbers, source_digest="mau"),
        PlanPage.objects.filter(number=plan, source_digest="mau"),
    )
    for page in [page for pages in samples for page in pages]:
        Page.objects.get(pk=page.pk).specific.delete()
    for issuer in Issuer.objects.all():
        _delete_unless_needed(issuer)
    for page in StandardPage.objects.filter(slug="gioi-thieu"):
        if ABOUT[0] in str(page.body):
            page.body = []
            page.save_revision().publish()


def _people() -> None:
    for user in User.objects.filter(username__in=[person.username for person in PEOPLE]):
        user.is_active = False
        user.set_unusable_password()
        user_save(user=user, groups=[], units=[])


def _units() -> None:
    for unit in Unit.objects.filter(code__in=[row.code for row in UNITS]):
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
