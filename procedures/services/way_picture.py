"""“Đường đi của hồ sơ” (S30): a picture and its words, both made from the table of transitions.

Nothing is drawn by hand but where each state stands. A step from many states is no bundle of arrows: its target is
drawn apart, with a broken line, and the words say where it comes from.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from procedures.enums import DossierState
from procedures.transitions import TRANSITIONS, Transition, public_label

S = DossierState
WIDTH, HEIGHT, GAP_X, GAP_Y, LEFT, TOP = 186, 60, 64, 40, 48, 8
MOST_LINE = 20
MANY = 3  # steps from more states than these are told, not drawn
# Column and row of each state.
PLACES: dict[DossierState, tuple[float, float]] = {
    S.REGISTERED: (0, 0), S.RECEIVED: (0, 1), S.IN_PROGRESS: (0, 2), S.COMPLETED: (0, 3), S.RETURNED: (0, 4),
    S.NEED_SUPPLEMENT: (1, 0.5), S.NEED_PAYMENT: (1, 1.7), S.WITH_POST: (1, 3.5),
    S.REFUSED: (0, 5.3), S.WITHDRAWN: (1, 5.3), S.STOPPED: (0, 6.3),
}  # fmt: skip
Point = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """One state: its corner and the lines of its label, each with its height."""

    x: float
    y: float
    middle: float
    lines: tuple[tuple[float, str], ...]
    apart: bool


@dataclass(frozen=True)
class WayPicture:
    """What the template draws, and ``words``, a sentence a step, that tell the same."""

    width: float
    height: float
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    arrows: tuple[str, ...]
    words: tuple[str, ...]


def way_picture() -> WayPicture:
    """Return the way of every dossier, as boxes, arrows and words."""
    rows = [(row, row.target) for row in TRANSITIONS if row.drawn and row.target is not None]
    pairs = {(source, target) for row, target in rows if len(row.sources) <= MANY for source in row.sources}
    apart = {target for row, target in rows if len(row.sources) > MANY}
    high = max(place for _column, place in PLACES.values()) + 1
    return WayPicture(
        width=LEFT + 2 * WIDTH + GAP_X + TOP,
        height=2 * TOP + high * (HEIGHT + GAP_Y) - GAP_Y,
        box_width=WIDTH,
        box_height=HEIGHT,
        boxes=tuple(_box(state, state in apart) for state in PLACES),
        arrows=tuple(_arrow(source, target, pairs) for source, target in sorted(pairs)),
        words=tuple(_words(row, target) for row, target in rows if row.sources),
    )


def _corner(state: DossierState) -> Point:
    column, row = PLACES[state]
    return LEFT + column * (WIDTH + GAP_X), TOP + row * (HEIGHT + GAP_Y)


def _box(state: DossierState, apart: bool) -> Box:
    (x, y), lines = _corner(state), _halves(str(state.label))
    first = y + HEIGHT / 2 + 6 - 10 * (len(lines) - 1)
    return Box(x, y, x + WIDTH / 2, tuple((first + 20 * at, line) for at, line in enumerate(lines)), apart)


def _halves(label: str) -> list[str]:
    """Return a label as one line, or as two that are about as long."""
    words = label.split()
    if len(label) <= MOST_LINE:
        return [label]
    at = min(range(1, len(words)), key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))))
    return [" ".join(words[:at]), " ".join(words[at:])]


def _arrow(source: DossierState, target: DossierState, pairs: set[Any]) -> str:
    """Return one arrow as a path. Two states that lead to each other get two, beside one another."""
    start, end = _middle(source), _middle(target)
    same_column = PLACES[source][0] == PLACES[target][0]
    if same_column and abs(PLACES[source][1] - PLACES[target][1]) > 1:
        # Around the box between them, at the outer side.
        edge = LEFT
        return f"M{edge} {start[1]:.0f} C4 {start[1]:.0f} 4 {end[1]:.0f} {edge - 2} {end[1]:.0f}"
    shift = 0.0
    if (target, source) in pairs:
        shift = 9.0 if source < target else -9.0
    begin, finish = _edge(start, end), _edge(end, start)
    return f"M{begin[0]:.0f} {begin[1] + shift:.0f} L{finish[0]:.0f} {finish[1] + shift:.0f}"


def _middle(state: DossierState) -> Point:
    x, y = _corner(state)
    return x + WIDTH / 2, y + HEIGHT / 2


def _edge(start: Point, end: Point) -> Point:
    """Return where the line from the middle of a box towards ``end`` leaves the box."""
    across, down = end[0] - start[0], end[1] - start[1]
    shares = [side / 2 / abs(way) for side, way in ((WIDTH, across), (HEIGHT, down)) if way]
    share = min(shares, default=0.0)
    return start[0] + across * share, start[1] + down * share


def _words(row: Transition, target: DossierState) -> str:
    sources = ", ".join(f"“{public_label(state)}”" for state in S if state in row.sources)
    said = _("%(step)s: từ %(sources)s sang “%(target)s”.")
    return said % {"step": row.label, "sources": sources, "target": public_label(target)}
