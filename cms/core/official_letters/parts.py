"""What stands in an official letter (Nghị định 30/2020/NĐ-CP, Điều 8), and nothing of how it looks."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from cms.core.models import AgencySettings
from cms.core.text import format_vietnamese_date

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END = "./."


@dataclass(frozen=True)
class Issuer:
    """The body that issues: its name, the body above it, its abbreviation in numbers, the place before dates."""

    name: str
    above: str = ""
    abbreviation: str = ""
    place: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words. A line break makes another paragraph. ``centred`` ones have no indent."""

    text: str
    bold: bool = False
    italic: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Section:
    """A heading within the text; it never stands alone at the foot of a page."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list: with dashes, or numbered from 1."""

    rows: tuple[str, ...]
    numbered: bool = False

    @property
    def lines(self) -> list[str]:
        return [f"{place}. {row}" if self.numbered else f"- {row}" for place, row in enumerate(self.rows, start=1)]


@dataclass(frozen=True)
class Table:
    """Rows of words below a head that stands on every page.

    Args:
        head: what the columns are.
        rows: as many cells each as the head has.
        shares: how wide the columns are, against each other; equal when there are none.
        numbers: which columns hold numbers, from 0.
        caption: what the table is of, in a line above it.

    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[float, ...] = ()
    numbers: frozenset[int] = frozenset()
    caption: str = ""

    @property
    def widths(self) -> tuple[float, ...]:
        """Share of the whole width of each column; together 1."""
        shares = self.shares or (1,) * len(self.head)
        return tuple(share / sum(shares) for share in shares)


Part = Paragraph | Section | Items | Table


@dataclass(frozen=True)
class Signature:
    """Who signs: in whose stead and as what, a line each (“KT. GIÁM ĐỐC”, “PHÓ GIÁM ĐỐC”), then the name."""

    titles: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True)
class OfficialLetter:
    """One letter.

    Args:
        issuer: who issues it.
        symbol: what follows the number, as ``KH-SGDĐT``; ``SGDĐT-TCCB`` in a công văn.
        number: the serial in this year's register; empty when the clerk is still to write it.
        dated: its day; None when the clerk is still to write it.
        title: the kind, as “Báo cáo”; a công văn has none, and its summary then stands as “V/v …” below the number.
        summary: what it is about.
        recipients: whom it addresses (“Kính gửi”).
        parts: what it says.
        signature: who signs.
        copies: who gets it (“Nơi nhận”); the last is where it is kept.

    """

    issuer: Issuer
    symbol: str
    parts: tuple[Part, ...]
    signature: Signature
    number: str = ""
    dated: date | None = None
    title: str = ""
    summary: str = ""
    recipients: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def number_line(self) -> str:
        """“Số: 03/KH-SGDĐT”: serials below 10 take a 0 (Phụ lục I, Mục II.3)."""
        number = f"{int(self.number):02d}" if self.number.isdecimal() else self.number
        return f"{_('Số')}: {number or '        '}/{self.symbol}"

    @property
    def date_line(self) -> str:
        """“Gia Lâm, ngày 10 tháng 3 năm 2022”."""
        day = format_vietnamese_date(self.dated, long=True) if self.dated else _("ngày ….. tháng ….. năm ……")
        return f"{self.issuer.place}, {day}" if self.issuer.place else day

    @property
    def subject(self) -> str:
        """The summary of a letter without a kind."""
        return f"V/v {self.summary}" if self.summary and not self.title else ""

    @property
    def told(self) -> tuple[Part, ...]:
        """The parts, the last words of which end with the mark that nothing follows."""
        *before, last = self.parts or (Paragraph(""),)
        if isinstance(last, Paragraph):
            return (*before, replace(last, text=_ended(last.text)))
        if isinstance(last, Items) and last.rows:
            return (*before, replace(last, rows=(*last.rows[:-1], _ended(last.rows[-1]))))
        return tuple(self.parts)

    @property
    def addressed(self) -> list[str]:
        """“Kính gửi: …” in one line for one recipient, in a line each for several."""
        heading = _("Kính gửi")
        if len(self.recipients) < 2:
            return [f"{heading}: {name}" for name in self.recipients]
        return [f"{heading}:", *punctuated(self.recipients)]

    @property
    def copy_lines(self) -> list[str]:
        return list(punctuated(self.copies))

    @property
    def name(self) -> str:
        """What the file says of itself."""
        return plain(" ".join(filter(None, [self.title, self.summary])) or self.number_line)


def punctuated(rows: tuple[str, ...]) -> Iterator[str]:
    """Yield rows as the form lists them: a dash before, a semicolon behind, a full stop behind the last."""
    for place, row in enumerate(rows, start=1):
        yield f"- {row.rstrip(';. ')}{'.' if place == len(rows) else ';'}"


def plain(text: str) -> str:
    """Return ``text`` as a file takes it: whole letters instead of letters with loose marks, no control character."""
    known = (each for each in unicodedata.normalize("NFC", text) if each == "\n" or unicodedata.category(each) != "Cc")
    return "".join(known).strip()


def issuer_now() -> Issuer:
    """Return the agency as its settings name it today."""
    agency = AgencySettings.load()
    return Issuer(name=agency.name, above=agency.parent_name, abbreviation=agency.abbreviation, place=agency.place)


def _ended(text: str) -> str:
    return f"{text.rstrip(' ./')}{END}"
