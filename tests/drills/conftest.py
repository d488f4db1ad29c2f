"""One portal is prepared for all drills; each drill hurts a copy of it."""

import os
from pathlib import Path

import pytest

from tests.drills.portal import Portal, copy, database_create


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.drill)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A portal with its page tree, on the kind of database that this run is about."""
    folder = tmp_path_factory.mktemp("prepared")
    url = os.environ.get("DATABASE_URL", "")
    database = f"{url.rsplit('/', 1)[0]}/drill_{os.getpid()}" if url.startswith("postgres") else ""
    portal = Portal(folder, database)
    if database:
        database_create(database)
    portal.manage("run_portal", "--prepare-only")
    yield portal
    portal.close()


@pytest.fixture
def portal(prepared, tmp_path):
    """A portal of this drill's own, not yet started; its end is cleaned up whatever happens."""
    own = copy(prepared, tmp_path / "portal")
    yield own
    own.close()
