"""The documents that a preamble quotes: “Thực hiện Kế hoạch số 76/KH-UBND ngày 03/3/2022 của … về …;”."""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from cms.core.models import number_as_printed
from cms.core.text import TextError, parse_document_number, parse_vietnamese_date
from cms.plans.services import BasisDraft

_MOST_WORDS = 500
_DATE = r"(?:ngày\s+)?\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
_QUOTED = re.compile(
    rf"(?:số\s*:?\s*)?(?P<number>\d{{1,6}}[a-z]?\s*/\s*(?:\d{{4}}\s*/\s*)?[^\W\d_][^\s,;()]*)\s*,?\s*(?P<day>{_DATE})?",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"^\s*,?\s*của\s+(?P<issuer>.+?)(?=\s+(?:về|v/v|quy định|ban hành|phê duyệt|hướng dẫn|công bố|sửa đổi)\b|[;.,]|$)",
    re.IGNORECASE,
)
# Between two documents stands the kind of the second: “… ngày 1/2/2022, Quyết định số …”.
_NEXT_KIND = re.compile(r"(?:^|[\s,]+(?:và\s+)?)[A-ZĐ]\w+(?:\s\w+){0,2}\s*$")
_ABOUT = re.compile(r"^\s*,?\s*(?:về\s+việc|v/v|về)?\s*", re.IGNORECASE)
_RESTS_ON = re.compile(r"^(?:-\s*)?(?:căn cứ|thực hiện|theo|tiếp tục thực hiện)\s+", re.IGNORECASE)


def quoted_documents(paragraphs: Iterable[str]) -> list[BasisDraft]:
    """Return every document that the lines of a preamble rest on, in order, each once."""
    found: dict[tuple[str, object, str], BasisDraft] = {}
    for paragraph in paragraphs:
        for basis in _in_line(paragraph):
            found.setdefault((basis.number, basis.issued_on, "" if basis.number else basis.abstract), basis)
    return list(found.values())


def _in_line(paragraph: str) -> Iterator[BasisDraft]:
    hits = [hit for hit in _QUOTED.finditer(paragraph) if parse_document_number(hit["number"]).serial is not None]
    for hit, following in zip_longest(hits, hits[1:]):
        end = following.start() if following else len(paragraph)
        yield _basis(hit, paragraph[hit.end() : end], follows=following is not None)
    if not hits and paragraph.lower().startswith("căn cứ "):
        # A law by its name alone still says on what the plan rests.
        words = _RESTS_ON.sub("", paragraph).rstrip(" ;.")
        yield BasisDraft("", None, "", words[:_MOST_WORDS])


def _basis(hit: re.Match[str], rest: str, *, follows: bool) -> BasisDraft:
    issuer = _ISSUER.match(rest)
    about = rest[issuer.end() :] if issuer else rest
    words = _ABOUT.sub("", about).split(";")[0].rstrip(" .,")
    if follows:
        words = _NEXT_KIND.sub("", words).rstrip(" .,")
    try:
        day = parse_vietnamese_date(hit["day"]) if hit["day"] else None
    except TextError:
        day = None
    return BasisDraft(
        number=number_as_printed(hit["number"])[0],
        issued_on=day,
        issuer_name=issuer["issuer"].strip()[:200] if issuer else "",
        abstract=(words[:1].upper() + words[1:])[:_MOST_WORDS],
    )
