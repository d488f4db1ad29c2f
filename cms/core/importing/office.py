"""Opening packed office files (XLSX, DOCX) that came from outside: no bombs, no macros, no surprises."""

import io
import zipfile

from django.utils.translation import gettext as _

from .results import UnreadableFileError

MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 3_000
# Bytes of all parts of a kind that a parser takes into memory whole; there they grow about tenfold.
MAX_IN_MEMORY = 20 * 1024 * 1024
MAX_STYLES = 4 * 1024 * 1024
# Read row by row, so only their sum counts.
_STREAMED = "xl/worksheets/"
_MARKUP = (".xml", ".rels", ".vml")

_MACRO_PARTS = {"vbaproject.bin", "vbadata.xml"}
_LEGACY_MARK = b"\xd0\xcf\x11\xe0"  # Word 97, Excel 97, and anything under a password


def check_office_file(content: bytes, *, required_part: str, extension: str) -> None:
    """Look into a packed file before any parser does; raises UnreadableFileError.

    Args:
        content: the whole file.
        required_part: the member that makes it what it says it is, such as ``word/document.xml``.
        extension: the extension that people know, such as ``docx``, for the message.

    """
    if content.startswith(_LEGACY_MARK):
        raise UnreadableFileError(
            _("Tệp ở định dạng cũ hoặc có mật khẩu. Hãy mở tệp, bỏ mật khẩu và lưu lại thành .%(extension)s.")
            % {"extension": extension}
        )
    members = _members(content, extension)
    names = {member.filename.lower() for member in members}
    if required_part.lower() not in names:
        raise UnreadableFileError(
            _("Đây không phải là tệp .%(extension)s. Hãy mở bằng Word hoặc Excel rồi lưu lại thành .%(extension)s.")
            % {"extension": extension}
        )
    if any(name.rpartition("/")[2] in _MACRO_PARTS for name in names):
        raise UnreadableFileError(
            _("Tệp có macro nên không được nhận. Hãy lưu lại thành .%(extension)s không có macro.")
            % {"extension": extension}
        )
    if len(members) > MAX_MEMBERS or _too_large(members, len(content)):
        raise UnreadableFileError(_("Nội dung tệp quá lớn. Hãy bỏ ảnh, bớt trang tính hoặc chia thành nhiều tệp."))
    if _declares_entities(content, members):
        raise UnreadableFileError(_unreadable(extension))


def _too_large(members: list[zipfile.ZipInfo], packed: int) -> bool:
    """What a member says of its size is binding: Python's reader stops there and calls the rest broken."""
    markup = [member for member in members if member.filename.lower().endswith(_MARKUP)]
    kept = sum(member.file_size for member in markup if not member.filename.lower().startswith(_STREAMED))
    styles = sum(member.file_size for member in markup if "styles" in member.filename.lower())
    unpacked = sum(member.file_size for member in members)
    most = min(MAX_UNPACKED, MAX_RATIO * max(1, packed))
    return unpacked > most or kept > MAX_IN_MEMORY or styles > MAX_STYLES


def _declares_entities(content: bytes, members: list[zipfile.ZipInfo]) -> bool:
    """Office files never declare a document type; one that does wants a parser to blow it up or to fetch something."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in members:
                if member.filename.lower().endswith(_MARKUP) and _has_doctype(archive, member):
                    return True
    except Exception:  # noqa: BLE001 - a packed file has many ways to be broken, each with its own error
        return True
    return False


def _has_doctype(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    end = b""
    with archive.open(member) as part:
        while piece := part.read(1024 * 1024):
            seen = end + piece.replace(b"\0", b"")  # UTF-16 puts a zero beside every letter
            if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
                return True
            end = seen[-16:]
    return False


def _unreadable(extension: str) -> str:
    words = _("Không đọc được tệp. Hãy mở thử, lưu lại thành .%(extension)s rồi gửi lại.")
    return words % {"extension": extension}


def _members(content: bytes, extension: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFileError(_unreadable(extension)) from error
