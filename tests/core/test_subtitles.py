"""Captions: what browsers read passes, what they would not show is named by its line."""

import pytest

from cms.core.text import TextError
from cms.core.text.subtitles import Cue, as_webvtt, parse_captions, transcript_of

VTT = """WEBVTT - Lễ khai giảng

NOTE người làm phụ đề: Ban biên tập

STYLE
::cue { color: red }

mo-dau
00:01.000 --> 00:04.500 align:start
<v Cô hiệu trưởng>Chào các em &amp; quý phụ huynh

00:00:05.000 --> 00:00:07.000
Chào các em
quay lại trường.
"""
SRT = (
    "1\r\n00:00:01,000 --> 00:00:04,500\r\nChào các em\r\n\r\n2\r\n01:00:05,000 --> 01:00:07,000\r\n<i>Xin mời</i>\r\n"
)


def test_webvtt_is_read_as_browsers_do():
    assert parse_captions(VTT.encode()) == [
        Cue(1000, 4500, "Chào các em & quý phụ huynh"),
        Cue(5000, 7000, "Chào các em\nquay lại trường."),
    ]


def test_subrip_becomes_webvtt():
    cues = parse_captions(b"\xef\xbb\xbf" + SRT.encode())
    written = as_webvtt(cues)
    assert written.startswith("WEBVTT\n\n00:00:01.000 --> 00:00:04.500\nChào các em\n\n01:00:05.000 --> ")
    assert parse_captions(written.encode()) == cues


def test_nothing_but_words_is_written_again():
    cues = [Cue(0, 1000, "<script>alert(1)</script> --> & 2 > 1")]
    written = as_webvtt(cues)
    assert "<" not in written.partition("\n\n")[2]
    assert written.count("-->") == 1
    assert len(parse_captions(written.encode())) == 1


def test_the_transcript_says_nothing_twice():
    cues = [Cue(0, 1, "Một\nhai"), Cue(1, 2, "Một hai"), Cue(2, 3, "ba")]
    assert transcript_of(cues) == "Một hai\nba"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không có câu nào"),
        (b"WEBVTT\n", "không có câu nào"),
        ("Chào các em".encode("utf-16"), "UTF-8"),
        (b"<html><body>x</body></html>", "Dòng 1"),
        (b"WEBVTT\n\n00:01 --> 00:02\na", "Dòng 3"),
        (b"WEBVTT\n\n00:00:04.000 --> 00:00:01.000\na", "Dòng 3"),
        (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\na\n\nb", "Dòng 6"),
        (b"WEBVTT\n\n" + b"00:00:01.000 --> 00:00:02.000\na\n\n" * 5001, "quá nhiều"),
    ],
)
def test_what_cannot_be_shown_is_told(content, said):
    with pytest.raises(TextError, match=said):
        parse_captions(content)
