"""A picture made anew for the public: parts of it painted black, nothing kept of the file that it came from."""

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from PIL import Image, ImageDraw, ImageOps

from cms.media.uploads import MAX_BYTES, MAX_PIXELS

COVERABLE = frozenset({"image/jpeg", "image/png", "image/webp"})
CONTENT_TYPE, EXTENSION = "image/jpeg", "jpg"
LONGEST_SIDE = 1600
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_BLACK, _PAPER = (0, 0, 0), (255, 255, 255)

_TOO_LARGE = _("Ảnh này lớn quá nên không che được. Hãy để ảnh ấy ngoài bản công khai.")
_BROKEN = _("Không đọc được ảnh này: tệp hỏng hoặc không phải ảnh. Hãy để ảnh ấy ngoài bản công khai.")


@dataclass(frozen=True)
class Box:
    """A part of a picture, in hundredths of its width and height as people see it, from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class CoveredPicture:
    """The new file and its size in points."""

    content: bytes
    width: int
    height: int


def picture_redrawn(content: bytes, boxes: Iterable[Box] = ()) -> CoveredPicture:
    """Return ``content`` as a new JPEG of at most 1600 points a side, each of ``boxes`` black in the points themselves.

    Position, camera, small picture and colour profile of the old file stay behind. A box is rounded outward and
    painted before the picture is made smaller, so nothing of what it covers is mixed into its rim. Raises
    ValidationError with a Vietnamese sentence for what is no picture, is broken, or would unpack beyond all measure.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError(_TOO_LARGE, code="too_big")
    try:
        plain = _unpacked(content)
    except Image.DecompressionBombError as error:
        raise ValidationError(_TOO_LARGE, code="pixels") from error
    except Exception as error:  # decoders raise whatever a broken file makes them stumble over
        raise ValidationError(_BROKEN, code="broken") from error
    pen = ImageDraw.Draw(plain)
    for box in boxes:
        pen.rectangle(_corners(box, plain.width, plain.height), fill=_BLACK)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, subsampling=0)  # else colours run over the rim of a box
    return CoveredPicture(out.getvalue(), plain.width, plain.height)


def _unpacked(content: bytes) -> Image.Image:
    """Return the points of ``content``, upright, in colour.

    Memory: what was read is let go with this function, before anything is painted. Until then the picture as stored
    and the paper stand side by side, for rare kinds (grey with transparency, 16 bits) one conversion more. With
    MAX_PIXELS = 40 million points that is 160 + 120 MB, 440 MB for those kinds; a JPEG is read smaller from the start.
    """
    with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        ImageOps.exif_transpose(picture, in_place=True)
        return _on_paper(picture)


def _on_paper(picture: Image.Image) -> Image.Image:
    """Return the points alone, in colour, what is transparent on white."""
    if picture.mode.startswith("I"):
        # Scanners make 16 bits of grey, which a mere conversion would cut off at white.
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    paper = Image.new("RGB", picture.size, _PAPER)
    if picture.has_transparency_data:
        picture = picture if picture.mode == "RGBA" else picture.convert("RGBA")
        paper.paste(picture, mask=picture)
    else:
        paper.paste(picture)  # converts by itself, and only when it must
    return paper


def _corners(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    """Return the outermost points of ``box``; the lower right corner belongs to it."""
    left, top = math.floor(box.left * width / 100), math.floor(box.top * height / 100)
    right = math.ceil((box.left + box.width) * width / 100) - 1
    bottom = math.ceil((box.top + box.height) * height / 100) - 1
    return left, top, max(left, min(right, width - 1)), max(top, min(bottom, height - 1))
