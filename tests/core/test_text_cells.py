"""What a spreadsheet would reckon out opens as words, by one rule for all tables, and comes back unchanged."""

import ast

from django.conf import settings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.core.open_data import csv_cell
from cms.core.text import cell_text, from_cell_text


@pytest.mark.parametrize(
    "cell", ["=1+1", "+84", "@SUM", "\t=1", "\n=1", "-1+2", "-cmd|' /C calc'!A0", '-HYPERLINK("x")']
)
def test_what_begins_a_formula_opens_as_words(cell):
    assert cell_text(cell) == csv_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Kế hoạch", "- Rà soát hồ sơ", "a=1", "'trích'"])
def test_words_stay_as_they_are(cell):
    assert cell_text(cell) == csv_cell(cell) == cell


@given(st.text(alphabet="=+-@'\t\n1a ẫ(|!;", max_size=8).filter(lambda text: not text.startswith("'")))
def test_what_went_out_comes_back(cell):
    assert from_cell_text(cell_text(cell)) == cell


def test_the_rule_is_written_down_once():
    with_rule = []
    for folder in ("cms", "feedback"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*.py")):
            texts = (node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
            if any(isinstance(text, str) and text.startswith(("[=+", "=+-")) for text in texts):
                with_rule.append(path.name)
    assert with_rule == ["cells.py"]
