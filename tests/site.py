"""The portal as ``setup_site`` builds it, for test classes that build it once."""

import io

from django.apps import apps
from django.conf import settings
from django.core.management import call_command


def build_site():
    """Make the page tree, roles and catalogues; return the home page.

    Works after a test with real transactions too, whose end empties every table, the first rows that
    Wagtail's migrations made among them.
    """
    page, collection = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "Collection")
    locale, _made = apps.get_model("wagtailcore", "Locale").objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if not page.objects.filter(depth=1).exists():
        page.add_root(title="Root", slug="root", locale=locale)
    if not collection.objects.filter(depth=1).exists():
        collection.add_root(name="Root")
    call_command("setup_site", stdout=io.StringIO())
    return apps.get_model("home", "HomePage").objects.get()
