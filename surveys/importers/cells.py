"""What stands in the cells of such files: an answer, a channel, a quarter, a number."""

import re
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.core.text import fold, slug
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Question
from surveys.services.plan import Answer

_CHANNELS: dict[ChannelKind, tuple[str, ...]] = {
    ChannelKind.INVITATION: ("invitation", "lien ket moi", "thu moi", "loi moi"),
    ChannelKind.WEB: ("web", "truc tuyen", "tren mang", "qua mang", "cong", "cong thong tin", "online", "lien ket mo"),
    ChannelKind.QR: ("qr", "ma qr", "quet ma", "quet ma qr"),
    ChannelKind.KIOSK: ("kiosk", "may tai quay", "may dat tai quay", "may o quay"),
    ChannelKind.PAPER: ("paper", "giay", "phieu giay", "truc tiep", "tai quay", "mot cua", "phat phieu"),
    ChannelKind.PHONE: ("phone", "dien thoai", "goi dien", "goi dien hoi"),
}
_KINDS = {name: kind for kind, names in _CHANNELS.items() for name in names}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_QUARTERS = (
    re.compile(r"(?P<year>20[0-9]{2})[-/ ]*q(?:uy)? ?(?P<quarter>[1-4]|iv|i{1,3})"),
    re.compile(r"(?:q(?:uy)?)?[ .]*(?P<quarter>[1-4]|iv|i{1,3})[-/ ]*(?:nam)? ?(?P<year>20[0-9]{2})"),
)
_YES = frozenset({"1", "x", "co", "dong y", "true", "yes"})


def channel_of(text: str) -> tuple[ChannelKind, str, str]:
    """Return by which way a response came, the code of its group, and what people call it.

    An office has its own channels (“Bưu chính”): they are groups of their own, of responses on paper. Nothing is paper.
    """
    words = " ".join(text.split())
    key = " ".join(re.sub(r"[^a-z0-9]+", " ", fold(words)).split())
    kind = _KINDS.get(key)
    if kind is not None:
        return kind, kind.value, words
    if not key:
        return ChannelKind.PAPER, ChannelKind.PAPER.value, str(ChannelKind.PAPER.label)
    return ChannelKind.PAPER, slug(words, 40), words


def quarter_of(text: str) -> date:
    """Return the first day of a quarter: 2026-Q1, Q1/2026, Quý I/2026. Raises ValidationError in words."""
    key = " ".join(fold(text).split())
    for pattern in _QUARTERS:
        if match := pattern.fullmatch(key):
            quarter = match["quarter"]
            number = _ROMAN.get(quarter) or int(quarter)
            return date(int(match["year"]), 3 * number - 2, 1)
    raise ValidationError(_("Quý không đọc được; viết như 2026-Q1 hoặc Quý I/2026."))


def whole_number(text: str) -> int:
    """Return a count as offices write it: 1200, 1.200, 1 200. Raises ValidationError in words."""
    digits = re.sub(r"[\s. ]", "", text.strip())
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise ValidationError(_("Số giao dịch phải là số nguyên, không âm."))
    return int(digits)


def answer_of(question: Question, text: str) -> Answer:
    """Return what a cell says in the codes of ``question``; what cannot be read stays as it is, to be refused."""
    words = text.strip()
    if not words:
        return ""
    if question.kind == QuestionKind.SOME_OF:
        return [_code(question, part) for part in re.split(r"[;\n|]", words) if part.strip()]
    if question.kind == QuestionKind.RANKING:
        parts = [part for part in re.split(r"[>;\n|]", words) if part.strip()]
        return [f"{place}.{_code(question, part)}" for place, part in enumerate(parts, start=1)]
    if question.kind == QuestionKind.CONSENT:
        return "1" if fold(words) in _YES else ""
    return _code(question, words) if question.options else words


def _code(question: Question, words: str) -> str:
    """Return the code of a choice given as its code, its words, a level with a word behind it, or 4.0."""
    options: list[tuple[str, Any]] = question.options
    spoken = fold(" ".join(words.split()))
    for code, label in options:
        if spoken in {code, fold(str(label))}:
            return code
    level = re.fullmatch(r"([0-9]{1,2})(?:\.0+)?(?:\s*[-–.:].*)?", words.strip())
    return level[1] if level else words.strip()
