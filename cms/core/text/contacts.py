"""Telephone numbers and e-mail addresses of people in Vietnam."""

import re

from django.utils.translation import gettext_lazy as _

from .clean import clean_line
from .errors import TextError

_PHONE_PUNCTUATION = re.compile("[ .()\u2010-\u2015-]")
_COUNTRY_CODE = re.compile(r"^(?:\+|00)?84(?=[0-9]{9,11}$)0?")
# Mobile 03 05 07 08 09 (10 digits), fixed line 02 (11 digits since 2017), 1800/1900, the public line 1022.
_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}|1[89]00(?:[0-9]{4}|[0-9]{6})|1022")

MAX_EMAIL, MAX_LOCAL_PART = 254, 64
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]{{0,58}}[a-z0-9])")
_INWARD_DOMAINS = ("local", "localhost", "localdomain", "internal", "invalid")


def normalise_phone(value: str) -> str:
    """Return a Vietnamese number as digits only, in its national form: ``+84 912 345 678`` gives ``0912345678``.

    Raises TextError for anything else, digits of other scripts included.
    """
    digits = _PHONE_PUNCTUATION.sub("", clean_line(value))
    national = _COUNTRY_CODE.sub("0", digits)
    if not _PHONE.fullmatch(national):
        raise TextError(
            _("Số điện thoại chưa đúng. Hãy nhập số di động 10 chữ số hoặc số cố định có mã vùng, ví dụ 0912345678.")
        )
    return national


def mask_phone(value: str) -> str:
    """Hide the middle of a number for lists and letters: ``0912***678``. Short numbers keep their first two digits."""
    digits = "".join(character for character in value if character.isdecimal())
    if len(digits) < 9:
        return f"{digits[:2]}***"
    return f"{digits[:4]}***{digits[-3:]}"


def clean_email(value: str) -> str:
    """Return one plain address with its domain in lower case.

    Raises TextError for lists, display names, quoted local parts, address literals, single-label and inward
    domains, letters with marks, a local part above 64 characters or an address above 254.
    """
    address = clean_line(value)
    local_part, at, domain = address.rpartition("@")
    domain = domain.lower()
    if not address.isascii():
        raise TextError(_("Địa chỉ thư điện tử không được có dấu tiếng Việt, ví dụ ten@example.com."))
    if not at or not _LOCAL_PART.fullmatch(local_part) or not _DOMAIN.fullmatch(domain):
        raise TextError(_("Địa chỉ thư điện tử chưa đúng. Hãy nhập một địa chỉ, ví dụ ten@example.com."))
    if len(local_part) > MAX_LOCAL_PART or len(address) > MAX_EMAIL:
        raise TextError(_("Địa chỉ thư điện tử quá dài."))
    if domain.rpartition(".")[2] in _INWARD_DOMAINS:
        raise TextError(_("Địa chỉ thư điện tử này không nhận được thư từ bên ngoài."))
    return f"{local_part}@{domain}"
