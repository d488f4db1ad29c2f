"""Names of people: after words that lead to one, by family name, in capitals, in small letters, of every people."""

from collections.abc import Iterator

from .findings import Finding
from .schools import class_at
from .tables import FAMOUS, GIVEN, NOT_GIVEN, NOT_TOGETHER, PROVINCES, SURNAMES
from .words import Text, Token, plain, table, words

_SURNAMES, _GIVEN, _NOT_GIVEN = words(SURNAMES), words(GIVEN), words(NOT_GIVEN)
_PLAIN_SURNAMES = frozenset(map(plain, _SURNAMES))
_PLAIN_GIVEN = (
    frozenset(map(plain, _GIVEN)) - frozenset(map(plain, _NOT_GIVEN)) - words("gan hang dao ha thu tu tri anh")
)
_NOT_TOGETHER, _FAMOUS, _PROVINCES = table(NOT_TOGETHER), table(FAMOUS), table(PROVINCES)

# Kinship and titles: a capital letter behind them begins a name, a small one may.
_TITLES = table(
    "ông, bà, anh, chị, em, cháu, cô, chú, bác, dì, cậu, mợ, thím, thầy, bạn, bé, con, cụ, cô giáo,"
    "thầy giáo, con trai,"
    "con gái, em trai, em gái, bà nội, bà ngoại, ông nội, ông ngoại, mẹ, bố, ba, má, chồng, vợ, ths, ts, pgs, gs, bs,"
    "đồng chí, đ/c, học sinh, hs, sinh viên, phụ huynh, công dân, giáo viên, gv, nhân viên, người dân,"
    "lái xe, tài xế, hiệu trưởng,"
    "hiệu phó, kế toán, bảo vệ, vợ chồng, gia đình, trò, học trò, của, tôi là, em là, cháu là, mình là, e là, là"
)
_OF_THE_FAMOUS = words("bac ba ong cu cua la")
_WEAK = words("của cua là la đình dinh")
_SMALL_TITLES = table("cô, thầy, chị, anh, bé, bạn, cô giáo, thầy giáo, chú, bác, cháu")
_CALLED = table(
    "tên là, tên, họ tên, họ và tên, tên tôi là, tên em là, tên cháu là, tên con là, chủ tk, chủ tài khoản, đứng tên,"
    "ký tên, kí tên, người viết, người viết đơn, người làm đơn, người gửi, người nộp, người nộp đơn, người phản ánh,"
    "người kiến nghị, người đại diện, người liên hệ, người khiếu nại, người đề nghị, đại diện, kính gửi,"
    "thưa, kính thưa, chủ thẻ"
)
_NAMED_ONES = table(
    "tôi tên, tôi tên là, em tên, em tên là, e tên, e tên là, cháu tên, cháu tên là, con tên,"
    "con tên là, mình tên, bé tên,"
    "bạn tên, ấy tên, hs tên, học sinh tên, cô tên, thầy tên, tên tôi là, tên em là, tên cháu là, tên con là, chủ tk,"
    "chủ tài khoản, trai tên, gái tên, tên mình là, tên là, ông tên, bà tên, anh tên, chị tên, tài xế tên, lái xe tên"
)
_OF_STREETS = table(
    "trường, thpt, thcs, th, tiểu học, mầm non, mẫu giáo, chuyên, đường, phố, ngõ, ngách, cầu, chợ,"
    "quận, phường, xã, huyện, tỉnh,"
    "thị trấn, thị xã, thành phố, tp, giải, quỹ, học bổng, bệnh viện, tượng, tượng đài, công viên,"
    "quảng trường, sân, nhà hát,"
    "trung tâm, học viện, đại học, cao đẳng, tòa nhà, hội trường, đền, chùa, đình, hồ, núi, sông, thơ, bài, tác phẩm,"
    "truyện, nhà thơ, nhà văn, vua, tướng, đại tướng, anh hùng, liệt sĩ, chủ tịch, tổng bí thư,"
    "thủ tướng, danh nhân, lăng,"
    "khu, khu đô thị, thôn, làng, tổ, nhà máy, công ty, cuộc thi, phong trào, tháp, đội, chi đoàn,"
    "danh hiệu, tiết, lễ, bộ, sở,"
    "phòng, cụm, tuyến, ga, bến, siêu thị, bãi, hội thi, thân thế, tư tưởng, tên trường"
)
# Behind a title these begin an office, a subject, a place or an ordinary word at the beginning of a line.
_NO_NAME = words(
    "giám chủ trưởng phó hiệu bộ sở phòng ủy uỷ tổng trường nhà ban hội bí thanh-tra kế lớp xã huyện "
    "tỉnh quận phường thpt "
    "thcs th ubnd hđnd toán tiếng ngữ thể vật sử tin gdcd sư giáo công-dân phụ học cô thầy ông bà chị em "
    "cháu quý các cụ "
    "khi nếu tôi con và là việt-nam sinh viên nhân cán cục chi đảng đề đơn hỏi trân kính nay vì do theo ngày số zalo "
    "facebook internet covid đội nhóm tổ bạn mẹ bố trung-tâm cơ ngành bảo-hiểm luật nghị thông quyết "
    "điều khoản người "
    "không có được bị xin phản gia-đình liên nghỉ muốn thôn bản ấp gửi thưa trong những mong cảm nhờ ai "
    "lên cty stem vneid "
    "giám-đốc thường hàng mong nội nghỉ tập đang được"
)
_RUN_ENDS = words(
    "trường lớp thpt thcs ubnd hđnd sở phòng xã huyện tỉnh quận phường đề tel sđt đt cccd cmnd email zalo"
)
_PAIRS_NO_NAME = table(
    "thanh tra, công dân, việt nam, trung tâm, gia đình, bảo hiểm, đoàn thanh, đoàn trường, đoàn thể,"
    "đoàn tncs, đoàn kiểm,"
    "đoàn công, liên đội, quản lý, quản lí, công an, văn phòng, lâm sàng, thi đua, thi cử, văn hóa,"
    "văn hoá, đoàn viên, anh hùng"
)
# Small words that end a name written in small letters, or in capitals only.
_ENDS = words(
    "học hoc lớp lop sn sinh năm nam ở o là la ph phụ phu huynh nha nhà nhé nhe ạ a hỏi hoi xin đã da bị "
    "bi muốn muon dạy "
    "day hay có co không khong ko k đang dang và va với voi thu mà ma thì thi cho trường truong sđt sdt "
    "đt dt cccd cmnd "
    "con em cháu chau tôi toi mình minh đề nghị nghi trú tru cư địa dia chỉ số so bên ben cũ moi mới nhờ "
    "nho liên lien hệ được "
    "duoc các cac ghi gửi gui để de của cua này nay đó kia vào vao đi di bố mẹ me bo rất rat chưa chua "
    "từ tu đăng dang nhập "
    "nghỉ phản kính thưa đọc hiện hien đây day tại tai bán ban lúc luc thôn mong lên len stk tk ngân "
    "hàng vietcombank bidv "
    "agribank vcb mb 'là riêng chung gọi goi nào nao gì gi đầy tệp file hồ sản phẩm thật khác trên dưới ngoài trong"
)
_MOST = 5


def name_findings(text: Text) -> Iterator[Finding]:
    """Yield names, each without the title before it."""
    past = -1
    for place in range(len(text)):
        if place <= past or not text.is_word(place):
            continue
        last = _called(text, place) or _titled(text, place) or _full(text, place)
        if last:
            past = last - 1
            yield Finding(text[place].start, text[last - 1].end, "name")


def _called(text: Text, place: int) -> int:
    """Return the end (exclusive) of a name behind "tên là", "Người viết:", "Kính gửi" and the like."""
    if not _right_behind(text, place, _CALLED, signs={":", "-", "(", ")", ",", "."}, lines=True):
        return 0
    token = text[place]
    if token.capital and not _blocked(text, place):
        end = _run(text, place)
        known = _is_surname(text, place) and (end - place > 1 or _behind_own_name(text, place))
        return (
            end if known or (_behind_own_name(text, place) and (_of_a_person(text, place) or _is_given(token))) else 0
        )
    if token.capital or not _behind_own_name(text, place):
        return 0
    return _small_run(text, place) if _of_a_person(text, place) else _small_surname(text, place)


def _behind_own_name(text: Text, place: int) -> bool:
    return text[place - 1].plain in {"ten", "tk", "la"} or text[place - 2].plain in {"ten", "tk"}


def _of_a_person(text: Text, place: int) -> bool:
    """Say whether "tên" before ``place`` is said of somebody: "con tôi tên", "chủ tk", "xe … tên"."""
    return bool(text.cue_before(place, _NAMED_ONES, 5))


def _titled(text: Text, place: int) -> int:
    """Return the end (exclusive) of a name behind a title or a word of kinship."""
    if not _right_behind(text, place, _TITLES):
        return 0
    title, token = text[place - 1], text[place]
    if not token.capital:
        return _small_titled(text, place)
    if _blocked(text, place):
        return 0
    end = _run(text, place)
    full = _is_surname(text, place) and end - place > 1
    if (title.word in _WEAK and not full) or _is_famous_titled(text, place, end):
        return 0
    shouted = title.shouted and token.shouted  # where all words are in capitals, a capital tells nothing
    return 0 if shouted and not (_is_surname(text, place) or _known_given(token)) else end


def _is_famous_titled(text: Text, place: int, end: int) -> bool:
    of_old = text[place - 1].plain in _OF_THE_FAMOUS and _is_famous(text, place, end)
    return of_old or bool(text.match(place - 1, _FAMOUS))


def _small_titled(text: Text, place: int) -> int:
    """Return the end of a name in small letters behind a title: a family name with more, or a known given name."""
    token = text[place]
    if text[place - 1].word == "là" or text[place - 1].plain == "la":
        return _small_surname(text, place)
    if not _right_behind(text, place, _SMALL_TITLES):
        return 0
    if end := _small_surname(text, place):
        return end
    sure = _known_given(token) or (_is_given(token) and _tells_a_name(text, place))
    if not sure or text.match(place, _NOT_TOGETHER) or text.match(place - 1, _NOT_TOGETHER) or token.word in _ENDS:
        return 0
    if token.plain == token.word and token.word not in _GIVEN and text[place - 1].plain != text[place - 1].word:
        return 0  # marks were at hand and this word has none
    return place + 1


def _tells_a_name(text: Text, place: int) -> bool:
    """Say whether what follows fits a name better than a verb: a class, or teaching."""
    return bool(class_at(text, place + 1)) or text[place + 1].word in {"dạy", "day"}


def _small_surname(text: Text, place: int) -> int:
    """Return the end of "nguyen thi hoa": family name and two more, or "thị" in the middle."""
    if not _is_surname(text, place) or text[place].word in _ENDS:
        return 0
    end = _small_run(text, place)
    if end - place < 3 and not (end - place == 2 and _is_given(text[place + 1])):
        return 0
    middle = text[place + 1].plain in {
        "thi",
        "van",
        "duc",
        "huu",
        "ngoc",
        "minh",
        "thanh",
        "quang",
        "dinh",
        "gia",
        "xuan",
    }
    return end if middle or _is_given(text[end - 1]) else 0


def _small_run(text: Text, place: int) -> int:
    end, surname = place, _is_surname(text, place)
    while end < place + 4 and text.is_word(end) and text[end].word not in _ENDS and not text[end].capital:
        if end > place and not (text.follows(end) and (surname or _is_given(text[end]))):
            break
        end += 1
    if end - place == 4 and not _is_given(text[end - 1]):
        end -= 1
    return end if end > place else 0


def _full(text: Text, place: int) -> int:
    """Return the end of a full name by its family name alone; two words only where they stand as a signature does."""
    token = text[place]
    if not token.capital or not _is_surname(text, place) or _blocked(text, place) or _in_a_title(text, place):
        return 0
    if text.match(place, _TITLES) and text[place + 1].capital and _is_surname(text, place + 1):
        return 0  # "Ông" before a name is no family name
    if text[place - 1].capital and text.follows(place) and not token.shouted and not text.match(place - 1, _TITLES):
        return 0
    end = _run(text, place)
    if _is_famous(text, place, end) or text.match(place, _PROVINCES) == end - place:
        return 0
    if token.shouted and text[place - 1].shouted and text.follows(place):
        return 0
    alone = text[place - 1].sort in {"line", "none"} and text[end].sort in {"line", "none"}
    with_class = text[end].word in {"-", ",", "(", "–"} and class_at(text, end + 1)
    words_in_it = end - place
    return end if words_in_it > 2 or (words_in_it == 2 and (alone or with_class)) else 0


def _in_a_title(text: Text, place: int) -> bool:
    """Say whether a street, school, prize or famous person is being named."""
    if text.cue_before(place, _OF_STREETS, 2):
        return True
    at = place - 1
    while at > place - 6 and text[at].capital and text.follows(at + 1):
        at -= 1
    return bool(text.cue_before(at + 1, _OF_STREETS, 2)) or bool(text.match(at + 1, _OF_STREETS))


def _run(text: Text, place: int) -> int:
    """Return the end (exclusive) of the capitalised words from ``place`` on that may be one name."""
    end, shouted = place + 1, text[place].shouted or text[place + 1].shouted
    while end < place + _MOST and text[end].capital and text.follows(end) and "\n" not in text.gap(end):
        ends = text[end].word in _RUN_ENDS or class_at(text, end) or (shouted and text[end].word in _ENDS)
        if ends and len(text[end].word) > 1:
            break
        if text[end].shouted != shouted and len(text[end].word) > 1 and text[end].shouted:
            break
        end += 1
    return end


def _right_behind(
    text: Text, place: int, cues: dict, *, signs: frozenset | set = frozenset(), lines: bool = False
) -> bool:
    """Say whether one of ``cues`` ends right before ``place``; some signs and line breaks may stand between."""
    at = place
    for _turn in range(6):
        before = text[at - 1]
        if before.word in signs or (lines and before.sort == "line"):
            at -= 1
        elif lines and before.sort == "word" and text[at].word == ")" and at < place:
            opening = next((place for place in range(at - 1, at - 8, -1) if text[place].word == "("), 0)
            if not opening:
                break
            at = opening
        else:
            break
    if text[place].glued and text[place - 1].sort == "word":
        return False
    return text.cue_before(at, cues, 5) == 1 and not ("\n" in text.gap(place) and not lines)


def _blocked(text: Text, place: int) -> bool:
    token = text[place]
    if text.match(place, _PAIRS_NO_NAME) or class_at(text, place):
        return True
    if token.word in _NO_NAME:
        follows_name = text[place + 1].capital and _is_surname(text, place) and text.follows(place + 1)
        return not follows_name
    return bool(text.match(place, _PROVINCES)) and not _is_surname(text, place)


def _is_surname(text: Text, place: int) -> bool:
    token = text[place]
    if "'" in token.plain:
        return True
    return token.word in _SURNAMES or (token.plain == token.word and token.plain in _PLAIN_SURNAMES)


def _is_given(token: Token) -> bool:
    return token.word in _GIVEN or (token.plain == token.word and token.plain in _PLAIN_GIVEN)


def _known_given(token: Token) -> bool:
    """Say whether a word in small letters is a given name far more often than anything else."""
    if token.word in _NOT_GIVEN:
        return False
    return token.word in _GIVEN or (token.plain == token.word and token.plain in _PLAIN_GIVEN)


def _is_famous(text: Text, place: int, end: int) -> bool:
    return place + text.match(place, _FAMOUS) >= end > place
