"""For the tests: fast hashing, mail in memory, files apart, nothing else different."""

import os
import tempfile
from pathlib import Path

from .base import *

_files = Path(tempfile.mkdtemp(prefix="cong-"))

SECRET_KEY = "khoa-chi-dung-cho-kiem-thu-" + "x" * 40
TRACKING_KEY = "khoa-ma-theo-doi-" + "y" * 40
LEDGER_KEY = "khoa-nhat-ky-" + "z" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = _files / "media"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if "location" in STORAGES["private"].get("OPTIONS", {}):
    STORAGES["private"]["OPTIONS"]["location"] = _files / "private"
AXES_ENABLED = False
# No thread writes behind a test's back; tests say when.
READING_FLUSH_SECONDS = 0
# Parallel test processes share a Redis server, never a database of it. It is said here, before any part of the
# house can have opened the cache: one process emptying another's changed what the other asked of the database.
_server, _, _number = CACHES["default"].get("LOCATION", "").rpartition("/")
if _server.startswith("redis"):
    _worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    CACHES["default"]["LOCATION"] = f"{_server}/{(int(_number) + _worker) % 16}"

# Nothing of a test has to survive a power cut, and every commit that waits for the disk costs milliseconds. The drills
# (tests/drills) run the production settings, where it does wait.
_options = DATABASES["default"]["OPTIONS"]
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    _options["init_command"] = _options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
else:
    _options["options"] = f"{_options.get('options', '')} -c synchronous_commit=off".strip()
