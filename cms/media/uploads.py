"""What may come in from a stranger: known types only, checked by content, pictures made anew."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

import filetype
from PIL import Image, ImageOps

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
_MACRO_TYPES = (b"macroenabled", b"vbaproject", b"vbadata")
_OPEN_DOCUMENTS = {"odt", "ods"}
_ZIPPED = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml", "ods": "content.xml"}
ACCEPT = ",".join(f".{extension}" for extension in ("jpg", "jpeg", "png", "webp", "pdf", "docx", "xlsx", "odt", "ods"))

_REFUSED = _("“%(name)s” không phải là tệp nhận được. Hãy gửi ảnh JPG, PNG, WEBP hoặc tệp PDF, Word, Excel, ODF.")
_EMPTY = _("Tệp “%(name)s” trống (0 byte). Hãy chọn lại tệp có nội dung.")
_BROKEN = _("Không đọc được tệp “%(name)s”. Hãy mở thử rồi lưu lại, sau đó gửi lại.")
_TOO_BIG = _("Tệp “%(name)s” lớn hơn %(limit)s MB. Hãy giảm cỡ ảnh hoặc chia nhỏ tệp.")
_TOO_MANY_PIXELS = _("Ảnh “%(name)s” có hơn %(limit)s triệu điểm ảnh. Hãy giảm cỡ ảnh rồi gửi lại.")
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
    if not content:
        raise ValidationError(_EMPTY, params={"name": name}, code="empty")
    if claimed not in TYPES:
        raise ValidationError(_REFUSED, params={"name": name}, code="type")
    kind = filetype.guess(content)
    found = {"jpeg": "jpg"}.get(kind.extension, kind.extension) if kind else ""
    zipped = claimed in _ZIPPED and found in {*_ZIPPED, "zip"}
    if found != claimed and not zipped:
        raise ValidationError(_REFUSED, params={"name": name}, code="type")
    return claimed


def _fresh_picture(name: str, content: bytes, picture_format: str) -> bytes:
    """Decode and write anew; only the points of the picture pass, nothing that was stored beside them."""
    try:
        with Image.open(io.BytesIO(content), formats=[picture_format]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Image.DecompressionBombError
            plain = _plain(ImageOps.exif_transpose(picture))
    except Image.DecompressionBombError as error:
        params = {"name": name, "limit": MAX_PIXELS // 1_000_000}
        raise ValidationError(_TOO_MANY_PIXELS, params=params, code="pixels") from error
    except Exception as error:  # decoders raise whatever a broken file makes them stumble over
        raise ValidationError(_BROKEN, params={"name": name}, code="broken") from error
    if picture_format == "JPEG":
        plain = plain.convert("RGB")
    plain.info = {}  # comment and colour profile would be written again
    out = io.BytesIO()
    plain.save(out, picture_format, quality=88)
    return out.getvalue()


def _plain(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in eight bits a channel, transparent where it was."""
    if picture.mode.startswith("I"):
        # Scanners make 16 bits of grey, which a mere conversion would cut off at white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _check_zip(name: str, content: bytes, extension: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            fault = _fault_of(archive, len(content), extension)
    except Exception as error:  # a packed file has many ways to be broken, each with its own error
        raise ValidationError(_BROKEN, params={"name": name}, code="broken") from error
    if fault:
        sentence = {"type": _REFUSED, "macro": _MACRO}.get(fault, _BROKEN)
        raise ValidationError(sentence, params={"name": name}, code=fault)


def _fault_of(archive: zipfile.ZipFile, packed: int, extension: str) -> str:
    """Return why an office file is refused, or nothing; raises when a part cannot be read whole."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if _ZIPPED[extension] not in names:
        return "type"
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * packed:
        return "bomb"
    if extension in _OPEN_DOCUMENTS:
        if archive.read("mimetype").strip() != TYPES[extension].encode():
            return "type"
        declared = b""
    else:
        declared = archive.read("[Content_Types].xml").lower()
    # Word and Excel go by the declared type of a part, whatever its name.
    if any(_is_macro(part) for part in names) or any(word in declared for word in _MACRO_TYPES):
        return "macro"
    # Reading every part proves that none is larger than it says, locked or cut off.
    declares = any(b"<!ENTITY" in archive.read(member) for member in members)
    outside = any(part.startswith("/") or ".." in PurePath(part).parts for part in names)
    return "broken" if declares or outside else ""


def _is_macro(part: str) -> bool:
    lowered = part.lower()
    return lowered.endswith(("vbaproject.bin", "script-lc.xml")) or lowered.startswith(("basic/", "scripts/"))
