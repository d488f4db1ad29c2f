"""The parts of a plan as blocks of a page: headings with anchors, paragraphs, lists, tables."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from cms.core.text import slug

from .word import Grid, Line, distinct

Block = dict[str, Any]

_SECTION = re.compile(r"^(?:(?:phần|chương|mục)\s+[\dIVXLC]+|[IVXLC]+\s*[.)/-]|[A-H]\s*[.)-])\s*", re.IGNORECASE)
_PART = re.compile(r"^(?:điều\s+\d+|\d+(?:\.\d+)*\s*[.)])\s*", re.IGNORECASE)
_ROMAN = re.compile(r"^[IVXLC]+\s*[.)/-]\s*\S")
_DASH = re.compile(r"^[-–—+*•●]\s*")
_POINT = re.compile(r"^[a-zđ]\s*[.)]")
_ENDS = (".", ";", ":", "!", "?", "/.")
_LONGEST_HEADING = 200
_LONGEST_CELL = 500


def join_broken_lines(lines: Iterable[Line]) -> list[Line]:
    """Put together what a page's end or a scanner cut in two: a line that begins in lower case goes on."""
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and _goes_on(before, line):
            joined[-1] = Line(f"{before.text} {line.text}", before.bold and line.bold, before.centred, before.listed)
        else:
            joined.append(line)
    return joined


def _goes_on(before: Line, line: Line) -> bool:
    """``a)`` and ``đ)`` begin a point of their own; so does what Word itself numbers."""
    begins_anew = line.listed or not line.text[0].islower() or bool(_POINT.match(line.text))
    return not begins_anew and not before.text.endswith(_ENDS)


def heading_size(line: Line) -> str:
    """Return h2 for parts (I., A., Phần), h3 for what is numbered below them, nothing for text."""
    if len(line.text) > _LONGEST_HEADING or line.text.endswith(";"):
        return ""
    capitals = line.text.upper() == line.text
    if _ROMAN.match(line.text) and (line.bold or capitals):
        return "h2"
    if line.bold and _SECTION.match(line.text):
        return "h2"
    if line.bold and _PART.match(line.text):
        return "h3"
    return "h2" if line.bold and capitals and any(letter.isalpha() for letter in line.text) else ""


class Story:
    """Builds the raw value of a StreamField, block by block."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.headings: list[str] = []
        self._html: list[str] = []
        self._points: list[str] = []
        self._anchors: set[str] = set()

    def add_line(self, line: Line) -> None:
        """Add one line as heading, point of a list, or paragraph."""
        size = heading_size(line)
        if size:
            self._close()
            self.headings.append(line.text)
            self.blocks.append(
                {"type": "heading", "value": {"text": line.text, "size": size, "anchor": self._anchor(line.text)}}
            )
        elif line.listed or _DASH.match(line.text):
            self._points.append(_DASH.sub("", line.text))
        else:
            self._end_list()
            self._html.append(f"<p>{escape(line.text, quote=False)}</p>")

    def add_grid(self, grid: Grid) -> None:
        """Add a table with its first row as headings."""
        self._close()
        width = max(len(row) for row in grid)
        rows = [[cell.text.replace("\n", " ")[:_LONGEST_CELL] for cell in row] for row in grid]
        rows = [row + [""] * (width - len(row)) for row in rows]
        value = {
            "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
            "rows": [{"values": row} for row in rows[1:]],
            "caption": "",
        }
        self.blocks.append({"type": "data_table", "value": value})

    def finished(self) -> tuple[Block, ...]:
        """Return the blocks."""
        self._close()
        return tuple(self.blocks)

    def _anchor(self, text: str) -> str:
        wanted = slug(text)[:70].strip("-")
        anchor, number = wanted, 2
        while anchor in self._anchors:
            anchor, number = f"{wanted}-{number}", number + 1
        self._anchors.add(anchor)
        return anchor

    def _end_list(self) -> None:
        if self._points:
            self._html.append("<ul>" + "".join(f"<li>{escape(p, quote=False)}</li>" for p in self._points) + "</ul>")
            self._points = []

    def _close(self) -> None:
        self._end_list()
        if self._html:
            self.blocks.append({"type": "prose", "value": "".join(self._html)})
            self._html = []


def grid_lines(grid: Grid) -> list[Line]:
    """Return the lines of a table's cells in reading order."""
    return [line for row in grid for cell in distinct(row) for line in cell.lines]
