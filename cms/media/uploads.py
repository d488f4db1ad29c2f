"""What may come in from a stranger: known types only, checked by content, pictures made anew."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

import filetype
from PIL import Image, ImageOps, UnidentifiedImageError

from cms.core.text import TextError, clean_line

MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 200
MAX_MEMBERS = 5_000

_OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES: dict[str, str] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "pdf": "application/pdf",
    "docx": _OFFICE + "wordprocessingml.document",
    "xlsx": _OFFICE + "spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_PICTURES = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
ACCEPT = ",".join(f".{extension}" for extension in ("jpg", "jpeg", "png", "webp", "pdf", "docx", "xlsx", "odt", "ods"))

_REFUSED = _("“%(name)s” không phải là tệp nhận được. Hãy gửi ảnh JPG, PNG, WEBP hoặc tệp PDF, Word, Excel, ODF.")
_BROKEN = _("Không đọc được tệp “%(name)s”. Hãy mở thử rồi lưu lại, sau đó gửi lại.")
_TOO_BIG = _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy giảm cỡ ảnh hoặc chia nhỏ tệp.")
_MACRO = _("Tệp “%(name)s” có mã lệnh (macro) nên không nhận được. Hãy lưu lại thành tệp thường.")


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed: its name for people, its type by content, and the bytes to keep."""

    name: str
    extension: str
    content_type: str
    content: bytes


def check_upload(upload: UploadedFile) -> CheckedFile:
    """Return what may be stored of ``upload``; raises ValidationError with a Vietnamese sentence.

    The type is told by content and must agree with the name. Pictures are decoded and written anew, which
    drops position, camera and hidden payloads. Packed formats may not be bombs or carry macros.
    """
    name = _shown_name(upload.name or "")
    if upload.size is None or upload.size > MAX_BYTES:
        raise ValidationError(_TOO_BIG, params={"name": name, "limit": MAX_BYTES // 1024 // 1024}, code="too_big")
    content = upload.read()
    extension = _extension(name, content)
    if extension in _PICTURES:
        content = _fresh_picture(name, content, _PICTURES[extension])
    elif extension in _ZIPPED:
        _check_zip(name, content, extension)
    return CheckedFile(name, extension, TYPES[extension], content)


def _shown_name(raw: str) -> str:
    """Return the visitor's file name as one clean line of at most 100 characters."""
    try:
        name = clean_line(PurePath(raw.replace("\\", "/")).name)
    except TextError:
        name = ""
    stem, dot, extension = name.rpartition(".")
    return f"{stem[:90]}{dot}{extension[:9]}" if stem else name[:100] or "tệp"


def _extension(name: str, content: bytes) -> str:
    claimed = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if claimed not in TYPES or not content:
        raise ValidationError(_REFUSED, params={"name": name}, code="type")
    kind = filetype.guess(content)
    found = {"jpeg": "jpg"}.get(kind.extension, kind.extension) if kind else ""
    zipped = claimed in _ZIPPED and found in {*_ZIPPED, "zip"}
    if found != claimed and not zipped:
        raise ValidationError(_REFUSED, params={"name": name}, code="type")
    return claimed


def _fresh_picture(name: str, content: bytes, picture_format: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=[picture_format]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(
                    _TOO_BIG, params={"name": name, "limit": MAX_BYTES // 1024 // 1024}, code="pixels"
                )
            upright = ImageOps.exif_transpose(picture)
            plain = upright.convert(
                "RGB" if picture_format == "JPEG" else "RGBA" if upright.has_transparency_data else "RGB"
            )
            out = io.BytesIO()
            plain.save(out, picture_format, quality=88)
            return out.getvalue()
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValidationError(_BROKEN, params={"name": name}, code="broken") from error


def _check_zip(name: str, content: bytes, extension: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise ValidationError(_BROKEN, params={"name": name}, code="broken") from error
    names = {member.filename for member in members}
    if _ZIPPED[extension] not in names:
        raise ValidationError(_REFUSED, params={"name": name}, code="type")
    if any(part.lower().rpartition("/")[2] in {"vbaproject.bin", "script-lc.xml"} for part in names):
        raise ValidationError(_MACRO, params={"name": name}, code="macro")
    unpacked = sum(member.file_size for member in members)
    bomb = len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED
    if bomb or unpacked > MAX_RATIO * max(1, len(content)):
        raise ValidationError(_BROKEN, params={"name": name}, code="bomb")
