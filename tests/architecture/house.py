"""The house as the tests of its rules see it: own apps, files and syntax trees."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("cms", "feedback", "procedures", "surveys")


@cache
def contract(name: str) -> dict:
    """Return the import-linter contract with the id ``name``."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return next(each for each in contracts if each["id"] == name)


def apps() -> list[str]:
    """Return the dotted names of our apps, as the import contract lists them."""
    return contract("rooms")["containers"]


def folder(app: str) -> Path:
    """Return the folder of the app called ``app``."""
    return ROOT / app.replace(".", "/")


def python_files(*, tests: bool = False) -> Iterator[Path]:
    """Yield our Python files without migrations, which are made by a command."""
    for top in (*PACKAGES, *(["tests"] if tests else [])):
        for path in sorted((ROOT / top).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def files(*patterns: str) -> Iterator[Path]:
    """Yield our templates, styles and the like that match one of ``patterns``."""
    for top in ("templates", *PACKAGES):
        for pattern in patterns:
            yield from sorted((ROOT / top).rglob(pattern))


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of ``path``."""
    return ast.parse(path.read_text(), filename=str(path))


def name(path: Path) -> str:
    """Return ``path`` as a reader would write it."""
    return path.relative_to(ROOT).as_posix()


def module(path: Path) -> str:
    """Return the dotted module name of ``path``."""
    return name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def app_of(dotted: str) -> str | None:
    """Return the app that the module ``dotted`` belongs to, if any."""
    return next((app for app in apps() if dotted == app or dotted.startswith(app + ".")), None)
