"""Pages of a PDF as pictures, with the words on them and where they stand; drawn by ``cms.media.drawing``.

Never in this process: the library is no Python, may be brought down by a file, and is not safe for threads.
"""

import json
import math
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.media import drawing
from cms.media.covering import Box
from cms.media.uploads import MAX_BYTES

CONTENT_TYPE = "application/pdf"
LONGEST = 15  # seconds, waiting for a processor included
_GONE = "█"  # stands for a letter below a box, and joins nothing
_ACROSS = 5  # hundredths between two letters of a line
_DOWN = 1.2  # hundredths between those of a line that runs up or down; less than lines are apart
_RIM = 0.3  # hundredths around what a proposed box covers

_SENTENCES = {
    "locked": _("Tệp PDF này có mật khẩu nên không mở được. Hãy để tệp ấy ngoài bản công khai."),
    "broken": _("Không đọc được tệp PDF này: tệp hỏng hoặc không phải PDF. Hãy để tệp ấy ngoài bản công khai."),
    "missing": _("Tệp PDF này không có trang ấy."),
    "too_large": _("Trang này có khổ lớn hoặc dài khác thường nên không vẽ thành ảnh được. Hãy chọn trang khác."),
    "busy": _("Máy đang bận vẽ các trang khác. Hãy thử lại sau ít phút."),
    "too_hard": _("Trang này vẽ lâu quá hoặc tốn bộ nhớ quá nên đã dừng lại. Hãy chọn trang khác."),
}

Place = Sequence[float]
_turns = threading.BoundedSemaphore(2)  # drawers of one web process at once: each may take as much as it is allowed


@dataclass(frozen=True)
class DrawnPage:
    """A page: a PNG, its letters, the place of each (left, top, right, bottom; hundredths), whether these are all."""

    content: bytes
    words: str
    places: Sequence[Place]
    whole: bool

    def words_outside(self, boxes: Sequence[Box]) -> str:
        """Return what can still be read once ``boxes`` are black; in the place of each covered letter a block."""
        pairs = zip(self.words, self.places, strict=True)
        return "".join(_GONE if any(_covers(box, place) for box in boxes) else letter for letter, place in pairs)

    def boxes_over(self, spans: Iterable[tuple[int, int]]) -> list[Box]:
        """Return boxes over the letters from ``start`` up to ``end`` of each span, one for each line of it."""
        return [_around(line) for start, end in spans for line in self._lines(start, end)]

    def _lines(self, start: int, end: int) -> Iterator[list[Place]]:
        line: list[Place] = []
        for letter, place in list(zip(self.words, self.places, strict=True))[start:end]:
            if letter.isspace():
                continue
            if line and not _same_line(line[-1], place):
                yield line
                line = []
            line.append(place)
        if line:
            yield line


def pdf_page_count(content: bytes) -> int:
    """Return how many pages ``content`` has; raises ValidationError with a Vietnamese sentence if unreadable."""
    told, _picture = _ask(content, 0)
    return int(told["pages"])


def pdf_page_drawn(content: bytes, number: int) -> DrawnPage:
    """Return page ``number`` (from 1) of ``content``: nothing of the file but points and, for checking, its words.

    At most 1600 points a side, whatever the page claims to measure. Raises ValidationError with a Vietnamese sentence
    for a locked or broken file, a page that is not there or beyond all measure, and one that takes too long.
    """
    told, picture = _ask(content, number)
    return DrawnPage(picture, told["words"], told["places"], told["whole"])


def _ask(content: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    """Let another process draw; whatever kills it, the answer is that the page is too hard."""
    if len(content) > MAX_BYTES:
        raise ValidationError(_SENTENCES["broken"], code="too_big")
    program = [sys.executable, "-I", drawing.__file__, str(number)]
    if not _turns.acquire(timeout=LONGEST):
        raise ValidationError(_SENTENCES["busy"], code="busy")
    try:
        done = subprocess.run(program, input=content, capture_output=True, timeout=LONGEST, check=True)  # noqa: S603
        line, _end, picture = done.stdout.partition(b"\n")
        told: dict[str, Any] = json.loads(line)
        state = told["state"]
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as error:
        raise ValidationError(_SENTENCES["too_hard"], code="too_hard") from error
    finally:
        _turns.release()
    if state in _SENTENCES:
        raise ValidationError(_SENTENCES[state], code=state)
    return told, picture


def _covers(box: Box, place: Place) -> bool:
    """Say whether the middle half of a letter lies below ``box``: less of it, and the letter may still be read."""
    wide, high = (place[2] - place[0]) / 4, (place[3] - place[1]) / 4
    across = box.left <= place[0] + wide and place[2] - wide <= box.left + box.width
    return across and box.top <= place[1] + high and place[3] - high <= box.top + box.height


def _same_line(before: Place, place: Place) -> bool:
    """Say whether two letters follow each other, whichever way the line runs: beside each other and not far apart."""
    across, down = (max(before[at], place[at]) - min(before[at + 2], place[at + 2]) for at in (0, 1))
    return (down < 0 and across < _ACROSS) or (across < 0 and down < _DOWN)


def _around(line: Sequence[Place]) -> Box:
    """Return the box around ``line``, two places after the point, never past the edge."""
    left, top = (max(0.0, math.floor((min(place[at] for place in line) - _RIM) * 100) / 100) for at in (0, 1))
    right, bottom = (min(100.0, math.ceil((max(place[at] for place in line) + _RIM) * 100) / 100) for at in (2, 3))
    return Box(left, top, round(right - left, 2), round(bottom - top, 2))
