"""Addresses that lead to a door or a hamlet: parts (house, alley, street, group, commune…) in a row.

A house number with a street or alley is an address anywhere. Groups, hamlets and villages are so only where the words
before say that somebody lives there: a commune has hamlets, and naming one tells nothing of a person.
"""

from collections.abc import Iterator
from typing import NamedTuple

from .findings import Finding
from .tables import PROVINCES
from .words import Text, Token, table, words

_HOUSE = table("số nhà, nhà số, số, căn hộ số, căn hộ, nhà")
_ROOM = table("chung cư, tòa nhà, toà nhà, tòa, toà, cc, khu tập thể, ktt, kđt, khu đô thị")
_ALLEY = table("ngõ, ngách, hẻm, kiệt, xuyệt")
_STREET = table("đường, phố, đại lộ, quốc lộ, tỉnh lộ")
_GROUP = table(
    "tổ dân phố, tổ, tdp, khu phố, kp, khu dân cư, khu, thôn, xóm, ấp, bản, buôn, bon, làng, plei, sóc,"
    "phum, khóm, đội, cụm"
)
_ADMIN = table("xã, phường, thị trấn, tt, quận, huyện, thị xã, tx, thành phố, tp, tỉnh, p, q, h")
_PROVINCE = table(PROVINCES)
_LIVES = table(
    "ở, tại, trú tại, cư trú, cư trú tại, cư trú ở, thường trú, tạm trú, hộ khẩu, địa chỉ,"
    "địa chỉ liên hệ, địa chỉ nhà, địa chỉ thường trú, địa chỉ cư trú, nhà riêng, quê, quê quán, chỗ ở,"
    "nơi ở, sống, ngụ, trú, nhà, hktt, hộ, hộ gia đình"
)
_NOT_HOMES = table(
    "trường tôi, trường em, trường cháu, trường con, trường này, trường mình, trường ta,"
    "nhà trường,trụ sở, văn phòng, bộ phận một cửa, trung tâm, điểm trường, trường, nhà văn hóa,"
    "lớp học, trạm y tế, sở, phòng giáo dục,"
    "ubnd, ủy ban"
)
_HOMES = table(
    "nhà, gia đình, tôi, em, cháu, mình, con, ông, bà, hộ khẩu, thường trú, tạm trú, trú, địa chỉ, dạy thêm, bố, mẹ"
)
_STOP = words(
    "gần gan nhưng nhung nên nen có co thì thi cách cach là la và va để de cho hỏi hoi xin được duoc dc "
    "đc không khong sđt "
    "sdt đt dt điện dien email mail cháu chau con tôi toi em mà ma bị bi đã da đang dang sẽ se với voi "
    "của cua mỗi moi khi "
    "vào vao học hoc muốn muon cần can nào nao này nay kia đó do cũng cung rất rat chưa chua vì vi do "
    "tại tai ở trên theo "
    "nhiều nhieu trong ngoài thuộc thuoc hiện hien ạ nhé nha nhà tuyến tuyen trường truong lớp lop cccd "
    "cmnd mong người nguoi "
    "số so liên lien ai các cac những nhung một mot phải phai đi di năm nam ngập tắc đăng dang kí ký"
)
_SORTS = (("admin", _ROOM), ("alley", _ALLEY), ("group", _GROUP), ("street", _STREET), ("admin", _ADMIN))
_MOST_PARTS, _MOST_WORDS = 12, 5


class Part(NamedTuple):
    last: int  # token
    sort: str  # house, alley, street, group, admin, place


def address_findings(text: Text) -> Iterator[Finding]:
    """Yield addresses; each begins at the first part after which the rest follows in a row."""
    past = -1
    for place in range(len(text)):
        if place <= past or text[place].sort not in {"word", "number"}:
            continue
        first = _part(text, place, first=True)
        if first is None or first.sort not in {"house", "alley", "group", "street"}:
            continue
        parts = _parts(text, first)
        if _leads_to_a_door(text, place, parts):
            past = parts[-1].last
            yield Finding(text[place].start, text[past].end, "address")


def _parts(text: Text, first: Part) -> list[Part]:
    parts = [first]
    for _turn in range(_MOST_PARTS):
        following = parts[-1].last + 1
        comma = text[following].word in {",", "-", "–", "."} and (
            text[following].word != "." or len(text[following - 1].word) < 3
        )
        part = _part(text, following + comma, after_comma=comma, previous=parts[-1].sort)
        if part is None or text[following + comma].sort == "none":
            break
        parts.append(part)
    return parts


def _leads_to_a_door(text: Text, place: int, parts: list[Part]) -> bool:
    sorts = [part.sort for part in parts]
    if _is_office(text, place):
        return False
    distance = text.cue_before(place, _LIVES, 6)
    lives = distance if distance < 4 else 0
    if "house" in sorts:
        return len(sorts) > 1
    if sorts[0] == "group" or "group" in sorts:
        return bool(lives) and (len(sorts) > 1 or lives == 1) and len(sorts) > 1
    return sorts[0] == "alley" and bool(lives) and len(sorts) > 1


def _is_office(text: Text, place: int) -> bool:
    """Say whether the words before speak of an office or a school, nearer than of a home."""
    office = text.cue_before(place, _NOT_HOMES, 8)
    home = text.cue_before(place, _HOMES, 9)
    return bool(office) and not (home and home < office)


def _part(text: Text, place: int, *, first: bool = False, after_comma: bool = False, previous: str = "") -> Part | None:
    token = text[place]
    if token.sort == "number":
        return _bare_number(text, place, first=first)
    if token.sort != "word":
        return None
    if (length := text.match(place, _HOUSE)) and (last := _house_number(text, place + length)):
        return Part(last, "house")
    if (room := _room(text, place)) is not None:
        return room
    for sort, phrases in _SORTS:
        if length := text.match(place, phrases):
            dotted = text[place + length].word == "." and length == 1 and len(token.word) <= 2
            if len(token.word) == 1 and not (dotted or text.is_number(place + 1)):
                continue
            named = _named(text, place + length + dotted)
            if named is not None:
                return Part(named, sort)
    return None if first else _bare_place(text, place, after_comma=after_comma, previous=previous)


def _room(text: Text, place: int) -> Part | None:
    """Return "P1205" before the name of a block of flats, "K12/5" before a street."""
    token, digits = text[place], text[place + 1]
    if len(token.word) > 1 or digits.sort != "number" or not digits.glued:
        return None
    if text.match(place + 2, _ROOM):
        return Part(place + 1, "house")
    last = _house_number(text, place + 1)
    on_a_street = last and (text.match(last + 1, _STREET) or text.match(last + 1, _ALLEY))
    return Part(last, "house") if on_a_street else None


def _house_number(text: Text, place: int) -> int:
    """Return the last token of a house number (12, 12A, 45/12, 12/5A) from ``place``, 0 if there is none."""
    if not text.is_number(place) or len(text[place].word) > 4:
        return 0
    last = place
    for _turn in range(4):
        after, beyond = text[last + 1], text[last + 2]
        if after.sort == "word" and after.glued and len(after.word) == 1:
            last += 1
        elif after.word == "/" and after.glued and beyond.sort == "number" and beyond.glued:
            last += 2
    after = text[last + 1]
    if after.glued and (after.sort in {"word", "number"} or (after.word in "/-" and text[last + 2].glued)):
        return 0
    return last


def _bare_number(text: Text, place: int, *, first: bool) -> Part | None:
    """Return a house number without "số": only before an alley or street, or as 112/4B before a capital letter."""
    last = _house_number(text, place)
    if not first or not last or (text[place].glued and text[place - 1].word not in {"(", ":", ","}):
        return None
    if any(text.cue_before(place, phrases, 3) == 1 for phrases in (_ALLEY, _STREET, _GROUP, _ADMIN)):
        return None  # the number of an alley or a ward
    following = last + 1 + (text[last + 1].word == ",")
    slashed = any(text[at].word == "/" for at in range(place, last + 1))
    letter = text.is_word(last) and text[last].capital
    if text.match(following, _ALLEY) or text.match(following, _STREET):
        return Part(last, "house") if _named(text, following + 1) is not None else None
    told = text.cue_before(place, _LIVES, 2)
    if text[following].capital and (letter or (slashed and told) or (told and following == last + 1)):
        return Part(last, "house")
    return None


def _named(text: Text, place: int) -> int | None:
    """Return the last token of the name or number that begins at ``place``."""
    token = text[place]
    if token.sort == "number":
        month = text[place + 1].plain == "thang" and text.is_number(place + 2)
        return place + 2 if month else _house_number(text, place) or None  # "đường 3 Tháng 2"
    if token.plain == "so" and text.is_number(place + 1):
        return _house_number(text, place + 1) or None  # "đường số 12"
    if token.sort != "word" or (token.word in _STOP and not token.capital):
        return None
    last = place
    for at in range(place + 1, place + _MOST_WORDS):
        if text.is_number(at) and not text[at].glued and not _starts_part(text, at) and len(text[at].word) < 3:
            return at if token.capital else last
        if not _continues(text, at, token):
            break
        last = at
    return last


def _continues(text: Text, at: int, first: Token) -> bool:
    """Say whether the name that begins with ``first`` goes on: in capitals, with capital letters, in small ones."""
    token = text[at]
    if (
        token.sort != "word"
        or "\n" in text.gap(at)
        or _starts_part(text, at)
        or (token.word in _STOP and not token.capital)
    ):
        return False
    return token.capital == first.capital and (not first.shouted or token.shouted or len(token.word) == 1)


def _starts_part(text: Text, at: int) -> bool:
    if len(text[at].word) == 1:
        return False
    if text[at].capital and not text[at].shouted and text[at - 1].capital and not text[at - 1].shouted:
        return False  # "Hoa Lâm Phố": a name goes on
    return any(text.match(at, phrases) for phrases in (_ALLEY, _STREET, _GROUP, _ADMIN))


def _bare_place(text: Text, place: int, *, after_comma: bool, previous: str) -> Part | None:
    """Return a place without its kind: a province, a name after a comma, a street after a house or an alley."""
    if length := text.match(place, _PROVINCE):
        return Part(place + length - 1, "place")
    token = text[place]
    if token.word in _STOP and not token.capital:
        return None
    street = not after_comma and (previous == "alley" or (previous == "house" and token.capital))
    if not (after_comma or street) or (not token.capital and not street and not _before_province(text, place)):
        return None
    last = _named(text, place)
    return None if last is None else Part(last, "street" if street else "place")


def _before_province(text: Text, place: int) -> bool:
    """Say whether a few small-letter words, then a comma and a province follow ("long biên, hà nội")."""
    return any(
        text[place + step].word == ","
        and (text.match(place + step + 1, _PROVINCE) or text.match(place + step + 1, _ADMIN))
        for step in range(1, 5)
    )
