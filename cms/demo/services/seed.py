"""The whole sample portal, in the order in which its parts need one another."""

from django.db import transaction

from cms.demo.services.cases import cases_seed
from cms.demo.services.pages import about_seed, news_seed
from cms.demo.services.people import agency_seed, people_seed, units_seed
from cms.demo.services.registry import documents_seed, plan_seed


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
    documents_seed()
    plan_seed()
    cases_seed()
