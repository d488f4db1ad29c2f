"""Upwards from a plan to what it carries out (S8)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cms.core.models import citation_targets

# Department, province, ministry, government: nobody's chain is longer, and a ring of plans must end somewhere.
DEEPEST = 5


@dataclass(frozen=True)
class ChainLink:
    """One step upwards: a plan here, a page, a bare document or an address. ``level`` counts from the plan, 1 above."""

    level: int
    text: str
    url: str = ""
    plan: Any = None


def chain_above(page: Any) -> list[ChainLink]:
    """Return what ``page`` carries out, and what those carry out in turn, the nearest first.

    Queries grow with the height of the chain, never with its width; only what the public may read is linked.
    """
    plans = type(page).objects
    links: list[ChainLink] = []
    seen, level, rows = {page.pk}, 1, list(page.upward.all())
    while rows and level <= DEEPEST:
        targets = citation_targets(rows)
        known = plans.readable().defer_streamfields().in_bulk([page_id for page_id, _url in targets if page_id])
        found = []
        for row, (page_id, url) in zip(rows, targets, strict=True):
            plan = known.get(page_id)
            words = _words(row, plan, is_public=page_id is not None)
            if not words or (plan is not None and plan.pk in seen):
                continue
            links.append(ChainLink(level, words, url, plan))
            if plan is not None:
                seen.add(plan.pk)
                found.append(plan.pk)
        rows, level = list(_upward_of(page, found)), level + 1
    return links


def _words(row: Any, plan: Any, *, is_public: bool) -> str:
    """Return what to call it; the title of a page that is not public is nobody's business."""
    if plan is not None:
        return f"{plan.number}: {plan.abstract}"
    if row.cited_page_id and not is_public:
        return row.own_words
    return row.words or row.url


def _upward_of(page: Any, pks: Iterable[int]) -> Any:
    wanted = list(pks)
    links = page._meta.get_field("upward").related_model.objects
    return links.filter(page_id__in=wanted).select_related("cited_page") if wanted else ()
