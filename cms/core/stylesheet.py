"""One style sheet from many: readers need one request, people who change it one file a component.

``css/main.css`` is the list of what every page gets, ``css/answering.css`` of what only questionnaires add: the order
of layers and one ``@import … layer(…)`` a part. A list works in a browser as it stands; :func:`joined` gives the same
style sheet in one piece.
"""

import re
from itertools import groupby
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "core"
SOURCES = STATIC / "css"
SITE = "main.css"
# Each list, and the file that is built from it.
SHEETS = {SITE: STATIC / "site.css", "answering.css": STATIC / "answering.css"}

_IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\(([a-z]+)\);')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def parts(sheet: str = SITE) -> list[tuple[str, Path]]:
    """The layer and the file of every part of ``sheet``, in the order of its list."""
    listed = _IMPORT.findall((SOURCES / sheet).read_text(encoding="utf-8"))
    return [(layer, SOURCES / name) for name, layer in listed]


def all_parts() -> list[tuple[str, Path]]:
    """The parts of every sheet."""
    return [part for sheet in SHEETS for part in parts(sheet)]


def joined(sheet: str = SITE) -> str:
    """All parts of ``sheet`` in one text: comments and line breaks gone, neighbours of one layer under one roof."""
    order = re.search(r"@layer [a-z, ]+;", (SOURCES / sheet).read_text(encoding="utf-8"))
    pieces = [order[0] if order else ""]
    for layer, group in groupby(parts(sheet), key=lambda part: part[0]):
        body = " ".join(_squeezed(path.read_text(encoding="utf-8")) for _layer, path in group)
        pieces.append(f"@layer {layer} {{ {body} }}")
    return "\n".join(pieces) + "\n"


def _squeezed(source: str) -> str:
    lines = (line.strip() for line in _COMMENT.sub("", source).splitlines())
    return " ".join(line for line in lines if line)
