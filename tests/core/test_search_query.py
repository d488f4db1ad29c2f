"""Pure parts: cutting into words, reading what a visitor typed, cutting the excerpt."""

import unicodedata

import pytest

from cms.core.search.excerpt import LENGTH, excerpt, mark
from cms.core.search.query import LONGEST_QUERY, MOST_WORDS, number_key, parse_query, tiers
from cms.core.search.synonyms import GROUPS, NUMBER_SPELLINGS
from cms.core.search.words import twin, words


def folded(text):
    return [word.folded for word in words(text)]


def typed(query):
    return [term.folded for term in parse_query(query).terms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phản ánh, kiến nghị", ["phan", "anh", "kien", "nghi"]),
        (unicodedata.normalize("NFD", "Phản ánh"), ["phan", "anh"]),
        ("21/KH-GD&ĐT", ["21", "kh", "gd", "dt"]),
        ("H'Mông\u00a0Đắk\u200bLắk", ["h", "mong", "daklak"]),
        ("😀 — * ( ) \x00", []),
        ("x" * 100, ["x" * 60]),
    ],
)
def test_words_are_plain_letters_and_digits(text, expected):
    assert folded(text) == expected


def test_stored_spellings_are_ascii_and_know_tones_apart():
    spelled = {raw: next(words(raw)).marked for raw in ("hoa", "hòa", "hoà", "hóa", "đường", "duong", "quý", "qúy")}
    assert all(spelling.isascii() and spelling.isalnum() for spelling in spelled.values())
    assert spelled["hòa"] == spelled["hoà"]
    assert spelled["quý"] == spelled["qúy"]
    assert len({spelled[raw] for raw in ("hoa", "hòa", "hóa")}) == 3
    assert spelled["đường"] != spelled["duong"]


def test_only_typed_marks_count_as_marks():
    assert [word.has_marks for word in words("ly lý dai đai")] == [False, True, False, True]


@pytest.mark.parametrize(
    ("word", "other"),
    [("ly", "li"), ("ki", "ky"), ("quy", "qui"), ("qui", "quy"), ("tuy", ""), ("y", ""), ("nghi", ""), ("may", "")],
)
def test_final_y_and_i_are_twins_only_where_the_sound_is_one(word, other):
    assert twin(word) == other


def test_words_and_phrases_are_told_apart():
    query = parse_query("học “chuyển đổi” phí")
    assert [(term.folded, term.side_by_side) for term in query.terms] == [
        (("hoc",), False),
        (("chuyen", "doi"), True),
        (("phi",), False),
    ]


def test_a_lonely_quotation_mark_means_nothing():
    assert typed('đào "tạo nghề') == [("dao",), ("tao",), ("nghe",)]


@pytest.mark.parametrize("query", ["TTHC", "thủ tục hành chính", "thu tuc hanh chinh"])
def test_an_abbreviation_and_its_words_are_one(query):
    (term,) = parse_query(query).terms
    assert {term.folded, *term.instead} == {("tthc",), ("thu", "tuc", "hanh", "chinh")}


@pytest.mark.parametrize("query", ["GD&ĐT", "GDĐT", "GD-ĐT", "gd đt", "giáo dục và đào tạo"])
def test_the_department_is_found_under_every_spelling(query):
    (term,) = parse_query(query).terms
    assert {("gddt",), ("gd", "dt"), ("giao", "duc", "va", "dao", "tao")} <= {term.folded, *term.instead}


def test_every_synonym_is_written_folded():
    members = [member for group in (*GROUPS, *NUMBER_SPELLINGS) for member in group]
    assert [member for member in members if " ".join(folded(member)) != member] == []


def test_no_word_belongs_to_two_groups():
    members = [member for group in GROUPS for member in group]
    assert len(members) == len(set(members))


def test_a_number_is_one_phrase_with_its_other_spelling():
    (term,) = parse_query("21/KH-GDĐT").terms
    assert term.side_by_side
    assert term.instead == (("21", "kh", "gd", "dt"),)


@pytest.mark.parametrize("text", ["21/KH-GDĐT", "21/kh-gd&đt", "21 KH GD-ĐT", "kế hoạch 21/KH-GDĐT năm 2022"])
def test_a_query_with_a_number_knows_its_key(text):
    assert parse_query(text).number_key == number_key("21/KH-GD&ĐT") != ""


@pytest.mark.parametrize("text", ["học phí", "10/3/2022", "2021-2022", "7", "ệ" + "\u0323" * 40])
def test_what_is_no_number_has_no_key(text):
    assert parse_query(text).number_key == ""


@pytest.mark.parametrize("text", ["", " ", "a", "😀", '"', "* - ( )", "\x00", "\ud800"])
def test_what_cannot_be_looked_for_is_too_short(text):
    assert parse_query(text).too_short


def test_a_flood_is_read_only_so_far():
    query = parse_query(" ".join(f"chu{n}" for n in range(2000)))
    assert len(query.text) <= LONGEST_QUERY
    assert sum(len(term.words) for term in query.terms) == MOST_WORDS


def test_exact_ways_come_first_and_only_when_marks_were_typed():
    assert [(way.exact, way.in_title) for way in tiers(parse_query("đào"))] == [
        (True, True),
        (True, False),
        (False, True),
        (False, False),
    ]
    assert not any(way.exact for way in tiers(parse_query("dao tao")))


def marked(parts):
    return [piece for piece, matched in parts if matched]


def test_matches_are_marked_in_the_accented_original():
    assert marked(mark("Kế hoạch Đào tạo nghề", parse_query("DAO TAO"))) == ["Đào tạo"]


def test_another_spelling_is_marked_when_the_typed_one_is_not_there():
    assert "".join(marked(mark("Bộ thủ tục hành chính", parse_query("TTHC")))) == "thủtụchànhchính"
    assert marked(mark("Phòng quản lí chất lượng", parse_query("ly"))) == ["lí"]


def test_the_excerpt_shows_the_place_where_the_words_stand():
    filler = "một hai ba bốn năm " * 60
    parts = excerpt(f"{filler}chuyển đổi số ngành giáo dục {filler}", parse_query("chuyen doi so"))
    text = "".join(piece for piece, _ in parts)
    assert marked(parts) == ["chuyển đổi số"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert len(text) <= LENGTH + 4


def test_a_text_without_the_words_is_shown_from_its_beginning():
    text = "".join(piece for piece, _ in excerpt("Kính gửi các trường. " * 40, parse_query("học phí")))
    assert text.startswith("Kính gửi")
    assert len(text) <= LENGTH + 4


def test_a_text_without_spaces_is_cut_as_well():
    assert len("".join(piece for piece, _ in excerpt("x" * 5000, parse_query("học phí")))) <= LENGTH + 4
