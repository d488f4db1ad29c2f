"""The picture of the guide is drawn from the table, and is drawn again when the table changes."""

import importlib.util
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from feedback import transitions
from feedback.enums import CaseState
from tests.architecture import house

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def script():
    spec = importlib.util.spec_from_file_location("draw_transitions", house.ROOT / "scripts" / "draw_transitions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_picture_and_table_are_those_of_the_code(script):
    kept = [(script.DOCS / f"{script.NAME}.{kind}").read_text() for kind in ("svg", "md")]
    assert kept == [script.picture(), script.table()], "run scripts/draw_transitions.py"


def test_another_table_is_another_picture(script, monkeypatch):
    before = script.picture(), script.table()
    rows = [replace(row, target=CaseState.CLOSED) if row.verb == "decline" else row for row in transitions.TRANSITIONS]
    monkeypatch.setattr(script, "TRANSITIONS", tuple(rows))
    assert all(old != new for old, new in zip(before, (script.picture(), script.table()), strict=True))


def test_the_picture_says_in_words_what_it_shows(script):
    root = ET.fromstring(script.picture())
    assert root.get("role") == "img"
    named = {each.get("id"): "".join(each.itertext()) for each in root.iter() if each.get("id")}
    assert all(named[name] for name in root.get("aria-labelledby").split())
    drawn = "".join(root.itertext())
    for row in transitions.TRANSITIONS:
        assert row.number in drawn
        assert str(row.label) in named["mo-ta"]
        assert f"| {row.number} | {row.label} |" in script.table()
    boxes = [each for each in root.iter(f"{SVG}rect") if "state" in (each.get("class") or "")]
    assert len(boxes) == len(CaseState)
    places = {tuple(map(float, (each.get("x"), each.get("y")))) for each in boxes}
    assert len(places) == len(CaseState)
