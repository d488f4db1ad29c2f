"""Counts as results read them: one row a unit and month, one row a group of the sample and month.

They are written with the counts they come from, in the same transaction, and compared with them every night.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.utils.translation import gettext as _

from surveys.enums import MonthScope
from surveys.models import MonthTally, ResponseTally

_BATCH = 200


class Sheet(NamedTuple):
    """Where a row stands; rows are locked in the order of these parts."""

    survey_id: int
    scope: str
    month: date
    part: str


Change = dict[str, dict[str, int]]  # by key, by choice; the empty choice says how many answered


def months_add(cells: Iterable[tuple[Any, int]]) -> None:
    """Add to the rows what was added to cells (of ``services.tallies``); the caller holds the transaction."""
    changes: dict[Sheet, Change] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))  # type: ignore[arg-type]
    for cell, count in cells:
        for sheet in _sheets(cell.survey_id, cell.month, cell.unit_key, cell.stratum):
            changes[sheet][cell.key][cell.choice] += count
    sheets = sorted(changes)
    for start in range(0, len(sheets), _BATCH):
        _write({sheet: changes[sheet] for sheet in sheets[start : start + _BATCH]})


def _sheets(survey_id: int, month: date, unit_key: int, stratum: str) -> tuple[Sheet, Sheet]:
    unit = Sheet(survey_id, MonthScope.UNIT.value, month, str(unit_key))
    return unit, Sheet(survey_id, MonthScope.STRATUM.value, month, stratum)


def _write(changes: Mapping[Sheet, Change]) -> None:
    MonthTally.objects.bulk_create([MonthTally(**sheet._asdict()) for sheet in changes], ignore_conflicts=True)
    wanted = Q()
    for sheet in changes:
        wanted |= Q(**sheet._asdict())
    rows = list(MonthTally.objects.select_for_update().filter(wanted).order_by(*Sheet._fields))
    for row in rows:
        change = changes[Sheet(row.survey_id, row.scope, row.month, row.part)]
        row.counts = _added(row.counts, change)
    MonthTally.objects.bulk_update(rows, ["counts"])


def _added(counts: Mapping[str, Any], change: Change) -> dict[str, list[Any]]:
    found = {key: [n, dict(levels)] for key, (n, levels) in counts.items()}
    for key, choices in change.items():
        line = found.setdefault(key, [0, {}])
        for choice, count in choices.items():
            if choice:
                line[1][choice] = line[1].get(choice, 0) + count
            else:
                line[0] += count
        line[1] = {choice: count for choice, count in sorted(line[1].items()) if count}
    return {key: line for key, line in sorted(found.items()) if line[0] or line[1]}


def months_rebuild() -> int:
    """Make every row say what the cells say; return how many did not. The caller holds the transaction."""
    wrong = dict(_differences())
    made: list[Sheet] = []
    gone: list[Sheet] = []
    for sheet, counts in wrong.items():
        (made if counts else gone).append(sheet)
    for sheet in gone:
        MonthTally.objects.filter(**sheet._asdict()).delete()
    MonthTally.objects.bulk_create(
        [MonthTally(**sheet._asdict(), counts=wrong[sheet]) for sheet in made],
        update_conflicts=True,
        update_fields=["counts"],
        unique_fields=list(Sheet._fields),
        batch_size=_BATCH,
    )
    return len(wrong)


def months_fit_tallies() -> Iterable[str]:
    """Yield, for ``check_integrity``, every row that does not say what the cells say."""
    for sheet, _counts in _differences():
        words = _("khảo sát %(survey_id)d, %(scope)s %(part)s, tháng %(month)s: bảng đếm theo tháng không khớp.")
        yield words % sheet._asdict()


def _differences() -> Iterator[tuple[Sheet, dict[str, Any]]]:
    """Yield each row that is wrong or missing, with what it should say; nothing for one that should not be there."""
    changes: dict[Sheet, Change] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))  # type: ignore[arg-type]
    cells = ResponseTally.objects.counted().order_by().values_list(
        "survey_id", "key", "choice", F("unit_key"), "stratum", "month", "count"
    )  # fmt: skip
    for survey_id, key, choice, unit_key, stratum, month, count in cells.iterator():
        for sheet in _sheets(survey_id, month, unit_key, stratum):
            changes[sheet][key][choice] += count
    wanted = {sheet: _added({}, change) for sheet, change in changes.items()}
    stored = {
        Sheet(*sheet): counts for *sheet, counts in MonthTally.objects.order_by().values_list(*Sheet._fields, "counts")
    }
    for sheet in sorted(wanted.keys() | stored.keys()):
        # An empty row is left when everything in it was taken back; it says nothing wrong.
        if wanted.get(sheet, {}) != stored.get(sheet, {}):
            yield sheet, wanted.get(sheet, {})
