"""What is read of good files, and what is said of hostile ones. The reader is called as the worker calls it."""

import io
import json
import subprocess
import sys
import time
import zlib

import pytest
from pypdf import PdfWriter

from cms.media import extract
from tests.media.files import pdf, picture, telling_pdf, word_file, word_parts

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SENTENCE = "Đường dây nóng của Trường Mầm non Cổ Bi, ẫ ệ Ứ."


def answer(content: bytes) -> dict:
    program = [sys.executable, "-I", extract.__file__]
    done = subprocess.run(program, input=content, capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    return json.loads(done.stdout)


def pages(count: int, **lock) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    for _place in range(count):
        writer.add_blank_page(200, 200)
    if lock:
        writer.encrypt(**lock, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def raw_pdf(*objects: bytes) -> bytes:
    body = b"".join(b"%d 0 obj%sendobj\n" % (number, content) for number, content in enumerate(objects, start=1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def packed_stream() -> bytes:
    """A page whose text unpacks to half a gigabyte."""
    stream = zlib.compress(b"0" * 500_000_000, 9)
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream " % (len(stream), stream),
    )


def laughs() -> str:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 9))
    return f'<!DOCTYPE a [<!ENTITY a0 "{"a" * 20}">{entities}]><a>&a8;</a>'


class TestGood:
    def test_a_word_file(self):
        told = answer(word_file("Điều 1. " + SENTENCE, "Điều 2."))
        assert (told["state"], told["text"], told["partial"]) == ("read", f"Điều 1. {SENTENCE}\nĐiều 2.\n", False)

    def test_a_pdf_with_its_marks(self):
        told = answer(telling_pdf(SENTENCE))
        assert (told["state"], told["text"].strip(), told["pages"]) == ("read", SENTENCE, 1)

    def test_what_a_reader_of_the_paper_does_not_see_is_not_read(self):
        told = answer(
            word_parts(
                document=f"<w:document {WORD}><w:p><w:r><w:t>Danh sách học sinh</w:t></w:r>"
                "<w:r><w:rPr><w:vanish/></w:rPr><w:t>KHUAT</w:t></w:r><w:del><w:r><w:delText>XOA</w:delText></w:r></w:del>"
                "</w:p></w:document>",
                comments=f"<w:comments {WORD}><w:p><w:r><w:t>LOI-PHE</w:t></w:r></w:p></w:comments>",
            )
        )
        assert told["text"].strip() == "Danh sách học sinh"

    def test_a_long_file_is_read_in_part(self):
        told = answer(word_file(*["Một câu khá dài để đủ số chữ. " * 40] * 120))
        assert (told["state"], told["partial"], len(told["text"])) == ("read", True, extract.MOST_CHARACTERS)


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (pdf, "empty"),
        (lambda: pages(10_000), "empty"),
        (lambda: pages(1, user_password="khoa"), "locked"),
        (lambda: pages(1, user_password="", owner_password="khoa"), "empty"),
        (lambda: b"%PDF-1.4 x", "broken"),
        (lambda: raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"), "broken"),
        (packed_stream, "broken"),
        (lambda: word_parts(document=b"<a>" + b" " * 200_000_000 + b"</a>"), "too_big"),
        (lambda: word_parts(document=b"<a>" * 3_000_000), "broken"),
        (lambda: word_parts(document=laughs()), "broken"),
        (lambda: word_parts(document=f'<!DOCTYPE a SYSTEM "file:///etc/passwd"><w:p {WORD}/>'), "empty"),
        (lambda: word_parts(khac="x"), "other"),
        (lambda: word_file("chữ")[:-200], "broken"),
        (lambda: picture("PNG"), "other"),
        (lambda: b"", "other"),
    ],
    ids=[
        *("empty", "10000-pages", "locked", "owner-lock", "broken", "cyclic", "stream-bomb", "zip-bomb", "deep"),
        *("laughs", "entity", "zip", "cut", "png", "none"),
    ],
)
def test_hostile_files_end_in_a_word(make, state):
    content = make()
    began = time.monotonic()
    told = answer(content)
    assert (told["state"], told["text"]) == (state, "")
    assert time.monotonic() - began < 45


def test_a_reader_that_needs_too_much_is_stopped(monkeypatch):
    def greedy(_content):
        raise MemoryError

    monkeypatch.setattr(extract, "_pdf", greedy)
    assert extract.read(pdf())["state"] == "too_hard"
