"""The small language of mails: paragraphs, places that fill themselves in, links. Nothing in it can be executed.

A place stands between { and }; ``[words]({place})`` is a link to a place that is an address. A line with a place that
has nothing to say this time is left out, so that nobody needs conditions; only a line that carries what the mail is
for stays, without what is empty. An empty line begins a paragraph.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.ports import Letter, Place
from cms.core.text import TextError, clean_line, clean_text

# A value is a text, or links that stand one a line, each as (words, address).
Value = str | Sequence[tuple[str, str]]

SIGNATURE = "signature"
OFFICE = (
    Place("agency", _lazy("tên cơ quan"), _lazy("Tên cơ quan, như ở “Thông tin cơ quan”."), _lazy("Sở Giáo dục mẫu")),
    Place("phone", _lazy("điện thoại cơ quan"), _lazy("Số của cơ quan."), "024 3000 0000", optional=True),
)
_SPOT = re.compile(r"\[(?P<words>[^\[\]{}\n]+)\]\(\{(?P<target>[^{}\n]*)\}\)|\{(?P<name>[^{}\n]*)\}")
_TAG = re.compile(r"<(?:/?[a-z]|!)[^<>\n]*>?", re.IGNORECASE)
_HALF_LINK = re.compile(r"\]\(")


@dataclass(frozen=True)
class Piece:
    """Some words of a line; with ``url`` they are a link."""

    words: str
    url: str = ""

    @property
    def plain(self) -> str:
        """As it stands in a mail without HTML."""
        return f"{self.words}: {self.url}" if self.url and self.words != self.url else self.words


Paragraphs = list[list[list[Piece]]]


@dataclass(frozen=True)
class Words:
    """Subject and body of a mail, with or without their places filled in."""

    subject: str
    body: str


def default_words(letter: Letter) -> Words:
    """Return what the mail says where nobody changed it."""
    body = render_to_string(letter.template, {"letter": letter.name})
    return Words(str(letter.subject), _tidy(body))


def places_of(letter: Letter) -> dict[str, Place]:
    """Return every place that the mail may use, by its name as people write it."""
    return {_folded(str(place.name)): place for place in (*letter.places, *OFFICE)}


def sample_values(letter: Letter, *, sparse: bool = False) -> dict[str, Value]:
    """Return something for every place, for a preview; ``sparse`` leaves out those that may have nothing to say."""
    places = places_of(letter).values()
    return {place.key: str(place.sample) for place in places if not (sparse and place.optional)}


def cleaned(letter: Letter, words: Words) -> tuple[Words, dict[str, str]]:
    """Return the words with stray characters gone, and one sentence for each part that cannot be used as it stands."""
    errors: dict[str, str] = {}
    parts: dict[str, str] = {}
    for name, clean, typed in (("subject", clean_line, words.subject), ("body", clean_text, words.body)):
        try:
            parts[name] = clean(typed)
        except TextError as error:
            parts[name], errors[name] = typed, str(error)
    result = Words(**parts)
    for name, problem in (("subject", subject_problem(letter, result.subject)), ("body", body_problem(letter, result))):
        if problem:
            errors.setdefault(name, problem)
    return result, errors


def subject_problem(letter: Letter, subject: str) -> str:
    """Say what is wrong with a subject; empty when nothing is."""
    if problem := _markup_problem(letter, subject):
        return problem
    known = places_of(letter)
    for name in _names(subject):
        place = known[name]
        if place.private:
            message = _(
                "Tiêu đề thư hiện cả trên màn hình khóa, nên không được có “{%(name)s}”. Hãy đưa xuống nội dung."
            )
            return message % {"name": place.name}
        if place.link:
            return _("Tiêu đề thư không chứa địa chỉ trang. Hãy đưa “{%(name)s}” xuống nội dung.") % {
                "name": place.name
            }
    return "" if subject.strip() else _("Hãy ghi tiêu đề thư.")


def body_problem(letter: Letter, words: Words) -> str:
    """Say what is wrong with a body; empty when nothing is."""
    if problem := _markup_problem(letter, words.body):
        return problem
    there = set(_names(words.body))
    for name, place in places_of(letter).items():
        if place.needed and name not in there:
            message = _("Thiếu “{%(name)s}”. Không có chỗ này thì người nhận không dùng được thư.")
            return message % {"name": place.name}
    return "" if words.body.strip() else _("Hãy ghi nội dung thư.")


def filled_line(letter: Letter, text: str, values: Mapping[str, Value]) -> str:
    """Return one line, such as a subject, with its places filled in; one with nothing to say leaves nothing."""
    known = places_of(letter)
    given = {place.key: values.get(place.key) or " " for place in known.values()}
    return " ".join("".join(piece.plain for piece in _pieces(known, text, given) or ()).split())


def filled(letter: Letter, text: str, values: Mapping[str, Value]) -> Paragraphs:
    """Return a text as paragraphs of lines with its places filled in; lines with nothing to say are left out."""
    known = places_of(letter)
    lines: list[list[Piece]] = []
    for line in text.splitlines():
        pieces = _pieces(known, line, values)
        if pieces is not None:
            lines += _broken_up(pieces)
    return _paragraphs(lines)


def plain(paragraphs: Paragraphs) -> str:
    """Return paragraphs as a mail without HTML says them."""
    return "\n\n".join("\n".join(map(_plain_line, lines)) for lines in paragraphs)


def _plain_line(line: Iterable[Piece]) -> str:
    return "".join(piece.plain for piece in line).rstrip()


def _names(text: str) -> list[str]:
    return [_folded(spot["target"] or spot["name"] or "") for spot in _SPOT.finditer(text)]


def _markup_problem(letter: Letter, text: str) -> str:
    """Say what of ``text`` is not of this language."""
    known = places_of(letter)
    if tag := _TAG.search(text):
        return _("Không dùng thẻ HTML như “%(tag)s”. Chỉ viết chữ; để trống một dòng là sang đoạn mới.") % {
            "tag": tag[0][:40]
        }
    for spot in _SPOT.finditer(text):
        name = spot["target"] if spot["target"] is not None else spot["name"]
        place = known.get(_folded(name))
        if place is None:
            message = _("Không có chỗ tự điền nào tên là “%(name)s”. Chỉ dùng được: %(known)s.")
            return message % {"name": name.strip()[:60], "known": _listed(known.values())}
        if spot["target"] is not None and not place.link:
            return _link_problem(known)
    rest = _SPOT.sub(" ", text)
    if set("{}") & set(rest):
        message = _("Có dấu { hoặc } lẻ. Tên chỗ tự điền viết trọn giữa hai dấu ấy: %(known)s.")
        return message % {"known": _listed(known.values())}
    return _link_problem(known) if _HALF_LINK.search(rest) else ""


def _link_problem(known: Mapping[str, Place]) -> str:
    links = [place for place in known.values() if place.link]
    if not links:
        return _("Thư này không có chỗ tự điền nào là địa chỉ trang, nên không có liên kết.")
    message = _(
        "Liên kết chỉ dẫn tới chỗ tự điền là địa chỉ trang, viết [chữ]({tên chỗ}); trong [chữ] không có chỗ tự điền. "
        "Dùng được: %(known)s."
    )
    return message % {"known": _listed(links)}


def _listed(places: Iterable[Place]) -> str:
    return ", ".join(f"{{{place.name}}}" for place in places)


def _folded(typed: str) -> str:
    """Return the name as it is listed: case, composition and spaces do not matter."""
    return " ".join(unicodedata.normalize("NFC", typed).casefold().split())


def _pieces(known: Mapping[str, Place], line: str, values: Mapping[str, Value]) -> list[Piece] | None:
    """Return a line in pieces; None when a place has nothing to say and no other is what the mail is for."""
    spots = [(spot, known[_folded(spot["target"] or spot["name"] or "")]) for spot in _SPOT.finditer(line)]
    told = [place for _spot, place in spots if values.get(place.key)]
    if len(told) < len(spots) and not any(place.needed for place in told):
        return None
    pieces: list[Piece] = []
    end = 0
    for spot, place in spots:
        value = values.get(place.key)
        pieces.append(Piece(line[end : spot.start()]))
        end = spot.end()
        if not value:
            continue
        if not isinstance(value, str):
            for words, url in value:
                pieces += [Piece("\n"), Piece(words, url)]
        elif place.link:
            pieces.append(Piece(spot["words"] or value, value))
        else:
            pieces.append(Piece(value))
    return [*pieces, Piece(line[end:])]


def _broken_up(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Return pieces as lines: a value may have several."""
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.url:
            lines[-1].append(piece)
            continue
        first, *more = piece.words.split("\n")
        for number, words in enumerate((first, *more)):
            if number:
                lines.append([])
            if words:
                lines[-1].append(Piece(words))
    return lines


def _paragraphs(lines: Iterable[list[Piece]]) -> Paragraphs:
    paragraphs: Paragraphs = [[]]
    for line in lines:
        if any(piece.words.strip() for piece in line):
            paragraphs[-1].append(line)
        elif paragraphs[-1]:
            paragraphs.append([])
    return [lines for lines in paragraphs if lines]


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.strip().splitlines()))
