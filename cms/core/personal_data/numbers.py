"""Telephone numbers, citizen numbers, accounts: digits in groups, read by length and by the words before them."""

from collections.abc import Iterator
from dataclasses import dataclass

from .findings import Finding
from .words import Text, table, words

_MOST_GROUPS = 12
_BETWEEN = {".", "-", "–", "—", "‑", "‐", "·"}
_PHONE_CUES = table(
    "sđt, sdt, đt, dt, điện thoại, số điện thoại, số máy, số phone, di động, zalo, hotline, tel, gọi, phone, viber"
)
_BANK_CUES = table("số tài khoản, stk, số tk, sotk, tài khoản, tk, account, số thẻ, thẻ atm")
_BANKS = table(
    "vietcombank, vcb, bidv, agribank, techcombank, tcb, mb bank, mbbank, mb, vpbank, acb, tpbank, sacombank, stb,"
    "vietinbank, ctg, hdbank, vib, shb, ocb, msb, seabank, eximbank, scb, lpbank, lienvietpostbank, pvcombank,"
    "abbank, baovietbank, kienlongbank, nam á bank, bắc á bank, cake, timo, momo, ngân hàng"
)
_ID_CUES = table(
    "cccd, căn cước, căn cước công dân, số căn cước, cmnd, cmtnd, cmt, chứng minh, chứng minh thư,"
    "chứng minh nhân dân, số định danh, định danh cá nhân, mã định danh, hộ chiếu, passport, id"
)
_PASSPORT_CUES = table("hộ chiếu, passport, số hộ chiếu")
# What is counted, filed or paid by such a number is nobody's own.
_OTHER_CUES = table(
    "mã hồ sơ, hồ sơ mã, hồ sơ số, mã số hồ sơ, hồ sơ, biên lai, hóa đơn, hoá đơn, mã đơn, đơn hàng,"
    "mã tra cứu, mã giao dịch,"
    "mã học sinh, số báo danh, sbd, mã số thuế, mst, số hiệu, số seri, sê - ri, công văn, vận đơn,"
    "phiếu thu, mã vạch,"
    "isbn, mã lớp, mã trường"
)
_MONEY = words("đồng dong đ d vnđ vnd nghìn ngàn triệu tỷ tỉ k usd")
# Provinces of the 12-digit number (Thông tư 59/2021/TT-BCA).
_PROVINCES = frozenset(
    [
        "001",
        "002",
        "004",
        "006",
        "008",
        "010",
        "011",
        "012",
        "014",
        "015",
        "017",
        "019",
        "020",
        "022",
        "024",
        "025",
        "026",
        "027",
        "030",
        "031",
        "033",
        "034",
        "035",
        "036",
        "037",
        "038",
        "040",
        "042",
        "044",
        "045",
        "046",
        "048",
        "049",
        "051",
        "052",
        "054",
        "056",
        "058",
        "060",
        "062",
        "064",
        "066",
        "067",
        "068",
        "070",
        "072",
        "074",
        "075",
        "077",
        "079",
        "080",
        "082",
        "083",
        "084",
        "086",
        "087",
        "089",
        "091",
        "092",
        "093",
        "094",
        "095",
        "096",
    ]
)
_SHORTEST, _SHORT_ID, _CITIZEN = 6, 9, 12


@dataclass(frozen=True)
class Digits:
    """Groups of digits from one token on, as far as they may be one number."""

    first: int
    last: int
    value: str


def number_findings(text: Text) -> Iterator[Finding]:
    """Yield what the digits of a text may be; overlapping claims are settled by the caller."""
    for place, token in enumerate(text.tokens):
        if token.sort == "number" and not _inside(text, place):
            yield from _from(text, place)
        elif token.sort == "word" and len(token.word) == 1 and not token.glued:
            yield from _passport(text, place)


def _inside(text: Text, place: int) -> bool:
    """Say whether the digits continue a word, a decimal or a longer number written without a space."""
    token, before = text[place], text[place - 1]
    if not token.glued or before.sort == "mask":
        return False
    if before.sort in {"word", "number"}:
        return True
    joins = before.word in _BETWEEN or before.word in {",", "/"}
    return joins and before.glued and text.is_number(place - 2) and len(token.word) < _SHORT_ID


def _growing(text: Text, place: int) -> Iterator[Digits]:
    """Yield the number that begins at ``place`` with one group, two groups, and so on."""
    value, last = text[place].word, place
    yield Digits(place, last, value)
    for _group in range(_MOST_GROUPS):
        following = last + 1
        if text[following].sort == "sign" and (text[following].word in _BETWEEN or text[following].word in "()"):
            following += 1
        if not text.is_number(following) or "\n" in text.gap(following) or len(text.gap(following)) > 2:
            return
        value, last = value + text[following].word, following
        if len(value) > 19:
            return
        yield Digits(place, last, value)


def _from(text: Text, place: int) -> Iterator[Finding]:
    grown = [digits for digits in _growing(text, place) if len(digits.value) >= _SHORTEST]
    if not grown:
        return
    about = _about(text, place)
    if about == "bank":
        if account := _account(text, grown):
            yield _finding(text, account, "bank")
        return
    for digits in reversed(grown):
        if not (_is_money(text, digits.last) or _goes_on(text, digits)) and (kind := _kind(text, digits, about)):
            yield _finding(text, digits, kind)
            return


def _kind(text: Text, digits: Digits, about: str) -> str:
    if about == "other":
        return ""
    if len(digits.value) == _CITIZEN and (about == "id" or _plausible_citizen(digits.value)):
        return "id_number"
    if len(digits.value) == _SHORT_ID and about == "id":
        return "id_number"
    if about != "id" and _is_phone(text, digits, told=about == "phone"):
        return "phone"
    return ""


def _plausible_citizen(value: str) -> bool:
    """Say whether province, century with sex, and year of birth can be true: 20th century 0, 1; 21st 2, 3."""
    return value[:3] in _PROVINCES and (value[3] in "01" or (value[3] in "23" and int(value[4:6]) < 50))


def _is_phone(text: Text, digits: Digits, *, told: bool) -> bool:
    value = digits.value
    plus = text[digits.first - 1].word == "+"
    if value.startswith("0084"):
        value = value[2:]
    if value.startswith("84") and (plus or len(value) in {11, 12}):
        value = "0" + value[2:].removeprefix("0")
    if len(value) == 10 and value[0] == "0" and value[1] in "35789":
        return True
    if len(value) == 11 and value.startswith("02"):
        return True
    # Named as a telephone number and miscounted is still somebody's number.
    return told and value[0] == "0" and len(value) in {9, 10, 11} and not text.is_number(digits.last + 1)


def _about(text: Text, place: int) -> str:
    """Return what the words before a number say it is: phone, bank, id, other, or nothing."""
    near = {}
    for name, cues, furthest in (
        ("phone", _PHONE_CUES, 8),
        ("bank", _BANK_CUES, 8),
        ("id", _ID_CUES, 8),
        ("other", _OTHER_CUES, 5),
    ):
        if (distance := text.cue_before(place, cues, furthest)) and not _number_between(text, place, distance, name):
            near[name] = distance
    return min(near, key=lambda name: near[name]) if near else ""


def _number_between(text: Text, place: int, distance: int, name: str) -> bool:
    """Say whether another number stands between the cue and this one; telephone numbers are often two or three."""
    return name != "phone" and any(text.is_number(place - step) for step in range(1, distance))


def _account(text: Text, grown: list[Digits]) -> Digits | None:
    fitting = [each for each in grown if not _is_money(text, each.last)]
    return fitting[-1] if fitting else None


def bank_findings(text: Text) -> Iterator[Finding]:
    """Yield accounts told by the name of a bank beside a number that is no telephone number."""
    for place in range(len(text)):
        if length := text.match(place, _BANKS):
            after = next((at for at in range(place + length, place + length + 4) if text.is_number(at)), -1)
            before = next((at for at in range(place - 1, place - 4, -1) if text.is_number(at)), -1)
            for at in (after, before):
                yield from _beside_bank(text, at)


def _beside_bank(text: Text, at: int) -> Iterator[Finding]:
    if at < 0 or _inside(text, at) or _about(text, at) in {"phone", "id", "other"}:
        return
    grown = [each for each in _growing(text, at) if len(each.value) >= 8]
    account = _account(text, grown)
    if account and not _is_phone(text, account, told=False):
        yield _finding(text, account, "bank")


def _passport(text: Text, place: int) -> Iterator[Finding]:
    digits = text[place + 1]
    fits = digits.sort == "number" and digits.glued and 6 <= len(digits.word) <= 8
    ends = not text[place + 2].glued or text[place + 2].sort == "sign"
    if fits and ends and text.cue_before(place, _PASSPORT_CUES, 8):
        yield Finding(text[place].start, digits.end, "id_number")


def _is_money(text: Text, last: int) -> bool:
    after = text[last + 1]
    return after.sort == "word" and after.word in _MONEY


def _goes_on(text: Text, digits: Digits) -> bool:
    """Say whether the number is only the beginning of a longer one, of a word or of a document's number."""
    after, beyond = text[digits.last + 1], text[digits.last + 2]
    if not after.glued:
        return False
    if after.sort in {"number", "word"}:
        return True
    if after.word == "/":
        return beyond.glued and beyond.sort == "word"
    return after.word in _BETWEEN and beyond.glued and beyond.sort == "number"


def _finding(text: Text, digits: Digits, kind: str) -> Finding:
    first, last = digits.first, digits.last
    if text[first - 1].word == "+" and text[first].glued:
        first -= 1
    if text[first - 1].word == "(" and text[first].glued:
        closing = any(text[at].word == ")" for at in range(first, last + 1))
        behind = text[last + 1].word == ")"
        if closing or (behind and kind == "phone" and text[first].word == "+"):
            first -= 1
            last += not closing
    return Finding(text[first].start, text[last].end, kind)
