"""Ports: what the kernel asks for and apps fill in ``AppConfig.ready()``.

The kernel never imports an app; an app hands in what the kernel needs. Registering a name twice is a
mistake of the programmer and stops the start.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Job:
    """Work that the schedule repeats.

    ``run`` returns a short line for the log. It must be safe to run twice: a job whose worker died
    is started again once its lease has ended.
    """

    name: str
    label: str
    every: timedelta
    run: Callable[[], str]
    lease: timedelta = timedelta(minutes=10)


@dataclass(frozen=True)
class RenderedMail:
    """One mail, ready to leave. ``to`` is read when the mail leaves, never stored in the outbox."""

    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[tuple[str, bytes, str], ...] = ()


@dataclass(frozen=True)
class MailKind:
    """How one kind of mail is made from the reference that its outbox row keeps.

    ``render`` returns None when the mail has lost its reason (address erased, case withdrawn); the row
    then ends as cancelled.
    """

    name: str
    label: str
    render: Callable[[Mapping[str, str]], RenderedMail | None]


@dataclass(frozen=True)
class IntegrityCheck:
    """A question to the rows; every line it yields is a fault in words."""

    name: str
    label: str
    run: Callable[[], Iterable[str]]


@dataclass(frozen=True)
class FoundDocument:
    """A public page that is a numbered document."""

    number_key: str
    issued_on: date | None
    page_id: int
    url: str


@dataclass(frozen=True)
class CitationFinder:
    """Which public pages of one kind have one of these number keys (``parse_document_number().match_key``)."""

    name: str
    label: str
    find: Callable[[Collection[str]], Iterable[FoundDocument]]


Named = TypeVar("Named", Job, MailKind, IntegrityCheck, CitationFinder)


@dataclass
class Registry(Generic[Named]):
    """Named things of one kind, in the order in which apps handed them in."""

    what: str
    items: dict[str, Named] = field(default_factory=dict)

    def register(self, item: Named) -> None:
        """Add ``item``; raises ImproperlyConfigured when its name is taken by another."""
        if item.name in self.items and self.items[item.name] != item:
            raise ImproperlyConfigured(f"{self.what} {item.name!r} đã được đăng ký")
        self.items[item.name] = item

    def get(self, name: str) -> Named:
        """Return the item called ``name``; KeyError when no app handed it in."""
        return self.items[name]

    def __iter__(self):
        return iter(self.items.values())


jobs: Registry[Job] = Registry("Việc định kỳ")
mail_kinds: Registry[MailKind] = Registry("Loại thư")
integrity_checks: Registry[IntegrityCheck] = Registry("Phép kiểm tra")
citation_finders: Registry[CitationFinder] = Registry("Nơi tra văn bản được dẫn")

register_job = jobs.register
register_mail_kind = mail_kinds.register
register_integrity_check = integrity_checks.register
register_citation_finder = citation_finders.register
