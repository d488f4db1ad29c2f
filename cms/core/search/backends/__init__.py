"""Where the words live: one module a database."""

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from .base import Backend, Candidate, IndexedWords
from .postgresql import PostgresqlBackend
from .sqlite import SqliteBackend

__all__ = ["Backend", "Candidate", "IndexedWords", "get_backend"]

_BACKENDS: dict[str, Backend] = {"sqlite": SqliteBackend(), "postgresql": PostgresqlBackend()}


def get_backend() -> Backend:
    """Return the module for the database in use."""
    try:
        return _BACKENDS[connection.vendor]
    except KeyError as error:
        raise ImproperlyConfigured(f"Tìm kiếm chưa hỗ trợ cơ sở dữ liệu {connection.vendor}") from error
