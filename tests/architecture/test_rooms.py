"""A reader who knows one app knows all: the same rooms under the same names, and imports from the left."""

import ast
import re

from django.apps import apps

import pytest

from tests.architecture import house

# fmt: off
ROOMS = {
    "enums", "transitions", "querysets", "blocks", "panels", "models", "permissions", "notifications", "services",
    "forms", "importers", "feeds", "api", "tasks", "views", "urls", "viewsets", "reports", "wagtail_hooks",
    "templatetags", "factories", "management", "migrations", "apps", "static", "locale",
}
# fmt: on
# Rooms that one app alone has, because only it does this work.
OWN_ROOMS = {
    "cms.core": {
        *("ports", "jobs", "worker", "processes", "middleware", "requests", "text", "search", "checks"),
        *("working_days", "official_days", "importing", "stylesheet", "choosers", "faults", "moderation", "embedding"),
        *("pictures", "files", "periods", "disclosure", "charts", "open_data", "personal_data", "paper"),
        *("edits", "bulk_publish", "merkle", "logs", "letters", "official_letters", "mail_words", "captcha"),
    },
    "cms.demo": {
        *("content", "pictures", "cases", "clock", "readers", "registry", "news", "files", "plans", "schools"),
        *("materials", "internal", "events", "surveys", "paper", "procedures", "conduct"),
        "dossiers",
    },
    "cms.home": {"first_words", "context", "health", "menus", "notices", "site_map"},
    "cms.media": {"covering", "drawing", "extract", "parts", "pdf_pages", "private", "uploads"},
    "feedback": {"codes"},
    "procedures": {"codes", "figures"},
}


def imports(path):
    """Yield every dotted name that ``path`` imports, absolute."""
    here = house.module(path).split(".")
    package = here if path.name == "__init__.py" else here[:-1]
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            start = ".".join(part for part in (base, node.module) if part)
            yield from (f"{start}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("app", house.apps())
def test_an_app_has_only_known_rooms(app):
    allowed = ROOMS | OWN_ROOMS.get(app, set())
    rooms = [path for path in house.folder(app).iterdir() if path.name[0] not in "_." and path.suffix != ".md"]
    found = {path.name.removesuffix(".py") for path in rooms}
    nested = {other.rsplit(".", 1)[1] for other in house.apps() if other.startswith(app + ".")}
    assert found - allowed - nested == set()


@pytest.mark.parametrize("app", house.apps())
def test_a_room_has_work(app):
    """An empty module is a promise nobody keeps; an ``__init__`` may be empty."""
    assert [
        house.name(p) for p in house.folder(app).rglob("*.py") if p.name != "__init__.py" and not p.read_text().strip()
    ] == []


def test_the_import_contract_knows_every_app():
    ours = {config.name for config in apps.get_app_configs() if config.name.split(".")[0] in house.PACKAGES}
    layered = set(re.findall(r"[\w.]+", " ".join(house.contract("house")["layers"])))
    assert ours == set(house.apps())
    assert ours <= layered
    assert layered - ours == {"cms.urls", "cms.wsgi", "cms.settings"}


def test_every_package_below_cms_is_an_app_or_known():
    packages = {f"cms.{path.parent.name}" for path in (house.ROOT / "cms").glob("*/__init__.py")}
    assert packages - set(house.apps()) == {"cms.settings", "cms.formats"}


def test_factories_are_for_tests_and_sample_content():
    users = [
        f"{house.name(path)} imports {name}"
        for path in house.python_files()
        if house.app_of(house.module(path)) != "cms.demo" and path.stem != "factories" and "factories" not in path.parts
        for name in imports(path)
        if name.split(".")[0] in house.PACKAGES and "factories" in name.split(".")
    ]
    assert users == []


def test_nothing_imports_the_tests():
    assert [house.name(p) for p in house.python_files() if any(n.split(".")[0] == "tests" for n in imports(p))] == []
