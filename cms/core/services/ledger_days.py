"""Closing the ledger's days: one public root a day, and proving later that an event stands in it as it was written."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cms.core.merkle import Step, proof_of, tree_of
from cms.core.models import JobState, LedgerDay, LedgerEvent
from cms.core.services.ledger import GENESIS, keyed, ledger_lock

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DAY = timedelta(days=1)
JOB = "ledger_days"


@dataclass(frozen=True)
class Proof:
    """An event that stands in the ledger. ``day`` is None, and ``steps`` empty, until its day is closed."""

    seq: int
    hash: str
    recorded_at: datetime
    day: LedgerDay | None
    tree: str
    steps: list[Step]


def root_of(*, day: date, count: int, previous: str, tree: str) -> str:
    """Return the root of a day: SHA-256 of four lines – the root before, the day, how many events, their tree."""
    return hashlib.sha256(f"{previous}\n{day.isoformat()}\n{count}\n{tree}".encode()).hexdigest()


@transaction.atomic
def ledger_days_close(*, now: datetime | None = None) -> int:
    """Close every day that is over and not closed yet; return how many. Twice is the same as once.

    A day takes the events from the one after the day before it up to the first that was written on a later day;
    an event with an earlier date, as from a paper book, belongs to the day on which it was written down.
    """
    today = timezone.localdate(now or timezone.now())
    ledger_lock()
    last = LedgerDay.objects.newest().first()
    first = LedgerEvent.objects.order_by("seq").first()
    if first is None:
        return 0
    day = last.day + _DAY if last else min(timezone.localdate(first.at), today)
    seq, previous = (last.last_seq, last.root) if last else (0, GENESIS)
    closed = 0
    while day < today:
        row = _closed(day, after=seq, previous=previous)
        row.save(force_insert=True)
        seq, previous, day, closed = row.last_seq, row.root, day + _DAY, closed + 1
    return closed


def _closed(day: date, *, after: int, previous: str) -> LedgerDay:
    ends = timezone.make_aware(datetime.combine(day + _DAY, time.min))
    rest = LedgerEvent.objects.filter(seq__gt=after)
    later = rest.filter(at__gte=ends).order_by("seq").values_list("seq", flat=True).first()
    mine = rest.filter(seq__lt=later) if later else rest
    hashes = list(mine.order_by("seq").values_list("hash", flat=True))
    last_seq = mine.order_by("-seq").values_list("seq", flat=True).first() or after
    root = root_of(day=day, count=len(hashes), previous=previous, tree=tree_of(hashes))
    row = LedgerDay(day=day, count=len(hashes), last_seq=last_seq, previous=previous, root=root)
    row.closed_at = timezone.now()
    row.seal = _seal(row)
    return row


def _seal(row: LedgerDay) -> str:
    return keyed(f"day {row.day.isoformat()} {row.count} {row.last_seq} {row.previous} {row.root}")


def day_hashes(day: LedgerDay) -> list[str]:
    """Return the hashes of the events of a closed day, in order: what its tree is made of."""
    return list(LedgerEvent.objects.between(day.first_seq, day.last_seq).values_list("hash", flat=True))


def event_prove(*, seq: str, known: str) -> Proof | None:
    """Return where the event of this number and hash stands; None when the ledger has no such event.

    A wrong number and a wrong hash are one and the same answer.
    """
    known = "".join(known.lower().split())[:80]
    if not (seq.isascii() and seq.isdecimal() and len(seq) <= 15 and _HASH.fullmatch(known)):
        return None
    event = LedgerEvent.objects.filter(seq=int(seq)).only("seq", "hash", "at").first()
    if event is None or not hmac.compare_digest(event.hash, known):
        return None
    day = LedgerDay.objects.holding(event.seq)
    hashes = day_hashes(day) if day else []
    place = event.seq - day.first_seq if day else -1
    if day is None or not 0 <= place < len(hashes):
        return Proof(event.seq, event.hash, event.at, None, "", [])
    return Proof(event.seq, event.hash, event.at, day, tree_of(hashes), proof_of(hashes, place))


def event_of(*, subject_type: str, subject_key: str, verb: str) -> LedgerEvent | None:
    """Return the first event of this verb about a subject: what a receipt names."""
    return LedgerEvent.objects.about(subject_type, subject_key).filter(verb=verb).first()


def ledger_day_faults() -> Iterator[str]:
    """Compare every closed day with the events that stand in the ledger now; one Vietnamese line a fault.

    Days are expected from the ledger's own first one, so that it shows when every root was taken away. Roots that
    were taken from the end and made anew are the same as before where no event was touched.
    """
    seq, previous, expected = 0, GENESIS, _first_day()
    for row in LedgerDay.objects.order_by("day").iterator():
        name = f"{row.day:%d/%m/%Y}"
        if expected and row.day > expected:
            yield f"Thiếu dấu của các ngày từ {expected:%d/%m/%Y} đến trước {name}."
        if not hmac.compare_digest(row.seal, _seal(row)):
            yield f"Dấu ngày {name} đã bị sửa."
        if row.previous != previous or row.first_seq != seq + 1:
            yield f"Dấu ngày {name} không nối với ngày trước."
        hashes = day_hashes(row)
        if root_of(day=row.day, count=len(hashes), previous=row.previous, tree=tree_of(hashes)) != row.root:
            yield f"Nhật ký ngày {name} không còn như khi chốt: dấu của ngày không khớp."
        seq, previous, expected = row.last_seq, row.root, row.day + _DAY
    # Yesterday may still wait for the job, unless that has run since; nothing older may.
    if expected and expected < (timezone.localdate() if _closed_today() else timezone.localdate() - _DAY):
        yield f"Chưa chốt các ngày từ {expected:%d/%m/%Y}: dấu đã bị xóa, hoặc việc định kỳ không chạy."


def _first_day() -> date | None:
    """Return the day with which :func:`ledger_days_close` begins; None while there is nothing to close."""
    first = LedgerEvent.objects.order_by("seq").values_list("at", flat=True).first()
    return timezone.localdate(first) if first else None


def _closed_today() -> bool:
    """Say whether the schedule has closed the days since midnight."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    return JobState.objects.filter(
        name=JOB, failures=0, last_started_at__gte=midnight, last_finished_at__gte=F("last_started_at")
    ).exists()


def root_fault(kept: str) -> str:
    """Compare a line “day root” that was kept elsewhere, from the page or a feed; return what is wrong, or nothing."""
    typed, _space, known = kept.strip().partition(" ")
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or not _HASH.fullmatch(known.strip()):
        return "Dòng đối chiếu phải là ngày (năm-tháng-ngày) và 64 ký tự, như trên trang dấu nhật ký."
    row = LedgerDay.objects.filter(day=day).first()
    if row is None:
        return f"Không còn dấu của ngày {day:%d/%m/%Y}."
    return "" if hmac.compare_digest(row.root, known.strip()) else f"Dấu của ngày {day:%d/%m/%Y} đã khác."
