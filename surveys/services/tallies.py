"""The one writer of the counts that results read: in the transaction that stores a response, and again every night."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from surveys.models import Question, Response, ResponseItem, ResponseTally
from surveys.services.bands import BANDED, band_of
from surveys.services.months import months_add, months_rebuild
from surveys.services.plan import Answers, Plan, is_counted, is_words, rows_of

_BATCH = 100
# The key under which wishes are counted by theme. No question has it: a key has no such letter.
WISHES = "~mong-muon"


class Cell(NamedTuple):
    """Where an answer is counted; the order of its parts is the order in which cells are written, always the same."""

    survey_id: int
    key: str
    month: date
    unit_key: int
    about: str
    stratum: str
    choice: str


def tally_response(*, response: Response, survey_id: int, plan: Plan, answers: Answers) -> None:
    """Count ``response``; the caller holds the transaction that stores it."""
    cells_add(cells_of(response=response, survey_id=survey_id, plan=plan, answers=answers))


def cells_of(*, response: Response, survey_id: int, plan: Plan, answers: Answers) -> Counter[Cell]:
    """Return the cells in which ``response`` is counted."""
    where = (response.day.replace(day=1), response.unit_id or 0, response.about, response.stratum)
    found = Counter([Cell(survey_id, "", *where, "")])
    for key, given in answers.items():
        found[Cell(survey_id, key, *where, "")] += 1
        question = plan.by_key[key]
        if is_counted(question):
            for choice in given if isinstance(given, list) else [given]:
                found[Cell(survey_id, key, *where, _counted_as(question, choice))] += 1
    return found


def _counted_as(question: Question, choice: str) -> str:
    """Return under which choice an answer is counted: a number, a day under its band."""
    return band_of(question, choice) if question.kind in BANDED else choice


@transaction.atomic
def tallies_rebuild() -> int:
    """Count everything anew and return how many cells were wrong; every night."""
    if connection.vendor == "postgresql":
        # Rows and counts are read one after the other: a response stored between them would look like a wrong count.
        table = connection.ops.quote_name(ResponseTally._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
    wrong = dict(_differences())
    _write(wrong)
    ResponseTally.objects.filter(count=0).delete()
    return len(wrong) + months_rebuild()


def tallies_fit_responses() -> Iterable[str]:
    """Yield, for ``check_integrity``, every count that is not what the responses say."""
    for cell, missing in _differences():
        words = _("khảo sát %(survey_id)d, câu %(key)s, %(choice)s, %(month)s: số đếm lệch %(missing)d so với phiếu.")
        yield words % {**cell._asdict(), "missing": missing}


def _differences() -> Iterator[tuple[Cell, int]]:
    """Yield what is to be added to each cell so that it says what the responses say.

    Words are gone after their time and were counted when they came, so a question in words is believed.
    """
    wanted: Counter[Cell] = Counter()
    counted = _counted_questions()
    for survey_id, unit_id, about, stratum, day in Response.objects.values_list(
        "version__survey_id", "unit_id", "about", "stratum", "day"
    ).iterator():
        wanted[Cell(survey_id, "", day.replace(day=1), unit_id or 0, about, stratum, "")] += 1
    rows = ResponseItem.objects.values_list(
        "response_id", "response__version_id", "response__version__survey_id", "key", "choice",
        "response__unit_id", "response__about", "response__stratum", "response__day",
    )  # fmt: skip
    last: tuple[int, str] | None = None
    for response_id, version_id, survey_id, key, choice, unit_id, about, stratum, day in rows.order_by(
        "response_id", "key", "choice"
    ).iterator():
        where = (survey_id, key, day.replace(day=1), unit_id or 0, about, stratum)
        if last != (response_id, key):
            wanted[Cell(*where, "")] += 1
            last = response_id, key
        if question := counted.get((version_id, key)):
            wanted[Cell(*where, _counted_as(question, choice))] += 1
    words = _keys_in_words()
    stored = ResponseTally.objects.values_list(*Cell._fields, "count")
    cells = ((Cell(*cell), count) for *cell, count in stored.iterator())
    wanted.subtract({cell: count for cell, count in cells if (cell.survey_id, cell.key) not in words})
    return ((cell, count) for cell, count in sorted(wanted.items()) if count)


def _counted_questions() -> dict[tuple[int, str], Question]:
    """Return by version and key every question whose choices are counted; of a matrix, its rows."""
    questions = Question.objects.select_related("section")
    asked = ((each.section.version_id, row) for each in questions for row in rows_of(each))
    return {(version_id, question.key): question for version_id, question in asked if is_counted(question)}


def _keys_in_words() -> set[tuple[int, str]]:
    """Return survey and key of every question that some version answers in words."""
    questions = Question.objects.select_related("section__version")
    words = {(each.section.version.survey_id, each.key) for each in questions if is_words(each)}
    return words | {(each.section.version.survey_id, WISHES) for each in questions}


def cells_add(change: Counter[Cell] | dict[Cell, int]) -> None:
    """Add to cells, and to the rows that results read; the caller holds the transaction."""
    _write(change)
    months_add(change.items())


def _write(change: Counter[Cell] | dict[Cell, int]) -> None:
    """Add to cells, making those that are missing; in one order, so that two writers never wait for one another."""
    lines = sorted((cell, count) for cell, count in change.items() if count)
    table, columns = connection.ops.quote_name(ResponseTally._meta.db_table), ", ".join(Cell._fields)
    for start in range(0, len(lines), _BATCH):
        batch = lines[start : start + _BATCH]
        values = ", ".join([f"({', '.join(['%s'] * (len(Cell._fields) + 1))})"] * len(batch))
        given = [
            value
            for cell, count in batch
            for value in (cell.survey_id, cell.key, connection.ops.adapt_datefield_value(cell.month), *cell[3:], count)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} ({columns}, count) "  # noqa: S608
                f"VALUES {values} ON CONFLICT ({columns}) "
                f"DO UPDATE SET count = {table}.count + excluded.count",
                given,
            )
