"""Each fact of docs/architecture.md is held by one column and written by one service."""

import ast
import importlib.util
from functools import cache

from django.apps import apps

import pytest

from tests.architecture import house
from tests.architecture.writers import Fact, facts, writers, writes

ARCHITECTURE = house.ROOT / "docs" / "architecture.md"
# Bulk sample rows pass the same integrity checks instead; factories serve the tests.
EXEMPT = {"demo", "factories"}


@cache
def table() -> list[Fact]:
    return facts(ARCHITECTURE.read_text()) if ARCHITECTURE.exists() else []


def candidates():
    return [path for path in house.python_files() if not EXEMPT & {*path.parts, path.stem}]


def rivals(fact: Fact) -> frozenset[str]:
    """Variable names of our other models that have a column of the same name."""
    return frozenset(
        Fact("", model._meta.label, fact.column, "").variable
        for model in apps.get_models()
        if model.__module__.split(".")[0] in house.PACKAGES
        and model._meta.label != fact.model
        and any(field.name == fact.column for field in model._meta.get_fields())
    )


def test_the_table_is_there():
    assert len(table()) >= 5, "docs/architecture.md has no table | Fact | `app.Model.column` | `service` |"


@pytest.mark.parametrize("fact", table(), ids=lambda fact: f"{fact.model}.{fact.column}")
def test_a_fact_has_its_column_and_its_service(fact):
    assert apps.get_model(fact.model)._meta.get_field(fact.column)
    assert importlib.util.find_spec(fact.service), f"{fact.service} does not exist"


@pytest.mark.parametrize("fact", table(), ids=lambda fact: f"{fact.model}.{fact.column}")
def test_a_fact_has_one_writer(fact):
    assert writers(fact, candidates(), rivals(fact)) == []


def test_a_fact_is_named_once():
    columns = [(fact.model, fact.column) for fact in table()]
    assert sorted(set(columns)) == sorted(columns)


CASE = Fact("state", "feedback.Case", "state", "feedback.services")


@pytest.mark.parametrize(
    "source",
    [
        "def close(case): case.state = 'closed'",
        "from feedback.models import Case\ndef close(row: Case): row.state = 'closed'",
        "from feedback.models import Case\nCase.objects.filter(pk=1).update(state='closed')",
        "from feedback.models import Case\nCase.objects.create(state='new')",
        "from feedback.models import Case\nCase(state='new')",
        "from feedback.models import Case\nCase.objects.update_or_create(pk=1, defaults={'state': 'new'})",
        "from feedback.models import Case\nCase.objects.bulk_update(rows, ['state'])",
        "setattr(case, 'state', 'closed')",
        "class Case:\n    def close(self): self.state = 'closed'",
        "case.state, other = 'closed', 1",
    ],
)
def test_a_second_writer_is_seen(source):
    assert list(writes(ast.parse(source), CASE))


@pytest.mark.parametrize(
    "source",
    [
        "if case.state == 'closed': pass",
        "mail.state = 'sent'",
        "from feedback.models import Case\ndef send(mail, case: Case): mail.state = 'sent'",
        "from feedback.models import Case\nMail.objects.create(state='new')",
        "class Mail:\n    def close(self): self.state = 'sent'",
        "Case.objects.filter(pk=1).update(title='x')",
    ],
)
def test_a_reader_or_another_row_is_not_a_writer(source):
    assert not list(writes(ast.parse(source), CASE, frozenset({"mail"})))


def test_the_table_is_read_by_its_form():
    heading = "| Fact | Column | Service |\n|---|---|---|\n"
    assert facts(heading) == []
    text = heading + "| Where it stands | `feedback.Case.state` | `feedback.services` |\n"
    assert facts(text) == [Fact("Where it stands", "feedback.Case", "state", "feedback.services")]
