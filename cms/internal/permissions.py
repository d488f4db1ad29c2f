"""Who confirms a notice for a unit, who sees what all units have done, who brings files."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cms.core.enums import Scope
from cms.core.permissions import can, scope_of
from cms.internal.models import InternalNoticePage, NoticeReceipt, ReceiptLine, receipt_counts, receipt_lines


@dataclass(frozen=True)
class _OfUnit:
    """A target for the matrix."""

    unit_id: int | None


def user_can_confirm(user: Any, page: InternalNoticePage, unit_id: int) -> bool:
    """Say whether ``user`` may say that this unit has read ``page``: somebody who works in it and may read."""
    works_there = user.is_authenticated and user.memberships.filter(unit_id=unit_id).exists()
    return works_there and can(user, "internal_confirm", _OfUnit(unit_id)) and page.may_be_read_by(user)


def user_can_take_back(user: Any, receipt: NoticeReceipt) -> bool:
    """Say whether ``user`` may take a receipt back: who gave it, while still of that unit."""
    return receipt.given_by_id == user.pk and can(user, "internal_confirm", receipt)


def lines_visible_to(user: Any, page: InternalNoticePage, standing: str = "") -> list[ReceiptLine]:
    """Return the lines of the table of receipts that are this person's business; only those that stand so."""
    return receipt_lines(page, _units_of_interest(user), standing)


def counts_visible_to(user: Any, page: InternalNoticePage) -> dict[str, int]:
    """Return how many of the units that are this person's business stand how."""
    return receipt_counts(page, _units_of_interest(user))


def _units_of_interest(user: Any) -> Collection[int] | None:
    """Return the units whose receipts ``user`` may see; None for all of them."""
    scope = scope_of(user, "internal_receipts")
    if scope is Scope.ALL:
        return None
    return user.unit_ids if scope else ()


def user_can_keep_files(user: Any, page: InternalNoticePage) -> bool:
    """Say whether ``user`` may bring or remove files.

    Four eyes: what is out, handed in for approval, or approved for a later hour goes out with the files that the one
    who approves has seen; from then on only who may publish changes them.
    """
    settled = page.live or page.approved_schedule or page.workflow_in_progress
    return can(user, "page_publish" if settled else "page_edit")


def user_can_open_files(user: Any, page: InternalNoticePage) -> bool:
    """Say whether ``user`` may open the files of ``page``: its readers once it is out, its writers before."""
    return can(user, "page_edit") or page.may_be_read_by(user)
