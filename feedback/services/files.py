"""Bytes first, row later: a checked file becomes a stored one before the transaction that names it."""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from cms.media.private import private_write
from cms.media.uploads import CheckedFile

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
