"""Files made on the spot, good and hostile; none of them is kept in the repository."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from docx import Document
from openpyxl import Workbook
from PIL import Image, ImageCms, PngImagePlugin

SECRET = "BI-MAT-21.0285,105.8542"
ODF = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options) -> bytes:
    """Return a picture as PNG, JPEG, WEBP, GIF, TIFF, BMP…"""
    out = io.BytesIO()
    Image.new(mode, size).save(out, kind, **options)
    return out.getvalue()


def telling_picture(kind: str, *, in_profile: bool = True) -> bytes:
    """Return a picture that tells SECRET in every place where its format has one, and behind its end.

    The colour profile tells it too unless ``in_profile`` is false.
    """
    exif = Image.Exif()
    exif[0x010E] = SECRET  # description
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[1] = SECRET  # position
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SECRET)
    notes.add_text("Packed", SECRET, zip=True)
    notes.add_itxt("XML:com.adobe.xmp", SECRET)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile += SECRET.encode() if in_profile else b""
    more = {
        "PNG": {"pnginfo": notes},
        "JPEG": {"comment": SECRET.encode(), "xmp": SECRET.encode()},
        "WEBP": {"xmp": SECRET.encode()},
    }
    return picture(kind, exif=exif.tobytes(), icc_profile=profile, **more[kind]) + SECRET.encode()


def huge_png(width: int, height: int) -> bytes:
    """Return the head of a PNG that claims to be so large; a few dozen bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def pdf() -> bytes:
    """Return a PDF of one empty page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n"
        b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n"
    )


def docx() -> bytes:
    """Return what Word would write."""
    out = io.BytesIO()
    document = Document()
    document.add_paragraph("Kính gửi nhà trường")
    document.save(out)
    return out.getvalue()


def xlsx() -> bytes:
    """Return what Excel would write."""
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def opendocument(kind: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return what LibreOffice would write; ``kind`` is text or spreadsheet."""
    return packed({"mimetype": ODF + kind, "content.xml": "<office/>", "META-INF/manifest.xml": "<m/>", **(more or {})})


def packed(members: Mapping[str, bytes | str], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip with these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_members(office: bytes, more: Mapping[str, bytes | str]) -> bytes:
    """Return the office file with members added or replaced."""
    with zipfile.ZipFile(io.BytesIO(office)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed({**members, **more})


def lying_about_size(office: bytes, member: str) -> bytes:
    """Return the office file whose directory says that ``member``, 50 MB of zeros, is ten bytes long."""
    bomb = bytearray(with_members(office, {member: bytes(50_000_000)}))
    at = bomb.rfind(b"PK\x01\x02", 0, bomb.rfind(member.encode()))
    bomb[at + 24 : at + 28] = struct.pack("<I", 10)
    return bytes(bomb)


def locked(office: bytes) -> bytes:
    """Return the office file with its first member marked as encrypted."""
    marked = bytearray(office)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[marked.find(signature) + offset] |= 1
    return bytes(marked)


def mp4() -> bytes:
    return b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(200)


def exe() -> bytes:
    return b"MZ\x90\x00" + bytes(56) + b"\x80\x00\x00\x00" + bytes(64) + b"PE\x00\x00" + bytes(200)


def ole() -> bytes:
    """Return the head of an old Word or Excel file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def word_file(*paragraphs: str) -> bytes:
    """Return a Word file with these paragraphs."""
    out = io.BytesIO()
    paper = Document()
    for words in paragraphs:
        paper.add_paragraph(words)
    paper.save(out)
    return out.getvalue()


def word_parts(**parts: str | bytes) -> bytes:
    """Return a ZIP file that calls itself a Word file; ``document`` is its text in XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def telling_pdf(words: str) -> bytes:
    """Return a PDF of one page that says ``words``, in letters with all their marks; written without any library."""
    codes = {letter: number for number, letter in enumerate(dict.fromkeys(words), start=1)}
    text = "".join(f"{codes[letter]:04x}" for letter in words)
    table = "".join(f"<{number:04x}> <{ord(letter):04x}>\n" for letter, number in codes.items())
    to_unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <ffff> "
        f"endcodespacerange\n{len(codes)} beginbfchar\n{table}endbfchar\nendcmap end end"
    )
    shown = f"BT /F1 12 Tf 50 700 Td <{text}> Tj ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(shown)}>>stream\n{shown}\nendstream",
        "<</Type/Font/Subtype/Type0/BaseFont/Mau/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/Mau"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>",
        f"<</Length {len(to_unicode)}>>stream\n{to_unicode}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
        f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    ).encode()
