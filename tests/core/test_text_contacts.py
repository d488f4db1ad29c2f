"""Telephone numbers and e-mail addresses."""

import pytest

from cms.core.text import TextError, clean_email, mask_phone, normalise_phone


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0912345678", "0912345678"),
        (" 0912 345.678 ", "0912345678"),
        ("+84 912-345-678", "0912345678"),
        ("+84 (0)912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0084 912345678", "0912345678"),
        ("(024) 3869 1234", "02438691234"),
        ("+84 24 3869 1234", "02438691234"),
        ("0299\xa0382–2222", "02993822222"),
        ("1900 6789", "19006789"),
        ("1800 1234 56".replace(" ", "."), "1800123456"),
        ("1022", "1022"),
        ("09\u200b12345678", "0912345678"),
    ],
)
def test_vietnamese_numbers_are_read(typed, number):
    assert normalise_phone(typed) == number
    assert normalise_phone(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "abc",
        "0912345",
        "09123456789",
        "0123456789",
        "0412345678",
        "024386912",
        "+1 202 555 0100",
        "0912345678 (mẹ)",
        "٠٩١٢٣٤٥٦٧٨",
        "０９１２３４５６７８",
        "0912345678; 0987654321",
        "190067",
        "113",
        "\x00",
        "0" * 5000,
    ],
)
def test_other_numbers_are_refused(typed):
    with pytest.raises(TextError, match=r"\.$"):
        normalise_phone(typed)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("0912345678", "0912***678"),
        ("02438691234", "0243***234"),
        ("1022", "10***"),
        ("", "***"),
        ("0912 345 678", "0912***678"),
    ],
)
def test_the_middle_of_a_number_is_hidden(number, masked):
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Ten.Nguoi+truong@Example.COM ", "Ten.Nguoi+truong@example.com"),
        ("a@b.vn", "a@b.vn"),
        ("o'hara_1@sgd.hanoi.edu.vn", "o'hara_1@sgd.hanoi.edu.vn"),
        ("a@xn--trng-5qa.vn", "a@xn--trng-5qa.vn"),
        ("a" * 64 + "@example.com", "a" * 64 + "@example.com"),
    ],
)
def test_a_plain_address_is_kept(typed, address):
    assert clean_email(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "không phải",
        "a@localhost",
        "a@may.local",
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "a" * 65 + "@example.com",
        "a@" + "b." * 130 + "vn",
        "Tên <a@example.com>",
        "a@example.com, b@example.com",
        "a@example.com\nBcc: b@example.com",
        '"a b"@example.com',
        "a..b@example.com",
        ".a@example.com",
        "a@-b.vn",
        "a@b..vn",
        "a@@b.vn",
        "thầy@example.com",
        "a@trường.vn",
        "a@b.v",
        "@b.vn",
        "a\x00@b.vn",
    ],
)
def test_anything_else_is_refused(typed):
    with pytest.raises(TextError, match=r"\.$"):
        clean_email(typed)
