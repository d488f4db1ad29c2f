"""The board: tasks beside what their units reported, for one plan or many, in a constant number of queries."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from cms.core.models import CalendarDay
from cms.core.working_days import WorkCalendar
from cms.plans.enums import ENDED, BoardState, DueStanding, ProgressState
from cms.plans.models.periods import Occurrence, occurrences_of
from cms.plans.models.progress import TaskDifficulty, TaskProduct, TaskProgress, TaskProgressEntry
from cms.plans.models.tasks import PlanTask

# Plans are made by people who look a week ahead; calendar days, since no law counts these in working days.
SOON = timedelta(days=7)
SHOWN_ENTRIES = 3
_STANDING_ORDER = (DueStanding.LATE, DueStanding.SOON, DueStanding.AHEAD, DueStanding.OPEN, DueStanding.ENDED)


def standing_of(due_on: date | None, state: str, today: date) -> DueStanding:
    """Return how work in ``state`` that is due on ``due_on`` stands today."""
    if state in ENDED:
        return DueStanding.ENDED
    if due_on is None:
        return DueStanding.OPEN
    if due_on < today:
        return DueStanding.LATE
    return DueStanding.SOON if due_on <= today + SOON else DueStanding.AHEAD


@dataclass
class OccurrenceLine:
    """One time that a recurring task is due, beside its progress."""

    occurrence: Occurrence
    progress: TaskProgress | None
    today: date

    @property
    def state(self) -> str:
        return self.progress.state if self.progress else ProgressState.NOT_STARTED.value

    @property
    def state_label(self) -> Any:
        return ProgressState(self.state).label

    @property
    def percent(self) -> int:
        return self.progress.percent if self.progress else 0

    @property
    def standing(self) -> DueStanding:
        return standing_of(self.occurrence.due_on, self.state, self.today)

    @property
    def is_overdue(self) -> bool:
        return self.standing == DueStanding.LATE


@dataclass
class TaskLine:
    """A task as the board shows it: the row of the plan beside what its unit reported."""

    task: PlanTask
    own_progress: TaskProgress | None = None
    occurrences: list[OccurrenceLine] = field(default_factory=list)
    today: date = field(default_factory=timezone.localdate)
    history: list[TaskProgressEntry] = field(default_factory=list)
    products: list[TaskProduct] = field(default_factory=list)
    difficulties: list[TaskDifficulty] = field(default_factory=list)

    @property
    def progress(self) -> TaskProgress | None:
        """What was reported last."""
        if not self.occurrences:
            return self.own_progress
        rows = [each.progress for each in self.occurrences if each.progress]
        return max(rows, key=lambda row: row.updated_at, default=None)

    @property
    def state(self) -> str:
        """Of a recurring task: done when every time is, else under way once anything was reported."""
        if not self.occurrences:
            return self.own_progress.state if self.own_progress else ProgressState.NOT_STARTED.value
        states = {each.state for each in self.occurrences}
        if states <= ENDED:
            return (ProgressState.STOPPED if states == {ProgressState.STOPPED} else ProgressState.DONE).value
        return (ProgressState.NOT_STARTED if states == {ProgressState.NOT_STARTED} else ProgressState.IN_PROGRESS).value

    @property
    def state_label(self) -> Any:
        return ProgressState(self.state).label

    @property
    def percent(self) -> int:
        if self.occurrences:
            return 100 * self.ended_count // len(self.occurrences)
        return self.own_progress.percent if self.own_progress else 0

    @property
    def ended_count(self) -> int:
        return sum(each.state in ENDED for each in self.occurrences)

    @property
    def current(self) -> OccurrenceLine | None:
        """The time that is to be done next: the first that has not ended, or the last of all."""
        waiting = (each for each in self.occurrences if each.state not in ENDED)
        return next(waiting, self.occurrences[-1] if self.occurrences else None)

    @property
    def due_on(self) -> date | None:
        return self.current.occurrence.due_on if self.current else self.task.deadline_on

    @property
    def due_unsaid(self) -> date | None:
        """The day when the printed words do not name it themselves."""
        day = self.due_on
        named = day and re.search(rf"\b0?{day.day}/0?{day.month}/{day.year}\b", self.task.deadline_text)
        return None if named else day

    @property
    def standing(self) -> DueStanding:
        return standing_of(self.due_on, self.state, self.today)

    @property
    def is_overdue(self) -> bool:
        return self.standing == DueStanding.LATE

    def overdue_on(self, today: date) -> bool:
        """Computed, never stored: the day has passed and the work has not ended."""
        return standing_of(self.due_on, self.state, today) == DueStanding.LATE

    @property
    def board_state(self) -> BoardState:
        """The one state under which a filter finds it; late comes before all others."""
        return BoardState.LATE if self.is_overdue else BoardState[ProgressState(self.state).name]

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Sort key: what is late first, then by day."""
        return _STANDING_ORDER.index(self.standing), self.due_on or date.max, self.task.pk or 0


def task_lines(tasks: Iterable[PlanTask], issued: dict[int, date | None]) -> list[TaskLine]:
    """Return ``tasks`` with their progress: one query, and one for the calendar where a task counts working days.

    Args:
        tasks: of any plans, in the order wanted.
        issued: the day of each plan by its key.

    """
    rows = list(tasks)
    pages = {task.page_id for task in rows if task.page_id}
    found = {(row.page_id, row.task_key, row.period): row for row in TaskProgress.objects.of_pages(pages)}
    calendar = _calendar(rows)
    today = timezone.localdate()
    lines = []
    for task in rows:
        times = [
            OccurrenceLine(each, found.get((task.page_id, task.key, each.key)), today)
            for each in occurrences_of(task, issued.get(task.page_id), calendar)
        ]
        lines.append(TaskLine(task, found.get((task.page_id, task.key, "")), times, today))
    return lines


def _calendar(tasks: Iterable[PlanTask]) -> WorkCalendar | None:
    if any(task.recurrence and task.shift_in_working_days for task in tasks):
        return CalendarDay.objects.work_calendar()
    return None


def add_reports(lines: Sequence[TaskLine]) -> list[TaskLine]:
    """Add to each line what the public may read beside it: last steps, products, answered difficulties."""
    pages = {line.task.page_id for line in lines if line.task.page_id}
    by_task = {(line.task.page_id, line.task.key): line for line in lines}
    for entry in TaskProgressEntry.objects.of_pages(pages).standing().latest_of_each(SHOWN_ENTRIES):
        if line := by_task.get((entry.progress.page_id, entry.progress.task_key)):
            line.history.append(entry)
    for name, rows in (
        ("products", TaskProduct.objects.of_pages(pages).public()),
        ("difficulties", TaskDifficulty.objects.of_pages(pages).public()),
    ):
        for row in rows:
            if line := by_task.get((row.page_id, row.task_key)):
                getattr(line, name).append(row)
    return list(lines)


def boards_of(pages: Sequence[Any]) -> dict[int, list[TaskLine]]:
    """Return the lines of many plans by their keys."""
    tasks = PlanTask.objects.of_pages([page.pk for page in pages])
    boards: dict[int, list[TaskLine]] = defaultdict(list)
    for line in task_lines(tasks, {page.pk: page.issued_on for page in pages}):
        boards[line.task.page_id].append(line)
    return boards


@dataclass
class SubPlan:
    """A plan that carries out another one, with how far it has come (S50)."""

    page: Any
    total: int
    done: int
    late: int


def sub_plans_of(pages: Sequence[Any]) -> list[SubPlan]:
    """Return ``pages`` with the counts of their tasks."""
    boards = boards_of(pages)
    found = []
    for page in pages:
        states = Counter(line.board_state for line in boards[page.pk])
        found.append(SubPlan(page, states.total(), states[BoardState.DONE], states[BoardState.LATE]))
    return found


@dataclass
class BoardView:
    """The board as one address asks for it: narrowed by unit and state, without a script."""

    every: list[TaskLine]
    unit: str = ""
    state: str = ""

    @property
    def lines(self) -> list[TaskLine]:
        return [line for line in self.every if self._is_of_unit(line) and self._is_in_state(line)]

    def _is_of_unit(self, line: TaskLine) -> bool:
        return not self.unit or any(unit.slug == self.unit for unit in line.task.units.all())

    def _is_in_state(self, line: TaskLine) -> bool:
        return not self.state or line.board_state == self.state

    @property
    def is_narrowed(self) -> bool:
        return bool(self.unit or self.state)

    @property
    def units(self) -> list[dict[str, Any]]:
        """The units that have tasks here, in the order of the list of units."""
        found = {unit.pk: unit for line in self.every for unit in line.task.units.all()}
        ordered = sorted(found.values(), key=lambda unit: (unit.order, unit.sort_name, unit.pk))
        return [{"value": unit.slug, "label": unit.name, "current": unit.slug == self.unit} for unit in ordered]

    @property
    def states(self) -> list[dict[str, Any]]:
        """The states that occur, each with its count."""
        counts = Counter(line.board_state for line in self.every)
        return [
            {"value": state.value, "label": state.label, "count": counts[state], "current": state == self.state}
            for state in BoardState
            if counts[state]
        ]
