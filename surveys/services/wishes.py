"""What people wish for, by theme: words that were let through, counted by unit and month without the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cms.core.models import Unit
from surveys.models import WordsTheme
from surveys.services.tallies import WISHES
from surveys.services.told import Cell, Node, Told, unit_node


@dataclass(frozen=True)
class ThemeCount:
    """How many people wish for something about one theme; one may for several."""

    code: str
    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Wishes:
    """Of ``n`` people wishes were read and sorted, each counted once; None where that is too few to be told."""

    n: int | None
    themes: tuple[ThemeCount, ...]
    by_unit: tuple[tuple[str, str, int, tuple[ThemeCount, ...]], ...] = ()


def wishes_of(told: Told, node: Node, months: Sequence[date], units: Sequence[Unit]) -> Wishes:
    """Return what was wished at one place of the tree, and of each of ``units`` where it may be told."""
    names = dict(WordsTheme.objects.values_list("code", "name"))
    cell = told.cell(WISHES, node, months)
    if cell is None:
        return Wishes(None, ())
    by_unit = []
    for unit in units:
        own = told.cell(WISHES, unit_node(unit.pk), months)
        if own is not None and own.n:
            by_unit.append((unit.code, unit.name, own.n, _themes(own, names)))
    return Wishes(cell.n, _themes(cell, names), tuple(by_unit))


def _themes(cell: Cell, names: dict[str, str]) -> tuple[ThemeCount, ...]:
    lines = [ThemeCount(code, names.get(code, code), count, count / cell.n) for code, count in cell.levels.items()]
    return tuple(sorted(lines, key=lambda line: (-line.count, line.name)))
