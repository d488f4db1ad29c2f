"""Classes ("lớp 7A3") and people told by their part in a class or school ("cô chủ nhiệm lớp 2C trường …")."""

from collections.abc import Iterator

from .findings import Finding
from .words import Text, table, words

_NURSERY = words("mầm mam chồi choi lá la")
_SUBJECTS = table(
    "toán, văn, ngữ văn, anh, tiếng anh, tiếng việt, lý, lí, vật lý, vật lí, hóa, hoá, sinh, sử, địa,"
    "tin, tin học, nhạc,"
    "âm nhạc, mỹ thuật, mĩ thuật, thể dục, công nghệ, gdcd, lịch sử, địa lý, địa lí, nga, pháp, trung,"
    "nhật, hàn, thể chất"
)
_SCHOOL = table(
    "trường, trường tiểu học, trường th, trường thcs, trường thpt, trường mầm non, trường mn, trường mẫu giáo,"
    "trường tiểu học và thcs, trường th và thcs, trường thcs và thpt, trường ptdtbt, trường ptdtnt,"
    "trường ptdtbt thcs,"
    "trường ptdtbt tiểu học, trường ptdtnt thcs, trường liên cấp, trường chuyên, trường thpt chuyên,"
    "trường trung học cơ sở,"
    "trường trung học phổ thông, trường cấp 1, trường cấp 2, trường cấp 3, tiểu học, th, thcs, thpt,"
    "mầm non, mẫu giáo,"
    "trường quốc tế, trường song ngữ, trường phổ thông"
)
_TITLES = table("cô giáo, thầy giáo, cô, thầy, bà, ông, anh, chị")
_ROLES = table(
    "hiệu trưởng, hiệu phó, phó hiệu trưởng, ht, chủ nhiệm, cn, gvcn, giáo viên chủ nhiệm, gv chủ nhiệm,"
    "kế toán, thủ quỹ,"
    "bảo vệ, y tá, nhân viên y tế, nhân viên, văn thư, thủ thư, cán bộ thư viện, tổng phụ trách,"
    "tổ trưởng, lớp trưởng,"
    "lớp phó, bí thư chi đoàn, bí thư đoàn, hội trưởng, hội trưởng hội phụ huynh, trưởng ban phụ huynh,"
    "trưởng ban đại diện, trưởng ban đại diện cha mẹ học sinh, chi hội trưởng, hội trưởng phụ huynh,"
    "cấp dưỡng, đầu bếp,"
    "lái xe, bảo mẫu, giám thị, trợ giảng, giáo viên bộ môn, giáo viên, gv, chủ tịch hội phụ huynh,"
    "quản sinh, phụ trách"
)
_PLAIN_ROLES = words("giáo giao gv nhân nhan phụ phu ht cn")
_FILLERS = table(
    "của, ở, tại, bên, học sinh, cha mẹ học sinh, hội phụ huynh, phụ huynh, hội cha mẹ, học tập,"
    "lao động, văn thể, bộ môn, môn, tổ, dạy, dạy môn, chi đoàn, cũ, hiện nay"
)
_BEFORE_BARE_CLASS = table("học, hs, học sinh, phụ huynh, ph, chủ nhiệm, gvcn, lớp, cn, và, tập thể")
_CLASS = table("lớp")
_NAME_ENDS = words(
    "thu có co đã da đang dang bị bi không khong cho hứa hua và va là la ở tại với voi mà ma thì thi "
    "chậm cham nhiều nhieu bắt bat quát "
    "mắng mang đánh danh nói noi về ve tự tu yêu ép ep con cháu em các cac nhưng nhung đề de được duoc "
    "phải phai sẽ nào nao này "
    "nay đó do công rất rat chưa chua trả tra hay cũng lớp lop dạy day nhắn"
)
_MOST_NAME = 5


def class_findings(text: Text) -> Iterator[Finding]:
    """Yield classes, with the word "lớp" where it stands before them."""
    for place in range(len(text)):
        if not text.is_word(place):
            if text.is_number(place) and (last := _bare_class(text, place)):
                yield Finding(text[place].start, text[last].end, "class")
        elif last := class_at(text, place):
            yield Finding(text[place].start, text[last].end, "class")


def class_at(text: Text, place: int) -> int:
    """Return the last token of "lớp 7A3" that begins at ``place``, 0 if there is none; a grade alone is none."""
    if text[place].word not in {"lớp", "lop"}:
        return 0
    token = text[place + 1]
    if token.word in _NURSERY and (text.is_number(place + 2) or _is_letter(text, place + 2)):
        last = place + 2
        return last + (
            text[last + 1].glued and text[last + 1].sort in {"word", "number"} and len(text[last + 1].word) < 3
        )
    return _class_code(text, place + 1)


def _class_code(text: Text, place: int) -> int:
    """Return the last token of 7A3, 4B, 1/4, 10.2, "10 chuyên Toán" or "12 Anh 1" from ``place``, else 0."""
    grade = text[place]
    if grade.sort != "number" or len(grade.word) > 2 or not 1 <= int(grade.word) <= 12:
        return 0
    after, beyond = text[place + 1], text[place + 2]
    if after.glued and after.sort == "word" and len(after.word) <= 2:
        return place + 2 if beyond.glued and beyond.sort == "number" and len(beyond.word) < 3 else place + 1
    if after.glued and after.word in {"/", ".", "-"} and beyond.glued and beyond.sort == "number":
        further = text[place + 3]
        return (
            0
            if len(beyond.word) > 2 or (further.glued and further.word in {"/", ".", "-"} and text[place + 4].glued)
            else place + 2
        )
    if after.plain == "chuyen":
        length = text.match(place + 2, _SUBJECTS)
        last = place + 1 + length if length else 0
        return last + (last > 0 and text.is_number(last + 1))
    if (length := text.match(place + 1, _SUBJECTS)) and text.is_number(place + 1 + length):
        return place + 1 + length
    return place + 1 if _is_letter(text, place + 1) and text[place + 1].capital and text[place + 1].word != "a" else 0


def _is_letter(text: Text, place: int) -> bool:
    return text.is_word(place) and len(text[place].word) == 1 and text[place].capital


def _bare_class(text: Text, place: int) -> int:
    """Return the end of "8A2" without "lớp": with its number behind, and only after words that lead to a class."""
    if text[place - 1].word in {",", "và", "va"} and text.cue_before(place, _CLASS, 8):
        return _class_code(text, place) if text[place + 1].glued and text.is_word(place + 1) else 0
    letter, number = text[place + 1], text[place + 2]
    shaped = letter.glued and letter.capital and len(letter.word) == 1 and number.glued and number.sort == "number"
    if not shaped or text[place].glued or text[place - 1].word in {"lớp", "lop"}:
        return 0
    before = text.cue_before(place, _BEFORE_BARE_CLASS, 2)
    return _class_code(text, place) if before else 0


def school_at(text: Text, place: int) -> int:
    """Return the last token of a school told by its name from ``place``, else 0."""
    length = text.match(place, _SCHOOL)
    if not length:
        return 0
    for _more in range(3):
        length += text.match(place + length, _SCHOOL)
    first = place + length
    if (
        not text.is_word(first)
        or "\n" in text.gap(first)
        or (text[first].word in _NAME_ENDS and not text[first].capital)
    ):
        return 0
    capital = text[first].capital and not text[first].shouted
    if not text[first].capital and text[place].plain not in {"truong", "thcs", "thpt"}:
        return 0  # "giáo viên mầm non làm việc"
    if not capital and not text[first].shouted and length < 2 and text[place].word in {"trường", "truong"}:
        return 0  # "trường học", "trường em"
    if not text[first].capital and text[first].word in {"học", "công", "tư", "hoc"}:
        return 0
    return _name_end(text, first, capital=capital)


def _name_end(text: Text, first: int, *, capital: bool) -> int:
    last, most = first, _MOST_NAME if capital or text[first].shouted else 2
    for at in range(first + 1, first + most):
        token = text[at]
        goes_on = (
            token.sort == "number" and len(token.word) < 3
            if capital and token.sort == "number"
            else token.sort == "word"
        )
        if not goes_on or "\n" in text.gap(at) or token.word in _NAME_ENDS or text.match(at, _ROLES):
            break
        if token.sort == "word" and token.capital != text[first].capital:
            break
        last = at
    return last


def school_person_findings(text: Text) -> Iterator[Finding]:
    """Yield people told by what they are in a named class or school."""
    past = -1
    for place in range(len(text)):
        if place > past and text.is_word(place) and (last := _person_at(text, place)):
            past = last
            yield Finding(text[place].start, text[last].end, "school_person")


def _person_at(text: Text, place: int) -> int:
    """Return the last token of [title] [name] role [filler] class and/or school from ``place``, else 0."""
    title = text.match(place, _TITLES)
    at = place + title
    role = text.match(at, _ROLES)
    if not role and title:
        for step in range(1, 5):  # "cô Hương chủ nhiệm", "thầy Nguyễn Văn Nam hiệu trưởng"
            if not text[at + step - 1].capital or not text.follows(at + step):
                break
            if (role := text.match(at + step, _ROLES)) and text[at + step].word not in _PLAIN_ROLES:
                at += step
                break
            role = 0
    if not role and title and text[at].word in {"dạy", "day"}:
        role = 1  # "thầy dạy Toán lớp 9A1"
    if not role:
        return 0
    return _tells_who(text, at + role)


def _tells_who(text: Text, at: int) -> int:
    for _turn in range(4):
        at += text.match(at, _FILLERS) or text.match(at, _SUBJECTS)
    last = 0
    for _turn in range(3):
        end = class_at(text, at) or school_at(text, at) or (_class_code(text, at) if text[at].plain != "lop" else 0)
        if not end:
            break
        last, at = end, end + 1
        at += text[at].word == "," and bool(school_at(text, at + 1))
        at += text.match(at, _FILLERS) if school_at(text, at + text.match(at, _FILLERS)) else 0
    return last
