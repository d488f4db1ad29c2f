"""Limits count across processes, in windows with sharp edges, and keep nobody's address."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.core.models import RateWindow
from cms.core.services.limits import LIMITS, Limit, limit_hit, limit_peek, limits_forget
from tests.parallel import together

VISITOR = "203.0.113.7"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # begins a window of ten minutes


@pytest.fixture(autouse=True)
def limit(monkeypatch):
    monkeypatch.setitem(LIMITS, "test", Limit(3, timedelta(minutes=10)))


def hit(now=NOON, visitor=VISITOR, limit="test"):
    return limit_hit(limit=limit, visitor=visitor, now=now)


def peek(now=NOON, visitor=VISITOR):
    return limit_peek(limit="test", visitor=visitor, now=now)


@pytest.mark.django_db(transaction=True)
def test_tries_at_the_same_moment_are_all_counted():
    """Each thread has its own connection, as each process has."""
    verdicts = together(*[hit] * 6)  # the pool of connections holds eight, one is the test's own
    assert sum(verdict.allowed for verdict in verdicts) == 3
    assert RateWindow.objects.get().count == 6


@pytest.mark.django_db
class TestCounting:
    def test_as_many_as_allowed_and_no_more(self):
        assert [hit().allowed for _turn in range(5)] == [True, True, True, False, False]

    def test_visitors_do_not_use_up_each_others_tries(self):
        for _turn in range(4):
            hit()
        assert hit(visitor="203.0.113.8").allowed

    def test_limits_do_not_use_up_each_other(self, monkeypatch):
        monkeypatch.setitem(LIMITS, "other", Limit(1, timedelta(minutes=10)))
        for _turn in range(4):
            hit()
        assert hit(limit="other").allowed

    def test_a_refusal_says_when_to_come_back(self):
        for _turn in range(3):
            assert hit().retry_after == 0
        assert hit(NOON + timedelta(minutes=4)).retry_after == 360
        assert hit(NOON + timedelta(minutes=9, seconds=59, milliseconds=900)).retry_after == 1

    @pytest.mark.parametrize(
        ("later", "allowed"),
        [
            (timedelta(minutes=9, seconds=59, microseconds=999_999), False),
            (timedelta(minutes=10), True),
            (timedelta(microseconds=-1), True),  # the window before
        ],
    )
    def test_the_edges_of_a_window(self, later, allowed):
        for _turn in range(3):
            hit()
        assert hit(NOON + later).allowed is allowed

    def test_a_window_is_the_same_in_every_time_zone(self):
        for _turn in range(3):
            hit()
        assert not hit(NOON.astimezone(tz=None)).allowed
        assert RateWindow.objects.count() == 1

    def test_looking_does_not_count(self):
        for _turn in range(5):
            assert peek().allowed
        assert not RateWindow.objects.exists()

    def test_looking_foretells_the_next_try(self):
        for _turn in range(3):
            assert peek().allowed
            assert hit().allowed
        assert not peek().allowed
        assert peek().retry_after == 600

    def test_an_unknown_limit_is_a_slip_of_the_pen(self):
        with pytest.raises(KeyError):
            hit(limit="nobody")
        with pytest.raises(KeyError):
            limit_peek(limit="nobody", visitor=VISITOR)

    def test_now_is_now(self):
        assert limit_hit(limit="test", visitor=VISITOR).allowed
        assert not limit_peek(limit="test", visitor="x").retry_after


@pytest.mark.django_db
class TestSecrecy:
    def test_only_a_keyed_digest_is_stored(self, settings):
        hit()
        stored = RateWindow.objects.get().visitor
        assert VISITOR not in str(RateWindow.objects.values().get())
        assert len(stored) == 64
        settings.SECRET_KEY = "another key of this very portal" * 2
        hit()
        assert RateWindow.objects.exclude(visitor=stored).count() == 1

    @pytest.mark.parametrize("visitor", ["", "x" * 5000, "\udcff", "Nguyễn\x00"])
    def test_any_text_may_be_a_visitor(self, visitor):
        assert hit(visitor=visitor).allowed


@pytest.mark.django_db
def test_old_windows_are_forgotten():
    hit(NOON)
    hit(NOON + timedelta(hours=1))
    assert limits_forget(before=NOON + timedelta(minutes=30)) == 1
    assert RateWindow.objects.get().starts_at == NOON + timedelta(hours=1)


@pytest.mark.django_db
def test_a_try_costs_a_constant_number_of_queries(django_assert_max_num_queries):
    hit()
    with django_assert_max_num_queries(6):
        hit()


@pytest.mark.parametrize(
    ("name", "count", "minutes"), [("case_submit", 30, 10), ("case_wrong_code", 5, 10), ("search", 60, 1)]
)
def test_the_figures_of_the_house(name, count, minutes):
    assert LIMITS[name] == Limit(count, timedelta(minutes=minutes))
