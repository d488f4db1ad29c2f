"""Every verb that the code writes into the ledger has Vietnamese words on the screen."""

import ast
import re

from django.urls import reverse

import pytest

from cms.core.enums import Role
from cms.core.services.ledger import event_record
from cms.core.viewsets.ledger_words import verb_label, verb_words
from feedback.enums import CommentState
from feedback.transitions import TRANSITIONS
from procedures.transitions import TRANSITIONS as DOSSIER_WAY
from surveys.enums import WordsState
from tests.architecture import house
from tests.officers import make_officer

VERB = re.compile(r"[a-z_]+\.[a-z_]+")
# Verbs put together from parts, by the module that does it.
BUILT = {
    "feedback/services/moves.py": {f"case.{row.verb}" for row in TRANSITIONS},
    "cms/official_documents/services/catalogue.py": {"issuer.saved", "documentfield.saved"},
    "procedures/services/moves.py": {f"dossier.{row.verb}" for row in DOSSIER_WAY},
    "procedures/services/duty.py": {"duty_turn.saved", "duty_officer.saved"},
    "procedures/services/catalogue.py": {"procedurefield.saved", "receivingplace.saved"},
    "feedback/services/comments.py": {f"comment.{state}" for state in CommentState},
    "surveys/services/words.py": {f"survey_words.{state}" for state in WordsState},
}
# What looks like a verb in those modules and is none.
NONE = {"feedback.rating"}


def writers():
    """Modules that write to the ledger, with the syntax tree of each."""
    for path in house.python_files():
        tree = house.tree(path)
        calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
        if any(getattr(call.func, "id", "") == "event_record" for call in calls):
            yield house.name(path), tree


def verbs():
    for name, tree in writers():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.fullmatch(node.value):
                yield node.value
        yield from BUILT.get(name, ())


def test_every_verb_of_the_code_has_words():
    found = set(verbs()) - NONE
    assert {"case.submit", "user.created", "calendar.seeded", "public_case.published"} <= found
    assert found - set(verb_words()) == set(), "Thêm lời cho các việc này vào cms/core/viewsets/verbs.toml"


def test_verbs_put_together_are_known_here():
    for name, tree in writers():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        given = [value for call in calls for value in (*call.args, *(keyword.value for keyword in call.keywords))]
        by_name = [word.value for call in calls for word in call.keywords if word.arg == "verb"]
        built = [value for value in given if isinstance(value, ast.JoinedStr)]
        verbs_of_parts = [value for value in built if value in by_name or _begins_a_verb(value)]
        assert not verbs_of_parts or name in BUILT, f"{name} puts a verb together: name its verbs in BUILT"


def _begins_a_verb(text):
    first = text.values[0]
    return isinstance(first, ast.Constant) and re.fullmatch(r"[a-z_]+\.", str(first.value)) is not None


@pytest.mark.django_db
def test_the_list_shows_the_words(site_tree, client):
    event_record(subject_type="unit", subject_key="CQ", verb="unit.changed")
    client.force_login(make_officer(Role.ADMIN))
    page = client.get(reverse("ledger:index")).content.decode()
    assert "Sửa đơn vị" in page
    assert "unit.changed" not in page


def test_a_verb_of_a_newer_version_is_shown_as_it_is():
    assert verb_label("later.made") == "later.made"
