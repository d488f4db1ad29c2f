"""The one writer of the counts that figures read: in the transaction that changes a dossier, and again every night."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.models import LedgerHead
from cms.core.services.counts import counts_add
from procedures.enums import CLOSED_STATES, PAUSED_STATES
from procedures.figures import Cell, DossierFacts, cells_of
from procedures.models import Dossier, DossierTally

_BATCH = 2_000
_FIELDS = ("state", "unit_id", "field_id", "channel", "received_at", "due_on", "ended_at")


def facts_of(dossier: Dossier) -> DossierFacts | None:
    """Return what figures know of ``dossier``; None before the office has taken it in. Reads its row alone."""
    if dossier.received_at is None:
        return None
    return DossierFacts(
        received_on=timezone.localdate(dossier.received_at),
        channel=dossier.channel,
        due_on=dossier.due_on,
        ended_on=timezone.localdate(dossier.ended_at) if dossier.ended_at else None,
        withdrawn=dossier.state in CLOSED_STATES,
        paused=dossier.state in PAUSED_STATES,
        unit=str(dossier.unit_id or ""),
        field=str(dossier.field_id or ""),
    )


def dossier_cells(dossier: Dossier | None) -> Counter[Cell]:
    """Return every cell in which ``dossier`` counts; none for nothing, and for what was never taken in."""
    facts = facts_of(dossier) if dossier is not None else None
    return cells_of(facts) if facts is not None else Counter()


def tally_change(*, before: Dossier | None, after: Dossier) -> None:
    """Move ``after`` from the cells of ``before`` to its own; nothing when both are the same.

    Called in the transaction that changes the dossier, when its event is written: the ledger's lock keeps two writers
    of the same cells from waiting for one another.
    """
    tallies_change([(before, after)])


def tallies_change(moves: Iterable[tuple[Dossier | None, Dossier]]) -> None:
    """Count many changes at once, each given as the dossier before (None for a new one) and after it."""
    change: Counter[Cell] = Counter()
    for before, after in moves:
        change.update(dossier_cells(after))
        change.subtract(dossier_cells(before))
    counts_add(DossierTally, change)


@transaction.atomic
def tallies_rebuild() -> int:
    """Count everything anew and return how many cells were wrong; after samples in bulk, and every night."""
    # Every change of a dossier writes to the ledger and keeps its end until it is done: nobody changes one meanwhile.
    LedgerHead.objects.select_for_update().first()
    wrong = dict(_differences())
    DossierTally.objects.filter(count=0).delete()
    counts_add(DossierTally, wrong)
    return len(wrong)


def tallies_fit_dossiers() -> Iterable[str]:
    """Yield, for ``check_integrity``, every count that is not what the dossiers say."""
    for cell, missing in _differences():
        words = _("%(scope)s %(key)s, %(measure)s, %(day)s: số đếm lệch %(missing)d so với hồ sơ.")
        yield words % {**cell._asdict(), "missing": missing}


def _differences() -> Iterator[tuple[Cell, int]]:
    """Yield what is to be added to each cell so that it says what the dossiers say."""
    wanted: Counter[Cell] = Counter()
    for dossier in Dossier.objects.order_by().only(*_FIELDS).iterator(chunk_size=_BATCH):
        wanted.update(dossier_cells(dossier))
    stored = DossierTally.objects.counted().values_list(*Cell._fields, "count")
    wanted.subtract({Cell(*cell): count for *cell, count in stored.iterator(chunk_size=_BATCH)})
    return ((cell, count) for cell, count in sorted(wanted.items()) if count)
