"""What people wrote, as everybody may read it under results: let through, masked, and where enough people answered.

A quote stands in a place and a month, and both can be found out by looking where it is shown and where it is not. So
it is shown in tables alone that hold the smallest told cell around it: the shortest stretch of its question that may
be told of its unit, or else of the units of its kind, or else of the whole. Whoever compares all tables that show it
comes to that cell, in which enough people answered, and no further (ADR 0052).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.crypto import salted_hmac

from surveys.enums import WORDS
from surveys.models import OpenWords, Question, Survey
from surveys.services.plan import Plan
from surveys.services.told import WHOLE, Node, Told, kind_node, unit_node

_ORDER = "surveys.services.quotes"
MOST_QUOTES = 30  # of one question


@dataclass(frozen=True)
class Quote:
    """Masked words and what they are about."""

    text: str
    themes: tuple[str, ...]


@dataclass(frozen=True)
class QuotedQuestion:
    """The quotes to one question; ``more`` were let out and do not stand here."""

    key: str
    label: str
    quotes: tuple[Quote, ...]
    more: int


def quotes_of(
    survey: Survey, plan: Plan, told: Told, *, node: Node, months: Sequence[date], kinds: Mapping[int, str]
) -> tuple[QuotedQuestion, ...]:
    """Return what may be quoted of one place of the tree over ``months`` in a row; two statements at the most.

    Args:
        survey: whose responses are quoted.
        plan: by whose words questions are told; those that it does not have, or does not publish, are not quoted.
        told: the told cells of whole years.
        node: the place.
        months: first days.
        kinds: the kind of each unit.

    """
    asked = {each.key: each for each in plan.questions if each.kind in WORDS and each.publishable}
    rows = OpenWords.objects.quoted().filter(response__version__survey=survey, key__in=list(asked))
    found: dict[str, list[OpenWords]] = defaultdict(list)
    for words in rows.in_months(months[0], months[-1]).select_related("response").prefetch_related("themes"):
        month, unit = words.response.day.replace(day=1), words.response.unit_id or 0
        path = (unit_node(unit), kind_node(kinds.get(unit, "")), WHOLE)
        home, stretch = _home(told, words.key, path, month)
        if stretch and node in path[home:] and months[0] <= stretch[0] and stretch[-1] <= months[-1]:
            found[words.key].append(words)
    return tuple(_question(question, found[key]) for key, question in asked.items() if found[key])


def words_read(
    survey: Survey, told: Told, *, places: Sequence[Node], months: Sequence[date], kinds: Mapping[int, str], most: int
) -> list[OpenWords]:
    """Return the words let through that may be read in the office under the results of ``places``; three statements.

    They stand where quotes would, for the same reason: under figures that are hidden they would tell what one person
    wrote. Their order says nothing of who came first, nor does which ``most`` of them are shown.
    """
    rows = OpenWords.objects.shown().filter(response__version__survey=survey).in_months(months[0], months[-1])
    found = []
    for pk, key, day, unit in rows.values_list("pk", "key", "response__day", "response__unit"):
        path = (unit_node(unit or 0), kind_node(kinds.get(unit or 0, "")), WHOLE)
        home, stretch = _home(told, key, path, day.replace(day=1))
        is_within = stretch and months[0] <= stretch[0] and stretch[-1] <= months[-1]
        if is_within and any(place in path[home:] for place in places):
            found.append(pk)
    chosen = sorted(found, key=_mixed)[:most]
    return sorted(
        OpenWords.objects.filter(pk__in=chosen).prefetch_related("themes"), key=lambda words: _mixed(words.pk)
    )


def _mixed(pk: int) -> bytes:
    """The order of a digest says nothing of who came first to whoever has not the key, and stays the same."""
    return salted_hmac(_ORDER, str(pk), algorithm="sha256").digest()


def _home(told: Told, key: str, path: Sequence[Node], month: date) -> tuple[int, list[date]]:
    """Return the first place of ``path`` that is told around ``month``, and the months told; none without one."""
    for depth, place in enumerate(path):
        if stretch := told.around(key, place, month):
            return depth, stretch
    return len(path), []


def _question(question: Question, rows: Sequence[OpenWords]) -> QuotedQuestion:
    mixed = sorted(rows, key=lambda words: _mixed(words.pk))
    quotes = tuple(
        Quote(words.shown, tuple(theme.name for theme in words.themes.all())) for words in mixed[:MOST_QUOTES]
    )
    return QuotedQuestion(question.key, question.label, tuple(quotes), max(0, len(rows) - MOST_QUOTES))
