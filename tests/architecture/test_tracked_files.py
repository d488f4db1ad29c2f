"""What is committed works on any machine and names none."""

import os
import re
import subprocess
from urllib.parse import urlsplit

import pytest

from tests.architecture import house

# Written in two halves so that this file is not its own first finding.
FOREIGN_PATH = re.compile(r"(?<![\w.$}~-])/" + r"(?:work|root|tmp)(?=/[\w.])")
PACKAGE_OPTIONS = re.compile(r"^\s*--?(?:extra-index|index|find-links|trusted-host|i\b)|https?://", re.M)


@pytest.fixture(scope="module")
def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=house.ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("không phải là bản sao của kho mã (git)")
    texts = {}
    for each in filter(None, listed.stdout.split("\0")):
        try:
            texts[each] = (house.ROOT / each).read_text()
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return texts


def package_hosts() -> set[str]:
    """Return the hosts that this machine's package clients are set up with."""
    said = "\n".join(value for key, value in os.environ.items() if re.match(r"(PIP|UV|NPM_CONFIG)_", key, re.I))
    configured = subprocess.run(
        [os.sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    found = re.findall(r"https?://[^\s'\"]+", said + configured)
    return {host for host in (urlsplit(url).hostname for url in found) if host}


def test_no_path_of_one_machine(tracked):
    assert [name for name, text in tracked.items() if FOREIGN_PATH.search(text)] == []


def test_no_package_host(tracked):
    hosts = package_hosts()
    assert [name for name, text in tracked.items() if any(host in text for host in hosts)] == []


@pytest.mark.parametrize("name", ["requirements.txt", "tests/requirements.txt"])
def test_the_locked_packages_name_no_host_and_every_hash(name):
    text = (house.ROOT / name).read_text()
    assert PACKAGE_OPTIONS.findall(text) == []
    pinned = re.findall(r"^[\w.\-\[\]]+==\S+.*(?:\n    .*)*", text, re.M)
    assert pinned
    assert [each.split("\n")[0] for each in pinned if "--hash=sha256:" not in each] == []


def test_the_path_pattern_sees_what_it_should():
    assert FOREIGN_PATH.search("open('/" + "tmp/x')")
    assert not FOREIGN_PATH.search("templates/tmp/x")
