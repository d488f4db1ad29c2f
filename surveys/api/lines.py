"""Results as lines of a file: a table after the other, all with the same columns."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

Record = Mapping[str, Any]
# A line: the table it is of, its key there, its figures, and what it is called.
Line = tuple[str, str, Record, str]
# The cell of a survey, as DESIGN names it, after what it belongs to; then what only some tables have.
CELL = (
    "key", "n", "missing", "levels", "top2", "mean", "wilson_low", "wilson_high", "top2_weighted", "mean_weighted",
    "hidden",
)  # fmt: skip
MORE = ("made_of", "of", "responses", "rank", "compared", "target", "reached", "population", "told_until")
HEADING = ("survey", "period", "from", "to", "unit", "table", *CELL, "name", *MORE)


def csv_rows(record: Record) -> Iterator[list[Any]]:
    """Yield the lines of the file made of a record; the columns of ``HEADING``."""
    period = record["period"]
    before = [record["survey"], period["key"], period["from"], period["to"], record["unit"] or record["unit_kind"]]
    for table, key, facts, name in (*_figures(record), *_parts(record), *_aims(record), *_wishes(record)):
        levels = _levels(facts.get("levels"))
        cells = {**facts, "key": key, "levels": levels, "told_until": record.get("told_until")}
        yield [*before, table, *map(cells.get, CELL), name, *map(cells.get, MORE)]


def _figures(record: Record) -> Iterator[Line]:
    yield "responses", "", {"n": record["responses"], "hidden": record["responses"] is None}, _("Số phiếu")
    yield "overall", "", record["overall"], _("Chỉ số chung")
    for factor in record["factors"]:
        yield "factor", factor["key"], factor, factor["title"]
    for cell in record["cells"]:
        yield "question", cell["key"], cell, cell["label"]


def _parts(record: Record) -> Iterator[Line]:
    for table, rows in (("kind", record["by_kind"]), ("unit", record["by_unit"])):
        for part in rows:
            yield table, part["code"], part, part["name"]
    for point in record["trend"]:
        yield "quarter", point["period"], point, point["period"]


def _aims(record: Record) -> Iterator[Line]:
    for goal in record["targets"]:
        reached = {goal["measure"]: goal["actual"], "hidden": goal["actual"] is None}
        yield "target", goal["code"] or "", {**goal, **reached}, goal["name"]
    for group in record["sample"] or ():
        yield "sample", group["quarter"], {**group, "hidden": False}, group["group"]


def _wishes(record: Record) -> Iterator[Line]:
    wishes = record["wishes"] or {"themes": (), "by_unit": ()}
    for theme in wishes["themes"]:
        yield "wish", theme["code"], {"n": theme["count"], "hidden": False}, theme["name"]
    for unit in wishes["by_unit"]:
        for theme in unit["themes"]:
            facts = {"n": theme["count"], "hidden": False}
            yield "unit_wish", f"{unit['code']} {theme['code']}", facts, f"{unit['name']}: {theme['name']}"


def _levels(levels: Mapping[str, int | None] | None) -> str | None:
    if levels is None:
        return None
    return " ".join(f"{code}={'' if count is None else count}" for code, count in levels.items())
