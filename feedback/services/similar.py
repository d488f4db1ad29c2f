"""What is near to a text: published answers for whoever asks, cases of their own reach for the office."""

from typing import Any

from cms.core.search import nearness, similar_keys
from feedback.models import Case, PublicCase
from feedback.services.search import PUBLIC_CASES

SHOWN = 3
# Of one field of work the newest are compared: two who mean the same write in the same weeks.
COMPARED, READ_OF_EACH = 200, 600


def public_cases_like(text: str, *, size: int = SHOWN) -> list[PublicCase]:
    """Return at most ``size`` published cases near to ``text``, the nearest first; two statements."""
    keys = similar_keys(text, kind=PUBLIC_CASES.name)
    if not keys:
        return []
    rows = PublicCase.objects.public().with_list_data().filter(pk__in=keys)
    near = [(nearness(text, f"{row.title} {row.question}"), row) for row in rows]
    found = sorted((pair for pair in near if pair[0]), key=lambda pair: (-pair[0], -pair[1].pk))
    return [row for _share, row in found[:size]]


def cases_like(case: Case, user: Any, *, size: int = SHOWN) -> list[Case]:
    """Return at most ``size`` cases that ``user`` may read and that say what ``case`` says, the nearest first.

    One statement; of each row the beginning is read, already without marks.
    """
    rows = Case.objects.visible_to(user, "case_view").comparable_to(case, read=READ_OF_EACH)[:COMPARED]
    near = [(nearness(case.title, row.beginning), row) for row in rows]
    found = sorted((pair for pair in near if pair[0]), key=lambda pair: (-pair[0], -pair[1].pk))
    return [row for _share, row in found[:size]]
