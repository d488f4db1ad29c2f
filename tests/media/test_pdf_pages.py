"""A page of a stranger's PDF as points and words; the drawer is another process, and may die."""

import io
import subprocess
import sys
import threading
import time
import zlib

from django.core.exceptions import ValidationError

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from cms.media import drawing, pdf_pages
from cms.media.covering import Box, picture_redrawn
from cms.media.pdf_pages import DrawnPage, pdf_page_count, pdf_page_drawn
from tests.feedback.pictures import written_pdf
from tests.media.files import pdf

SECRET = "CHIM-TRONG-TEP"
LINES = ["Cháu Phượng học ở đây, gọi 0912 345 678.", "Sân trường ngập sau mưa."]


def raw_pdf(box=b"0 0 595 842", page=b"", content=b"", *more, root=b""):
    objects = [
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R" + page + b">>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        *more,
    ]
    body, places = b"%PDF-1.4\n", b""
    for number, each in enumerate(objects, start=1):
        places += b"%010d 00000 n \n" % len(body)
        body += b"%d 0 obj%b\nendobj\n" % (number, each)
    count = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Root 1 0 R/Size %d>>\n" % (count, places, count)
    return body + table + b"startxref\n%d\n%%%%EOF\n" % len(body)


def image(content):
    return Image.open(io.BytesIO(content))


def turned(content, angle):
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(content)))
    writer.pages[0].rotate(angle)
    writer.write(out)
    return out.getvalue()


def dark(picture, box):
    corners = (box.left, box.top, box.left + box.width, box.top + box.height)
    part = picture.crop([round(side * picture.size[at % 2] / 100) for at, side in enumerate(corners)])
    return sum(point < 128 for point in part.convert("L").tobytes())


def test_a_page_is_points_and_its_words():
    content = written_pdf(LINES, ["Trang hai."], secret=SECRET)
    assert pdf_page_count(content) == 2
    drawn = pdf_page_drawn(content, 1)
    assert LINES[0] in drawn.words
    assert "Trang hai" not in drawn.words
    assert drawn.whole
    assert SECRET.encode() not in drawn.content
    picture = image(drawn.content)
    assert (picture.format, max(picture.size), picture.info) == ("PNG", 1600, {})
    assert SECRET.encode() not in picture_redrawn(drawn.content).content


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_words_stand_where_they_are_seen_however_the_page_is_turned(angle):
    drawn = pdf_page_drawn(turned(written_pdf(LINES), angle), 1)
    start = drawn.words.index("0912 345 678")
    boxes = drawn.boxes_over([(start, start + len("0912 345 678"))])
    assert len(boxes) == 1
    picture = image(drawn.content)
    assert dark(picture, boxes[0]) > 100
    left = drawn.words_outside(boxes)
    assert "0912" not in left
    assert "Cháu Phượng" in left
    assert "Sân trường ngập" in left
    covered = image(picture_redrawn(drawn.content, boxes).content)
    whole = Box(0, 0, 100, 100)
    assert dark(covered, whole) > dark(picture, whole)


def test_what_a_box_only_touches_can_still_be_read():
    drawn = DrawnPage(b"", "AB", [(10, 10, 12, 14), (12, 10, 14, 14)], True)
    assert drawn.words_outside([Box(0, 0, 50, 11.5)]) == "AB"  # the lower part stands out
    assert drawn.words_outside([Box(0, 0, 13, 50)]) == "█B"
    assert drawn.words_outside([Box(10, 10, 4, 4)]) == "██"


def test_words_off_the_page_and_cut_away_are_not_words_of_it():
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    words = b"BT /F1 12 Tf 50 700 Td (TRONG) Tj 0 900 Td (NGOAI) Tj ET"
    drawn = pdf_page_drawn(raw_pdf(b"0 0 595 842", b"/Resources<</Font<</F1 5 0 R>>>>", words, font), 1)
    assert "TRONG" in drawn.words
    assert "NGOAI" not in drawn.words


def test_what_was_filled_into_a_form_is_seen_and_its_scripts_do_not_run():
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(ten)/V(Mau)/Rect[100 100 300 300]/F 4/AP<</N 6 0 R>>/P 3 0 R>>"
    look = b"<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length 15>>stream\n0 0 200 200 re f\nendstream"
    form = b"/AcroForm<</Fields[5 0 R]>>/OpenAction<</S/JavaScript/JS(app.alert(1); while (true) {})>>"
    filled = raw_pdf(b"0 0 400 400", b"/Annots[5 0 R]", b"q Q", field, look, root=form)
    assert dark(image(pdf_page_drawn(filled, 1).content), Box(30, 30, 40, 40)) > 100_000


def bomb():
    """An image of a page that unpacks to 3.6 billion bytes."""
    packed = zlib.compress(zlib.compress(b"\0" * 30_000_000))
    head = b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8/ColorSpace/DeviceGray"
    image = head + b"/Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
    return raw_pdf(b"0 0 595 842", b"/Resources<</XObject<</I 5 0 R>>>>", b"q 500 0 0 500 0 0 cm /I Do Q", image)


def endless():
    """A form that draws itself twice, and so on."""
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>/Length 12>>stream\n"
    form += b"/X Do /X Do \nendstream"
    return raw_pdf(b"0 0 595 842", b"/Resources<</XObject<</X 5 0 R>>>>", b"/X Do", form)


@pytest.mark.parametrize(
    ("make", "number", "said"),
    [
        (lambda: b"", 1, "broken"),
        (lambda: b"%PDF-1.4 x", 1, "broken"),
        (lambda: written_pdf(LINES)[:300], 1, "broken"),
        (lambda: b"x" * (pdf_pages.MAX_BYTES + 1), 1, "too_big"),
        (lambda: written_pdf(LINES, owner_password="a", user_password="khoa"), 1, "locked"),
        (lambda: written_pdf(LINES), 2, "missing"),
        (lambda: written_pdf(LINES), 10**30, "missing"),
        (lambda: raw_pdf(b"0 0 2000000 2000000"), 1, "too_large"),
        (lambda: raw_pdf(b"0 0 14000 2"), 1, "too_large"),
    ],
)
def test_hostile_files_end_in_a_sentence(make, number, said):
    with pytest.raises(ValidationError) as refused:
        pdf_page_drawn(make(), number)
    assert refused.value.code == said
    assert "." in refused.value.messages[0]


@pytest.mark.parametrize(
    "make",
    [
        pdf,
        bomb,
        endless,
        lambda: raw_pdf(b"0 0 0 0"),
        lambda: raw_pdf(b"9 9 -9 -9"),
        lambda: raw_pdf(b"0 0 " + b"9" * 30 + b" " + b"9" * 30),
    ],
)
def test_whatever_a_file_holds_the_answer_comes_in_time_and_is_small(make):
    began = time.monotonic()
    try:
        picture = image(pdf_page_drawn(make(), 1).content)
    except ValidationError as refused:
        assert refused.code in {"too_hard", "too_large", "broken"}
    else:
        assert max(picture.size) <= 1600
    assert time.monotonic() - began < pdf_pages.LONGEST + 10


def test_an_owner_lock_alone_is_no_lock():
    assert pdf_page_count(written_pdf(LINES, owner_password="khoa", user_password="")) == 1


def test_a_page_full_of_letters_is_read_in_part():
    letters = b"BT /F1 2 Tf 10 800 Td " + (b"(" + b"a" * 200 + b") Tj 0 -2 Td ") * 200 + b"ET"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    drawn = pdf_page_drawn(raw_pdf(b"0 0 595 842", b"/Resources<</Font<</F1 5 0 R>>>>", letters, font), 1)
    assert (len(drawn.words), drawn.whole) == (drawing.MOST_CHARACTERS, False)


def test_two_lines_of_one_name_are_two_boxes():
    places = [(10, 10, 12, 12), (12, 10, 14, 12), (5, 14, 7, 16), (7, 14, 9, 16)]
    drawn = DrawnPage(b"", "ABCD", places, True)
    found = [(box.left, box.top, box.width, box.height) for box in drawn.boxes_over([(0, 4)])]
    assert found == [pytest.approx((9.7, 9.7, 4.6, 2.6), abs=0.02), pytest.approx((4.7, 13.7, 4.6, 2.6), abs=0.02)]


@pytest.mark.parametrize(
    "program",
    ["import os; os.abort()", "import time; time.sleep(60)", "print(1)", "print('{}')", "raise SystemExit(3)"],
)
def test_a_drawer_that_dies_or_hangs_is_said(monkeypatch, tmp_path, program):
    other = tmp_path / "other.py"
    other.write_text(program)
    monkeypatch.setattr(drawing, "__file__", str(other))
    monkeypatch.setattr(pdf_pages, "LONGEST", 1)
    with pytest.raises(ValidationError, match="dừng lại"):
        pdf_page_drawn(written_pdf(LINES), 1)


def test_only_a_few_are_drawn_at_once_and_the_rest_wait_their_turn(monkeypatch):
    monkeypatch.setattr(pdf_pages, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(pdf_pages, "LONGEST", 0.1)
    with pdf_pages._turns, pytest.raises(ValidationError, match="đang bận"):
        pdf_page_drawn(written_pdf(LINES), 1)
    monkeypatch.setattr(pdf_pages, "LONGEST", 15)
    for content, said in ((b"", "broken"), (written_pdf(LINES), "")):  # a refusal gives its turn back
        try:
            assert pdf_page_drawn(content, 1).words
        except ValidationError as refused:
            assert refused.code == said


def test_the_drawer_writes_no_files_and_says_nothing_else():
    program = [sys.executable, "-I", drawing.__file__, "1"]
    done = subprocess.run(program, input=b"%PDF-1.4 x", capture_output=True, timeout=60, check=True)
    assert (done.stderr, done.stdout) == (b"", b'{"state": "broken"}\n')
