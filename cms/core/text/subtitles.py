"""Captions of videos: WebVTT as browsers read it, made of SubRip (.srt) where a program writes only that."""

import re
from dataclasses import dataclass
from html import unescape

from django.utils.translation import gettext as _

from .clean import clean_line
from .errors import TextError

_TIME = r"(?:\d{2,}:)?[0-5]\d:[0-5]\d[.,]\d{3}"
_TIMING = re.compile(rf"^\s*(?P<start>{_TIME})\s+-->\s+(?P<end>{_TIME})(?P<rest>\s.*)?$")
_TAG = re.compile(r"<[^>]*>")
_NOT_CUES = ("NOTE", "STYLE", "REGION")
MOST_CUES = 5_000


@dataclass(frozen=True)
class Cue:
    """What is said from ``start`` to ``end``, both in milliseconds."""

    start: int
    end: int
    text: str


def parse_captions(content: bytes) -> list[Cue]:
    """Return the cues of a WebVTT or SubRip file.

    Raises:
        TextError: with a Vietnamese sentence that names the line, when a browser would not show it as it is meant.

    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TextError(_("Tệp phụ đề phải lưu bằng bảng mã UTF-8.")) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    cues = [cue for number, block in _blocks(lines) if (cue := _cue(number, block))]
    if not cues:
        raise TextError(_("Tệp phụ đề không có câu nào. Mỗi câu cần một dòng như 00:00:01.000 --> 00:00:04.000."))
    if len(cues) > MOST_CUES:
        raise TextError(_("Tệp phụ đề có quá nhiều câu."))
    return cues


def as_webvtt(cues: list[Cue]) -> str:
    """Write ``cues`` as browsers read them."""
    blocks = [f"{_stamp(cue.start)} --> {_stamp(cue.end)}\n{_escaped(cue.text)}" for cue in cues]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def transcript_of(cues: list[Cue]) -> str:
    """Return what is said as text, one cue a line; a line that only goes on is not said twice."""
    lines: list[str] = []
    for cue in cues:
        line = clean_line(cue.text)
        if line and (not lines or lines[-1] != line):
            lines.append(line)
    return "\n".join(lines)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Return groups of lines between empty ones, with the number of each group's first line."""
    blocks: list[tuple[int, list[str]]] = []
    begin: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            begin.append(line)
        elif begin:
            blocks.append((number - len(begin), begin))
            begin = []
    return blocks


def _cue(number: int, block: list[str]) -> Cue | None:
    place = next((index for index, line in enumerate(block) if "-->" in line), None)
    if place is None:
        known = block[0].startswith(("WEBVTT", *_NOT_CUES))
        if known:
            return None
        raise TextError(_("Dòng %(line)d của tệp phụ đề thiếu thời gian.") % {"line": number})
    match = _TIMING.match(block[place])
    if not match:
        raise TextError(_("Dòng %(line)d của tệp phụ đề có thời gian không đọc được.") % {"line": number + place})
    start, end = _milliseconds(match["start"]), _milliseconds(match["end"])
    if end <= start:
        raise TextError(_("Dòng %(line)d của tệp phụ đề kết thúc trước khi bắt đầu.") % {"line": number + place})
    words = unescape(_TAG.sub("", "\n".join(block[place + 1 :]))).strip()
    return Cue(start, end, words) if words else None


def _milliseconds(stamp: str) -> int:
    clock, _point, fraction = stamp.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction)


def _stamp(milliseconds: int) -> str:
    seconds, fraction = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{fraction:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "→").replace(">", "&gt;")
