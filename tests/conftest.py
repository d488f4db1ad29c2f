"""What every test may ask for. Nothing here runs unless it is asked for, but for the closed network."""

import ipaddress
import os
import shutil
import socket

from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.test import TransactionTestCase

import pytest

from tests.site import build_site, build_tree
from tests.snapshots import Snapshot, build_once

PASSWORD = "mat-khau-kiem-thu"  # of every officer that a test makes
ONLY_DATABASE = os.environ.get("ONLY_DATABASE") == "1"
_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server", "site_tree"}
CI = os.environ.get("CI", "").lower() == "true"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
POSTGRES_URL = os.environ.get("TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9")


def chromium() -> str:
    """Return the path of a Chromium on this machine, or an empty string."""
    named = os.environ.get("CHROMIUM", "")
    return named or next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), "")


def _answers(url: str) -> bool:
    host, _, port = url.rsplit("/", 1)[0].rsplit("@", 1)[-1].rsplit("//", 1)[-1].partition(":")
    try:
        socket.create_connection((host, int(port)), timeout=3).close()
    except OSError:
        return False
    return True


def pytest_sessionstart(session):
    """In CI nothing may be missing quietly: a skipped half of the suite is a failure there."""
    if not CI or hasattr(session.config, "workerinput"):
        return
    missing = [
        what
        for what, there in (
            ("Chromium", bool(chromium())),
            (f"PostgreSQL ({POSTGRES_URL})", _answers(POSTGRES_URL)),
            (f"Redis ({REDIS_URL})", _answers(REDIS_URL)),
        )
        if not there
    ]
    if missing:
        pytest.exit(f"CI=true, nhưng máy này thiếu: {', '.join(missing)}", returncode=1)


def pytest_collection_modifyitems(config, items):
    _only_database(config, items)
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="không tìm thấy Chromium"))


def _only_database(config, items):
    """Leave out what asks no database when a run on a second one says so: it would give the same answer twice."""
    if not ONLY_DATABASE:
        return
    left = [item for item in items if not _asks_database(item)]
    items[:] = [item for item in items if _asks_database(item)]
    config.hook.pytest_deselected(items=left)


def _asks_database(item) -> bool:
    kind = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or item.get_closest_marker("drill") is not None
        or bool(_DATABASE & set(getattr(item, "fixturenames", ())))
        or (isinstance(kind, type) and issubclass(kind, TransactionTestCase))
        or "settings" in item.path.parts
    )


def pytest_terminal_summary(terminalreporter):
    """Say loudly, at the very end, what was not proved."""
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "Chromium" in str(r.longrepr)]
    if skipped:
        terminalreporter.section("KHÔNG CÓ TRÌNH DUYỆT", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} kiểm thử trình duyệt đã bị bỏ qua: cài chromium, hoặc đặt CHROMIUM=/đường/dẫn.", red=True
        )


@pytest.fixture(scope="session", autouse=True)
def closed_network():
    """Refuse every connection that leaves this machine: a test that needs one is a fault."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _loopback(address[0]):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


def _loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session", autouse=True)
def static_folder():
    """WhiteNoise looks for it at every start; the tests take static files from their sources."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def fresh_cache():
    """A row that a test rolled back must not live on in the cache."""
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Build roles and page tree once: building them anew would cost more than most tests that need them.

    A test with real transactions leaves the database as it was here, instead of empty.
    """
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        build_tree()
        snapshot = Snapshot()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _test: snapshot.put_back())
    yield
    patch.undo()


@pytest.fixture
def site_tree(db):
    """The portal as ``setup_site`` builds it; returns the home page."""
    build_once("site", build_site)
    return apps.get_model("home", "HomePage").objects.get()


@pytest.fixture
def unit(site_tree):
    """The agency itself, above all other units."""
    return apps.get_model("core", "Unit").objects.get(parent=None)


@pytest.fixture
def officer(site_tree):
    """Return a function that makes an officer: ``officer(Role.HANDLER, unit=…)``; the password is PASSWORD."""
    users, groups = apps.get_model("accounts", "User"), apps.get_model("auth", "Group")

    def make(*roles, unit=None, with_units_below=False, username=""):
        name = username or f"canbo{users.objects.count() + 1}"
        user = users.objects.create_user(name, f"{name}@so.example.vn", PASSWORD, last_name="Cán bộ", first_name=name)
        user.groups.set(groups.objects.filter(name__in=[str(role.label) for role in roles]))
        if unit:
            user.memberships.create(unit=unit, with_units_below=with_units_below)
        return user

    return make
