"""Cells of tables that people open with a spreadsheet."""

import re

# A list's dash before words is words; anything else that begins like this a spreadsheet would reckon out.
_FORMULA = re.compile(r"[=+@\t\r\n]|-(?!\s*[^\W\d_])|-[^;]*[(|!]")


def cell_text(value: str) -> str:
    """Return ``value`` so that a cell that would begin a formula opens as text."""
    return f"'{value}" if _FORMULA.match(value) else value


def from_cell_text(cell: str) -> str:
    """Return what ``cell_text`` was given: the sign that it set is taken off again."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
