"""Who writes a column: read off the syntax trees, so that a second writer cannot slip in."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture import house

ROW = re.compile(r"^\|(?P<fact>[^|]+)\|\s*`(?P<column>\w+\.\w+\.\w+)`\s*\|\s*`(?P<service>[\w.]+)`[^|]*\|\s*$", re.M)
MAKERS = {"create", "get_or_create", "update_or_create", "aget_or_create", "acreate", "update", "aupdate"}


@dataclass(frozen=True)
class Fact:
    """A row of docs/architecture.md: ``| fact | `app.Model.column` | `package.services` |``."""

    name: str
    model: str
    column: str
    service: str

    @property
    def variable(self) -> str:
        """The name a programmer gives to one row: PublicCase → public_case."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", self.model.rsplit(".", 1)[1]).lower()

    def may_be_written_in(self, module: str) -> bool:
        """Whether ``module`` is the service, or a module of the package that is."""
        return module == self.service or module.startswith(self.service + ".")


def facts(text: str) -> list[Fact]:
    """Return the facts of the table; other lines, the heading among them, are not rows of it."""
    found = []
    for match in ROW.finditer(text):
        model, _, column = match["column"].rpartition(".")
        found.append(Fact(match["fact"].strip(), model, column, match["service"]))
    return found


def names_model(tree: ast.AST, model: str) -> bool:
    """Whether the module speaks of the model class at all (import, annotation, call)."""
    short = model.rsplit(".", 1)[1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == short:
            return True
        if isinstance(node, ast.alias) and node.name.rsplit(".", 1)[-1] == short:
            return True
        if isinstance(node, ast.Attribute) and node.attr == short:
            return True
        if isinstance(node, ast.ClassDef) and node.name == short:
            return True
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and re.fullmatch(rf"\w+\.{short}|{short}", node.value)
        ):
            return True
    return False


def writes(tree: ast.Module, fact: Fact, rivals: frozenset[str] = frozenset()) -> Iterator[int]:
    """Yield the lines that write the fact's column.

    Args:
        tree: the module.
        fact: the fact whose writers are sought.
        rivals: variable names of other models that have a column of the same name.

    """
    about = names_model(tree, fact.model)
    for holder, node in _with_class(tree):
        for target in _targets(node):
            if target.attr == fact.column and _means(target.value, fact, rivals, about, holder):
                yield node.lineno
        if isinstance(node, ast.Call) and _call_writes(node, fact, rivals, about):
            yield node.lineno


def _with_class(tree: ast.AST, holder: str = "") -> Iterator[tuple[str, ast.AST]]:
    for node in ast.iter_child_nodes(tree):
        yield holder, node
        yield from _with_class(node, node.name if isinstance(node, ast.ClassDef) else holder)


def _targets(node: ast.AST) -> Iterator[ast.Attribute]:
    given = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if not isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        return
    for target in given:
        for each in target.elts if isinstance(target, ast.Tuple | ast.List) else [target]:
            if isinstance(each, ast.Attribute):
                yield each


def _means(value: ast.expr, fact: Fact, rivals: frozenset[str], about: bool, holder: str = "") -> bool:
    """Whether ``value`` is, as far as a reader can tell, a row of the fact's model."""
    name = value.id if isinstance(value, ast.Name) else getattr(value, "attr", "")
    if name == "self":
        return holder == fact.model.rsplit(".", 1)[1]
    if name == fact.variable:
        return True
    return about and name not in rivals


def _call_writes(node: ast.Call, fact: Fact, rivals: frozenset[str], about: bool) -> bool:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    short = fact.model.rsplit(".", 1)[1]
    if called == short:
        return _names_column(node, fact)
    if called == "setattr":
        return len(node.args) > 1 and _is(node.args[1], fact.column) and _means(node.args[0], fact, rivals, about)
    if called in MAKERS:
        root = _root(node.func)
        return _names_column(node, fact) and (
            root == short or (about and not root[:1].isupper() and root not in rivals)
        )
    if called == "bulk_update":
        return about and any(_is(each, fact.column) for each in ast.walk(node))
    return False


def _names_column(node: ast.Call, fact: Fact) -> bool:
    given = {word.arg: word.value for word in node.keywords}
    defaults = [given[word] for word in ("defaults", "create_defaults") if isinstance(given.get(word), ast.Dict)]
    return fact.column in given or any(_is(key, fact.column) for each in defaults for key in each.keys if key)


def _is(node: ast.AST, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def _root(node: ast.AST) -> str:
    """Return the first name of ``Case.objects.filter(…).update``: Case."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) else ""


def writers(fact: Fact, paths: list[Path], rivals: frozenset[str] = frozenset()) -> list[str]:
    """Return every place that writes the fact's column outside its service."""
    return [
        f"{house.name(path)}:{line}"
        for path in paths
        if not fact.may_be_written_in(house.module(path))
        for line in writes(house.tree(path), fact, rivals)
    ]
