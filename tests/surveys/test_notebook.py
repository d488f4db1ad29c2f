"""All figures of a survey once more, from the single answers and by other means.

Nothing of ``surveys.services`` that reckons is used here: every answer is looked at by itself, shares and means are
exact fractions, the bounds of Wilson are the roots of their equation, weights are given to single answers.
"""

import random
from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import NormalDist

import pytest
import time_machine

from cms.core.enums import UnitKind
from cms.core.models import Unit
from cms.core.periods import read_period
from surveys import factories
from surveys.api.records import results_record
from surveys.enums import ChannelKind, QuestionKind
from surveys.models import Response, Stratum, Survey
from surveys.services.plan import plan_of
from surveys.services.responses import ResponseRow, channel_plain, responses_write_many, version_asked
from surveys.services.results import survey_results

pytestmark = pytest.mark.django_db
Z = NormalDist().inv_cdf(0.975)
FACTORS = (("A1", "A2"), ("B1", "B2", "B3"), ("C1",))
KEYS = [key for factor in FACTORS for key in factor]
POPULATION = {
    (1, "web"): 900, (1, "paper"): 300, (1, "phone"): 50, (4, "web"): 700, (4, "paper"): 800, (4, "kiosk"): 120,
}  # fmt: skip
LAST = 5e-5 + 1e-9  # figures are told to four places


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-30 09:00 +0700", tick=False):
        yield


@pytest.fixture
def units(site_tree):
    above = Unit.objects.get(parent=None)
    kinds = {"t1": UnitKind.PRIMARY, "t2": UnitKind.PRIMARY, "m1": UnitKind.KINDERGARTEN, "m2": UnitKind.KINDERGARTEN}
    return {
        code: Unit.objects.create(code=code, slug=code, name=f"Trường {code}", kind=kind, parent=above)
        for code, kind in kinds.items()
    }


@pytest.fixture
def survey(units):
    """Six hundred responses of two quarters; of the telephone in the first quarter three."""
    score = {"label": "Tiêu chí", "kind": QuestionKind.SCORE}
    made = factories.survey(*[[{"key": key, **score} for key in factor] for factor in FACTORS], rank_least=30)
    for (month, code), population in POPULATION.items():
        Stratum.objects.create(survey=made, code=code, label=code, quarter=date(2026, month, 1), population=population)
    chance, rows = random.Random("so tay"), []
    groups = [(2, "web"), (3, "paper"), (5, "web"), (6, "paper"), (4, "kiosk")]
    for number in range(597):
        month, code = chance.choice(groups)
        rows.append(_row(chance, number, date(2026, month, 10), code, units[chance.choice(list(units))].pk))
    rows += [_row(chance, 600 + number, date(2026, 2, 3), "phone", units["t1"].pk) for number in range(3)]
    _write(made, rows)
    return made


def _row(chance, number, day, code, unit_id):
    levels = {"web": "3445", "paper": "2345", "kiosk": "1355", "phone": "5"}[code]
    answers = {key: chance.choice(levels) for key in KEYS if chance.random() > 0.15}
    return ResponseRow(
        sheet=f"p{number}", day=day, kind=ChannelKind.PAPER, stratum=code, answers=answers, unit_id=unit_id
    )


def _write(made, rows):
    version = version_asked(survey_id=made.pk, version_id=made.current_id, today=date(2026, 2, 1))
    channels = {ChannelKind.PAPER: channel_plain(survey_id=made.pk, kind=ChannelKind.PAPER)}
    responses_write_many(version=version, plan=plan_of(version), channels=channels, rows=rows)


def responses(period, *, kind=None, unit=None, quarter=None):
    """The single responses of a period, each as (stratum, month, {key: level})."""
    found = []
    for each in Response.objects.select_related("unit").prefetch_related("items"):
        if not period.starts_on <= each.day <= period.ends_on:
            continue
        if (kind and each.unit.kind != kind) or (unit and each.unit != unit):
            continue
        if quarter and (each.day.month - 1) // 3 + 1 != quarter:
            continue
        found.append((each.stratum, each.day.month, {item.key: int(item.choice) for item in each.items.all()}))
    return found


def levels_of(rows, key):
    return [answers[key] for _group, _month, answers in rows if key in answers]


def share(levels):
    return Fraction(sum(level >= 4 for level in levels), len(levels))


def mean(levels):
    return Fraction(sum(levels), len(levels))


def roots(p, n):
    """Where (p − b)² = z²·b(1 − b)/n: the two roots of (1 + z²/n)·b² − (2p + z²/n)·b + p² = 0."""
    a, b, c = 1 + Z**2 / n, -(2 * p + Z**2 / n), p**2
    spread = sqrt(b * b - 4 * a * c)
    return (-b - spread) / (2 * a), (-b + spread) / (2 * a)


def index_of(rows, figure, method):
    if method == "pooled":
        heap = [level for key in KEYS for level in levels_of(rows, key)]
        return figure(heap)
    parts = [sum(figure(levels_of(rows, key)) for key in factor) / Fraction(len(factor)) for factor in FACTORS]
    return sum(parts) / len(parts)


def agrees(found, rows, method):
    """Whether an index says what the single answers say."""
    n = min(len(levels_of(rows, key)) for key in KEYS)
    top2, average = (float(index_of(rows, figure, method)) for figure in (share, mean))
    assert found["n"] == n
    assert (found["top2"], found["mean"]) == pytest.approx((top2, average), abs=LAST)
    assert (found["wilson_low"], found["wilson_high"]) == pytest.approx(roots(top2, n), abs=LAST)
    assert (found["made_of"], found["of"]) == (6, 6)


@pytest.mark.parametrize("method", ["averaged", "pooled"])
def test_every_index_is_what_single_answers_say(survey, units, method):
    Survey.objects.filter(pk=survey.pk).update(index_method=method)
    survey.refresh_from_db()
    period = read_period("2026")
    record = results_record(survey_results(survey, period))
    rows = responses(period)
    assert record["responses"] == len(rows) == 600
    for cell in record["cells"]:
        levels = levels_of(rows, cell["key"])
        assert (cell["n"], cell["missing"]) == (len(levels), 600 - len(levels))
        assert cell["levels"] == {str(level): levels.count(level) for level in range(1, 6)}
        assert (cell["top2"], cell["mean"]) == pytest.approx((float(share(levels)), float(mean(levels))), abs=LAST)
        bounds = roots(float(share(levels)), len(levels))
        assert (cell["wilson_low"], cell["wilson_high"]) == pytest.approx(bounds, abs=LAST)
    agrees(record["overall"], rows, method)
    assert {part["code"] for part in record["by_unit"]} == set(units)
    for part in record["by_unit"]:
        agrees(part, responses(period, unit=units[part["code"]]), method)
    for part in record["by_kind"]:
        agrees(part, responses(period, kind=part["code"]), method)
    for point in record["trend"][:2]:
        agrees(point, responses(period, quarter=int(point["period"][-1])), method)
    for factor, keys in zip(record["factors"], FACTORS, strict=True):
        found = [share(levels_of(rows, key)) for key in keys]
        if method == "averaged":
            assert factor["top2"] == pytest.approx(float(sum(found) / len(found)), abs=LAST)


def test_units_stand_in_the_order_of_their_shares(survey, units):
    period = read_period("2026")
    record = results_record(survey_results(survey, period))
    shares = {code: index_of(responses(period, unit=unit), share, "averaged") for code, unit in units.items()}
    told = {code: round(float(value), 3) for code, value in shares.items()}
    for part in record["by_unit"]:
        assert part["rank"] == 1 + sum(value > told[part["code"]] for value in told.values())


def weights_of(rows, key):
    """Every answer with its weight: the people of its group over the answers of its group, quarter by quarter.

    Three people answered by telephone in the first quarter, fewer than may stand alone: they and the smallest other
    group of that quarter are one group, in answers and in people.
    """
    answers = defaultdict(list)
    for code, month, given in rows:
        if key in given:
            answers[(month - 1) // 3 * 3 + 1, code].append(given[key])
    population, few = dict(POPULATION), (1, "phone")
    assert 0 < len(answers[few]) < 5
    others = [group for group in answers if group[0] == 1 and group != few]
    smallest = min(others, key=lambda group: len(answers[group]))
    answers[smallest] += answers.pop(few)
    population[smallest] += population.pop(few)
    return [(Fraction(population[group], len(levels)), level) for group, levels in answers.items() for level in levels]


def test_weighted_figures_are_those_of_weighted_single_answers(survey):
    period = read_period("2026-6T")
    record = results_record(survey_results(survey, period))
    rows, shares, means = responses(period), {}, {}
    for cell in record["cells"]:
        weights = weights_of(rows, cell["key"])
        heap = sum(weight for weight, _level in weights)
        shares[cell["key"]] = sum(weight for weight, level in weights if level >= 4) / heap
        means[cell["key"]] = sum(weight * level for weight, level in weights) / heap
        worth = float(heap**2 / sum(weight**2 for weight, _level in weights))
        assert cell["top2_weighted"] == pytest.approx(float(shares[cell["key"]]), abs=LAST)
        assert cell["mean_weighted"] == pytest.approx(float(means[cell["key"]]), abs=LAST)
        assert cell["n_effective"] == pytest.approx(worth, abs=0.051)
        bounds = roots(float(shares[cell["key"]]), worth)
        assert (cell["wilson_low_weighted"], cell["wilson_high_weighted"]) == pytest.approx(bounds, abs=LAST)
    for name, figures in (("top2_weighted", shares), ("mean_weighted", means)):
        parts = [sum(figures[key] for key in factor) / len(factor) for factor in FACTORS]
        assert record["overall"][name] == pytest.approx(float(sum(parts) / len(parts)), abs=LAST)


def test_a_small_school_is_hidden_with_a_second_one_and_the_whole_still_counts_them(survey, units):
    """A third nursery with four responses: the whole says 604, so one of the other two is hidden with it."""
    extra = Unit.objects.create(
        code="m3", slug="m3", name="Trường m3", kind=UnitKind.KINDERGARTEN, parent=units["m1"].parent
    )
    chance = random.Random("it phieu")
    _write(survey, [_row(chance, 900 + number, date(2026, 2, 5), "web", extra.pk) for number in range(4)])
    period = read_period("2026")
    record = results_record(survey_results(survey, period))
    assert record["responses"] == len(responses(period)) == 604
    told = {part["code"]: part["responses"] for part in record["by_unit"]}
    assert told["m3"] is None
    hidden = [code for code in ("m1", "m2") if told[code] is None]
    assert len(hidden) == 1
    assert told["t1"] == len(responses(period, unit=units["t1"]))
    kinds = {part["code"]: part["responses"] for part in record["by_kind"]}
    assert kinds["kindergarten"] == len(responses(period, kind="kindergarten"))
    agrees(record["overall"], responses(period), "averaged")
    for part in record["by_unit"]:
        figures = [part[name] for name in ("responses", "n", "top2", "mean", "wilson_low", "wilson_high", "rank")]
        assert (figures == [None] * 7) == (part["code"] in {"m3", *hidden})
