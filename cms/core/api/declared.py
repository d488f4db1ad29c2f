"""What an app hands out as open data, said once: answers, OpenAPI document and page for people are made from it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.translation import gettext as _

Absolute = Callable[[str], str]
# Kinds of a field or a parameter: how JSON Schema says them, and the format where there is one.
KINDS: dict[str, tuple[str, str]] = {
    "text": ("string", ""),
    "date": ("string", "date"),
    "datetime": ("string", "date-time"),
    "url": ("string", "uri"),
    "integer": ("integer", ""),
    "number": ("number", ""),
    "fraction": ("number", ""),
    "boolean": ("boolean", ""),
    "list": ("array", ""),
}


class ApiError(ValueError):
    """What was asked cannot be; the message is a sentence."""


@dataclass(frozen=True)
class ApiField:
    """One key of a record. ``always`` says that it is never null.

    A list is one of words, or of small records when it has ``parts``; it is empty where there is nothing, never null.
    """

    name: str
    type: str
    meaning: Any
    always: bool = False
    parts: tuple["ApiField", ...] = ()


@dataclass(frozen=True)
class ApiFilter:
    """One parameter of an address. ``lookup`` is the question to the rows; a report reads its parameters itself."""

    name: str
    meaning: Any
    example: str
    type: str = "text"
    lookup: str = ""

    def read(self, typed: str) -> Any:
        """Return the value that ``typed`` means; ApiError with a sentence when it means none."""
        if self.type == "date":
            try:
                return date.fromisoformat(typed)
            except ValueError:
                raise ApiError(_("“%(name)s” phải là ngày dạng năm-tháng-ngày.") % {"name": self.name}) from None
        if self.type == "integer":
            if not re.fullmatch(r"[0-9]{1,4}", typed, re.ASCII) or int(typed) < 1:
                raise ApiError(_("“%(name)s” phải là một số lớn hơn 0.") % {"name": self.name})
            return int(typed)
        if not re.fullmatch(r"[A-Za-z0-9._-]{1,120}", typed, re.ASCII):
            raise ApiError(_("“%(name)s” phải là một mã, không dấu, không cách.") % {"name": self.name})
        return typed


@dataclass(frozen=True)
class DataFile:
    """A whole file, or another way to the same data: its address, what it is, its format."""

    address: Callable[[], str]
    label: Any
    kind: str


@dataclass(frozen=True)
class Resource:
    """A list of public rows.

    Args:
        name: the word of the address.
        label, text: what people call it, and what is in it.
        fields: the keys of a record, in order.
        rows: the public rows with what ``record`` reads, in any order; what an anonymous reader may open, nothing else.
        record: a row as a record.
        key: the field by which one row is asked for, and its lookup.
        pattern: what such a key looks like; anything else is not asked of the database.
        key_example: a key for the description.
        filters: parameters of the list.
        files: other ways to the same data.

    """

    name: str
    label: Any
    text: Any
    fields: tuple[ApiField, ...]
    rows: Callable[[], QuerySet]
    record: Callable[[Any, Absolute], dict[str, Any]]
    key: tuple[str, str]
    pattern: str
    key_example: str
    filters: tuple[ApiFilter, ...] = ()
    files: tuple[DataFile, ...] = ()


@dataclass(frozen=True)
class Report:
    """Figures in one answer: ``read`` takes the parameters and returns the record; ApiError for what cannot be."""

    name: str
    label: Any
    text: Any
    fields: tuple[ApiField, ...]
    read: Callable[[Mapping[str, str], Absolute], dict[str, Any]]
    schema: Callable[[], dict[str, Any]]
    filters: tuple[ApiFilter, ...] = ()
    files: tuple[DataFile, ...] = ()


@dataclass
class Declared:
    """Everything that apps handed in, in order."""

    resources: dict[str, Resource] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Resource | Report]:
        yield from self.resources.values()
        yield from self.reports.values()


declared = Declared()


def register_open_data(item: Resource | Report) -> None:
    """Hand in one list or report; called once each in ``AppConfig.ready()``."""
    known: dict[str, Any] = declared.resources if isinstance(item, Resource) else declared.reports
    if known.get(item.name, item) is not item:
        raise ImproperlyConfigured(f"open data {item.name!r} was handed in twice")
    known[item.name] = item
