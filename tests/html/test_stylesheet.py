"""The one style sheet that readers get is what its sources give."""

import gzip
import re

from django.core.management import CommandError, call_command

import pytest

from cms.core import stylesheet
from cms.core.management.commands import build_css


def test_the_built_file_is_up_to_date():
    call_command("build_css", check=True)


def test_a_stale_file_is_refused(tmp_path, monkeypatch):
    stale = tmp_path / "site.css"
    stale.write_text("body {}")
    monkeypatch.setitem(build_css.SHEETS, stylesheet.SITE, stale)
    with pytest.raises(CommandError):
        call_command("build_css", check=True)


def test_every_source_is_listed_once():
    listed = [path for _layer, path in stylesheet.all_parts()]
    found = {path for path in stylesheet.SOURCES.rglob("*.css") if path.name not in stylesheet.SHEETS}
    assert set(listed) == found
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("sheet", stylesheet.SHEETS)
def test_every_layer_of_the_list_is_in_the_order(sheet):
    order = re.findall(r"[a-z]+", stylesheet.joined(sheet).split(";")[0].removeprefix("@layer"))
    assert [layer for layer in order if layer not in {name for name, _path in stylesheet.all_parts()}] == []
    assert {name for name, _path in stylesheet.all_parts()} == set(order)


@pytest.mark.parametrize("sheet", stylesheet.SHEETS)
def test_nothing_is_left_out_or_unbalanced(sheet):
    text = stylesheet.joined(sheet)
    assert text.count("{") == text.count("}")
    assert "/*" not in text
    assert "@import" not in text


def test_it_is_light():
    assert len(gzip.compress(stylesheet.SHEETS[stylesheet.SITE].read_bytes())) < 13_600


@pytest.mark.parametrize("path", [p for _layer, p in stylesheet.all_parts()], ids=lambda p: p.name)
def test_colours_come_from_the_tokens(path):
    if path.name in {"tokens.css", "print.css"}:
        return
    assert re.findall(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", path.read_text(), re.I) == []


@pytest.mark.parametrize("path", [p for _layer, p in stylesheet.all_parts()], ids=lambda p: p.name)
def test_custom_properties_are_known(path):
    tokens = set(re.findall(r"(--[\w-]+):", (stylesheet.SOURCES / "tokens.css").read_text()))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= tokens
