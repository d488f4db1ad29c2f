"""Words that people use for the same thing, written without marks: every member of a group finds every other."""

GROUPS: tuple[tuple[str, ...], ...] = (
    ("tthc", "thu tuc hanh chinh"),
    ("cchc", "cai cach hanh chinh"),
    ("pakn", "phan anh kien nghi"),
    ("gddt", "gd dt", "giao duc va dao tao", "giao duc dao tao"),
    ("sgddt", "sgd dt", "so gddt", "so gd dt", "so giao duc va dao tao"),
    ("pgddt", "pgd dt", "phong gddt", "phong gd dt", "phong giao duc va dao tao"),
    ("bgddt", "bgd dt", "bo gddt", "bo gd dt", "bo giao duc va dao tao"),
    ("ubnd", "uy ban nhan dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("bcci", "buu chinh cong ich"),
    ("dvctt", "dvc truc tuyen", "dich vu cong truc tuyen"),
    ("dvcqg", "dich vu cong quoc gia"),
    ("cntt", "cong nghe thong tin"),
    ("vb", "van ban"),
    ("kh", "ke hoach"),
    ("bc", "bao cao"),
    ("qd", "quyet dinh"),
    ("gv", "giao vien"),
    ("hs", "hoc sinh"),
    ("thcs", "trung hoc co so"),
    ("thpt", "trung hoc pho thong"),
    ("gdtx", "giao duc thuong xuyen"),
    ("gdpt", "giao duc pho thong"),
    ("gvcn", "giao vien chu nhiem"),
    ("cmhs", "cha me hoc sinh"),
    ("sgk", "sach giao khoa"),
    ("bhyt", "bao hiem y te"),
    ("bhxh", "bao hiem xa hoi"),
    ("cccd", "can cuoc cong dan"),
    ("dvc", "dich vu cong"),
    ("qui trinh", "quy trinh"),
)

# Inside a document number an abbreviation stands for its other spellings only, never for its long form.
NUMBER_SPELLINGS: tuple[tuple[str, ...], ...] = (
    ("gddt", "gd dt"),
    ("sgddt", "sgd dt"),
    ("pgddt", "pgd dt"),
    ("bgddt", "bgd dt"),
)


def _by_phrase(groups: tuple[tuple[str, ...], ...]) -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    table = {}
    for group in groups:
        members = [tuple(member.split()) for member in group]
        for member in members:
            table[member] = tuple(other for other in members if other != member)
    return table


SYNONYMS = _by_phrase(GROUPS)
SPELLINGS = _by_phrase(NUMBER_SPELLINGS)
LONGEST = max(len(phrase) for phrase in SYNONYMS)
