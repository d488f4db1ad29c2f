"""Private files: written whole before the row that names them, read only through a checking view."""

import os
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.functional import LazyObject

SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


class PrivateStorage(LazyObject):
    """The ``private`` storage, looked up late so that tests and settings may change it."""

    def _setup(self) -> None:
        self._wrapped = storages["private"]


private_storage: Storage = PrivateStorage()


def private_name(folder: str, extension: str) -> str:
    """Return a random, server-made name; the visitor's own file name never reaches the disk."""
    token = uuid4().hex
    return str(PurePosixPath(folder, token[:2], f"{token}.{extension}"))


def private_write(*, folder: str, extension: str, content: bytes) -> str:
    """Store ``content`` and return its name once the bytes are safe on disk.

    Called before the transaction that stores the name: a row without bytes cannot come to be, and bytes
    without a row are removed by the sweeper. Raises OSError when the disk refuses.
    """
    name = private_storage.save(private_name(folder, extension), ContentFile(content))
    try:
        path = private_storage.path(name)
    except NotImplementedError:
        return name  # an object store acknowledges only what it keeps
    for target, flags in ((path, os.O_RDONLY), (os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)):
        handle = os.open(target, flags)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    return name


def private_response(
    request: HttpRequest, *, name: str, filename: str, content_type: str, inline: bool = False
) -> HttpResponseBase:
    """Answer with a private file; the caller has already asked the permission matrix.

    Always nosniff and sandboxed, so that no file can act as a page of this site, and never stored.
    Raises Http404 when the bytes are gone.
    """
    try:
        stored: File = private_storage.open(name, "rb")
    except FileNotFoundError:
        raise Http404 from None  # erased by law or by the sweeper: to the visitor it never was
    shown = "".join(letter for letter in filename if letter.isprintable())
    response = FileResponse(stored, as_attachment=not inline, filename=shown, content_type=content_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
