"""What must hold for every text, good or hostile."""

from itertools import pairwise

import pytest

from cms.core.personal_data import KINDS, find, masked

pytest.importorskip("hypothesis", reason="hypothesis chưa được cài: pip install -r tests/requirements.txt")

from hypothesis import example, given, settings
from hypothesis import strategies as st

PIECES = [
    "cháu",
    "Em",
    "ông",
    "Bà",
    "thầy",
    "Cô",
    "tên",
    "là",
    "Nguyễn",
    "Thị",
    "Hoa",
    "Trần",
    "Văn",
    "An",
    "Lê",
    "lan",
    "hương",
    "lớp",
    "7A3",
    "5/3",
    "chủ",
    "nhiệm",
    "hiệu",
    "trưởng",
    "Trường",
    "THCS",
    "Sao",
    "Mai",
    "số",
    "12",
    "ngõ",
    "5",
    "đường",
    "thôn",
    "xã",
    "Kim",
    "Sơn",
    "ở",
    "tại",
    "địa",
    "chỉ",
    "Hà",
    "Nội",
    "0912345678",
    "0912",
    "345",
    "678",
    "+84",
    "001085012345",
    "CCCD",
    "stk",
    "BIDV",
    "xe",
    "29B-123.45",
    "sinh",
    "ngày",
    "12/03/2012",
    "a@example.vn",
    "Kính",
    "gửi",
    "người",
    "viết",
    ":",
    ",",
    ".",
    ";",
    "(",
    ")",
    "-",
    "/",
    "\n",
    "[đã",
    "che",
    "tên]",
    "[…]",
    "H'Lan",
    "2024",
]
hostile = st.text(max_size=60)
likely = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
glued = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
texts = hostile | likely | glued
unhurried = settings(deadline=None)

groups = st.sampled_from(["", " ", ".", "-"])
digits = st.text("0123456789", min_size=8, max_size=8)


@unhurried
@given(texts)
def test_spans_are_sorted_apart_and_inside(text):
    found = find(text)
    assert all(0 <= each.start < each.end <= len(text) and each.kind in KINDS for each in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


@unhurried
@given(texts)
def test_reading_twice_says_the_same(text):
    assert find(text) == find(text)


@unhurried
@example("0912345678 số 12 ngõ 5")
@given(texts)
def test_masks_hold_and_masking_comes_to_an_end(text):
    """What was masked is not found again; what only now comes to light goes within a few turns."""
    for _turn in range(4):
        found = find(text)
        if not found:
            break
        text = masked(text, found)
    assert find(text) == []


@unhurried
@given(texts, st.sampled_from("35789"), digits, groups, texts)
def test_a_planted_telephone_number_is_found(before, second, rest, between, after):
    number = between.join((f"0{second}{rest[:2]}", rest[2:5], rest[5:]))
    text = f"{before} . Xin gọi {number} , {after}"
    place = len(before) + len(" . Xin gọi ")
    assert any(each.start == place and each.end == place + len(number) for each in find(text))


@unhurried
@given(texts, st.from_regex(r"[a-z][a-z0-9._]{0,20}[a-z0-9]@[a-z]{2,10}\.(vn|com|edu\.vn)", fullmatch=True), texts)
def test_a_planted_mail_is_found(before, address, after):
    text = f"{before} {address} {after}"
    place = len(before) + 1
    assert any(each.start <= place and each.end >= place + len(address) for each in find(text))


@unhurried
@given(texts, st.sampled_from(["001", "034", "079"]), st.sampled_from("01"), digits, texts)
def test_a_planted_citizen_number_is_found(before, province, century, rest, after):
    number = f"{province}{century}{rest}"
    text = f"{before} ; căn cước {number} . {after}"
    place = text.index(f"căn cước {number} . ") + len("căn cước ")
    assert any(each.start <= place and each.end >= place + 12 for each in find(text))
