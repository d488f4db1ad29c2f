"""What other pages show of the register, and the filters of its own."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms.core.querysets.facets import Facets, chips_of
from cms.official_documents.enums import DOCUMENT_KINDS, ReformPart
from cms.official_documents.models import DocumentField, DocumentState, Issuer, OfficialDocumentPage
from cms.official_documents.querysets import DocumentFilters

register = template.Library()


@dataclass(frozen=True)
class ReformGroup:
    """The papers of one kind in the yearly cycle of administrative reform."""

    part: str
    label: str
    documents: list[OfficialDocumentPage]

    @property
    def anchor(self) -> str:
        return f"viec-{self.part}"


@register.simple_tag
def latest_documents(count: int = 5, unit: Any = None) -> list[OfficialDocumentPage]:
    """Return the newest public documents (of one unit, when given); an empty list when there are none."""
    documents = OfficialDocumentPage.objects.readable().newest().for_lists()
    return list((documents.filter(owner_unit=unit) if unit is not None else documents)[:count])


@register.simple_tag
def reform_year_documents(year: int) -> list[ReformGroup]:
    """Return the public documents of one year of administrative reform, by kind, oldest first (S93)."""
    found: dict[str, list[OfficialDocumentPage]] = {}
    for document in OfficialDocumentPage.objects.readable().of_reform_year(year).for_lists():
        found.setdefault(document.reform_part, []).append(document)
    return [ReformGroup(part, str(label), found[part]) for part, label in ReformPart.choices if part in found]


@register.simple_tag
def documents_announcing(code: str) -> list[OfficialDocumentPage]:
    """Return the public decisions that announce the procedure of this code, the newest first (S96)."""
    return list(OfficialDocumentPage.objects.readable().announcing(code).for_lists()[:20])


@register.simple_tag
def document_state(document: OfficialDocumentPage) -> DocumentState:
    """Return what a reader should know of a document at a glance; empty when there is nothing to say."""
    return document.listed_state


@register.simple_tag
def document_filters(facets: Facets) -> list[dict[str, Any]]:
    """Return the selects of the index: ``name``, ``label``, ``options`` of ``value label count current``.

    Only what the other filters leave is offered, with its number; what was asked for stays on offer. Two queries.
    """
    asked, params = facets.asked, DocumentFilters.PARAMS
    issuers = _named(Issuer, {*facets.counts("issuer"), asked.issuer})
    areas = _named(DocumentField, {*facets.counts("area"), asked.area})
    offered = (
        ("kind", _("Loại văn bản"), DOCUMENT_KINDS),
        ("year", _("Năm"), facets.years()),
        ("issuer", _("Cơ quan ban hành"), issuers),
        ("area", _("Lĩnh vực"), areas),
    )
    groups = [facets.group(name, param=params[name], label=label, choices=given) for name, label, given in offered]
    return [group for group in groups if group["options"]]


@register.simple_tag
def document_chips(filters: list[dict[str, Any]], asked: DocumentFilters) -> list[dict[str, str]]:
    """Return the filters in force as ``name`` (of the parameter to take off) and ``label``."""
    return chips_of(filters, asked.words)


def _named(model: Any, keys: set[int | None]) -> list[tuple[int, str]]:
    wanted = keys - {None}
    return [(row.pk, row.name) for row in model.objects.in_order().filter(pk__in=wanted)] if wanted else []
