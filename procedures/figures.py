"""The arithmetic of the official form on dossiers: pure, without a database, a clock or a setting.

Columns of form II.06a (Circular 01/2020/TT-VPCP): (3) received = (4) online + (5) direct and post + (6) carried over;
(7) resolved = (8) early + (9) on time + (10) late; (11) in progress = (12) in time + (13) late; (3) = (7) + (11).
What was withdrawn or given back counts as resolved, early or late by the day on which it ended (ADR 0043).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _sentence
from django.utils.translation import gettext_lazy as _

from procedures.enums import Channel, TallyMeasure, TallyScope

M = TallyMeasure
RECEIVED = (M.ONLINE, M.DIRECT, M.POST)
RESOLVED = (M.EARLY, M.ON_TIME, M.LATE)
_BY_CHANNEL = {Channel.ONLINE: M.ONLINE, Channel.POST: M.POST}
_HUNDREDTH, _TEN_THOUSANDTH = Decimal("0.01"), Decimal("0.0001")


@dataclass(frozen=True)
class DossierFacts:
    """What figures know of a dossier: days and codes, nothing of a person.

    ``due_on`` is the first day of appointment, without a re-appointment: an apology does not make late work timely.
    """

    received_on: date
    channel: str
    due_on: date | None = None
    ended_on: date | None = None
    withdrawn: bool = False
    paused: bool = False  # the office waits for the citizen: the clock stands still, so it is not late
    unit: str = ""
    field: str = ""

    @property
    def outcome(self) -> TallyMeasure | None:
        """How it was resolved; None while it is not. Without a legal time nothing can be early or late."""
        if self.ended_on is None:
            return None
        if self.due_on is None or self.ended_on == self.due_on:
            return M.ON_TIME
        return M.EARLY if self.ended_on < self.due_on else M.LATE

    @property
    def missed_on(self) -> date | None:
        """The day of appointment that went by, or will go by, without a result; None when there was one by then."""
        if self.due_on is None or self.paused or self.outcome in {M.EARLY, M.ON_TIME}:
            return None
        return max(self.due_on, self.received_on)


class Cell(NamedTuple):
    """Where a dossier is counted."""

    scope: str
    key: str
    measure: str
    day: date


def cells_of(facts: DossierFacts) -> Counter[Cell]:
    """Return every cell in which a dossier counts; the whole agency by the day, its parts by the month.

    Appointments that are still running stand under their own day everywhere: whether one is over depends on today.
    """
    parts = ((TallyScope.UNIT, facts.unit), (TallyScope.FIELD, facts.field), (TallyScope.CHANNEL, facts.channel))
    found: Counter[Cell] = Counter()
    for measure, day in _days_of(facts):
        found[Cell(str(TallyScope.ALL), "", str(measure), day)] += 1
        runs = measure == M.OVERRUN and facts.ended_on is None
        for scope, key in parts:
            found[Cell(str(scope), key, str(measure), day if runs else day.replace(day=1))] += 1
    return found


def _days_of(facts: DossierFacts) -> Iterator[tuple[TallyMeasure, date]]:
    yield _BY_CHANNEL.get(Channel(facts.channel), M.DIRECT), facts.received_on
    outcome = facts.outcome
    if outcome is not None and facts.ended_on is not None:
        yield outcome, facts.ended_on
        if facts.withdrawn:
            yield M.WITHDRAWN, facts.ended_on
    missed_on = facts.missed_on
    if missed_on is not None:
        yield M.OVERRUN, missed_on


@dataclass(frozen=True)
class Sums:
    """The counts of one row of a table, by measure: before the period, in it, and of appointments that are over."""

    before: Mapping[str, int]
    within: Mapping[str, int]
    overrun: int = 0


@dataclass(frozen=True)
class DossierCounts:
    """One line of the official form. Only its parts are kept, so that its sums cannot disagree with them."""

    online: int = 0
    direct: int = 0
    post: int = 0
    carried_over: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    withdrawn: int = 0
    in_progress_on_time: int = 0
    in_progress_late: int = 0

    @property
    def offline(self) -> int:
        """Direct and post together, as the official form groups them."""
        return self.direct + self.post

    @property
    def received_in_period(self) -> int:
        return self.online + self.offline

    @property
    def received(self) -> int:
        return self.received_in_period + self.carried_over

    @property
    def resolved(self) -> int:
        return self.early + self.on_time + self.late

    @property
    def in_progress(self) -> int:
        return self.in_progress_on_time + self.in_progress_late

    @property
    def judged(self) -> int:
        """Everything of which can be said whether it was in time: what was resolved, and what is late."""
        return self.resolved + self.in_progress_late

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, each.name) for each in fields(self))


def counts_from(sums: Sums) -> DossierCounts:
    """Return the line of the form that ``sums`` make.

    What is open at an edge of the period is all that was received until then without all that was resolved until
    then: (3) = (7) + (11) holds by construction.
    """
    before, within = sums.before, sums.within
    carried_over = _total(before, RECEIVED) - _total(before, RESOLVED)
    still_open = carried_over + _total(within, RECEIVED) - _total(within, RESOLVED)
    late = sums.overrun - before.get(M.LATE, 0) - within.get(M.LATE, 0)
    return DossierCounts(
        online=within.get(M.ONLINE, 0),
        direct=within.get(M.DIRECT, 0),
        post=within.get(M.POST, 0),
        carried_over=carried_over,
        early=within.get(M.EARLY, 0),
        on_time=within.get(M.ON_TIME, 0),
        late=within.get(M.LATE, 0),
        withdrawn=within.get(M.WITHDRAWN, 0),
        in_progress_on_time=still_open - late,
        in_progress_late=late,
    )


def as_of(last: date, today: date) -> date:
    """Return the day before which an appointment must lie to be over at the end of a period.

    At the end of a day that is past its own appointments are over; those of today are not before midnight.
    """
    return min(last + timedelta(days=1), today)


def counts_of(rows: list[DossierFacts], first: date, last: date, today: date) -> DossierCounts:
    """Count a period from the dossiers themselves, one by one: what every faster way must agree with."""
    edge = as_of(last, today)
    found: Counter[str] = Counter()
    for row in rows:
        if row.received_on > last or (row.ended_on and row.ended_on < first):
            continue
        came = _BY_CHANNEL.get(Channel(row.channel), M.DIRECT)
        found[str(came) if row.received_on >= first else "carried_over"] += 1
        outcome = row.outcome
        if outcome is not None and row.ended_on and row.ended_on <= last:
            found[str(outcome)] += 1
            found["withdrawn"] += row.withdrawn
        else:
            late = row.missed_on is not None and row.missed_on < edge
            found["in_progress_late" if late else "in_progress_on_time"] += 1
    return DossierCounts(**found)


def share(part: int, whole: int) -> float | None:
    """Return a fraction to four digits, rounded as people round: half upwards; None of nothing."""
    if not whole:
        return None
    return float((Decimal(part) / whole).quantize(_TEN_THOUSANDTH, ROUND_HALF_UP))


def percent(part: int, whole: int) -> Decimal | None:
    """Return per cent to two digits, rounded as people round; None of nothing. 85 of 88 is 96.59."""
    if not whole:
        return None
    return (Decimal(100 * part) / whole).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _total(counts: Mapping[str, int], measures: tuple[TallyMeasure, ...]) -> int:
    return sum(counts.get(measure, 0) for measure in measures)


# The columns of the official form, as keyed from a report that has only sums, and as the portal tells them.
COLUMNS: dict[str, Any] = {
    "received": _("Tiếp nhận"),
    "received_in_period": _("Tiếp nhận trong kỳ"),
    "received_online": _("Trong kỳ: trực tuyến"),
    "received_offline": _("Trong kỳ: trực tiếp, dịch vụ bưu chính"),
    "received_direct": _("Trong kỳ: trực tiếp"),
    "received_post": _("Trong kỳ: dịch vụ bưu chính"),
    "carried_over": _("Từ kỳ trước chuyển sang"),
    "resolved": _("Đã giải quyết"),
    "early": _("Trước hạn"),
    "on_time": _("Đúng hạn"),
    "late": _("Quá hạn"),
    "withdrawn": _("Rút, trả lại"),
    "in_progress": _("Đang giải quyết"),
    "in_progress_on_time": _("Đang giải quyết, trong hạn"),
    "in_progress_late": _("Đang giải quyết, quá hạn"),
}
# A sum, and its parts; asked only where all of them are given.
IDENTITIES = (
    ("received", ("received_in_period", "carried_over")),
    ("received_in_period", ("received_online", "received_offline")),
    ("received_offline", ("received_direct", "received_post")),
    ("resolved", ("early", "on_time", "late")),
    ("in_progress", ("in_progress_on_time", "in_progress_late")),
    ("received", ("resolved", "in_progress")),
)
# What is contained in another column and can never be more.
CONTAINED = (("withdrawn", "resolved"), ("received_post", "received_offline"), ("received_direct", "received_offline"))


def identity_faults(values: Mapping[str, int | None]) -> dict[str, str]:
    """Return, by column, a sentence for every identity of the official form that ``values`` break.

    A column that is missing or None is not known; an identity that needs it is not asked.
    """
    faults: dict[str, str] = {}
    for name, parts in IDENTITIES:
        total, given = values.get(name), [values.get(part) for part in parts]
        known = [number for number in given if number is not None]
        if total is not None and len(known) == len(parts) and sum(known) != total:
            told = {"name": COLUMNS[name], "total": total, "parts": _added(parts, known), "sum": sum(known)}
            faults.setdefault(name, _sentence("“%(name)s” ghi %(total)d, nhưng %(parts)s là %(sum)d.") % told)
    for name, whole in CONTAINED:
        part, most = values.get(name), values.get(whole)
        if part is not None and most is not None and part > most:
            told = {"name": COLUMNS[name], "part": part, "whole": COLUMNS[whole], "most": most}
            faults.setdefault(name, _sentence("“%(name)s” ghi %(part)d, nhiều hơn “%(whole)s” là %(most)d.") % told)
    return faults


def _added(parts: tuple[str, ...], numbers: list[int]) -> str:
    words = [f"“{COLUMNS[part]}” {number}" for part, number in zip(parts, numbers, strict=True)]
    return _sentence(" cộng ").join(words)


def figure_values(counts: DossierCounts) -> dict[str, Any]:
    """Return a line under its public keys: the columns of the official form, then its shares as fractions."""
    c = counts
    return {
        "received": c.received,
        "received_in_period": c.received_in_period,
        "received_online": c.online,
        "received_offline": c.offline,
        "received_direct": c.direct,
        "received_post": c.post,
        "carried_over": c.carried_over,
        "resolved": c.resolved,
        "early": c.early,
        "on_time": c.on_time,
        "late": c.late,
        "withdrawn": c.withdrawn,
        "in_progress": c.in_progress,
        "in_progress_on_time": c.in_progress_on_time,
        "in_progress_late": c.in_progress_late,
        "resolved_share": share(c.resolved, c.received),
        "early_share": share(c.early, c.resolved),
        "on_time_share": share(c.on_time, c.resolved),
        "late_share": share(c.late, c.resolved),
        "in_time_share": share(c.early + c.on_time, c.judged),
    }
