"""The pages that lists stand on. People type the name of a section as often as that of a thing in it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wagtail.models import Page

from .kinds import SearchKind, SearchText, public_pages
from .wiring import follow_pages, register_search_kind

SEARCH_KIND = "section"

_sections: dict[str, type[Page]] = {}


def register_section(model: type[Page]) -> None:
    """Let the public find pages of ``model`` by their title and lead; called in ``AppConfig.ready()``."""
    register_search_kind(SECTIONS)
    _sections[model._meta.label_lower] = model
    follow_pages(SECTIONS, model)


def public_sections() -> "QuerySet[Any]":
    """Return what everybody may open of the registered types, with one statement."""
    of_type = Q(pk__in=())
    for model in _sections.values():
        of_type |= Q(content_type__app_label=model._meta.app_label, content_type__model=model._meta.model_name)
    return public_pages(Page).filter(of_type)


def section_text(page: Page) -> SearchText:
    """Return what a section says of itself: its title, and the words below it; what it lists is found by itself."""
    section: Any = page.specific
    body = " ".join(dict.fromkeys(filter(None, (getattr(section, "intro", ""), getattr(section, "summary", "")))))
    return SearchText(title=page.title, body=body, url=page.url or "")


SECTIONS = SearchKind(SEARCH_KIND, _("Chuyên mục"), Page, public_sections, section_text)
