"""Is the sender still to be recognised in a text that is meant for the public? And: mask it.

Works from the sender's own data, folded, so that other marks, case, spaces and separators do not hide it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.text import fold, mark_matches
from feedback.enums import NameShown

_BETWEEN_DIGITS = r"[\s.,\-–—_()/]*"
_SALUTATIONS = "ông|bà|anh|chị|cô|chú|bác|dì|cậu|mợ|thím|thầy|em|cháu|bạn|phụ huynh"
_AT = re.compile(r"\s*(?:@|\(at\)|\[at\]|\ba còng\b)\s*", re.I)


@dataclass(frozen=True)
class Trace:
    """One thing by which a sender is known, and how to take it out of a text."""

    label: Any
    mask: Callable[[str], str]


def leak_errors(sender: Any, texts: Mapping[str, str]) -> dict[str, str]:
    """Return, by field, a Vietnamese sentence for each text in which ``sender`` can be recognised.

    ``sender`` is a row with name, phone, email, address, name_shown; None (erased) is never found.
    """
    errors = {}
    for field, text in texts.items():
        found = [str(trace.label) for trace in _traces(sender) if trace.mask(text) != text]
        if found:
            message = _("Còn lộ %(what)s của người gửi. Hãy thay bằng […] trước khi lưu.")
            errors[field] = str(message) % {"what": ", ".join(dict.fromkeys(found))}
    return errors


def without_traces(sender: Any, text: str) -> str:
    """Return ``text`` with everything replaced by which ``sender`` is known."""
    for trace in _traces(sender):
        text = trace.mask(text)
    return text


def _traces(sender: Any) -> Iterator[Trace]:
    if sender is None:
        return
    if sender.email:
        yield Trace(_("thư điện tử"), lambda text: _mask_email(text, sender.email))
    if len(core := _national(sender.phone_digits)) >= 6:
        yield Trace(_("số điện thoại"), lambda text: _mask_number(text, core))
    for part in _address_parts(sender.address):
        yield Trace(_("địa chỉ"), lambda text, part=part: _mask_phrase(text, part, "[đã che địa chỉ]"))
    if sender.name and sender.name_shown != NameShown.FULL:
        yield Trace(_("tên"), lambda text: _mask_name(text, sender.name))


def _national(digits: str) -> str:
    """Return a phone number without country code and trunk zero: the part that is the same in every spelling."""
    return digits.removeprefix("00").removeprefix("84").lstrip("0")


def _mask_number(text: str, core: str) -> str:
    pattern = rf"(?:(?:\+|00)?84{_BETWEEN_DIGITS})?(?:\(?0\)?{_BETWEEN_DIGITS})?" + _BETWEEN_DIGITS.join(core)
    plain = "".join(_plain_digit(letter) for letter in text)
    return _replace_spans(text, [found.span() for found in re.finditer(pattern, plain)], "[đã che số điện thoại]")


def _plain_digit(letter: str) -> str:
    """Return full-width and foreign digits as 0–9; everything else keeps its place."""
    digit = unicodedata.digit(letter, None)
    return letter if digit is None else str(digit)


def _mask_email(text: str, email: str) -> str:
    local, _sign, domain = email.partition("@")
    pattern = rf"{re.escape(local)}{_AT.pattern}{re.escape(domain)}"
    return re.sub(pattern, "[đã che thư điện tử]", text, flags=re.I)


def _mask_name(text: str, name: str) -> str:
    words = name.split()
    if len(words) > 1:
        text = _mask_phrase(text, name, "[đã che tên]")
    given = re.escape(words[-1])
    called = rf"\b((?i:{_SALUTATIONS}))(\s+)({given}|{re.escape(words[-1].upper())})\b"
    text = re.sub(called, r"\1\2[…]", text)
    return text if len(words) > 1 else re.sub(rf"\b{given}\b", "[đã che tên]", text)


def _address_parts(address: str) -> Iterator[str]:
    """Yield the address and those parts of it that lead to a door: at least three words, a number among them."""
    if len(address.split()) > 1:
        yield address
    for part in address.split(","):
        if len(part.split()) > 2 and any(letter.isdigit() for letter in part):
            yield part


def _mask_phrase(text: str, phrase: str, instead: str) -> str:
    wanted = fold(phrase)
    pieces = mark_matches(text, phrase)
    return "".join(instead if matched and fold(piece) == wanted else piece for piece, matched in pieces)


def _replace_spans(text: str, spans: list[tuple[int, int]], instead: str) -> str:
    for start, end in reversed(spans):
        text = text[:start] + instead + text[end:]
    return text
