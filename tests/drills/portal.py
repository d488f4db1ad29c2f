"""The real portal as its own processes, for drills that hurt it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

import psycopg

from tests.waiting import wait_until

STOP = 40  # seconds: a little more than the portal itself allows its children


def free_port() -> int:
    """Return a port of the loopback address that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def redis_of_its_own() -> dict[str, str]:
    """Return ``CACHE_URL`` of a Redis database that no test process uses, or nothing where Redis is not asked for.

    The tests of this process keep one database each (``cms.settings.test``); a portal beside them in the same one
    drops what they have just cached, and a count of statements is one higher.
    """
    server, _, number = os.environ.get("CACHE_URL", "").rpartition("/")
    if not server.startswith("redis"):
        return {}
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    return {"CACHE_URL": f"{server}/{(int(number) + 8 + worker) % 16}"}


def children_of(pid: int) -> list[int]:
    """Return the process ids below ``pid``, nearest first."""
    listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for each in found:
        found += [child for child, parent in pairs if parent == each]
    return found[1:]


def alive(pid: int) -> bool:
    """Whether the process still runs; one that has ended and is only not yet collected does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@dataclass
class Portal:
    """One portal: a folder of its own, a port of its own, on PostgreSQL also a database of its own."""

    folder: Path
    database: str = ""  # PostgreSQL address; empty for SQLite in the folder
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        """What an office would set: nothing but where things are."""
        inherited = {key: value for key, value in os.environ.items() if key not in {"SITE_URL", "SECRET_KEY"}}
        return {
            **inherited,
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "VAR_DIR": str(self.folder),
            "PORT": str(self.port),
            "DEMO": "0",
            "WEB_WORKERS": "1",
            **({"DATABASE_URL": self.database} if self.database else {}),
            **redis_of_its_own(),
            **self.extra,
        }

    @property
    def log(self) -> str:
        """What the portal has said so far."""
        path = self.folder / "portal.log"
        return path.read_text() if path.exists() else ""

    def manage(self, *arguments: str) -> str:
        """Run a management command beside the portal and return what it says."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self) -> "Portal":
        """Start the portal and return once it answers and its worker has done a round."""
        self.launch()
        wait_until(lambda: self.process.poll() is not None or self.answers("/healthz"), "the site answers", seconds=90)
        assert self.process.poll() is None, self.log
        return self

    def launch(self) -> None:
        """Start the portal without waiting for it."""
        with (self.folder / "portal.log").open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_portal"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def answers(self, path: str) -> bool:
        """Whether ``path`` is answered with 200."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status == 200
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def kill(self) -> None:
        """As if the power went: SIGKILL to every process of the portal, the parent first."""
        pids = [self.process.pid, *children_of(self.process.pid)]
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):  # ended by itself meanwhile
                os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP)
        wait_until(lambda: not any(map(alive, pids)), "all processes are gone")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask the parent to stop and return its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP)

    def close(self) -> None:
        """Leave nothing behind, whatever happened."""
        if self.process and self.process.poll() is None:
            self.kill()
        if self.database:
            database_drop(self.database)
        shutil.rmtree(self.folder, ignore_errors=True)


def copy(prepared: Portal, folder: Path) -> Portal:
    """Return a portal with the content of ``prepared``, which does not run."""
    shutil.copytree(prepared.folder, folder)
    database = ""
    if prepared.database:
        database = f"{prepared.database}_{folder.name.replace('-', '_')}"
        _administer(prepared.database, f'CREATE DATABASE "{_name(database)}" TEMPLATE "{_name(prepared.database)}"')
    return Portal(folder, database)


def database_create(url: str) -> None:
    """Make the PostgreSQL database that ``url`` names, empty."""
    _administer(url, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')
    _administer(url, f'CREATE DATABASE "{_name(url)}"')


def database_drop(url: str) -> None:
    """Remove the PostgreSQL database that ``url`` names."""
    _administer(url, f'DROP DATABASE IF EXISTS "{_name(url)}" WITH (FORCE)')


def _name(url: str) -> str:
    return urlsplit(url).path.lstrip("/")


def _administer(url: str, statement: str) -> None:
    with psycopg.connect(urlsplit(url)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        connection.execute(statement)
