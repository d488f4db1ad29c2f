"""A plan laid out by Decree 30/2020/NĐ-CP: head, title, preamble, parts, recipients and signature, annex."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from cms.core.text import TextError, fold, parse_document_number, parse_vietnamese_date
from cms.plans.enums import PlanKind

from .story import grid_lines, heading_size, join_broken_lines
from .word import Grid, Line

_KINDS = {fold(str(kind.label)): kind for kind in PlanKind}
_NUMBER_LABEL = re.compile(r"^\s*số\s*:", re.IGNORECASE)
_DAY_IN_LINE = re.compile(
    r"ngày\s*\d{1,2}\s*(?:tháng|/)\s*\d{1,2}\s*(?:năm|/)\s*\d{4}|\d{1,2}\s*/\s*\d{1,2}\s*/\s*\d{4}", re.IGNORECASE
)
_RULE = re.compile(r"^[\s_\-–—*.…]+$")
_MOTTO = ("cong hoa xa hoi", "doc lap - tu do", "doc lap tu do")
_PREAMBLE = re.compile(r"^(?:-\s*)?(?:căn cứ|thực hiện|để|nhằm|theo|tiếp tục|xét|trên cơ sở)\b", re.IGNORECASE)
_RECIPIENTS = re.compile(r"^nơi nhận\b\s*:?\s*", re.IGNORECASE)
_ENCLOSED = re.compile(r"\(\s*(?:ban hành )?kèm theo", re.IGNORECASE)
_ENCLOSED_NUMBER = re.compile(r"số\s*:?\s*(?P<number>\d[^()]*?)\s*,?\s*ngày", re.IGNORECASE)
_ISSUER_AFTER = re.compile(r"\bcủa\s+(?P<issuer>[^()]+?)\s*\)", re.IGNORECASE)
_SIGNED = re.compile(r"^\(?\s*(?:đã ký|ký tên|ký, đóng dấu|chữ ký)", re.IGNORECASE)
_DASH = re.compile(r"^[-–—+*•]\s*")
_MOST_TITLE_LINES = 5
_LONGEST_NAME = 60


@dataclass
class PlanParts:
    """What stands where, still in the words of the file."""

    kind: PlanKind | None = None
    number: str = ""
    enclosed_number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    title: str = ""
    preamble: list[str] = field(default_factory=list)
    body: list[Line | Grid] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    signer_titles: list[str] = field(default_factory=list)
    signer: str = ""
    annex: list[Line | Grid] = field(default_factory=list)


def take_apart(parts: list[Line | Grid]) -> PlanParts:
    """Find the parts of a plan. What is not found stays empty; the caller says which of it is missing."""
    plan = PlanParts()
    lines = list(_flat(parts))
    start = next((place for place, (line, _grid) in enumerate(lines) if _kind(line)), None)
    if start is None:
        _read_head(plan, [line for line, _grid in lines[:30]])
        return plan
    plan.kind = _kind(lines[start][0])
    _read_head(plan, [line for line, _grid in lines[:start]])
    rest = _after(parts, lines, start)
    rest = _read_title(plan, rest)
    rest = _read_body(plan, rest)
    plan.annex = _read_closing(plan, rest)
    _read_enclosure(plan)
    plan.body = _joined(plan.body)
    plan.preamble = _preamble(plan.body)
    return plan


def _flat(parts: list[Line | Grid]) -> Iterator[tuple[Line, int]]:
    """Yield each line with the place of the part that holds it."""
    for place, part in enumerate(parts):
        for line in [part] if isinstance(part, Line) else grid_lines(part):
            yield line, place


def _kind(line: Line) -> PlanKind | None:
    return _KINDS.get(fold(line.text)) if line.text.upper() == line.text else None


def _after(parts: list[Line | Grid], lines: list[tuple[Line, int]], start: int) -> list[Line | Grid]:
    """Return what follows the name of the kind, the rest of its own table included."""
    place = lines[start][1]
    same_part = [line for line, where in lines[start + 1 :] if where == place]
    return [*same_part, *parts[place + 1 :]]


def _read_head(plan: PlanParts, lines: list[Line]) -> None:
    names: list[Line] = []
    for line in lines:
        text = line.text
        if not plan.number and _is_number(text):
            plan.number = text
        elif plan.issued_on is None and _day_in(text):
            plan.issued_on = _day_in(text)
        elif not plan.number and not _RULE.match(text) and not fold(text).startswith(_MOTTO):
            names.append(line)
    plan.issuer = _issuer(names)


def _is_number(text: str) -> bool:
    parsed = parse_document_number(text)
    return bool(_NUMBER_LABEL.match(text)) or (parsed.serial is not None and bool(parsed.type_abbreviation))


def _day_in(text: str) -> date | None:
    found = _DAY_IN_LINE.search(text)
    try:
        return parse_vietnamese_date(re.sub(r"(?i)^ngày(?=\d)", "ngày ", found[0])) if found else None
    except TextError:
        return None


def _issuer(names: list[Line]) -> str:
    """Of the lines above the number the issuer's is the bold one, or the last; the parent stands above it."""
    bold = [line.text for line in names if line.bold]
    own = bold if bold and len(bold) < len(names) else [line.text for line in names[-1:]]
    if own and own[0].upper().startswith("VÀ ") and len(names) > 1:
        own = [line.text for line in names[-2:]]
    return " ".join(own)


def _read_title(plan: PlanParts, rest: list[Line | Grid]) -> list[Line | Grid]:
    taken = 0
    words: list[str] = []
    for part in rest[: _MOST_TITLE_LINES * 2]:
        if not isinstance(part, Line) or len(words) >= _MOST_TITLE_LINES:
            break
        if words and (_PREAMBLE.match(part.text) or heading_size(part)):
            break
        taken += 1
        if not _RULE.match(part.text):
            words.append(part.text)
        if words and words[-1].endswith((".", ";")):
            break
    plan.title = " ".join(words)
    return rest[taken:]


def _read_body(plan: PlanParts, rest: list[Line | Grid]) -> list[Line | Grid]:
    for place, part in enumerate(rest):
        lines = [part] if isinstance(part, Line) else grid_lines(part)
        if any(_RECIPIENTS.match(line.text) for line in lines):
            return rest[place:]
        if isinstance(part, Line) and _RULE.match(part.text):
            continue
        plan.body.append(part)
    return []


def _read_closing(plan: PlanParts, rest: list[Line | Grid]) -> list[Line | Grid]:
    """Read recipients and signature, in one table or below each other; return what follows them."""
    if not rest:
        return []
    if isinstance(rest[0], Line):
        return _read_plain_closing(plan, rest)
    for row in rest[0]:
        for cell in {id(cell.identity): cell for cell in row}.values():
            if any(_RECIPIENTS.match(line.text) for line in cell.lines):
                _read_recipients(plan, cell.lines)
            else:
                _read_signature(plan, cell.lines)
    return rest[1:]


def _read_plain_closing(plan: PlanParts, rest: list[Line | Grid]) -> list[Line | Grid]:
    place = 1
    first = _RECIPIENTS.sub("", rest[0].text) if isinstance(rest[0], Line) else ""
    if first:
        plan.recipients.append(_DASH.sub("", first))
    while place < len(rest) and _is_recipient(rest[place]):
        _read_recipients(plan, [rest[place]])
        place += 1
    while place < len(rest) and isinstance(rest[place], Line) and not plan.signer:
        line = rest[place]
        if _ENCLOSED.search(line.text) or len(line.text) > _LONGEST_NAME * 2:
            break
        _read_signature(plan, [line])
        place += 1
    return rest[place:]


def _is_recipient(part: Line | Grid) -> bool:
    return isinstance(part, Line) and (part.listed or bool(_DASH.match(part.text)))


def _read_recipients(plan: PlanParts, lines: Iterable[Line]) -> None:
    for line in lines:
        words = _DASH.sub("", _RECIPIENTS.sub("", line.text)).strip().rstrip(";.,")
        if words:
            plan.recipients.append(words)


def _read_signature(plan: PlanParts, lines: Iterable[Line]) -> None:
    for line in lines:
        text = line.text
        if _SIGNED.match(text) or _RULE.match(text) or plan.signer:
            continue
        if text.upper() == text:
            plan.signer_titles.append(text)
        elif len(text) <= _LONGEST_NAME and not any(character.isdigit() for character in text):
            plan.signer = text


def _read_enclosure(plan: PlanParts) -> None:
    """The annex repeats number, day and issuer; they fill what the head left open and spell the issuer's name."""
    for part in [*plan.annex, *plan.body]:
        for line in [part] if isinstance(part, Line) else ():
            if _ENCLOSED.search(line.text):
                found = _ENCLOSED_NUMBER.search(line.text)
                plan.enclosed_number = found["number"] if found else plan.enclosed_number
                plan.issued_on = plan.issued_on or _day_in(line.text)
                issuer = _ISSUER_AFTER.search(line.text)
                # “Phòng Giáo dục và Đào tạo huyện …” says more than the head does.
                if issuer and fold(issuer["issuer"]).startswith(fold(plan.issuer)):
                    plan.issuer = issuer["issuer"][:200]


def _joined(body: list[Line | Grid]) -> list[Line | Grid]:
    joined: list[Line | Grid] = []
    run: list[Line] = []
    for part in body:
        if isinstance(part, Line):
            run.append(part)
            continue
        joined += [*join_broken_lines(run), part]
        run = []
    return [*joined, *join_broken_lines(run)]


def _preamble(body: list[Line | Grid]) -> list[str]:
    lines: list[str] = []
    for part in body:
        if not isinstance(part, Line) or heading_size(part):
            break
        lines.append(part.text)
    return lines


def spelled_as_in_text(name: str, parts: Iterable[Line | Grid]) -> str:
    """Return ``name`` (printed in capitals) as the text itself writes it; else with one capital at its head."""
    if name.upper() != name:
        return name
    wanted = re.compile(r"\s+".join(re.escape(word) for word in name.split()), re.IGNORECASE)
    for part in parts:
        for line in [part] if isinstance(part, Line) else grid_lines(part):
            found = wanted.search(line.text)
            if found and found[0].upper() != found[0]:
                return " ".join(found[0].split())
    return name.capitalize()
