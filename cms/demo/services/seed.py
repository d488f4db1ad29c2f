"""The whole sample portal, in the order in which its parts need one another."""

from django.db import transaction

from cms.demo.services.asking import asking_seed
from cms.demo.services.cases import cases_seed
from cms.demo.services.conduct import conduct_seed
from cms.demo.services.dossier_reports import dossier_reports_seed
from cms.demo.services.dossiers import dossiers_seed
from cms.demo.services.events import events_seed
from cms.demo.services.frame import notices_seed, promotions_seed
from cms.demo.services.internal import internal_seed
from cms.demo.services.materials import materials_seed
from cms.demo.services.news import news_seed
from cms.demo.services.pages import about_seed
from cms.demo.services.papers import papers_seed, years_seed
from cms.demo.services.people import agency_seed, people_seed, units_seed
from cms.demo.services.plans import plans_seed
from cms.demo.services.procedures import procedures_seed
from cms.demo.services.readers import readers_seed
from cms.demo.services.registry import documents_seed, plan_seed
from cms.demo.services.surveys import dossier_ratings_seed, ratings_seed
from cms.demo.services.units import unit_pages_seed
from cms.media.tasks import sweep as file_texts_renew


@transaction.atomic
def demo_seed(*, password: str) -> None:
    """Fill a portal that ``setup_site`` has built with sample content and accounts; all or nothing.

    Args:
        password: for every sample account; the validators of real accounts are not asked.

    """
    agency_seed()
    units_seed()
    people_seed(password=password)
    about_seed()
    news_seed()
    readers_seed()
    documents_seed()
    papers_seed()
    plan_seed()
    plans_seed()
    years_seed()
    procedures_seed()
    dossiers_seed()
    conduct_seed()
    dossier_reports_seed()
    materials_seed()
    cases_seed()
    ratings_seed()
    dossier_ratings_seed()
    unit_pages_seed()
    asking_seed()
    events_seed()
    notices_seed()
    promotions_seed()
    internal_seed()
    # Files that were replaced on the way leave no words behind; the schedule would see to it some minutes later.
    file_texts_renew()
