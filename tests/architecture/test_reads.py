"""Reads are queryset verbs: what a state means is said once, in the queryset."""

import ast

from tests.architecture import house

STATES = {"status", "state"}
READS = {"filter", "exclude", "get", "aggregate", "annotate"}


def state_filters(source: ast.AST):
    """Yield the line of each ``.filter(status=…)`` and its like, also inside ``Q(…)``.

    A model's ``class Meta`` is left out: a constraint or an index says what a row may be, it reads nothing.
    """
    if isinstance(source, ast.ClassDef) and source.name == "Meta":
        return
    for node in ast.iter_child_nodes(source):
        yield from state_filters(node)
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in READS or called == "Q":
            yield from (node.lineno for word in node.keywords if word.arg and word.arg.split("__")[0] in STATES)


def test_only_querysets_filter_by_state():
    found = [
        f"{house.name(path)}:{line}"
        for path in house.python_files()
        if "querysets" not in {*path.parts, path.stem} and "factories" not in {*path.parts, path.stem}
        for line in state_filters(house.tree(path))
    ]
    assert found == []


def test_the_rule_sees_what_it_should():
    source = "a.filter(status=1)\nb.exclude(Q(state__in=[1]))\nc.filter(name='status')\nd.values('status')"
    assert sorted(state_filters(ast.parse(source))) == [1, 2]
    assert list(state_filters(ast.parse("class Meta:\n  constraints = [Check(Q(state=1))]"))) == []
