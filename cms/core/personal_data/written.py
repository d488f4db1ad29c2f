"""Mails, number plates and dates of birth: things with a shape of their own."""

import re
from collections.abc import Iterator

from .findings import Finding
from .words import Text, table, words

# Every repeat has an upper bound and no two neighbours share a letter: bounded work at each place of the text.
_LABEL = r"[A-Za-z0-9-]{1,63}\."
_POST = r"(?:gmail|yahoo|hotmail|outlook|icloud)\.com(?:\.vn)?"
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z0-9](?:[A-Za-z0-9._%+-]{0,63})(?:"
    rf"(?:@|\(at\)|\[at\]| \(at\) | \[at\] )(?:{_LABEL}){{1,5}}[A-Za-z]{{2,24}}"
    rf"|[ ]{{0,2}}@[ ]{{0,2}}{_POST})(?![A-Za-z0-9])"
)
_PLATE = re.compile(
    r"(?<![\w./-])(?P<place>[1-9]\d)(?P<first>[ -]?)(?P<letters>[A-Za-zĐđ]{1,2}|[A-Za-zĐđ][1-9])"
    r"(?P<gap>[ .-]{0,3})(?P<digits>\d{3}\.\d{2}|\d{4,5})(?![\w/]|[.,]\d)"
)
_PLATE_CUES = table("biển, bks, bsx, bs, biển số, biển kiểm soát, xe, ô tô, oto, xe máy, taxi")
_DATE = re.compile(
    r"(?<![\d/.-])(?:(?P<day>\d{1,2})(?:(?P<sep>[/.-])|[ ]{1,2}th(?:á|a\u0301|a)ng[ ]{1,2})(?P<month>\d{1,2})"
    r"(?:[/.-]|[ ]{1,2}n(?:ă|a\u0306|a)m[ ]{1,2})(?P<year>\d{4}|\d{2})|\d{4}-\d{2}-\d{2})(?![\d/]|[.-]\d)"
)
_BORN = table("sinh ngày, ngày sinh, sinh, sn, ns, năm sinh, dob, ngày tháng năm sinh, sinh năm")
_NOT_BORN = words(
    "học hoc giáo giao tuyển tuyen vệ ve phát phat thí thi nữ nu nam sĩ si tái tai hy du song ký phục phuc sư su"
)


def email_findings(text: Text) -> Iterator[Finding]:
    """Yield mail addresses, also with "(at)" and with a space beside the sign."""
    for found in _EMAIL.finditer(text.raw):
        yield Finding(*found.span(), "email")


def plate_findings(text: Text, place_of: dict[int, int]) -> Iterator[Finding]:
    """Yield plates; written in small letters or in pieces, only where the words before speak of a vehicle."""
    for found in _PLATE.finditer(text.raw):
        plain_shape = found["letters"].isupper() and not found["first"].strip(" ") and " " not in found["first"]
        formal = "." in found["digits"] or "-" in found["gap"] or "-" in found["first"]
        place = place_of.get(found.start(), -1)
        told = place >= 0 and text.cue_before(place, _PLATE_CUES, 5)
        if told or (formal and (plain_shape or "-" in found["first"]) and found["letters"].isupper()):
            yield Finding(*found.span(), "plate")


def birth_findings(text: Text, place_of: dict[int, int]) -> Iterator[Finding]:
    """Yield dates that the words before call a day of birth."""
    for found in _DATE.finditer(text.raw):
        place = place_of.get(found.start(), -1)
        if place < 0 or not _possible(found):
            continue
        distance = text.cue_before(place, _BORN, 7)
        if distance and _is_birth(text, place, distance):
            yield Finding(*found.span(), "dob")


def _possible(found: re.Match[str]) -> bool:
    return found["day"] is None or (1 <= int(found["day"]) <= 31 and 1 <= int(found["month"]) <= 12)


def _is_birth(text: Text, place: int, distance: int) -> bool:
    between = range(place - distance, place)
    first = place - distance
    while first > 0 and text.match(first, _BORN) + first < place and text.match(first - 1, _BORN):
        first -= 1  # "ngày sinh" ends in "sinh"
    if any(text.is_number(at) for at in between):
        return False
    return not any(text[at].plain == "sinh" and text[at - 1].word in _NOT_BORN for at in range(first, place))
