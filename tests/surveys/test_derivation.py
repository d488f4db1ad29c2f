"""From all that a survey publishes together nobody reckons a small number that it hides.

``test_told`` asks the one door through which counts go. Here the attacker reads what comes out at the end: the record
of every place (agency, kind of unit, unit) over months, quarters, half a year, three quarters, the year and any stretch
of months; with its responses, answers, blanks, levels, kinds, units, trend, groups of the sample, wishes, and indices
with and without weights. Everything told is a row of a system of equations over (unit, group, month); whatever is
hidden and small must not be a combination of these rows. The files are made of the same records and say no more.
"""

import itertools
import json
import random
from calendar import monthrange
from collections import defaultdict
from datetime import UTC, date, datetime
from fractions import Fraction

from django.contrib.auth.models import Group
from django.test import Client

import pytest
import time_machine

from cms.accounts.models import User
from cms.core.enums import Role, UnitKind
from cms.core.models import Unit
from cms.core.periods import Period, read_period
from surveys import factories
from surveys.api.records import HEADING, csv_rows, results_record
from surveys.enums import QuestionKind
from surveys.models import MonthTally, Section, Stratum
from surveys.services.results import survey_results
from surveys.services.snapshots import snapshot_publish
from surveys.services.tallies import WISHES
from tests.core.test_disclosure import PRIME, Span

pytestmark = pytest.mark.django_db
YEAR, SMALLEST = 12, 5
GROUPS = ("paper", "web")
KEYS = ("", "TC01", "TC02", WISHES)
FIGURES = {"n", "missing", "levels", "top2", "mean", "wilson_low", "wilson_high", "top2_weighted", "mean_weighted"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2027-01-15 09:00 +0700", tick=False):
        yield


@pytest.fixture
def survey(site_tree):
    score = {"label": "Tiêu chí", "kind": QuestionKind.SCORE}
    made = factories.survey([{"key": "TC01", **score}], [{"key": "TC02", **score}], slug="do", results_public=True)
    # One criterion alone makes the index: then index, parts and trend say what its answers say, and no less.
    Section.objects.filter(version=made.current, sort_order=2).update(in_index=False)
    for code in ("quat", "san"):
        factories.theme(code, code)
    for group, population in zip(GROUPS, (700, 300), strict=True):
        for month in (1, 4, 7, 10):
            Stratum.objects.create(
                survey=made, code=group, label=f"nhom-{group}", quarter=date(2026, month, 1), population=population
            )
    return made


@pytest.fixture
def units(site_tree):
    kinds = {"m1": UnitKind.KINDERGARTEN, "m2": UnitKind.KINDERGARTEN, "t1": UnitKind.PRIMARY, "t2": UnitKind.PRIMARY,
             "t3": UnitKind.PRIMARY, "c1": UnitKind.LOWER_SECONDARY}  # fmt: skip
    above = Unit.objects.get(parent=None)
    return {
        code: Unit.objects.create(code=code, slug=code, name=f"Trường {code}", kind=kind, parent=above)
        for code, kind in kinds.items()
    }


def drawn(chance, units):
    """Random counts by (key, unit, group, month): few responses, fewer answers, still fewer wishes."""
    counts = {}
    for unit in (*units, None):
        for month in chance.sample(range(YEAR), chance.randint(1, 6)):
            for group in GROUPS:
                n = chance.choice([0, 0, 1, 2, 3, 4, 5, 7, 12])
                atom = (unit, group, month)
                counts["", *atom] = n
                counts["TC01", *atom] = max(0, n - chance.choice([0, 0, 0, 1, 3]))
                counts["TC02", *atom] = max(0, n - chance.choice([0, 0, 2]))
                counts[WISHES, *atom] = chance.randint(0, n)
    return {cell: n for cell, n in counts.items() if n}


def stored(chance, survey, units, counts):
    """Write the rows that results read, as a response after the other would have left them."""
    rows = defaultdict(dict)
    for (key, unit, group, month), n in counts.items():
        choices = ("quat", "san") if key == WISHES else "12345"
        levels = {} if not key else dict.fromkeys(choices, 0)
        for _one in range(n if key else 0):
            levels[chance.choice(choices)] += 1
        for scope, part in (("unit", str(units[unit].pk if unit else 0)), ("stratum", group)):
            line = rows[scope, part, date(2026, month + 1, 1)].setdefault(key, [0, {}])
            line[0] += n
            for choice, count in levels.items():
                line[1][choice] = line[1].get(choice, 0) + count
    MonthTally.objects.bulk_create(
        MonthTally(survey=survey, scope=scope, part=part, month=month, counts=found)
        for (scope, part, month), found in rows.items()
    )


def stretches(chance, *, months=True):
    """Yield every period that has a name, and some that have none."""
    keys = [f"2026-{number:02}" for number in range(1, 13) if months] + [f"2026-Q{number}" for number in range(1, 5)]
    for key in (*keys, "2026-6T", "2026-9T", "2026"):
        yield read_period(key)
    for first, last in chance.sample(list(itertools.combinations(range(YEAR + 1), 2)), 8):
        yield Period("", date(2026, first + 1, 1), date(2026, last, monthrange(2026, last)[1]))


def months_of(period):
    return range(period.starts_on.month - 1, period.ends_on.month)


class Attacker:
    """Collects what records tell: by key, sets of (unit, group, month) of which the sum is known."""

    def __init__(self, units):
        self.units = {code: unit.kind for code, unit in units.items()} | {None: ""}
        self.until = YEAR  # nothing has come in later: what is told of later months is told of none
        self.known = defaultdict(set)
        self.weighted = defaultdict(list)

    def atoms(self, codes, months, groups=GROUPS):
        return frozenset(itertools.product(codes, groups, [month for month in months if month < self.until]))

    def of_kind(self, kind):
        return [code for code, mine in self.units.items() if mine == kind]

    def read(self, record, period, codes):
        """Take in one record about the units ``codes``."""
        months = months_of(period)
        here = self.atoms(codes, months)
        if record["responses"] is not None:
            self.known[""].add(here)
        for cell in record["cells"]:
            if cell["n"] is not None:
                self.known[cell["key"]].add(here)
            if cell["missing"] is not None:
                assert cell["n"] is not None
                assert record["responses"] is not None
        if record["wishes"] and record["wishes"]["n"] is not None:
            self.known[WISHES].add(here)
            for line in record["wishes"]["by_unit"]:
                self.known[WISHES].add(self.atoms([line["code"]], months))
        self.indices(record, here, codes, months)
        self.sample(record)

    def indices(self, record, here, codes, months):
        self.index(record["overall"], here)
        for factor in record["factors"]:
            self.index(factor, here)
        for part in record["by_unit"]:
            self.part(part, self.atoms([part["code"]], months))
        for part in record["by_kind"]:
            self.part(part, self.atoms(self.of_kind(part["code"]), months))
        for point in record["trend"]:
            year, quarter = point["period"].split("-Q")
            if year == "2026":
                self.part(point, self.atoms(codes, range(3 * int(quarter) - 3, 3 * int(quarter))))

    def index(self, figure, atoms):
        if figure["n"] is not None or figure["top2"] is not None:
            self.known["TC01"].add(atoms)

    def part(self, part, atoms):
        if part["responses"] is not None:
            self.known[""].add(atoms)
        self.index(part, atoms)

    def sample(self, record):
        """The groups of each quarter; and, where everybody answered, a weighted share as one more equation."""
        by_quarter = defaultdict(list)
        for line in record["sample"] or ():
            first = date.fromisoformat(line["quarter"]).month - 1
            groups = [label.removeprefix("nhom-") for label in line["group"].split(" + ")]
            atoms = self.atoms(self.units, range(first, first + 3), groups)
            self.known[""].add(atoms)
            by_quarter[first].append((atoms, line["population"], line["responses"]))
        for cell in record["cells"]:
            if cell["top2_weighted"] is not None:
                lines = [line for quarter in by_quarter.values() for line in quarter if line[2]]
                heap = sum(population for _atoms, population, _n in lines)
                self.weighted[cell["key"]].append(
                    {atom: Fraction(size, heap * n) for atoms, size, n in lines for atom in atoms}
                )

    def span(self, key):
        columns = list(itertools.product(self.units, GROUPS, range(YEAR)))
        rows = [dict.fromkeys(atoms, 1) for atoms in sorted(self.known[key], key=len)]
        for row in self.weighted[key]:
            rows.append({a: f.numerator * pow(f.denominator, -1, PRIME) % PRIME for a, f in row.items()})
        return Span(rows, columns)


def places(units):
    """Every place that an address may ask for, with the codes of its units."""
    yield {}, [*units, None]
    for kind in sorted({unit.kind for unit in units.values()}):
        yield {"kind": kind}, [code for code, unit in units.items() if unit.kind == kind]
    for code, unit in units.items():
        yield {"unit": unit}, [code]


def small(counts, key, atoms):
    return 0 < sum(counts.get((key, *atom), 0) for atom in atoms) < SMALLEST


@pytest.mark.parametrize("seed", range(4))
def test_nothing_small_that_is_hidden_is_a_combination_of_what_is_told(survey, units, seed):
    chance = random.Random(f"khao-sat {seed}")
    counts = drawn(chance, units)
    stored(chance, survey, units, counts)
    attacker, told = Attacker(units), 0
    for period in stretches(chance):
        for place, codes in places(units):
            record = results_record(survey_results(survey, period, **place))
            attacker.read(record, period, codes)
            told += len([cell for cell in record["cells"] if not cell["hidden"]])
            assert [line for line in csv_rows(record) if _says_hidden(line)] == []
    assert told > 20, "a survey that tells nothing proves nothing"
    assert held(attacker, units, counts) > 50


def held(attacker, units, counts):
    """Assert that no small cell is a combination of what the attacker knows; return how many there are."""
    hidden = 0
    for key in KEYS:
        span = attacker.span(key)
        for _place, codes in places(units):
            for first, last in itertools.combinations(range(YEAR + 1), 2):
                atoms = attacker.atoms(codes, range(first, last))
                if small(counts, key, atoms):
                    hidden += 1
                    assert not span.holds(dict.fromkeys(atoms, 1)), (key, codes, first, last)
    return hidden


def _says_hidden(line):
    """Whether a line of the file that says it is hidden carries a figure all the same."""
    cells = dict(zip(HEADING, line, strict=True))
    return cells["hidden"] and any(cells[name] is not None for name in FIGURES)


def test_the_attacker_finds_what_is_really_given_away(units):
    """A proof that the proof can fail: the whole, and all units but one, tell the last one."""
    attacker = Attacker(units)
    months = range(3)
    attacker.known[""].add(attacker.atoms([*units, None], months))
    for code in [*units, None][1:]:
        attacker.known[""].add(attacker.atoms([code], months))
    assert attacker.span("").holds(dict.fromkeys(attacker.atoms([next(iter(units))], months), 1))
    assert not attacker.span("").holds(dict.fromkeys(attacker.atoms([next(iter(units))], range(2)), 1))


ROUNDS = (("2026-Q1", 3), ("2026-Q2", 6), ("2026-9T", 9), ("2026", 12))


@pytest.mark.parametrize("seed", range(2))
def test_what_was_published_and_what_is_told_later_give_nothing_away_together(survey, units, seed):
    """The year goes on: a quarter is published, later ones come in, half a year and the year are told beside it.

    At every publication the attacker keeps the record, and afterwards reads everything that is told live.
    """
    chance = random.Random(f"ca nam {seed}")
    counts, attacker, so_far, published = drawn(chance, units), Attacker(units), {}, 0
    for key, last in ROUNDS:
        new = {cell: n for cell, n in counts.items() if cell[3] < last and cell not in so_far}
        stored(chance, survey, units, new)
        so_far |= new
        attacker.until = last
        with time_machine.travel(datetime(2026 + last // 12, last % 12 + 1, 20, 9, tzinfo=UTC), tick=False):
            period = read_period(key)
            record = results_record(survey_results(survey, period, publishing=True))
            if not record["responses"]:
                continue
            snapshot_publish(survey=survey, period=period, reckon=lambda told=record: told, actor=surveyor_of(survey))
            published += 1
            attacker.read(record, period, [*units, None])
            live = results_record(survey_results(survey, period))
            assert live == record, "what is told live of a published period is what was published"
            for each in stretches(chance, months=last == YEAR):
                for place, codes in places(units):
                    attacker.read(results_record(survey_results(survey, each, **place)), each, codes)
    assert published > 1
    held(attacker, units, counts)


def surveyor_of(survey):
    user, _made = User.objects.get_or_create(username="cong-bo", defaults={"email": "cong-bo@so.example.vn"})
    user.groups.set(Group.objects.filter(name=str(Role.SURVEYOR.label)))
    return User.objects.get(pk=user.pk)


def test_page_file_program_and_published_copy_say_the_same(survey, units, officer):
    chance = random.Random("nhu nhau")
    stored(chance, survey, units, drawn(chance, units))
    period = read_period("2026-9T")
    record = json.loads(json.dumps(results_record(survey_results(survey, period))))
    live = json.loads(Client().get("/khao-sat/do/ket-qua/du-lieu.json?ky=2026-9T").content)
    assert live == record
    made = snapshot_publish(survey=survey, period=period, reckon=lambda: record, actor=officer(Role.SURVEYOR))
    answer = json.loads(Client().get(f"/khao-sat/do/ket-qua/{made.pk}/du-lieu.json").content)
    assert {name: answer[name] for name in record} == record
    files = [
        b"".join(Client().get(f"/khao-sat/do/ket-qua/{tail}").streaming_content)
        for tail in ("du-lieu.csv?ky=2026-9T", f"{made.pk}/du-lieu.csv")
    ]
    assert files[0] == files[1]
