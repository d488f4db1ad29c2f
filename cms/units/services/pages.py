"""Writing the directory: pages that follow the catalogue of units, and units that come from a file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.importing import UnreadableFileError
from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.search import index_objects
from cms.core.services.ledger import event_record
from cms.core.services.units import unit_save
from cms.units.models import UnitIndexPage, UnitPage
from cms.units.querysets import SEARCH_KIND


@dataclass(frozen=True)
class UnitRow:
    """One unit as a file gives it, checked. ``values`` are the fields that the file states; others stay."""

    code: str
    parent_code: str
    values: dict[str, str]


class NoDirectoryError(UnreadableFileError):
    """The directory has no page yet; ``setup_site`` makes it."""

    def __init__(self) -> None:
        super().__init__(_("Chưa có trang danh bạ đơn vị. Hãy tạo trang đó (lệnh setup_site) rồi nhập lại."))


@transaction.atomic
def units_import(*, rows: Sequence[UnitRow], actor: Any, publish: bool) -> list[str]:
    """Make or complete one unit a row, with a page for each that has none; all of them or none.

    Args:
        rows: checked rows, each upper unit before those below it.
        actor: who imports, or None for a command.
        publish: True publishes the new pages, False leaves them as drafts. Pages that are there are left alone.

    Returns the codes of what was written. Raises PermissionDenied when the actor may not, NoDirectoryError when
    there is no directory to put the pages in, ValidationError when a row contradicts the catalogue after all.

    """
    if actor is not None and not can(actor, "units_import"):
        raise PermissionDenied
    units = []
    for row in rows:
        values: dict[str, Any] = dict(row.values)
        if row.parent_code:
            values["parent"] = Unit.objects.get(code=row.parent_code)
        units.append(unit_save(code=row.code, actor=actor, **values)[0])
    unit_pages_make(units=units, publish=publish, actor=actor)
    return [unit.code for unit in units]


@transaction.atomic
def unit_pages_make(*, units: Iterable[Unit], publish: bool, actor: Any = None) -> list[UnitPage]:
    """Make a page for each of ``units`` that has none and return the new ones.

    A new page says nothing but what the catalogue says. Raises NoDirectoryError when there is no directory.
    """
    # One at a time: two would not see each other's pages.
    index = UnitIndexPage.objects.select_for_update(of=("self",)).first()
    if index is None:
        raise NoDirectoryError
    wanted = list(units)
    have = set(UnitPage.objects.of_units(wanted).values_list("unit_id", flat=True))
    made = [_page(index, unit, publish=publish, actor=actor) for unit in wanted if unit.pk not in have]
    if made:
        event_record(
            subject_type="unit_page",
            subject_key=str(made[0].pk),
            verb="unit_pages.made",
            actor=actor,
            data={"pages": len(made), "published": publish},
        )
    return made


def unit_pages_setup() -> None:
    """Give every unit its page when the directory is still empty; later its editors decide."""
    index = UnitIndexPage.objects.first()
    if index is not None and not index.get_children_count():
        unit_pages_make(units=Unit.objects.active().in_order(), publish=True)


@transaction.atomic
def unit_page_follow(unit: Unit) -> None:
    """After a change in the catalogue: the page's title is the unit's name, and the search finds it anew."""
    page = UnitPage.objects.of_units([unit.pk]).first()
    if page is not None and unit.name not in {page.title, page.draft_title}:
        editor_at_work = page.live and page.has_unpublished_changes
        draft = page.get_latest_revision_as_object()
        revision = draft.save_revision(log_action=True)
        if page.live and not editor_at_work:
            revision.publish()
    index_objects(kind=SEARCH_KIND, pks=[unit.pk])


def _page(index: UnitIndexPage, unit: Unit, *, publish: bool, actor: Any) -> UnitPage:
    page = UnitPage(unit=unit, owner=actor, live=False, has_unpublished_changes=True)
    index.add_child(instance=page)
    revision = page.save_revision(user=actor, log_action=True)
    if publish:
        # The page says what the catalogue says: whoever keeps the catalogue may let it out.
        revision.publish(user=actor, skip_permission_checks=True)
        page.refresh_from_db()
    return page
