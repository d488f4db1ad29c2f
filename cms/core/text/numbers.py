"""Reading the numbers of documents (số, ký hiệu): ``21/KH-GD&ĐT``, ``03/SGDĐT-TCCB``, ``61/2018/NĐ-CP``."""

import re
import unicodedata
from dataclasses import dataclass

from .characters import FALSE_D, HYPHENS
from .clean import clean_line
from .document_types import DOCUMENT_TYPES, QUOTED_TYPES
from .folding import fold

_LETTERS = "A-Za-z" + "".join(
    unicodedata.normalize("NFC", vowel + shape + tone)
    for vowel in "aeiouyAEIOUY"
    for shape in ("", "\u0302", "\u0306", "\u031b")
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    if len(unicodedata.normalize("NFC", vowel + shape + tone)) == 1
)
_PART = f"[{_LETTERS}đĐ0-9&]+"
_TIDY = str.maketrans(dict.fromkeys(HYPHENS, "-") | FALSE_D)
_LABEL = re.compile(r"^số(?:(?:,| và|/)? ?ký hiệu)?\s*:?\s*(?=[/0-9])", re.IGNORECASE)
_DATE_AFTER = re.compile(r"[ ,]+ngày\b.*$", re.IGNORECASE)
_AROUND_MARK = re.compile(r"\s*([-/&])\s*")
_SERIAL = rf"(?P<serial>[0-9]{{1,7}})(?P<suffix>[{_LETTERS}]{{0,2}})"
_SYMBOL = rf"(?P<symbol>{_PART}(?:[-/ ]{_PART})*)"
_NUMBER = re.compile(rf"{_SERIAL}(?P<mark>[/ -])(?:(?P<year>(?:19|20)[0-9]{{2}})/)?{_SYMBOL}")
_UNNUMBERED = re.compile(rf"/{_SYMBOL}")
_BETWEEN_PARTS = re.compile("[-/ ]")

_BY_EXACT = {kind.abbreviation.casefold(): kind.abbreviation for kind in (*DOCUMENT_TYPES, *QUOTED_TYPES)}
# Without marks QD can only be QĐ, while HD stays hướng dẫn: the exact table is asked first.
_BY_FOLDED = {fold(abbreviation): abbreviation for abbreviation in reversed(_BY_EXACT.values()) if abbreviation}


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A number taken apart. ``type_abbreviation`` is empty for a letter (công văn); ``year`` is that of laws."""

    serial: int | None
    serial_text: str
    type_abbreviation: str
    issuer: str
    canonical: str
    match_key: str
    year: int | None = None

    def __str__(self) -> str:
        return self.canonical


def parse_document_number(raw: str) -> DocumentNumber:
    """Read a number as it is printed, typed or pasted; ``canonical`` is how the house writes it.

    ``match_key`` is equal for spellings of one number (21/KH-GDĐT, 21/kh-gd&dt, 21 KH GD-ĐT). Serials below 10
    take a leading 0 (Decree 30/2020/NĐ-CP). What is no number comes back cleaned, without parts. Raises only the
    TextError of ``clean_line``.
    """
    cleaned = clean_line(raw)
    text = _AROUND_MARK.sub(r"\1", _LABEL.sub("", cleaned.translate(_TIDY)))
    text = _DATE_AFTER.sub("", text).rstrip(".,;: ")
    # "Số: / 21 KH-GD&ĐT": the slash of the form was printed before the serial.
    text = re.sub(r"^/(?=[0-9])", "", text)
    return _numbered(text) or _unnumbered(text) or _unread(cleaned)


def _numbered(text: str) -> DocumentNumber | None:
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    abbreviation, issuer = _split_symbol(found["symbol"])
    if not issuer or not _plausible(found["mark"], found["symbol"], abbreviation):
        return None
    serial = int(found["serial"])
    serial_text = f"{serial:02d}{found['suffix'].lower()}"
    year = f"{found['year']}/" if found["year"] else ""
    party_form = found["mark"] == "-"
    symbol = (f"{abbreviation}{'/' if party_form else '-'}" if abbreviation else "") + issuer
    return DocumentNumber(
        serial=serial,
        serial_text=serial_text,
        type_abbreviation=abbreviation,
        issuer=issuer,
        canonical=f"{serial_text}{'-' if party_form else '/'}{year}{symbol}",
        match_key=f"{serial}{fold(found['suffix'])}/{year}{_letters_only(abbreviation + issuer)}",
        year=int(found["year"]) if found["year"] else None,
    )


def _unnumbered(text: str) -> DocumentNumber | None:
    """A draft whose serial is still to come: ``Số: /KH-GD&ĐT``."""
    found = _UNNUMBERED.fullmatch(text)
    abbreviation, issuer = _split_symbol(found["symbol"]) if found else ("", "")
    if not abbreviation or not issuer:
        return None
    key = f"/{_letters_only(abbreviation + issuer)}"
    return DocumentNumber(None, "", abbreviation, issuer, f"/{abbreviation}-{issuer}", key)


def _unread(cleaned: str) -> DocumentNumber:
    return DocumentNumber(None, "", "", "", cleaned, _letters_only(cleaned))


def _plausible(mark: str, symbol: str, abbreviation: str) -> bool:
    """Keep dates (10/3/2022), years (2021/2022) and plain words from being read as numbers."""
    if mark == "-":
        return bool(abbreviation) and "/" in symbol
    if symbol[0] in "0123456789&":
        return False
    if abbreviation:
        return True
    return symbol.upper() == symbol and "-" in symbol if mark == " " or " " in symbol else True


def _split_symbol(symbol: str) -> tuple[str, str]:
    parts = _BETWEEN_PARTS.split(symbol)
    abbreviation = _abbreviation(parts[0])
    if abbreviation:
        parts = parts[1:]
    # Lower case is haste ("kh-gdđt"); mixed case is a name of its own (TTg).
    return abbreviation, "-".join(part.upper() if part.islower() else part for part in parts)


def _abbreviation(part: str) -> str:
    return _BY_EXACT.get(part.casefold()) or _BY_FOLDED.get(fold(part), "")


def _letters_only(text: str) -> str:
    return "".join(character for character in fold(text) if character.isalnum())
