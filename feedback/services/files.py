"""Bytes first, row later: a checked file becomes a stored one before the transaction that names it."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.media.private import private_storage, private_write
from cms.media.uploads import MAX_BYTES, CheckedFile

FOLDER = "cases"


class StoredLike(Protocol):
    """A file whose bytes are safe already: a row of a draft, or :class:`StoredFile`."""

    name: str
    stored_name: str
    content_type: str
    size: int
    sha256: str


@dataclass
class StoredFile:
    """What a row must know of bytes that lie in the private storage."""

    name: str
    stored_name: str
    content_type: str
    size: int
    sha256: str


def file_store(checked: CheckedFile) -> StoredFile:
    """Write a checked file to the private storage and return what its row will say; OSError when the disk refuses."""
    return StoredFile(
        name=checked.name,
        stored_name=private_write(folder=FOLDER, extension=checked.extension, content=checked.content),
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=hashlib.sha256(checked.content).hexdigest(),
    )


def file_bytes(stored: StoredLike) -> bytes:
    """Return at most what an upload may hold, and one byte by which a larger file is known.

    Raises ValidationError with a sentence when the bytes are gone.
    """
    try:
        with private_storage.open(stored.stored_name, "rb") as opened:
            return bytes(opened.read(MAX_BYTES + 1))
    except OSError as error:
        raise ValidationError(_("Tệp này không còn trong kho.")) from error
