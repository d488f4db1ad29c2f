"""How the catalogue is collected, merged, written and compiled."""

import gettext
import io
import sys

import pytest

from tests.core.catalogue import script

SAMPLE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

#, fuzzy
msgid "Guess"
msgstr "Đoán"

msgctxt "month"
msgid "May"
msgstr "Tháng 5"
msgid "May"
msgstr "Có thể"

msgid ""
"Two \\"lines\\"\\n"
"of text"
msgstr ""
"Hai dòng\\n"
"chữ"

msgid "%(n)s cat"
msgid_plural "%(n)s cats"
msgstr[0] "%(n)s con mèo"

#~ msgid "Gone"
#~ msgstr "Đã mất"
"""


def test_a_po_file_is_read_whole(tmp_path):
    path = tmp_path / "x.po"
    path.write_text(SAMPLE)
    found = script.read(path)
    assert list(found) == [
        (None, "Guess"),
        ("month", "May"),
        (None, "May"),
        (None, 'Two "lines"\nof text'),
        (None, "%(n)s cat"),
    ]
    assert found[None, "Guess"].fuzzy
    assert found["month", "May"].text == "Tháng 5"
    assert found[None, 'Two "lines"\nof text'].text == "Hai dòng\nchữ"
    assert (found[None, "%(n)s cat"].plural, found[None, "%(n)s cat"].text) == ("%(n)s cats", "%(n)s con mèo")


def test_a_file_that_is_not_there_has_no_entries(tmp_path):
    assert script.read(tmp_path / "none.po") == {}


def test_what_is_written_is_read_again_and_compiled_for_gettext(tmp_path):
    path = tmp_path / "x.po"
    path.write_text(SAMPLE)
    found = script.read(path)
    path.write_text(script.written(found.values()))
    again = script.read(path)
    assert [(e.key, e.plural, e.text) for e in again.values()] == [(e.key, e.plural, e.text) for e in found.values()]
    catalogue = gettext.GNUTranslations(io.BytesIO(script.compiled(again.values())))
    assert catalogue.gettext("May") == "Có thể"
    assert catalogue.pgettext("month", "May") == "Tháng 5"
    assert [catalogue.ngettext("%(n)s cat", "%(n)s cats", n) for n in (1, 5)] == ["%(n)s con mèo"] * 2
    assert catalogue.gettext("Not there") == "Not there"


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a function that makes the only package the script knows say some texts."""
    folder = tmp_path / "speaker"
    folder.mkdir()
    (folder / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(script, "PACKAGES", ("speaker", "package_that_is_not_installed"))
    monkeypatch.setattr(script, "FOUND_AT_RUN_TIME", {})
    monkeypatch.setattr(script, "DOMAINS", ("django",))
    monkeypatch.setattr(script, "TARGET", tmp_path / "ours")

    def say(language, source):
        path = folder / "locale" / language / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)

    return say


def test_new_texts_come_empty_ours_stay_and_gone_ones_leave(package):
    package("en", 'msgid "Old"\nmsgstr ""\n\nmsgid "Known"\nmsgstr ""\n\nmsgid "Bad"\nmsgstr ""\n')
    package("vi", 'msgid "Known"\nmsgstr "Biết"\n\nmsgid "Bad"\nmsgstr "Dở"\n\n#, fuzzy\nmsgid "Old"\nmsgstr "Đoán"\n')
    script.build()
    path = script.TARGET / "django.po"
    assert {e.msgid: e.text for e in script.read(path).values()} == {"Old": ""}
    path.write_text(path.read_text() + '\nmsgid "Bad"\nmsgstr "Hay"\n\nmsgid "Gone"\nmsgstr "Mất"\n')
    script.build()
    assert {e.msgid: e.text for e in script.read(path).values()} == {"Old": "", "Bad": "Hay"}
    assert script.missing("django") == ({"speaker": ["Old"]}, 3)


def test_a_package_without_an_english_list_is_known_by_its_translations(package):
    package("fr", 'msgid "One"\nmsgstr "Un"\n')
    package("de", 'msgid "Two"\nmsgstr "Zwei"\n')
    assert {e.msgid for e in script.said("django").values()} == {"One", "Two"}


def test_the_report_names_what_is_missing(package, capsys, monkeypatch):
    package("en", 'msgid "Old"\nmsgstr ""\n')
    monkeypatch.setattr(sys, "argv", ["build_catalogue.py", "--check"])
    assert script.main() == 1
    assert "'Old'" in capsys.readouterr().out
    assert not script.TARGET.exists()
