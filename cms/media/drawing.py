"""One page of one PDF as a picture, drawn in a process of its own that may fail, hang or die without harm.

Run as ``python -I drawing.py NUMBER`` with the file as standard input, the first page being 1, and 0 for the count of
pages alone. The answer is one line of JSON and, where ``state`` is ``drawn``, the bytes of a PNG behind it. It knows
nothing of the project and opens no other file: a file is whatever somebody sent, and the library that reads it is
neither Python nor safe for threads. The caller bounds the time, this module bounds memory, processor time and points.
"""

import contextlib
import ctypes
import io
import json
import math
import resource
import sys
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

LONGEST_SIDE = 1600  # points of the picture; no larger one goes out, so nothing is made smaller after it is covered
LARGEST_PAGE = 14_400  # units of a PDF, five metres: what the format itself allows
MOST_UNEQUAL = 20  # the longer side as a multiple of the shorter
MOST_CHARACTERS = 30_000
MEMORY = 768 * 1024 * 1024  # bytes of address space, the interpreter's own among them
PROCESSOR = 6  # seconds
_FINE = 1_000_000  # points a side when places are asked for, so that they are exact
_HUNDREDTH = _FINE / 100

Place = tuple[float, float, float, float]


def draw(content: bytes, number: int) -> tuple[dict[str, Any], bytes]:
    """Return what is to be said of page ``number`` of ``content``, and its picture or nothing."""
    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = len(document)
            if number == 0:
                return {"state": "counted", "pages": pages}, b""
            if not 1 <= number <= pages:
                return {"state": "missing", "pages": pages}, b""
            if document.get_formtype() != pdfium.FORMTYPE_NONE:
                document.init_forms()  # what was filled in belongs to the page as people see it
            return _drawn(document[number - 1], pages)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
        return {"state": "locked" if locked else "broken"}, b""
    except MemoryError:
        return {"state": "too_hard"}, b""
    except Exception:  # noqa: BLE001  # whatever a broken file brings about: it is broken
        return {"state": "broken"}, b""


def _drawn(page: Any, pages: int) -> tuple[dict[str, Any], bytes]:
    width, height = page.get_size()
    short, long = sorted((width, height))
    # Written so that what is no number at all is refused too.
    if not (0 < long <= LARGEST_PAGE and short * MOST_UNEQUAL >= long):
        return {"state": "too_large", "pages": pages}, b""
    # Known before a single point is taken: at most LONGEST_SIDE squared, three bytes each.
    bitmap = page.render(scale=(LONGEST_SIDE - 0.5) / long, rev_byteorder=True)
    out = io.BytesIO()
    bitmap.to_pil().convert("RGB").save(out, "PNG", compress_level=1)
    words, places, whole = _words(page)
    return {"state": "drawn", "pages": pages, "words": words, "places": places, "whole": whole}, out.getvalue()


def _words(page: Any) -> tuple[str, list[Place], bool]:
    """Return the letters of ``page``, the place of each, and whether these are all. A letter off the page is a gap."""
    letters, places = [], []
    text = page.get_textpage()
    count = text.count_chars()
    for at in range(min(count, MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        place = _place(page, text.get_charbox(at))
        seen = place[0] < 100 and place[1] < 100 and place[2] > 0 and place[3] > 0
        known = 0 < code < sys.maxunicode and not 0xD800 <= code < 0xE000
        letters.append(chr(code) if known and seen else " ")
        places.append(place)
    return "".join(letters), places, count <= MOST_CHARACTERS


def _place(page: Any, box: tuple[float, float, float, float]) -> Place:
    """Return left, top, right, bottom in hundredths of the page as people see it: turned, cut, from the upper left."""
    across, down = ctypes.c_int(), ctypes.c_int()
    found = []
    for x, y in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
        found.append((across.value / _HUNDREDTH, down.value / _HUNDREDTH))
    (left, right), (top, bottom) = (sorted(side) for side in zip(*found, strict=True))
    kept = (left, top, right, bottom)
    return kept if all(map(math.isfinite, kept)) else (0.0, 0.0, 0.0, 0.0)


def main() -> None:
    """Answer for standard input."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # what the file holds is not left behind on the disc
    told, picture = draw(sys.stdin.buffer.read(), int(sys.argv[1]))
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + picture)


if __name__ == "__main__":
    main()
