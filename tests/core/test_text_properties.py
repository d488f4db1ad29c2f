"""What must hold for every text, good or hostile."""

import unicodedata
from itertools import pairwise

import pytest

from cms.core.text import (
    TextError,
    clean_email,
    clean_line,
    clean_text,
    fold,
    looks_like_legacy_encoding,
    mark_matches,
    mask_phone,
    name_sort_key,
    normalise_phone,
    parse_document_number,
    parse_vietnamese_date,
    slug,
    sort_key,
    syllable_key,
)

pytest.importorskip("hypothesis", reason="hypothesis chưa được cài: pip install -r tests/requirements.txt")

from hypothesis import example, given, settings
from hypothesis import strategies as st

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂĐÊÔƠƯáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵẤỨ"
SPECIAL = " \t\n\r\xa0\u200b\u200d\ufe0f\u0301\u0323\u031b\u202e\u3164ÐđĐİßſŉǰ&-/.'’0123456789👩🏫❤\x00\ud800\ufdd0"
hostile = st.text() | st.text(st.sampled_from(VIETNAMESE + SPECIAL), max_size=40)
good = st.text(st.sampled_from(VIETNAMESE + " -'"), max_size=40)
numbers = st.from_regex(r"[0-9]{1,4}[a-z]? ?/ ?(?:2018/)?[A-Za-zĐđ&]{1,6}(?:[- ][A-Za-zĐđ&]{1,6}){0,2}", fullmatch=True)

unhurried = settings(deadline=None)


@unhurried
@given(hostile)
@example("\U0001f469\u200d\u200d\U0001f469")
@example("1\u200d\ufe0f\u20e3")
@pytest.mark.parametrize("clean", [clean_line, clean_text])
def test_cleaning_twice_changes_nothing(clean, value):
    try:
        once = clean(value)
    except TextError:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


@unhurried
@given(good)
def test_good_vietnamese_is_only_composed_and_trimmed(value):
    assert clean_line(unicodedata.normalize("NFD", value)) == " ".join(value.split())


@unhurried
@given(hostile)
def test_folding_is_stable_and_blind_to_composition(value):
    folded = fold(value)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", value)) == fold(unicodedata.normalize("NFC", value)) == folded
    folded.encode()


@unhurried
@given(hostile)
def test_syllable_key_is_stable_and_blind_to_composition(value):
    key = syllable_key(value)
    assert syllable_key(key) == key
    assert syllable_key(unicodedata.normalize("NFD", value)) == key


@unhurried
@given(good, good)
def test_texts_of_one_syllable_key_fold_alike_but_for_i_and_y(one, other):
    if syllable_key(one) == syllable_key(other):
        assert fold(one).replace("y", "i") == fold(other).replace("y", "i")


@unhurried
@given(hostile, st.integers(1, 90))
def test_slug_is_an_address(value, limit):
    address = slug(value, max_length=limit)
    assert 1 <= len(address) <= limit
    assert set(address) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not address.startswith("-")
    assert not address.endswith("-")
    assert "--" not in address
    assert slug(address, max_length=limit) == address


@unhurried
@given(st.lists(hostile, max_size=6))
@pytest.mark.parametrize("key", [sort_key, name_sort_key])
def test_order_is_one_order(key, values):
    ordered = sorted(values, key=key)
    assert all(key(one) <= key(other) for one, other in pairwise(ordered))
    assert [key(value) for value in ordered] == sorted(map(key, values))
    assert all(key(value).isascii() and key(value).isdecimal() for value in values)
    assert all(key(unicodedata.normalize("NFD", value)) == key(value) for value in values)


@unhurried
@given(hostile, hostile)
def test_marking_loses_nothing(text, query):
    pieces = mark_matches(text, query)
    assert "".join(piece for piece, _matched in pieces) == text
    assert all(fold(piece) for piece, matched in pieces if matched)


@unhurried
@given(good.filter(str.strip), good, good)
def test_a_word_of_the_text_is_marked(word, before, after):
    wanted = fold(word).strip(" -'")
    if wanted:
        pieces = mark_matches(f"{before} {word.strip()} {after}", wanted)
        assert any(matched for _piece, matched in pieces)


@unhurried
@given(hostile | numbers)
def test_a_canonical_number_is_its_own(raw):
    try:
        number = parse_document_number(raw)
    except TextError:
        return
    again = parse_document_number(number.canonical)
    assert again == number


@unhurried
@given(numbers)
def test_marks_spaces_and_case_do_not_make_another_number(raw):
    key = parse_document_number(raw).match_key
    assert parse_document_number(raw.replace("/", " / ")).match_key == key
    assert parse_document_number(unicodedata.normalize("NFD", raw)).match_key == key


@unhurried
@given(hostile)
@pytest.mark.parametrize("read", [parse_vietnamese_date, normalise_phone, clean_email])
def test_reading_answers_or_refuses_in_words(read, value):
    try:
        read(value)
    except TextError as refusal:
        assert str(refusal).endswith(".")


@unhurried
@given(hostile)
def test_guesses_never_fail(value):
    assert looks_like_legacy_encoding(value) in {True, False}
    assert "***" in mask_phone(value)


@unhurried
@given(st.from_regex(r"0[35789][0-9]{8}|02[0-9]{9}", fullmatch=True))
def test_a_number_is_the_same_with_its_country_code(number):
    assert normalise_phone(f"+84{number[1:]}") == normalise_phone(number) == number
    assert mask_phone(number).replace("***", "") in {number[:4] + number[-3:]}
