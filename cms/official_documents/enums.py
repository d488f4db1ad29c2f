"""Closed sets of the register of documents."""

import re
from functools import cache

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.text import DOCUMENT_TYPES, QUOTED_TYPES, fold, parse_document_number

LETTER = "cong-van"
OTHER = "khac"
# A draft on which people are asked; not a kind of the decree, but what readers look for.
DRAFT = "du-thao"

# Codes stand in addresses (?loai=ke-hoach) and in the database; in the order of DOCUMENT_TYPES.
_CODES = (
    *("nghi-quyet", "quyet-dinh", "chi-thi", "quy-che", "quy-dinh", "thong-cao", "thong-bao", "huong-dan"),
    *("chuong-trinh", "ke-hoach", "phuong-an", "de-an", "du-an", "bao-cao", "bien-ban", "to-trinh", "hop-dong"),
    *(LETTER, "cong-dien", "ban-ghi-nho", "ban-thoa-thuan", "giay-uy-quyen", "giay-moi", "giay-gioi-thieu"),
    *("giay-nghi-phep", "phieu-gui", "phieu-chuyen", "phieu-bao", "thu-cong"),
)
_QUOTED_CODES = (
    *("nghi-dinh", "thong-tu", "thong-tu-lien-tich", "nghi-quyet-lien-tich", "van-ban-hop-nhat", "ket-luan"),
)

# The 29 kinds of Decree 30/2020/NĐ-CP first, then the legal ones that an office also publishes.
DOCUMENT_KINDS: list[tuple[str, str | Promise]] = [
    *((code, kind.name) for code, kind in zip(_CODES, DOCUMENT_TYPES, strict=True)),
    *((code, kind.name) for code, kind in zip(_QUOTED_CODES, QUOTED_TYPES, strict=True)),
    ("luat", _("Luật, pháp lệnh")),
    (DRAFT, _("Dự thảo lấy ý kiến")),
    (OTHER, _("Loại khác")),
]

KIND_CODES = frozenset(code for code, _name in DOCUMENT_KINDS)

_BY_ABBREVIATION = {
    kind.abbreviation: code
    for codes, kinds in ((_CODES, DOCUMENT_TYPES), (_QUOTED_CODES, QUOTED_TYPES))
    for code, kind in zip(codes, kinds, strict=True)
    if kind.abbreviation
}


def kind_of_number(number: str) -> str:
    """Return the kind that a number says (``21/KH-GD&ĐT`` is a plan); a number without a mark is a letter.

    Empty when ``number`` does not read as a number at all.
    """
    parsed = parse_document_number(number)
    if parsed.type_abbreviation:
        return _BY_ABBREVIATION.get(parsed.type_abbreviation, OTHER)
    if parsed.serial is None:
        return ""
    return "luat" if parsed.issuer.startswith(("QH", "UBTVQH")) else LETTER


def kind_named(words: str) -> str:
    """Return the kind that people call ``words`` (by name or abbreviation, marks do not matter); empty when unknown."""
    return _by_name().get(fold(words), "") or _BY_ABBREVIATION.get(words.strip(), "")


@cache
def _by_name() -> dict[str, str]:
    return {fold(str(name)): code for code, name in DOCUMENT_KINDS} | {code: code for code, _name in DOCUMENT_KINDS}


class LegalStatus(models.TextChoices):
    """Whether a document binds on a given day; derived from days and effects, never chosen by hand."""

    UNKNOWN = "unknown", _("Chưa xác định")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Được sửa đổi, bổ sung")
    EXPIRED = "expired", _("Hết hiệu lực")
    REPLACED = "replaced", _("Bị thay thế")


# What schema.org calls them; an unknown force is left out.
LEGAL_FORCE = {
    LegalStatus.NOT_YET: "NotInForce",
    LegalStatus.IN_FORCE: "InForce",
    LegalStatus.AMENDED: "PartiallyInForce",
    LegalStatus.EXPIRED: "NotInForce",
    LegalStatus.REPLACED: "NotInForce",
}


class EffectKind(models.TextChoices):
    """What a document does to an older one."""

    REPLACES = "replaces", _("thay thế")
    AMENDS = "amends", _("sửa đổi, bổ sung")
    REPEALS = "repeals", _("bãi bỏ")


class RelationKind(models.TextChoices):
    """The same, as an editor says it on either of the two documents."""

    REPLACES = "replaces", _("Thay thế văn bản")
    AMENDS = "amends", _("Sửa đổi, bổ sung, thay thế một phần văn bản")
    REPEALS = "repeals", _("Bãi bỏ văn bản")
    REPLACED_BY = "replaced_by", _("Bị thay thế bởi")
    AMENDED_BY = "amended_by", _("Được sửa đổi, bổ sung bởi")
    REPEALED_BY = "repealed_by", _("Bị bãi bỏ bởi")

    @property
    def effect(self) -> EffectKind:
        return _EFFECTS[self]

    @property
    def is_suffered(self) -> bool:
        """Whether the other document acts on the one that says so."""
        return self in {self.REPLACED_BY, self.AMENDED_BY, self.REPEALED_BY}


_EFFECTS = {
    RelationKind.REPLACES: EffectKind.REPLACES,
    RelationKind.REPLACED_BY: EffectKind.REPLACES,
    RelationKind.AMENDS: EffectKind.AMENDS,
    RelationKind.AMENDED_BY: EffectKind.AMENDS,
    RelationKind.REPEALS: EffectKind.REPEALS,
    RelationKind.REPEALED_BY: EffectKind.REPEALS,
}


class ConsultState(models.TextChoices):
    """Where a consultation on a draft stands; computed from its days, never stored."""

    COMING = "coming", _("Sắp lấy ý kiến")
    OPEN = "open", _("Đang lấy ý kiến")
    CLOSED = "closed", _("Đã hết hạn góp ý, đang tổng hợp")
    ANSWERED = "answered", _("Đã tiếp thu, giải trình")


class ProcedureChange(models.TextChoices):
    """What a decision announces of an administrative procedure (S96)."""

    NEW = "new", _("Mới ban hành")
    AMENDED = "amended", _("Sửa đổi, bổ sung")
    REPLACED = "replaced", _("Thay thế")
    REPEALED = "repealed", _("Bãi bỏ")
    SHORTENED = "shortened", _("Rút ngắn thời gian")


class ReformPart(models.TextChoices):
    """The papers that come back every year in administrative reform (S93), in the order of the year page."""

    PLAN = "plan", _("Kế hoạch cải cách hành chính")
    PROCEDURE_CONTROL = "procedure_control", _("Kế hoạch kiểm soát thủ tục hành chính")
    COMMUNICATION = "communication", _("Kế hoạch tuyên truyền")
    INSPECTION = "inspection", _("Kế hoạch kiểm tra")
    REPORT_Q1 = "report_q1", _("Báo cáo quý I")
    REPORT_6M = "report_6m", _("Báo cáo 6 tháng")
    REPORT_9M = "report_9m", _("Báo cáo quý III, 9 tháng")
    REPORT_YEAR = "report_year", _("Báo cáo năm")
    SCORING = "scoring", _("Chấm điểm, chỉ số")
    OTHER = "other", _("Văn bản khác về cải cách hành chính")


# What the folded abstract says, the narrower first; of which kinds (none: of any).
_REFORM_WORDS: tuple[tuple[ReformPart, str, tuple[str, ...]], ...] = (
    (ReformPart.SCORING, r"cham diem|chi so", ()),
    (ReformPart.PROCEDURE_CONTROL, r"kiem soat (thu tuc|tthc)", ("ke-hoach",)),
    (ReformPart.COMMUNICATION, r"tuyen truyen", ("ke-hoach",)),
    (ReformPart.INSPECTION, r"kiem tra", ("ke-hoach",)),
    (ReformPart.PLAN, r"cai cach hanh chinh|cchc", ("ke-hoach",)),
    (ReformPart.REPORT_Q1, r"quy (i|1)\b", ("bao-cao",)),
    (ReformPart.REPORT_6M, r"(6|sau) thang", ("bao-cao",)),
    (ReformPart.REPORT_9M, r"quy (iii|3)\b|(9|chin) thang", ("bao-cao",)),
    (ReformPart.REPORT_YEAR, r"nam 20\d\d", ("bao-cao",)),
)
_ABOUT_REFORM = re.compile(r"cai cach (thu tuc )?hanh chinh|\bcchc\b|kiem soat (thu tuc hanh chinh|tthc)")
_YEAR_MEANT = re.compile(r"\bnam (20\d\d)\b")


def reform_part_of(*, kind: str, abstract: str) -> tuple[str, int | None]:
    """Guess from its abstract which yearly paper of administrative reform a document is, and of which year.

    A guess for lists that come in by file (S93); an editor's choice is never touched. Empty and None when the
    words say nothing of the kind; no year when they name none.
    """
    words = fold(abstract)
    if not _ABOUT_REFORM.search(words):
        return "", None
    year = _YEAR_MEANT.search(words)
    for part, pattern, kinds in _REFORM_WORDS:
        if (not kinds or kind in kinds) and re.search(pattern, words):
            return str(part), int(year[1]) if year else None
    return str(ReformPart.OTHER), int(year[1]) if year else None
