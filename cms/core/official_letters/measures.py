"""Sizes of an official letter: Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục I–II. Millimetres; points for letters."""

PAGE_WIDTH, PAGE_HEIGHT = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15  # 20–25, 20–25, 30–35, 15–20
TEXT_WIDTH = PAGE_WIDTH - LEFT - RIGHT
LEFT_COLUMN = 62  # the body that issues; the nation stands beside it in the rest
RIGHT_COLUMN = TEXT_WIDTH - LEFT_COLUMN
FIRST_LINE = 10  # 1 cm or 1,27 cm
GAP = 2.2  # between paragraphs: at least 6 pt
LINE_SPACING = 1.15  # 1 to 1,5; below this, stacked marks touch the line above
PAGE_NUMBER_TOP = 10

NATION_SIZE = 12  # 12–13
MOTTO_SIZE = 13  # 13–14
ISSUER_SIZE = 12  # 12–13
NUMBER_SIZE = 13
SUBJECT_SIZE = 12  # V/v: 12–13
TITLE_SIZE = 14  # 13–14
BODY_SIZE = 14  # 13–14
CELL_SIZE = 12
COPIES_SIZE, COPY_SIZE = 12, 11
PAGE_NUMBER_SIZE = 13  # 13–14

SIGNING_SPACE = 24  # for hand and seal
RULE_SHARE = 0.4  # of the line above it: one third to one half
CAPITAL = 2.5  # width of a bold capital of 12 points, on the average of Vietnamese names of offices


def rule_width(text: str, room: float) -> float:
    """Return how long the line below ``text`` is, in a column ``room`` wide; both in millimetres."""
    return min(len(text) * CAPITAL, room) * RULE_SHARE
