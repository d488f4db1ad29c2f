"""A file, function or class that outgrows its budget has two jobs; see the budgets in README."""

import ast
import importlib
import inspect
import pkgutil
import tomllib

from tests.architecture import house

FILE, FUNCTION, CLASS, TEMPLATE, STYLE = 400, 40, 200, 120, 200
COMPLEXITY, INHERITANCE, FOLDERS = 10, 3, 3
# Joined from the parts by build_css; nobody reads them.
BUILT = {"cms/core/static/core/site.css", "cms/core/static/core/answering.css"}


def lines(path) -> int:
    return len(path.read_text().splitlines())


def body_lines(node) -> int:
    """Lines of a function or class without its decorators; a function's docstring does not count."""
    first = node.lineno
    if not isinstance(node, ast.ClassDef) and ast.get_docstring(node) and len(node.body) > 1:
        first += node.body[0].end_lineno - node.body[0].lineno + 1
    return node.end_lineno - first + 1


def over(kind, limit, *, tests=True):
    return [
        f"{house.name(path)}:{node.lineno} {node.name}: {body_lines(node)} > {limit}"
        for path in house.python_files(tests=tests)
        for node in ast.walk(house.tree(path))
        if isinstance(node, kind) and body_lines(node) > limit
    ]


def test_python_files_stay_short():
    assert [f"{house.name(p)}: {lines(p)}" for p in house.python_files(tests=True) if lines(p) > FILE] == []


def test_functions_stay_short():
    assert over((ast.FunctionDef, ast.AsyncFunctionDef), FUNCTION) == []


def test_classes_stay_short():
    assert over(ast.ClassDef, CLASS) == []


def test_templates_stay_short():
    assert [
        f"{house.name(p)}: {lines(p)}" for p in house.files("*.html", "*.txt", "*.xml") if lines(p) > TEMPLATE
    ] == []


def test_styles_stay_short():
    styles = [path for path in house.files("*.css") if house.name(path) not in BUILT]
    assert [f"{house.name(path)}: {lines(path)}" for path in styles if lines(path) > STYLE] == []


def test_complexity_is_watched_by_the_linter():
    ruff = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["lint"]
    assert "C90" in ruff["select"]
    assert ruff["mccabe"]["max-complexity"] <= COMPLEXITY
    assert not any("C90" in rules for rules in ruff.get("per-file-ignores", {}).values())


def test_folders_stay_flat():
    deep = set()
    for app in house.apps():
        for path in house.folder(app).rglob("*"):
            below = path.parent.relative_to(house.folder(app)).parts
            below = below[2:] if below[:1] == ("static",) else below  # static/<app>/ is Django's own name space
            if len(below) > FOLDERS and "__pycache__" not in below:
                deep.add(house.name(path.parent))
    assert sorted(deep) == []


def test_projects_own_inheritance_stays_shallow():
    deep = []
    for package in house.PACKAGES:
        for found in pkgutil.walk_packages([str(house.ROOT / package)], f"{package}."):
            if ".migrations" in found.name or found.name.startswith(("cms.settings", "cms.wsgi")):
                continue
            for _name, each in inspect.getmembers(importlib.import_module(found.name), inspect.isclass):
                if each.__module__ == found.name and own_depth(each) > INHERITANCE:
                    deep.append(f"{found.name}.{each.__name__}: {own_depth(each)}")
    assert deep == []


def own_depth(kind: type) -> int:
    """Count the longest chain of our own classes that ends in ``kind``."""
    if kind.__module__.split(".")[0] not in house.PACKAGES:
        return 0
    return 1 + max(map(own_depth, kind.__bases__), default=0)


def test_no_project_import_inside_a_function():
    found = []
    for path in house.python_files():
        for function in ast.walk(house.tree(path)):
            if not isinstance(function, ast.FunctionDef) or (path.name == "apps.py" and function.name == "ready"):
                continue
            found += [
                f"{house.name(path)}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom) and is_ours(node)
            ]
    assert found == []


def is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    if isinstance(node, ast.ImportFrom):
        return node.level > 0 or (node.module or "").split(".")[0] in house.PACKAGES
    return any(alias.name.split(".")[0] in house.PACKAGES for alias in node.names)
