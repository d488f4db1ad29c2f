"""Writing to the ledger, and proving that nobody rewrote it."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cms.core.models import LedgerEvent, LedgerHead

GENESIS = "0" * 64
# An arbitrary number that names the ledger's lock on PostgreSQL; SQLite's IMMEDIATE is lock enough.
_LOCK_ID = 7_031_945


def _digest(event: LedgerEvent) -> str:
    """Return the keyed hash of an event and of everything before it."""
    body = json.dumps(
        [
            event.seq,
            event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            event.subject_type,
            event.subject_key,
            event.unit_id,
            event.verb,
            event.actor_id,
            event.actor_kind,
            event.public,
            event.data,
            event.prev_hash,
        ],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return keyed(body)


def _seal(seq: int, last_hash: str) -> str:
    """Return the keyed digest under which the ledger's end is kept."""
    return keyed(f"head {seq} {last_hash}")


def keyed(text: str) -> str:
    """Return the digest of ``text`` under the ledger's own key."""
    return hmac.new(settings.LEDGER_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def event_record(
    *,
    subject_type: str,
    subject_key: str,
    verb: str,
    actor: Any = None,
    actor_kind: str = "",
    unit_id: int | None = None,
    public: bool = False,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> LedgerEvent:
    """Append one event in the caller's transaction; no event, no change, and the other way round.

    Where the ledger's end does not fit its head any more, because somebody cut or forged it, the event is still
    written, but the head stays as it is: a new seal would hide the cut from :func:`ledger_faults` for ever.

    Args:
        subject_type: what it is about, such as ``case``.
        subject_key: which one, by its public reference or key; never a person's name.
        verb: what happened, such as ``case.accepted``.
        actor: the officer, or None for a citizen or the system.
        actor_kind: ``officer``, ``sender`` or ``system``; derived from ``actor`` when empty.
        unit_id: the unit it concerns, for the reach of those who read the ledger.
        public: whether the sender may see it on the timeline.
        data: field names, codes, digests. Never personal text: the chain outlives a person's data.
        at: aware date-time, now by default.

    """
    head, last = _end()
    event = LedgerEvent(
        at=at or timezone.now(),
        subject_type=subject_type,
        subject_key=subject_key,
        unit_id=unit_id,
        verb=verb,
        actor=actor,
        actor_kind=actor_kind or ("officer" if actor else "system"),
        public=public,
        data=dict(data or {}),
    )
    _chain(event, last)
    event.save(force_insert=True)
    if _fits(head, last):
        head_set(seq=event.seq, last_hash=event.hash)
    return event


@transaction.atomic
def events_record(events: Iterable[LedgerEvent]) -> int:
    """Append many events that carry everything but number and hash, in order; return how many. For rows in bulk."""
    head, last = _end()
    rows, end = [], last
    for event in events:
        event.actor_kind = event.actor_kind or ("officer" if event.actor_id else "system")
        _chain(event, end)
        end = {"seq": event.seq, "hash": event.hash}
        rows.append(event)
    LedgerEvent.objects.bulk_create(rows, batch_size=1000)
    if end and _fits(head, last):
        head_set(seq=end["seq"], last_hash=end["hash"])
    return len(rows)


def _end() -> tuple[LedgerHead | None, Mapping[str, Any] | None]:
    """Hold the ledger, and return its head and number and hash of its last event."""
    ledger_lock()
    head = LedgerHead.objects.select_for_update().first()
    return head, LedgerEvent.objects.order_by("-seq").values("seq", "hash").first()


def _chain(event: LedgerEvent, last: Mapping[str, Any] | None) -> None:
    """Give ``event`` the number and the hash that follow ``last``."""
    event.seq = (last["seq"] if last else 0) + 1
    event.prev_hash = last["hash"] if last else GENESIS
    event.hash = _digest(event)


def ledger_lock() -> None:
    """Let nobody else write to the ledger until the caller's transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])


def _fits(head: LedgerHead | None, last: Mapping[str, Any] | None) -> bool:
    """Say whether the ledger ends where its head says, under our seal; a ledger that never began has neither."""
    if head is None or last is None:
        return head is None and last is None
    sealed = hmac.compare_digest(head.seal, _seal(head.seq, head.hash))
    return sealed and (head.seq, head.hash) == (last["seq"], last["hash"])


def head_set(*, seq: int, last_hash: str) -> None:
    """Note in the caller's transaction that the ledger now ends with the event ``seq`` of the hash ``last_hash``."""
    values = {"seq": seq, "hash": last_hash, "seal": _seal(seq, last_hash)}
    if not LedgerHead.objects.filter(pk=1).update(**values):
        LedgerHead.objects.create(pk=1, **values)


def ledger_head() -> str:
    """Return the ledger's end as one line for people to keep elsewhere: number and hash; empty without events."""
    head = LedgerHead.objects.first()
    return str(head) if head else ""


def head_fault(kept: str) -> str:
    """Compare a line of :func:`ledger_head` that was kept elsewhere; return what is wrong in words, or nothing.

    Whoever restores an old copy of the database together with its old head is caught only by such a line.
    """
    seq, _space, known = kept.strip().partition(" ")
    if not seq.isdecimal() or len(seq) > 18 or len(known.strip()) != len(GENESIS):
        return "Dòng đối chiếu phải là số thứ tự và 64 ký tự, như trong nhật ký máy chủ."
    found = LedgerEvent.objects.filter(pk=int(seq)).values_list("hash", flat=True).first()
    if found is None:
        return f"Không còn sự kiện số {seq}: nhật ký đã bị cắt."
    return "" if hmac.compare_digest(found, known.strip()) else f"Sự kiện số {seq} không phải là sự kiện đã ghi lại."


def ledger_faults() -> Iterator[str]:
    """Walk the whole chain and yield one Vietnamese line for each event that does not fit."""
    before = LedgerHead.objects.first()
    expected_seq, expected_prev = 1, GENESIS
    head_met = False
    for event in LedgerEvent.objects.order_by("seq").iterator(chunk_size=1000):
        if event.seq != expected_seq:
            yield f"Thiếu sự kiện từ số {expected_seq} đến số {event.seq - 1}."
        if event.prev_hash != expected_prev and event.seq == expected_seq:
            yield f"Sự kiện số {event.seq} không nối với sự kiện trước."
        if event.hash != _digest(event):
            yield f"Sự kiện số {event.seq} đã bị sửa sau khi ghi."
        head_met = head_met or (before is not None and (event.seq, event.hash) == (before.seq, before.hash))
        expected_seq, expected_prev = event.seq + 1, event.hash
    yield from _tail_faults(before, expected_seq - 1, head_met=head_met)


def _tail_faults(before: LedgerHead | None, last_seq: int, *, head_met: bool) -> Iterator[str]:
    """Say what is wrong at the end. Events may be added during the walk, so the head is read before and after it."""
    after = LedgerHead.objects.first()
    if after is None:
        if last_seq:
            yield "Không còn dấu cuối nhật ký: không biết nhật ký có bị cắt hay không."
        return
    if not hmac.compare_digest(after.seal, _seal(after.seq, after.hash)):
        yield "Dấu cuối nhật ký đã bị sửa."
    if before is not None and not head_met:
        yield f"Nhật ký bị cắt ở cuối: đã ghi đến sự kiện số {before.seq}, chỉ còn đến số {last_seq}."
    elif last_seq > after.seq:
        yield f"Sau sự kiện cuối đã ghi dấu (số {after.seq}) còn có sự kiện số {last_seq}."
