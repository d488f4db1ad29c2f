"""The portal as ``setup_site`` builds it. Its costly half, roles, pages and menus, stands in every test database."""

from django.apps import apps

from cms.core.models import AgencySettings
from cms.core.services.calendar import calendar_seed
from cms.core.services.mail_texts import mail_texts_seed
from cms.core.services.schedule import schedule_sync
from cms.home.services.groups import groups_setup
from cms.home.services.menus import menus_setup
from cms.home.services.tree import root_unit_setup, tree_setup
from cms.home.services.workflows import workflows_setup
from cms.library.services import topics_seed
from cms.news.services import categories_seed
from cms.units.services.pages import unit_pages_setup
from feedback.services.catalogue import catalogue_seed
from surveys.services.seed import surveys_seed


def build_tree() -> None:
    """Make the roles, the pages and the menus; what that puts into the queue is gone, as if the worker had done it."""
    groups_setup()
    menus_setup(home=tree_setup(agency_name=AgencySettings.load().name))
    apps.get_model("django_tasks_database", "DBTaskResult").objects.all().delete()


def build_site():
    """Return the home page of the whole portal: units, roles, calendar, catalogues, pages, workflows, schedule."""
    agency = AgencySettings.load()
    root_unit_setup(name=agency.name, short_name=agency.short_name)
    seeds = (calendar_seed, mail_texts_seed, catalogue_seed, categories_seed, topics_seed, surveys_seed)
    for step in (*seeds, unit_pages_setup, workflows_setup, schedule_sync):
        step()
    return apps.get_model("home", "HomePage").objects.get()
