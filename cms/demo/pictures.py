"""Pictures for the sample news, drawn here so that no photograph of anybody is needed."""

import io
from collections.abc import Callable

from django.core.files.images import ImageFile

from PIL import Image, ImageDraw

SIZE = (1200, 800)
SKY, BLUE, NAVY, SUN, SAND, GREEN, WOOD = "#dfe8f6", "#8fb0e0", "#0a3f94", "#ffd42a", "#e8d9b8", "#2f6b4f", "#c49a5a"
Pen = ImageDraw.ImageDraw


def _school(pen: Pen) -> None:
    pen.rectangle((0, 620, 1200, 800), fill=SAND)
    pen.ellipse((930, 90, 1100, 260), fill=SUN)
    pen.polygon([(200, 330), (600, 150), (1000, 330)], fill=NAVY)
    pen.rectangle((240, 330, 960, 640), fill="#ffffff")
    for row in (370, 500):
        for column in (290, 400, 750, 860):
            pen.rectangle((column, row, column + 70, row + 60), fill=BLUE)
    pen.rectangle((540, 480, 660, 640), fill=NAVY)
    pen.ellipse((560, 360, 640, 440), fill=BLUE, outline=NAVY, width=6)
    for x in (90, 1040):
        _tree(pen, x, 640, 130)


def _tree(pen: Pen, x: int, ground: int, size: int) -> None:
    pen.rectangle((x + size // 2 - 8, ground - size, x + size // 2 + 8, ground), fill=WOOD)
    pen.ellipse((x, ground - size - size // 2, x + size, ground - size // 2), fill=GREEN)


def _training(pen: Pen) -> None:
    pen.rectangle((0, 640, 1200, 800), fill=SAND)
    pen.rectangle((260, 120, 940, 520), fill="#ffffff", outline=NAVY, width=10)
    for index, height in enumerate((110, 170, 240)):
        pen.rectangle((340 + index * 90, 460 - height, 400 + index * 90, 460), fill=NAVY)
    for line in range(5):
        pen.rectangle((660, 200 + line * 50, 880 - line * 25, 216 + line * 50), fill=BLUE)
    for x, shirt in ((300, BLUE), (540, GREEN), (780, NAVY)):
        pen.ellipse((x + 40, 590, x + 120, 670), fill=WOOD)
        pen.pieslice((x, 660, x + 160, 860), 180, 360, fill=shirt)


def _books(pen: Pen) -> None:
    for shelf in (380, 720):
        pen.rectangle((80, shelf, 1120, shelf + 26), fill=WOOD)
        x = 110
        for index in range(14):
            width, height = 44 + index % 3 * 14, 190 + index % 4 * 30
            fill = (NAVY, GREEN, BLUE, SUN, "#8a0f20")[(index + shelf) % 5]
            pen.rectangle((x, shelf - height, x + width, shelf), fill=fill)
            x += width + 12


def _trees(pen: Pen) -> None:
    pen.ellipse((60, 60, 230, 230), fill=SUN)
    pen.rectangle((0, 600, 1200, 800), fill="#bcd9c4")
    for index in range(6):
        _tree(pen, 40 + index * 195, 640 + index % 2 * 60, 150 + index % 3 * 20)


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "school": _school,
    "training": _training,
    "books": _books,
    "trees": _trees,
}


def drawing(name: str) -> ImageFile:
    """Return the drawing called ``name`` as a PNG file, the same bytes each time."""
    picture = Image.new("RGB", SIZE, SKY)
    DRAWINGS[name](ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    out.seek(0)
    return ImageFile(out, name=f"mau-{name}.png")
