"""Ports: what the kernel asks for and apps fill in ``AppConfig.ready()``.

The kernel never imports an app; an app hands in what the kernel needs. Registering a name twice is a
mistake of the programmer and stops the start.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Job:
    """Work that the schedule repeats.

    ``run`` returns a short line for the log. It must be safe to run twice: a job whose worker died
    is started again once its lease has ended.
    """

    name: str
    label: Any  # words, or words still to be translated
    every: timedelta
    run: Callable[[], str]
    lease: timedelta = timedelta(minutes=10)


@dataclass(frozen=True)
class RenderedMail:
    """One mail, ready to leave. ``to`` is read when the mail leaves, never stored in the outbox.

    ``broken`` names the edited text, with its version, in whose place the default one was used; empty otherwise.
    """

    to: str
    subject: str
    text: str
    html: str = ""
    attachments: tuple[tuple[str, bytes, str], ...] = ()
    broken: str = ""


@dataclass(frozen=True)
class Place:
    """A place in a mail that fills itself in.

    Args:
        key: how the code that makes the mail calls it.
        name: how people write it, between { and }; lower case.
        means: what stands there, in words.
        sample: what stands there in a preview.
        link: its value is an address.
        private: what nobody but the reader should see: personal data, a secret, words that somebody wrote. Such a
            place may not stand in a subject, which shows on a locked screen.
        needed: without it the mail is of no use; a line that has it is never left out.
        optional: it has nothing to say in some mails, as a telephone that the office has not got.

    """

    key: str
    name: Any
    means: Any
    sample: Any
    link: bool = False
    private: bool = False
    needed: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Letter:
    """The words of one kind of mail, which an office may change: their default, and what may fill itself in there.

    ``template`` is a file of ``templates/emails`` that knows one variable, ``letter``: the name. Its places stand
    between { and }, as people write them.
    """

    name: str
    label: Any
    reader: Any
    template: str
    subject: Any
    places: tuple[Place, ...] = ()


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
    label: Any
    run: Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Sweep:
    """What an app adds to a command of several apps: erasing people, finding dates anew.

    ``run`` takes whether only to try, and returns how many rows it changed, or would change.
    """

    name: str
    label: Any
    run: Callable[[bool], int]


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


@dataclass(frozen=True)
class FigureValue:
    """A number as people read it, with what it was made from; a share without its base says nothing."""

    value: str
    note: str
    url: str
    unit: str = ""
    url_text: str = ""


@dataclass(frozen=True)
class Figure:
    """A live number for the home page.

    ``read`` costs a constant number of statements and returns None while there is nothing to count.
    """

    name: str
    label: str | Promise
    read: Callable[[], FigureValue | None]


@dataclass(frozen=True)
class QueueItem:
    """One thing as its moderator sees it. ``page`` is where it would stand; ``outcome`` says what was decided, and why.

    Personal data that the decision does not need (a mail address) have no place here.
    """

    pk: int
    text: str
    at: datetime
    by: str = ""
    page: Any = None
    remarks: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True)
class ModerationKind:
    """What one app lets wait for a moderator.

    Args:
        name: goes over the wire; letters only.
        label: what the queue calls such things.
        capability: the row of the matrix without which nobody sees or decides them.
        rows: (user, shelf) to the rows of that shelf which are the user's business.
        arrived, decided, page: columns of those rows: when it came, when it was decided, the page it is about
            (empty when such things are about no page).
        items: primary keys to the lines of the screen, in any order, in a constant number of queries.
        decide: ``decide(pk=, decision=, actor=, reason=, note=)``; False when somebody else was faster or it is gone.
        reasons: why something may be refused, ``(code, words)``; the code ``khac`` asks for a note.
        marks: what such things may be sorted under, ``(code, words)``; None where nothing is sorted.
        mark: ``mark(pk=, marks=, actor=)`` sorts one that was let through; False when it no longer is.

    """

    name: str
    label: Any
    capability: str
    rows: Callable[[Any, str], QuerySet]
    items: Callable[[Collection[int]], Iterable[QueueItem]]
    decide: Callable[..., bool]
    reasons: tuple[tuple[str, Any], ...]
    arrived: str = "received_at"
    decided: str = "decided_at"
    page: str = "page"
    marks: Callable[[], Iterable[tuple[str, str]]] | None = None
    mark: Callable[..., bool] | None = None


@dataclass(frozen=True)
class CodeFinder:
    """Where the public page of a thing with a code is, such as an administrative procedure: address by code."""

    name: str
    label: str
    find: Callable[[Collection[str]], Mapping[str, str]]


@dataclass(frozen=True)
class FileKeeper:
    """Who answers to readers for a public file: ``why`` its content may not be swapped in place, or nothing."""

    name: str
    label: str
    why: Callable[[int], str]


@dataclass(frozen=True)
class UnitSlot:
    """Something of another app's on the page of a unit, such as the results of its surveys.

    ``context`` answers with what ``template`` shows of the unit with this key; None when there is nothing to show.
    """

    name: str
    label: str
    template: str
    context: Callable[[int], Mapping[str, object] | None]


@dataclass(frozen=True)
class HomeTask:
    """One thing people come to do at an app, among the tasks of the home page.

    ``address`` returns nothing while there is nothing to do there yet, such as no survey that is open.
    """

    name: str
    label: str | Promise
    text: str | Promise
    icon: str
    address: Callable[[], str]


@dataclass(frozen=True)
class Remembered:
    """A figure of the law that the office has not confirmed: what it is, what it says now, from where, where it is set.

    ``url`` is the screen on which whoever has ``capability`` confirms it.
    """

    what: Any
    value: Any
    basis: str
    url: str
    capability: str


@dataclass(frozen=True)
class RememberedKind:
    """Which figures of one app were seeded from memory and still wait; a constant number of statements."""

    name: str
    label: Any
    find: Callable[[], Iterable[Remembered]]


Named = TypeVar(
    "Named",
    Job,
    MailKind,
    IntegrityCheck,
    Sweep,
    CitationFinder,
    Figure,
    ModerationKind,
    CodeFinder,
    FileKeeper,
    UnitSlot,
    HomeTask,
    Letter,
    RememberedKind,
)


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
letters: Registry[Letter] = Registry("Lời của thư")
integrity_checks: Registry[IntegrityCheck] = Registry("Phép kiểm tra")
purges: Registry[Sweep] = Registry("Việc xóa thông tin cá nhân")
recomputes: Registry[Sweep] = Registry("Việc tính lại hạn")
citation_finders: Registry[CitationFinder] = Registry("Nơi tra văn bản được dẫn")
figures: Registry[Figure] = Registry("Số liệu")
moderation_kinds: Registry[ModerationKind] = Registry("Loại chờ duyệt")
code_finders: Registry[CodeFinder] = Registry("Nơi tra mã")
file_keepers: Registry[FileKeeper] = Registry("Nơi giữ tệp công khai")
unit_slots: Registry[UnitSlot] = Registry("Phần trên trang đơn vị")
home_tasks: Registry[HomeTask] = Registry("Việc ở trang chủ")
remembered_kinds: Registry[RememberedKind] = Registry("Điều cần xác nhận")

register_job = jobs.register
register_mail_kind = mail_kinds.register
register_letter = letters.register
register_integrity_check = integrity_checks.register
register_purge = purges.register
register_recompute = recomputes.register
register_citation_finder = citation_finders.register
register_figure = figures.register
register_moderation_kind = moderation_kinds.register
register_code_finder = code_finders.register
register_file_keeper = file_keepers.register
register_unit_slot = unit_slots.register
register_home_task = home_tasks.register
register_remembered = remembered_kinds.register


def find_by_code(kind: str, codes: Collection[str]) -> Mapping[str, str]:
    """Return the addresses of the things of one kind that are public here, by code; nothing when no app knows it."""
    finder = code_finders.items.get(kind)
    return finder.find(sorted(set(codes))) if finder and codes else {}
