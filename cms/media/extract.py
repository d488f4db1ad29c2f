"""The words of one PDF or DOCX file, read in a process of its own that may fail, hang or die without harm.

Run as ``python -I extract.py`` with the file as standard input; the answer is one line of JSON: ``state`` (a value of
``FileTextState``), ``text``, ``pages``, ``partial``. It knows nothing of the project and opens no other file: a file is
whatever somebody sent. The caller bounds the time, this module bounds memory, processor time, pages and characters.
"""

import contextlib
import io
import json
import logging
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_CHARACTERS = 100_000
MOST_PAGES = 300
MEMORY = 768 * 1024 * 1024  # bytes of address space, the interpreter's own among them
PROCESSOR = 30  # seconds
_MOST_XML = 64 * 1024 * 1024  # bytes of one part of a DOCX file, unpacked
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_PARTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
_BREAKS = {f"{_WORD}p": "\n", f"{_WORD}tab": " ", f"{_WORD}br": " ", f"{_WORD}tc": " "}

Answer = dict[str, Any]


class TooBigError(Exception):
    """The file unpacks to more than anybody would read."""


def read(content: bytes) -> Answer:
    """Return what could be read of ``content``; what the file is, its first bytes say and not its name."""
    try:
        if b"%PDF-" in content[:1024]:
            return _pdf(content)
        if content[:4] == b"PK\x03\x04":
            return _docx(content)
    except TooBigError:
        return _answer("too_big")
    except (MemoryError, RecursionError):
        return _answer("too_hard")
    except Exception:  # noqa: BLE001  # whatever a broken file brings about: it is broken
        return _answer("broken")
    return _answer("other")


def _answer(state: str, text: str = "", pages: int | None = None, *, partial: bool = False) -> Answer:
    return {"state": state, "text": text, "pages": pages, "partial": partial}


def _told(parts: Iterator[str], pages: int | None = None, *, partial: bool = False) -> Answer:
    """Join ``parts`` up to the bound, letters only as JSON and both databases take them."""
    kept: list[str] = []
    size = 0
    for part in parts:
        kept.append(part)
        size += len(part)
        if size > MOST_CHARACTERS:
            partial = True
            break
    text = "".join(kept)[:MOST_CHARACTERS].encode("utf-8", "ignore").decode().replace("\x00", " ")
    if sum(map(str.isalnum, text[:4000])) < 10:
        return _answer("empty", pages=pages)
    return _answer("read", text, pages, partial=partial)


def _pdf(content: bytes) -> Answer:
    reader = PdfReader(io.BytesIO(content), strict=False)
    if reader.is_encrypted:
        try:
            opened = reader.decrypt("")
        except Exception:  # noqa: BLE001  # a cipher that is not at hand is a lock as well
            opened = 0
        if not opened:
            return _answer("locked")
    pages = len(reader.pages)
    return _told(_pdf_pages(reader, pages), pages, partial=pages > MOST_PAGES)


def _pdf_pages(reader: PdfReader, pages: int) -> Iterator[str]:
    failed = None
    told = False
    for number in range(min(pages, MOST_PAGES)):
        try:
            words = reader.pages[number].extract_text() or ""
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            failed = error
            continue
        told = told or bool(words.strip())
        yield words + "\n"
    if failed and not told:
        raise failed


def _docx(content: bytes) -> Answer:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
        if "EncryptedPackage" in names:
            return _answer("locked")
        if "word/document.xml" not in names:
            return _answer("other")
        return _told(_docx_words(package, [name for name in _DOCX_PARTS if name in names]))


def _docx_words(package: zipfile.ZipFile, names: list[str]) -> Iterator[str]:
    """Yield what a reader of the file sees: no deleted and no hidden words, no remarks in the margin."""
    for name in names:
        if package.getinfo(name).file_size > _MOST_XML:
            raise TooBigError
        with package.open(name) as part:
            # Neither entities nor addresses of a document type are followed.
            walk = etree.iterparse(part, events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
            for _event, element in walk:
                yield from _words_of(element)
                if element.tag in {f"{_WORD}p", f"{_WORD}tr"}:
                    element.clear()


def _words_of(element: Any) -> Iterator[str]:
    if element.tag == f"{_WORD}t":
        if element.text and not _is_hidden(element.getparent()):
            yield element.text
    elif element.tag in _BREAKS:
        yield _BREAKS[element.tag]


def _is_hidden(run: Any) -> bool:
    style = run.find(f"{_WORD}rPr") if run is not None else None
    hidden = style.find(f"{_WORD}vanish") if style is not None else None
    return hidden is not None and hidden.get(f"{_WORD}val") not in {"0", "false", "off"}


def main() -> None:
    """Answer for standard input."""
    logging.disable(logging.CRITICAL)  # what a broken file brings about is no news
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, PROCESSOR), (resource.RLIMIT_FSIZE, 0)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
