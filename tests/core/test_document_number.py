"""Numbers of documents as they are printed, typed and pasted."""

import csv
from pathlib import Path

import pytest

from cms.core.text import DOCUMENT_TYPES, TextError, parse_document_number


@pytest.mark.parametrize(
    ("raw", "canonical", "serial", "kind", "issuer"),
    [
        ("21/KH-GD&ĐT", "21/KH-GD&ĐT", 21, "KH", "GD&ĐT"),
        ("Số: / 21 KH-GD&ĐT", "21/KH-GD&ĐT", 21, "KH", "GD&ĐT"),
        ("21 /KH-GD&ĐT", "21/KH-GD&ĐT", 21, "KH", "GD&ĐT"),
        ("Số 21/KH - GD & ĐT", "21/KH-GD&ĐT", 21, "KH", "GD&ĐT"),
        ("Số, ký hiệu: 21/KH/GD&ĐT", "21/KH-GD&ĐT", 21, "KH", "GD&ĐT"),
        ("21/KH–GDÐT", "21/KH-GDĐT", 21, "KH", "GDĐT"),
        ("03/SGDĐT-TCCB", "03/SGDĐT-TCCB", 3, "", "SGDĐT-TCCB"),
        ("3/SGDĐT-TCCB", "03/SGDĐT-TCCB", 3, "", "SGDĐT-TCCB"),
        ("139/QĐ-UBND", "139/QĐ-UBND", 139, "QĐ", "UBND"),
        ("1480/SNV-CCHC", "1480/SNV-CCHC", 1480, "", "SNV-CCHC"),
        ("76/KH-UBND ngày 03/3/2022", "76/KH-UBND", 76, "KH", "UBND"),
        ("1001/QĐ-BNV", "1001/QĐ-BNV", 1001, "QĐ", "BNV"),
        ("439/QĐ-TTg", "439/QĐ-TTg", 439, "QĐ", "TTg"),
        ("45/qd-ubnd", "45/QĐ-UBND", 45, "QĐ", "UBND"),
        ("5a/ttr-thcs", "05a/TTr-THCS", 5, "TTr", "THCS"),
        ("80-NQ/TW", "80-NQ/TW", 80, "NQ", "TW"),
        ("12/HD-SGDĐT", "12/HD-SGDĐT", 12, "HD", "SGDĐT"),
        ("12/HĐ-SGDĐT", "12/HĐ-SGDĐT", 12, "HĐ", "SGDĐT"),
        ("07/2015/TTLT-BTC-BNV", "07/2015/TTLT-BTC-BNV", 7, "TTLT", "BTC-BNV"),
        ("Số: /KH-GD&ĐT", "/KH-GD&ĐT", None, "KH", "GD&ĐT"),
    ],
)
def test_a_number_is_taken_apart(raw, canonical, serial, kind, issuer):
    number = parse_document_number(raw)
    assert (number.canonical, number.serial, number.type_abbreviation, number.issuer) == (
        canonical,
        serial,
        kind,
        issuer,
    )
    assert str(number) == canonical


def test_laws_carry_their_year():
    decree = parse_document_number("61/2018/NĐ-CP")
    assert (decree.canonical, decree.year, decree.type_abbreviation, decree.issuer) == (
        "61/2018/NĐ-CP",
        2018,
        "NĐ",
        "CP",
    )
    law = parse_document_number("91/2025/QH15")
    assert (law.canonical, law.year, law.type_abbreviation, law.issuer) == ("91/2025/QH15", 2025, "", "QH15")
    assert parse_document_number("21/KH-UBND").year is None


@pytest.mark.parametrize(
    "raw",
    ["21/KH-GDĐT", "21/kh-gd&dt", "21 KH GD-ĐT", "Số: / 21 KH-GD&ĐT", "021/KH-GD&ĐT", "21/KH.GDĐT".replace(".", "/")],
)
def test_spellings_of_one_number_match(raw):
    assert parse_document_number(raw).match_key == parse_document_number("21/KH-GD&ĐT").match_key


@pytest.mark.parametrize(
    "raw", ["22/KH-GD&ĐT", "21/BC-GD&ĐT", "21/KH-UBND", "21a/KH-GD&ĐT", "21/2018/KH-GD&ĐT", "/KH-GD&ĐT"]
)
def test_other_numbers_do_not_match(raw):
    assert parse_document_number(raw).match_key != parse_document_number("21/KH-GD&ĐT").match_key


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "không số",
        "10/3/2022",
        "2021/2022",
        "21 con gà",
        "21/con gà",
        "KH-GD&ĐT",
        "21/KH",
        "1" * 5000 + "/KH-UBND",
        "٢١/KH-UBND",
        "21/KH-GD&ĐT (bản sao)",
        "🙏",
        '"; DROP TABLE',
    ],
)
def test_what_is_no_number_comes_back_as_it_is(raw):
    number = parse_document_number(raw)
    assert (number.canonical, number.serial, number.type_abbreviation, number.issuer) == (raw, None, "", "")


def test_text_that_cannot_be_stored_is_refused():
    with pytest.raises(TextError):
        parse_document_number("21/KH-\x00")


def test_the_types_of_decree_30():
    abbreviations = [kind.abbreviation for kind in DOCUMENT_TYPES if kind.abbreviation]
    assert len(DOCUMENT_TYPES) == 29
    assert len(abbreviations) == len(set(abbreviations)) == 27
    assert {str(kind.name) for kind in DOCUMENT_TYPES if not kind.abbreviation} == {"Công văn", "Thư công"}
    for abbreviation in abbreviations:
        assert parse_document_number(f"01/{abbreviation}-UBND").type_abbreviation == abbreviation


REAL_FILE = Path(__file__).parents[3] / "shared" / "data" / "van_ban_cchc.csv"


@pytest.mark.skipif(not REAL_FILE.exists(), reason="không có tệp văn bản thật ../shared/data/van_ban_cchc.csv")
def test_every_number_of_the_real_file_is_read():
    names = {str(kind.name): kind.abbreviation for kind in DOCUMENT_TYPES}
    rows = list(csv.DictReader(REAL_FILE.open(encoding="utf-8-sig")))
    assert len(rows) == 52
    for row in rows:
        number = parse_document_number(row["so_ky_hieu"])
        assert number.canonical == row["so_ky_hieu"]
        assert number.type_abbreviation == names[row["loai"]]
        assert number.serial
