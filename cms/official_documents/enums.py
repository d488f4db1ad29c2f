"""Closed sets of the register of documents."""

from functools import cache

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.core.text import DOCUMENT_TYPES, QUOTED_TYPES, fold, parse_document_number

LETTER = "cong-van"
OTHER = "khac"

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
    UNKNOWN = "unknown", _("Chưa xác định")
    NOT_YET = "not_yet", _("Chưa có hiệu lực")
    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Được sửa đổi, bổ sung")
    EXPIRED = "expired", _("Hết hiệu lực")
    REPLACED = "replaced", _("Bị thay thế")
