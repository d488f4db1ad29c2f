"""Good Vietnamese goes in as it is; what nobody can read is refused; what nobody can see is dropped."""

import unicodedata

import pytest

from cms.core.text import TextError, clean_line, clean_text, looks_like_legacy_encoding

GOOD = [
    "Phản ánh về việc thu học phí",
    "H'Mông",
    "Y Moan Niê",
    "Đ",
    "Nguyễn Thị Ánh Tuyết Nhung",
    "Công Tằng Tôn Nữ Thị Kim Phượng",
    "ĐẶNG THỊ ÁI",
    "Kpă Y Lăng – lớp 7A3",
    "<b>không phải thẻ</b> & <script>alert(1)</script>",
    "10.000 đồng; 1.234,56 %",
    "“trích dẫn”, «ngoặc kép»",
    "Xin cảm ơn 🙏 gia đình 👨‍👩‍👧 ❤️",
    "cờ 🇻🇳 phím 1️⃣",
    "ẫ Ẫ ệ Ứ ỡ ặ",
    "中文 한국어 ภาษาไทย",
]


@pytest.mark.parametrize("value", GOOD)
def test_good_text_is_kept_letter_for_letter(value):
    assert clean_line(value) == value
    assert clean_text(value) == value


@pytest.mark.parametrize("value", GOOD)
def test_decomposed_text_is_composed(value):
    assert clean_line(unicodedata.normalize("NFD", value)) == value


def test_half_composed_letters_of_windows_1258_are_composed():
    assert clean_line("tiê\u0301ng Viê\u0323t") == "tiếng Việt"


@pytest.mark.parametrize(
    "value",
    [
        "a\x00b",
        "\x01",
        "chuông\x07",
        "xuống\x0bdòng",
        "\x1b[31mđỏ",
        "\x7f",
        "\x9d",
        "\ud800",
        "a\udfffb",
        "\ufdd0",
        "\uffff",
        "\U0010ffff",
        "\U0001fffe",
        "a" + "\u0301" * 9,
        "Z" + "\u0300\u0323\u0301" * 3,
        "ế" + "\u0301" * 7,
    ],
)
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_unreadable_text_is_refused_with_a_sentence(clean, value):
    with pytest.raises(TextError) as refusal:
        clean(value)
    assert str(refusal.value).endswith(".")


def test_eight_marks_are_not_yet_a_heap():
    assert clean_line("a" + "\u0301" * 8)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        " \t\n ",
        "\u200b",
        "\u200b\u200c\u2060\ufeff",
        "\u3164",
        "\u115f\u1160\uffa0",
        "\u2800\u2800",
        "\u202e\u202c\u200f",
        "\u2066\u2069",
        "\U000e0041\U000e007f",
        "\xa0\u3000",
        "\u200d",
        "\ufe0f",
        "\u200d\ufe0f\u200d",
        "\xad",
    ],
)
def test_what_cannot_be_seen_is_nothing(value):
    assert clean_line(value) == ""
    assert clean_text(value) == ""


@pytest.mark.parametrize(
    ("value", "cleaned"),
    [
        ("đào\u200btạo", "đàotạo"),
        ("\u202eđảo ngược", "đảo ngược"),
        ("a\u200db", "ab"),
        ("chữ\ufe0f", "chữ"),
        ("e\u200b\u0301", "é"),
        ("👩\u200b\u200d🏫", "👩‍🏫"),
        ("👩‍", "👩"),
        ("học\xa0phí", "học phí"),
    ],
)
def test_hidden_characters_inside_text_are_dropped(value, cleaned):
    assert clean_line(value) == cleaned


def test_one_line_collapses_white_space():
    assert clean_line("  Thư\r\nđiện\t tử\u2028 mới  ") == "Thư điện tử mới"


def test_several_lines_keep_their_lines_and_tabs():
    assert clean_text("\r\nMột\r\nhai\rba\n\n\tbốn\u2028năm \n") == "Một\nhai\nba\n\n\tbốn\nnăm"


def test_length_is_that_of_composed_letters():
    assert len(clean_line(unicodedata.normalize("NFD", "ế" * 100))) == 100


@pytest.mark.parametrize(
    "value",
    [
        "Céng hßa x· héi chñ nghÜa ViÖt Nam",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam",
        "§éc lËp - Tù do - H¹nh phóc",
        "Cá»™ng hÃ²a xÃ£ há»™i",
    ],
)
def test_text_from_before_unicode_is_noticed(value):
    assert looks_like_legacy_encoding(value)


@pytest.mark.parametrize("value", ["", *GOOD, "Xin chào anh Müller", "Nhiệt độ 25°C, 30m²", "khong dau gi ca"])
def test_good_text_is_not_taken_for_old_encodings(value):
    assert not looks_like_legacy_encoding(value)
