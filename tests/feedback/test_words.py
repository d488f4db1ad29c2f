"""Every sentence for people goes through gettext, so that a second language is a catalogue and no rewriting."""

import ast
import re

import pytest

from tests.architecture import house

VIETNAMESE = re.compile(r"[ăâđêôơưàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]", re.I)
GETTEXT = {"_", "_lazy", "_now", "translate", "gettext", "gettext_lazy", "ngettext"}
# Rows that the office owns from then on, marks inside stored texts, sample words: data, not sentences of the screen.
DATA = {
    *("services/catalogue.py", "models/leaks.py", "factories.py", "templatetags/feedback_tags.py"),
    *("importers/columns.py", "models/masked.py", "models/answer_variables.py"),
}


def bare_words(node, wrapped=False):
    """Yield (line, words) of each Vietnamese string that no gettext call holds; bare strings are comments."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Call):
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        wrapped = wrapped or called in GETTEXT
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and not wrapped and VIETNAMESE.search(node.value):
        yield node.lineno, node.value
    for child in ast.iter_child_nodes(node):
        yield from bare_words(child, wrapped)


def bare_text(template):
    """Return what is left of a template's Vietnamese once its translated parts are taken out."""
    for wrapped in (
        r"{%\s*comment\b.*?endcomment\s*%}",
        r"{#.*?#}",
        r"{%\s*blocktranslate.*?endblocktranslate\s*%}",
        r"{%\s*translate\b.*?%}",
        r"_\(\"[^\"]*\"\)",
    ):
        template = re.sub(wrapped, "", template, flags=re.S)
    return [line.strip() for line in template.splitlines() if VIETNAMESE.search(line)]


def test_every_sentence_of_the_code_is_wrapped():
    found = [
        f"{house.name(path)}:{line} {words[:60]}"
        for path in house.python_files()
        if house.name(path).startswith("feedback/")
        and "migrations" not in path.parts
        and house.name(path).removeprefix("feedback/") not in DATA
        for line, words in bare_words(house.tree(path))
    ]
    assert found == []


@pytest.mark.parametrize("pattern", ["*.html", "*.txt"])
def test_every_sentence_of_a_template_is_wrapped(pattern):
    found = [
        f"{house.name(path)}: {line[:80]}"
        for path in (house.ROOT / "templates").rglob(pattern)
        if "feedback" in path.parts
        for line in bare_text(path.read_text())
    ]
    assert found == []


def test_the_rule_sees_what_it_should():
    source = 'raise Refused("Bạn không có quyền.")\nx = _("Đúng rồi.")\ny = f"{n} tệp"\n"""Chú giải."""'
    assert [line for line, _words in bare_words(ast.parse(source))] == [1, 3]
    assert bare_text('<p>Chữ trần</p>\n<p>{% translate "Chữ bọc" %}</p>') == ["<p>Chữ trần</p>"]
