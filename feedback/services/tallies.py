"""The one writer of the counts that figures read: in the transaction that changes a case, and again every night."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import LedgerHead
from cms.core.services.counts import counts_add
from feedback.enums import WORKING_STATES, CaseState, TallyMeasure, TallyScope
from feedback.models import Case, CaseTally

_STANDING_ANSWER = frozenset({CaseState.ANSWERED, CaseState.CLOSED, CaseState.ANONYMISED})
_BATCH = 2_000
M = TallyMeasure


class Cell(NamedTuple):
    """Where a case is counted."""

    scope: str
    measure: str
    day: date
    key: int
    took: int = 0


def cells_of(case: Case) -> Counter[Cell]:
    """Return every cell in which ``case`` counts; a function of its row alone."""
    found: Counter[Cell] = Counter()
    scopes = ((TallyScope.ALL, 0), (TallyScope.UNIT, case.unit_id or 0), (TallyScope.CATEGORY, case.category_id))
    for measure, day, took in _facts(case):
        for scope, key in scopes:
            by_day = scope == TallyScope.ALL or measure == M.RUNNING
            found[Cell(str(scope), str(measure), day if by_day else day.replace(day=1), key, took)] += 1
    return found


def _facts(case: Case) -> Iterator[tuple[TallyMeasure, date, int]]:
    """Yield what is true of ``case``, with the day it belongs to; days waited where they are counted."""
    if _was_set_aside(case):
        return
    received_on = timezone.localdate(case.received_at)
    yield M.RECEIVED, received_on, 0
    if case.reopen_count:
        yield M.REOPENED, received_on, 0
    if case.answered_at and case.state in _STANDING_ANSWER:
        answered_on = timezone.localdate(case.answered_at)
        yield M.ANSWERED, answered_on, 0
        yield M.TOOK, answered_on, max(0, (answered_on - received_on).days)
        if case.due_on is None or answered_on <= case.due_on:
            yield M.ON_TIME, answered_on, 0
    elif case.state in WORKING_STATES and case.due_on:
        yield M.RUNNING, case.due_on, 0


def _was_set_aside(case: Case) -> bool:
    """Spam is no case; of what was archived without ever being ended, nothing else can have been."""
    never_ended = case.closed_at is None and case.answered_at is None
    return case.state == CaseState.QUARANTINED or (case.state == CaseState.ANONYMISED and never_ended)


def tally_change(*, before: Case | None, after: Case) -> None:
    """Move ``after`` from the cells of ``before`` to its own; nothing when both are the same.

    Called in the transaction that changes the case, when its event is written: the ledger's lock keeps two writers
    of the same cells from waiting for one another.
    """
    change = cells_of(after)
    change.subtract(cells_of(before) if before else {})
    counts_add(CaseTally, change)


@transaction.atomic
def tallies_rebuild() -> int:
    """Count everything anew and return how many cells were wrong; for imports in bulk, and every night."""
    # Every change of a case writes to the ledger and keeps its end until it is done: nobody changes one meanwhile.
    LedgerHead.objects.select_for_update().first()
    wrong = dict(_differences())
    CaseTally.objects.filter(count=0).delete()
    counts_add(CaseTally, wrong)
    return len(wrong)


def tallies_fit_cases() -> Iterable[str]:
    """Yield, for ``check_integrity``, every count that is not what the cases say."""
    for cell, missing in _differences():
        words = _("%(scope)s %(key)d, %(measure)s, %(day)s: số đếm lệch %(missing)d so với hồ sơ.")
        yield words % {**cell._asdict(), "missing": missing}


def _differences() -> Iterator[tuple[Cell, int]]:
    """Yield what is to be added to each cell so that it says what the cases say."""
    wanted: Counter[Cell] = Counter()
    fields = ("state", "unit", "category", "received_at", "answered_at", "closed_at", "due_on", "reopen_count")
    for case in Case.objects.order_by().only(*fields).iterator(chunk_size=_BATCH):
        wanted.update(cells_of(case))
    stored = CaseTally.objects.counted().values_list(*Cell._fields, "count")
    wanted.subtract({Cell(*cell): count for *cell, count in stored.iterator(chunk_size=_BATCH)})
    return ((cell, count) for cell, count in sorted(wanted.items()) if count)
