"""Opening packed office files (XLSX, DOCX) that came from outside: no bombs, no macros, no surprises."""

import io
import zipfile

from django.utils.translation import gettext as _

from .results import UnreadableFileError

MAX_UNPACKED = 60 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 3_000

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
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > min(MAX_UNPACKED, MAX_RATIO * max(1, len(content))):
        raise UnreadableFileError(_("Nội dung tệp quá lớn. Hãy bỏ ảnh, bớt trang tính hoặc chia thành nhiều tệp."))


def _members(content: bytes, extension: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise UnreadableFileError(
            _("Không đọc được tệp. Hãy mở thử, lưu lại thành .%(extension)s rồi gửi lại.") % {"extension": extension}
        ) from error
