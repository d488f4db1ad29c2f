"""Writing to the ledger, and proving that nobody rewrote it."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cms.core.models import LedgerEvent

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
    return hmac.new(settings.LEDGER_KEY.encode(), body.encode(), hashlib.sha256).hexdigest()


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
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK_ID])
    last = LedgerEvent.objects.order_by("-seq").values("seq", "hash").first()
    event = LedgerEvent(
        seq=(last["seq"] if last else 0) + 1,
        at=at or timezone.now(),
        subject_type=subject_type,
        subject_key=subject_key,
        unit_id=unit_id,
        verb=verb,
        actor=actor,
        actor_kind=actor_kind or ("officer" if actor else "system"),
        public=public,
        data=dict(data or {}),
        prev_hash=last["hash"] if last else GENESIS,
    )
    event.hash = _digest(event)
    event.save(force_insert=True)
    return event


def ledger_faults() -> Iterator[str]:
    """Walk the whole chain and yield one Vietnamese line for each event that does not fit."""
    expected_seq, expected_prev = 1, GENESIS
    for event in LedgerEvent.objects.order_by("seq").iterator(chunk_size=1000):
        if event.seq != expected_seq:
            yield f"Thiếu sự kiện từ số {expected_seq} đến số {event.seq - 1}."
        if event.prev_hash != expected_prev and event.seq == expected_seq:
            yield f"Sự kiện số {event.seq} không nối với sự kiện trước."
        if event.hash != _digest(event):
            yield f"Sự kiện số {event.seq} đã bị sửa sau khi ghi."
        expected_seq, expected_prev = event.seq + 1, event.hash
