"""What a record is read from: a page as it stands or one of its revisions, and what the numbers in it stand for."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Page

from procedures.models.catalogue import ProcedureField, ReceivingPlace
from procedures.querysets import RECORD_ROWS

Content = Mapping[str, Any]
_CITATIONS = ("decisions", "bases")


def content_of(page: Any) -> dict[str, Any]:
    """Return ``page`` as one of its revisions would hold it, as far as a record goes; read with ``with_record``."""
    content = {each.attname.removesuffix("_id"): getattr(page, each.attname) for each in page._meta.concrete_fields}
    content |= {name: [_row(row) for row in getattr(page, name).all()] for name in RECORD_ROWS}
    content["dossier"] = page.dossier.get_prep_value()
    return content


def _row(row: Any) -> dict[str, Any]:
    return {each.attname.removesuffix("_id"): getattr(row, each.attname) for each in row._meta.concrete_fields}


def rows_of(content: Content, name: str) -> list[Content]:
    """Return the rows of one kind in their order; those that nobody has put in order, as they came in."""
    rows = content.get(name) or []
    return sorted(rows, key=lambda row: (row.get("sort_order") or 0, row.get("pk") or row.get("id") or 0))


def in_row_order(rows: Iterable[Any]) -> list[Any]:
    """Return rows of a page in the order in which its record names them."""
    return sorted(rows, key=lambda row: (row.sort_order or 0, row.pk or 0))


def cases_of(content: Content) -> list[Content]:
    """Return the cases of the dossier as stored: ``name`` and ``papers``."""
    stored = content.get("dossier") or []
    blocks = json.loads(stored) if isinstance(stored, str) else stored
    return [block["value"] for block in blocks if block.get("type") == "case"]


def papers_of(case: Content) -> list[Content]:
    """Return the papers of a stored case; Wagtail keeps each item of a list with its own key, older ones without."""
    items = case.get("papers") or []
    return [item.get("value", item) if "type" in item else item for item in items]


@dataclass(frozen=True)
class Names:
    """What the numbers in revisions stand for. Six questions, however many revisions there are."""

    fields: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, ReceivingPlace] = field(default_factory=dict)
    files: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # title and address
    pages: Mapping[int, str] = field(default_factory=dict)  # titles of public pages that are cited
    codes: Mapping[int, str] = field(default_factory=dict)  # of procedures named as successors

    @classmethod
    def of(cls, contents: Iterable[Content], *, procedures: Any) -> "Names":
        """Look up what ``contents`` name; ``procedures`` is the queryset in which successors are looked for."""
        contents = list(contents)
        cited = _keys(row.get("cited_page") for each in contents for kind in _CITATIONS for row in rows_of(each, kind))
        files = _keys(
            paper.get("document") for each in contents for case in cases_of(each) for paper in papers_of(case)
        )
        replacing = _keys(each.get("replaced_by") for each in contents)
        return cls(
            fields=ProcedureField.objects.names(),
            places=ReceivingPlace.objects.in_bulk(
                _keys(row.get("place") for each in contents for row in rows_of(each, "places"))
            ),
            files={key: (file.title, file.url) for key, file in get_document_model().objects.in_bulk(files).items()},
            pages={key: page.title for key, page in Page.objects.live().public().in_bulk(cited).items()},
            codes=procedures.codes(replacing),
        )


def _keys(found: Iterable[Any]) -> list[int]:
    return sorted({int(key) for key in found if key})
