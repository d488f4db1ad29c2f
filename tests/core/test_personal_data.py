"""The finder of personal data: what it finds, what it leaves, how well it does on sentences it was not made with."""

import importlib
import json
import pkgutil
import re
import sys
import unicodedata
from pathlib import Path

import pytest

from cms.core import personal_data
from cms.core.personal_data import MASKS, find, masked
from cms.core.personal_data.findings import Finding, without_overlaps
from cms.core.personal_data.measure import measure

SENTENCES = Path(__file__).parent / "personal_data"


def half(name):
    return [json.loads(line) for line in (SENTENCES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def words(text):
    return [(found.kind, text[found.start : found.end]) for found in find(text)]


@pytest.fixture(scope="module")
def blind():
    return measure(half("blind"), find)


def test_blind_half_reaches_the_recall_that_is_promised(blind):
    assert blind.sentences >= 150
    assert blind.groups["numbers"].recall >= 0.95
    assert blind.groups["names"].recall >= 0.85


def test_blind_half_keeps_false_findings_few(blind):
    assert blind.groups["numbers"].precision >= 0.95
    assert blind.groups["names"].precision >= 0.90


def test_open_half_is_found_whole():
    groups = measure(half("open"), find).groups
    assert [(tally.recall, tally.precision) for tally in groups.values()] == [(1.0, 1.0), (1.0, 1.0)]


def test_the_halves_are_labelled_alike():
    rows = half("open") + half("blind")
    assert len(rows) >= 200
    assert len({row["id"] for row in rows}) == len(rows)
    assert sum(not row["spans"] for row in rows) > len(rows) / 4
    for row in rows:
        text = unicodedata.normalize("NFC", row["text"])
        for start, end, kind in row["spans"]:
            assert kind in MASKS
            assert text[start:end].strip() == text[start:end] != ""


def test_guide_quotes_the_figures_that_are_measured(blind):
    guide = (SENTENCES.parents[2] / "docs" / "che-du-lieu-ca-nhan.md").read_text(encoding="utf-8")
    for tally in blind.groups.values():
        for figure in (tally.recall, tally.precision, tally.recall_touched, tally.precision_touching):
            assert f"{figure:.3f}".replace(".", ",") in guide


def test_every_occurrence_is_found():
    text = "Gọi 0912345678, 0912 345 679, 0912.345.680; thư a@example.vn và b@example.vn."
    assert [kind for kind, _words in words(text)] == ["phone"] * 3 + ["email"] * 2


@pytest.mark.parametrize("row", half("open")[:153:5] + half("blind")[::7], ids=lambda row: row["id"])
def test_places_refer_to_the_text_as_given_whatever_its_form(row):
    composed = unicodedata.normalize("NFC", row["text"])
    apart = unicodedata.normalize("NFD", composed)
    assert [(kind, unicodedata.normalize("NFC", part)) for kind, part in words(apart)] == words(composed)


@pytest.mark.parametrize("number", ["111", "113", "115", "19001234", "1900 5678", "18001091", "1022", "1.250.000"])
def test_public_numbers_are_nobodys(number):
    assert find(f"Gọi số {number} để được hỗ trợ.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Số 123/QĐ-UBND ngày 12/3/2024",
        "0123456789012345",
        "Kính gửi Sở Giáo dục và Đào tạo.",
        "Chủ tịch Hồ Chí Minh",
        "đường Trần Hưng Đạo",
        "",
        "\x00\ud800",
        "cháu [đã che tên] học [đã che lớp]",
    ],
)
def test_near_misses_are_left(text):
    assert find(text) == []


@pytest.mark.parametrize(
    ("number", "found"), [("001085012345", True), ("999085012345", False), ("001985012345", False)]
)
def test_a_citizen_number_must_be_possible_unless_it_is_called_one(number, found):
    assert bool(find(f"Tôi gửi kèm {number} ạ")) is found
    assert words(f"CCCD {number}") == [("id_number", number)]


def test_stronger_claim_stays_and_a_person_of_a_school_gives_way():
    bank, phone = Finding(0, 10, "bank"), Finding(0, 10, "phone")
    assert without_overlaps([phone, bank]) == [bank]
    assert without_overlaps([Finding(0, 20, "school_person"), Finding(3, 6, "name")]) == [
        Finding(3, 6, "name"),
        Finding(6, 20, "school_person"),
    ]
    assert without_overlaps([Finding(0, 20, "address"), Finding(12, 20, "name")]) == [Finding(0, 20, "address")]


# --- work is bounded: counted, not timed -------------------------------------------------------------------------

PIECES = (
    "a", "1", "0912 ", "số 1 ", "tên a ", "cô ", "Nguyễn Thị A ", "lớp 7A3 ", "@", "a@", "a.", "a@b.", "9.", "(",
    "+84 ",
    "địa chỉ ", "Trường THCS ", "hiệu trưởng ", "[đã che ", "a\u0301", "stk ", "29B-", "sinh 1/", "(ký ", " (at) ",
)  # fmt: skip
MOST_CALLS_A_LETTER = 400


def calls(text):
    """Count every call that Python makes, of our functions and of built-in ones, while ``text`` is read."""
    count = 0

    def one_more(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        find(text)
    finally:
        sys.setprofile(before)
    return count


def repeated(piece, length):
    return (piece * (length // len(piece) + 1))[:length]


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_work_grows_with_the_length_and_no_faster(piece):
    short, long = calls(repeated(piece, 1_000)), calls(repeated(piece, 4_000))
    assert long <= 4.3 * short + 100
    assert long <= MOST_CALLS_A_LETTER * 4_000


@pytest.mark.parametrize("text", ["a" * 100_000, "1" * 100_000, "".join(repeated(p, 4_000) for p in PIECES)])
def test_a_hundred_thousand_hostile_letters_are_bounded_work(text):
    assert len(text) == 100_000
    assert calls(text) <= MOST_CALLS_A_LETTER / 2 * len(text)


def patterns():
    for module in pkgutil.iter_modules(personal_data.__path__):
        for name, value in vars(importlib.import_module(f"cms.core.personal_data.{module.name}")).items():
            if isinstance(value, re.Pattern):
                yield pytest.param(value, id=f"{module.name}.{name}")


def unbounded(tree):
    """Yield the repeats of a parsed pattern that have no upper bound and may give back what they took."""
    for operation, argument in tree:
        name = str(operation)
        if name in {"MAX_REPEAT", "MIN_REPEAT"} and argument[1] > 64:
            yield argument
        for inner in inner_patterns(argument):
            yield from unbounded(inner)


def inner_patterns(argument):
    if hasattr(argument, "data"):
        yield argument
    elif isinstance(argument, tuple | list):
        for each in argument:
            yield from inner_patterns(each)


@pytest.mark.parametrize("pattern", list(patterns()))
def test_no_pattern_can_go_back_over_an_unbounded_stretch(pattern):
    assert list(unbounded(re._parser.parse(pattern.pattern))) == []


def test_masking_says_what_was_there():
    text = "Cháu Minh, 0912 345 678"
    assert masked(text, find(text)) == "Cháu [đã che tên], [đã che số điện thoại]"
