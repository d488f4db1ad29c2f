"""Answer first: published answers that say what somebody is about to ask. Reads public copies only."""

from cms.core.search import nearness, similar_keys
from feedback.models import PublicCase
from feedback.services.search import PUBLIC_CASES

SHOWN = 3


def public_cases_like(text: str, *, size: int = SHOWN) -> list[PublicCase]:
    """Return at most ``size`` published cases near to ``text``, the nearest first; two statements."""
    keys = similar_keys(text, kind=PUBLIC_CASES.name)
    if not keys:
        return []
    rows = PublicCase.objects.public().with_list_data().filter(pk__in=keys)
    near = [(nearness(text, f"{row.title} {row.question}"), row) for row in rows]
    found = sorted((pair for pair in near if pair[0]), key=lambda pair: (-pair[0], -pair[1].pk))
    return [row for _share, row in found[:size]]
