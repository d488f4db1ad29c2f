"""Bars, drawn on the server as SVG. A chart never stands without the table that says the same in numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

# Pixels; the width is the page's, so that letters stay as large as the text around them.
_LABEL, _BAR, _GAP, _SPACE = 20, 14, 4, 16
# Letters of a line that leave room for a number on a telephone, and how many lines a label may have.
LONGEST_LINE, MOST_LINES = 33, 3
MOST_BARS = 40


@dataclass(frozen=True)
class Bar:
    """One drawn bar: its place, its length in per cent of the width, and which series it is of."""

    y: int
    width: str
    series: int


@dataclass(frozen=True)
class LabelLine:
    """One line of a label: drawn letters do not break by themselves."""

    text: str
    y: int


@dataclass(frozen=True)
class BarGroup:
    """A label with the bars below it; ``y`` is where its value stands, on the last line of the label."""

    lines: tuple[LabelLine, ...]
    value: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class BarChart:
    """What ``components/bar_chart.html`` draws. ``legend`` names the series; empty when there is one."""

    title: str
    text: str
    groups: tuple[BarGroup, ...]
    height: int
    legend: tuple[str, ...] = ()
    left_out: int = 0


def bar_chart(
    lines: Sequence[tuple[str, str, Sequence[float]]],
    *,
    title: Any,
    text: Any,
    largest: float | None = None,
    legend: Sequence[Any] = (),
) -> BarChart | None:
    """Return a chart of ``lines``; None when there is nothing to draw.

    Args:
        lines: label, the values in words, and the values; a bar a value.
        title: what the chart shows, read aloud first.
        text: where the numbers stand.
        largest: the value of the longest bar; the largest one by default.
        legend: names of the series when there are several.

    """
    longest = largest or max((value for _label, _words, values in lines for value in values), default=0)
    if not longest:
        return None
    groups, y = [], 0
    for label, words, values in lines[:MOST_BARS]:
        named = wrap(label, LONGEST_LINE, max_lines=MOST_LINES, placeholder="…") or [""]
        told = tuple(LabelLine(text, y + place * _LABEL - 6) for place, text in enumerate(named, start=1))
        y += len(named) * _LABEL
        tops = [y + place * (_BAR + _GAP) for place in range(len(values))]
        bars = tuple(
            Bar(top, f"{min(100.0, 100 * value / longest):.2f}%", place)
            for place, (top, value) in enumerate(zip(tops, values, strict=True))
        )
        groups.append(BarGroup(told, words, y - 6, bars))
        y += len(values) * (_BAR + _GAP) + _SPACE
    left_out = max(0, len(lines) - MOST_BARS)
    return BarChart(str(title), str(text), tuple(groups), y - _SPACE, tuple(map(str, legend)), left_out)
