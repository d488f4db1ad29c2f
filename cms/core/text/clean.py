"""The text rules of the house: what is refused, what is dropped, what is kept (one function for every entry point)."""

import unicodedata
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from .characters import (
    INVISIBLE,
    LINE_BREAK,
    NON_CHARACTER,
    REFUSED_CONTROL,
    SPACE,
    STRAY_JOINER,
    STRAY_PICTURE_SELECTOR,
    SURROGATE,
)
from .errors import TextError

MAX_MARKS = 8


def clean_line(value: str | None) -> str:
    """Return ``value`` as one line fit to be stored: the rules of ``clean_text``, white space collapsed to one space.

    Raises TextError as ``clean_text`` does.
    """
    return " ".join(clean_text(value).split())


def clean_text(value: str | None) -> str:
    """Return ``value`` fit to be stored: NFC, only line feeds, plain spaces, nothing invisible, trimmed.

    None is empty. HTML is text and stays; joiners inside emoji stay. Raises TextError, with a sentence for the
    person who typed it, on control characters, lone surrogates, non-characters and letters under a heap of marks.
    """
    text = value or ""
    if text.isascii() and text.isprintable():
        return text.strip()
    _refuse_unstorable(text)
    text = SPACE.sub(" ", LINE_BREAK.sub("\n", text))
    text = drop_invisible(text)
    _refuse_heaps_of_marks(text)
    return unicodedata.normalize("NFC", text).strip()


def drop_invisible(text: str) -> str:
    """Drop what cannot be seen: zero-width, bidi, tag and filler characters; what builds an emoji stays."""
    text = INVISIBLE.sub("", text)
    text = STRAY_PICTURE_SELECTOR.sub("", text)
    return STRAY_JOINER.sub("", text)


def _refuse_unstorable(text: str) -> None:
    if found := REFUSED_CONTROL.search(text):
        message = _("Có ký tự điều khiển không đọc được (mã %(code)s). Hãy xóa ký tự đó hoặc gõ lại đoạn này.")
        raise TextError(message % {"code": f"U+{ord(found[0]):04X}"})
    if SURROGATE.search(text) or NON_CHARACTER.search(text):
        raise TextError(_("Có ký tự bị hỏng khi sao chép. Hãy gõ lại đoạn này bằng bảng mã Unicode."))


def _refuse_heaps_of_marks(text: str) -> None:
    if text.isascii():
        return
    decomposed = unicodedata.normalize("NFD", text)
    runs = groupby(decomposed, key=lambda character: unicodedata.category(character)[0] == "M")
    if any(is_mark and sum(1 for _mark in run) > MAX_MARKS for is_mark, run in runs):
        raise TextError(_("Có chữ mang quá nhiều dấu chồng lên nhau. Hãy gõ lại chữ đó."))
