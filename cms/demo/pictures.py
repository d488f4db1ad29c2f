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


def _gate(pen: Pen) -> None:
    pen.rectangle((0, 600, 1200, 800), fill=SAND)
    for x in (250, 870):
        pen.rectangle((x, 240, x + 80, 640), fill=WOOD)
    pen.rectangle((220, 170, 980, 260), fill=NAVY)
    for x in range(350, 860, 50):
        pen.rectangle((x, 330, x + 12, 640), fill=BLUE)
    for x in (60, 1020):
        _tree(pen, x, 640, 120)


def _board(pen: Pen) -> None:
    pen.rectangle((0, 660, 1200, 800), fill=WOOD)
    pen.rectangle((160, 120, 1040, 560), fill=GREEN, outline=WOOD, width=18)
    for line, width in enumerate((560, 420, 500, 260)):
        pen.rectangle((240, 200 + line * 80, 240 + width, 214 + line * 80), fill="#ffffff")
    pen.rectangle((440, 590, 760, 740), fill=SAND, outline=NAVY, width=8)


def _drums(pen: Pen) -> None:
    pen.rectangle((0, 640, 1200, 800), fill=SAND)
    pen.ellipse((380, 240, 820, 680), fill="#8a0f20")
    pen.ellipse((430, 290, 770, 630), fill="#ffffff", outline=WOOD, width=14)
    pen.rectangle((300, 660, 900, 700), fill=WOOD)
    for index in range(9):
        x, fill = 90 + index * 128, (SUN, "#8a0f20", BLUE)[index % 3]
        pen.polygon([(x, 60), (x + 90, 60), (x + 45, 150)], fill=fill)


def _field(pen: Pen) -> None:
    pen.rectangle((0, 420, 1200, 800), fill="#bcd9c4")
    pen.rectangle((120, 470, 1080, 760), outline="#ffffff", width=10)
    pen.ellipse((500, 530, 700, 700), outline="#ffffff", width=10)
    pen.ellipse((820, 560, 880, 620), fill=SUN, outline=NAVY, width=5)
    for x in (220, 420, 960):
        pen.ellipse((x, 330, x + 60, 390), fill=WOOD)
        pen.rectangle((x - 5, 390, x + 65, 500), fill=NAVY)


def _bus(pen: Pen) -> None:
    _gate(pen)
    pen.rectangle((140, 400, 900, 690), fill=SUN, outline=NAVY, width=8)
    for x in range(180, 820, 130):
        pen.rectangle((x, 440, x + 100, 530), fill=SKY, outline=NAVY, width=5)
    for x in (240, 700):
        pen.ellipse((x, 630, x + 120, 750), fill=NAVY)
    pen.rectangle((430, 600, 620, 660), fill="#ffffff", outline=NAVY, width=4)
    pen.text((450, 612), "29X-000.00", fill=NAVY, font_size=30)


def _portrait(pen: Pen, shirt: str, hair: str) -> None:
    pen.ellipse((440, 130, 760, 470), fill=hair)
    pen.ellipse((470, 190, 730, 520), fill=SAND)
    pen.pieslice((280, 540, 920, 1180), 180, 360, fill=shirt)
    pen.polygon([(540, 545), (660, 545), (600, 660)], fill="#ffffff")


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "school": _school,
    "training": _training,
    "books": _books,
    "trees": _trees,
    "gate": _gate,
    "board": _board,
    "drums": _drums,
    "field": _field,
    "bus": _bus,
    "portrait-a": lambda pen: _portrait(pen, NAVY, WOOD),
    "portrait-b": lambda pen: _portrait(pen, GREEN, NAVY),
}


def drawing(name: str) -> ImageFile:
    """Return the drawing called ``name`` as a PNG file, the same bytes each time."""
    picture = Image.new("RGB", SIZE, SKY)
    DRAWINGS[name](ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    out.seek(0)
    return ImageFile(out, name=f"mau-{name}.png")
