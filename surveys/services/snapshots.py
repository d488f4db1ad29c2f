"""Publishing results: a copy that never changes, under its own address, taken back only with a mark that stays."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import AgencySettings, Unit
from cms.core.periods import Period
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from cms.core.text import TextError, clean_line
from surveys.models import ResultSnapshot, Survey

SUBJECT = "survey"


class SnapshotRefusedError(Exception):
    """Results that may not be published; the message is a sentence for the person who tried."""


def record_digest(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record, written as JSON with sorted keys and no spaces."""
    words = json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


@transaction.atomic
def snapshot_publish(
    *,
    survey: Survey,
    period: Period,
    reckon: Callable[[], Mapping[str, Any]],
    actor: Any,
    unit: Unit | None = None,
    note: str = "",
) -> ResultSnapshot:
    """Publish everything that may be told of a period. Returns the snapshot.

    Args:
        survey: whose results.
        period: which is over.
        reckon: makes the record. It is called while nobody can store a response in what is closed by this: one that
            came between would be the difference of the published record and the live one.
        actor: who publishes.
        unit: of this unit alone.
        note: for readers.

    Raises PermissionDenied without the right; SnapshotRefusedError when the period is not over, nothing may be told, or
    so few responses came since it was published last that both together would tell what these few said, or the note
    cannot be text.

    """
    if not can(actor, "survey_publish"):
        raise PermissionDenied
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if period.ends_on >= timezone.localdate():
        raise SnapshotRefusedError(_("Kỳ này chưa hết nên số còn thay đổi. Hãy công bố sau ngày cuối kỳ."))
    record = reckon()
    if not record["responses"]:
        raise SnapshotRefusedError(_("Kỳ này chưa có kết quả nào được phép nêu, nên chưa có gì để công bố."))
    _refuse_small_differences(kept, period, unit, record)
    overall = record["overall"]
    made = ResultSnapshot.objects.create(
        survey=kept,
        period=period.key,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        unit=unit,
        n=record["responses"],
        top2=overall["top2"],
        mean=overall["mean"],
        note=_said(note),
        record=record,
        digest=record_digest(record),
        published_at=timezone.now(),
        published_by=actor,
    )
    data = {"snapshot": made.pk, "period": period.key or f"{period.starts_on}/{period.ends_on}", "digest": made.digest}
    event_record(subject_type=SUBJECT, subject_key=kept.slug, verb="survey.result_published", actor=actor, data=data)
    return made


@transaction.atomic
def snapshot_withdraw(*, snapshot: ResultSnapshot, actor: Any, reason: str) -> ResultSnapshot:
    """Take published figures back; their address says so and why. Twice is once.

    Raises PermissionDenied without the right, ValidationError without a reason, or for one that cannot be text.
    """
    if not can(actor, "survey_publish"):
        raise PermissionDenied
    kept = ResultSnapshot.objects.select_for_update().get(pk=snapshot.pk)
    if kept.is_withdrawn:
        return kept
    try:
        words = clean_line(reason)[:300]
    except TextError as error:
        raise ValidationError({"reason": str(error)}) from error
    if not words:
        raise ValidationError({"reason": _("Ghi lý do: người đã đọc kết quả này có quyền biết.")})
    kept.withdrawn_at, kept.withdrawn_by, kept.withdrawn_reason = timezone.now(), actor, words
    kept.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    data = {"snapshot": kept.pk, "digest": kept.digest}
    event_record(
        subject_type=SUBJECT, subject_key=kept.survey.slug, verb="survey.result_withdrawn", actor=actor, data=data
    )
    return kept


def snapshots_fit_digests() -> Any:
    """Yield, for ``check_integrity``, every snapshot that is not what was published."""
    for snapshot in ResultSnapshot.objects.select_related("survey").iterator():
        if record_digest(snapshot.record) != snapshot.digest:
            yield _("%(snapshot)s: số liệu không khớp với dấu lúc công bố.") % {"snapshot": snapshot}


def _said(note: str) -> str:
    try:
        return clean_line(note)[:500]
    except TextError as error:
        raise SnapshotRefusedError(str(error)) from error


def _refuse_small_differences(survey: Survey, period: Period, unit: Unit | None, record: Mapping[str, Any]) -> None:
    """Refuse a second record of a period from which the first can be subtracted."""
    smallest = AgencySettings.load().smallest_cell
    same = survey.snapshots.filter(starts_on=period.starts_on, ends_on=period.ends_on, unit=unit)
    for earlier in same:
        before, now = _counts(earlier.record), _counts(record)
        changed = [abs(now[key] - before[key]) for key in before.keys() & now.keys() if now[key] != before[key]]
        if not changed and before.keys() == now.keys() and not earlier.is_withdrawn:
            raise SnapshotRefusedError(_("Kết quả này đã được công bố, số không đổi."))
        if any(each < smallest for each in changed):
            words = _(
                "Từ lần công bố trước của kỳ này, có chỗ mới thêm dưới %(least)d phiếu: công bố lại thì đem trừ sẽ lộ "
                "ra các phiếu ấy. Hãy giữ bản trước, hoặc chờ thêm phiếu."
            )
            raise SnapshotRefusedError(words % {"least": smallest})


def _counts(record: Mapping[str, Any]) -> dict[str, int]:
    """Return every count of people in a record by where it stands."""
    found = {"": record["responses"]}
    found |= {f"q {cell['key']}": cell["n"] for cell in record["cells"]}
    for table in ("by_kind", "by_unit"):
        found |= {f"{table} {part['code']}": part["responses"] for part in record[table]}
    return {key: count for key, count in found.items() if count is not None}
