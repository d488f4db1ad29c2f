"""Every address of the portal as everybody: who may enter, what leaks, what a refusal changes (AZ-01, AZ-02, SE-03).

``make test`` walks all addresses as a stranger, and as each role every address of another unit's things and a
tenth of the others; ``make test-all`` walks all. URL_WALK_SEED (0–9) chooses the tenth.
"""

import os
import tomllib
import zlib
from fnmatch import fnmatchcase
from pathlib import Path

from django.conf import settings
from django.test import TestCase

import pytest

from cms.core.enums import Role, Scope
from cms.core.permissions import capabilities
from tests.architecture import world
from tests.architecture.urls import addresses, patterns
from tests.architecture.walker import Walker

MATRIX = tomllib.loads(Path(__file__).with_name("url_matrix.toml").read_text())
ROWS, RIGHTS = MATRIX["rows"], MATRIX["rights"]
SEED = int(os.environ.get("URL_WALK_SEED", "0"))
FREE = {"public", "staff", "nobody"}


def row_of(pattern):
    """Return the first row that fits the name or the route."""
    words = (pattern.key, f"/{pattern.route}")
    return next((glob for glob in ROWS if any(fnmatchcase(word, glob) for word in words)), None)


def listed(table, pattern):
    return any(fnmatchcase(pattern.key, glob) for glob in MATRIX[table])


def may_enter(role, address):
    """Say whether the matrix lets an officer of the own unit enter."""
    who = ROWS[row_of(address.pattern)]
    if who in FREE:
        return who != "nobody"
    if who in RIGHTS:
        return role in RIGHTS[who]
    reach = capabilities()[who].get(role)
    return reach is Scope.ALL or (reach is not None and address.whose == "own")


def in_the_tenth(role, address):
    place = zlib.crc32(f"{role} {address.pattern.key} {address.pattern.route}".encode())
    return address.whose == "other" or place % 10 == SEED % 10


class TestRows:
    patterns = list(patterns())

    def test_every_address_has_a_row(self):
        assert [pattern for pattern in self.patterns if row_of(pattern) is None] == []

    def test_every_row_has_an_address(self):
        used = {row_of(pattern) for pattern in self.patterns}
        assert [glob for glob in ROWS if glob not in used] == []

    @pytest.mark.parametrize("table", ["absent", "faults", "noted", "cookies"])
    def test_every_exception_has_an_address(self, table):
        keys = {pattern.key for pattern in self.patterns}
        assert [glob for glob in MATRIX[table] if not any(fnmatchcase(key, glob) for key in keys)] == []

    def test_every_word_is_known(self):
        known = FREE | set(RIGHTS) | set(capabilities())
        assert sorted(set(ROWS.values()) - known) == []
        assert {Role(role) for roles in RIGHTS.values() for role in roles} <= set(Role)

    def test_wagtails_own_apis_for_the_world_are_not_mounted(self):
        assert not [
            app for app in settings.INSTALLED_APPS if app.startswith(("wagtail.api", "rest_framework", "ninja"))
        ]
        outside = [pattern for pattern in patterns() if not pattern.route.startswith("quan-tri/")]
        assert [pattern.route for pattern in outside if "api/" in pattern.route.removeprefix("api/v1/")] == []


class UrlWalkTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = world.build_private()
        cls.addresses = [address for pattern in patterns() for address in addresses(pattern, cls.world)]

    def walk(self, role, wanted=lambda _role, _address: True):
        walker = Walker(self.world, role)
        for address in self.addresses:
            if wanted(role, address):
                public = ROWS[row_of(address.pattern)] == "public"
                walker.visit(
                    address,
                    allowed=may_enter(role, address),
                    absent=public or listed("absent", address.pattern),
                    fault=listed("faults", address.pattern),
                    noted=listed("noted", address.pattern),
                )
        assert walker.visited
        assert not walker.found, "\n".join(["", *walker.found])

    def test_a_stranger(self):
        walker = Walker(self.world, None)
        for address in self.addresses:
            public = ROWS[row_of(address.pattern)] == "public"
            walker.visit_as_stranger(address, public=public, may_set_cookies=listed("cookies", address.pattern))
        assert len(walker.visited) == len(self.addresses)
        assert not walker.found, "\n".join(["", *walker.found])


def walk_of(role, *, whole):
    def test(self):
        self.walk(role, (lambda _role, _address: True) if whole else in_the_tenth)

    return pytest.mark.whole(test) if whole else test


for each in Role:
    setattr(UrlWalkTest, f"test_a_tenth_as_{each}", walk_of(each, whole=False))
    setattr(UrlWalkTest, f"test_everything_as_{each}", walk_of(each, whole=True))
