"""Counting readings: nothing is written on the reader's way, machines do not count, and no count is lost or doubled."""

import threading
from datetime import date

from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from cms.core.models import PageReading
from cms.core.services import readings
from cms.core.services.readings import reading_note, readings_flush

PHONE = "Mozilla/5.0 (Linux; Android 9; SM-J530) AppleWebKit/537.36 Chrome/88.0 Mobile Safari/537.36"
DAY = date(2026, 11, 5)


@pytest.fixture(autouse=True)
def nothing_noted():
    """The memory of the process belongs to one test at a time."""
    yield
    readings._noted.clear()
    readings._visitors.clear()


def ask(page_id, *, agent=PHONE, method="get", **headers):
    return getattr(Client(headers={"User-Agent": agent, **headers}), method)(f"/dem/{page_id}.gif")


def counted(page=None):
    rows = PageReading.objects.all() if page is None else PageReading.objects.of(page)
    return rows.total()


def test_a_reading_is_noted_without_a_query_and_written_later(site_tree):
    with CaptureQueriesContext(connection) as queries:
        response = ask(site_tree.pk)
    assert len(queries) == 0
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/gif"
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies
    assert counted() == 0
    assert readings_flush() == 1
    assert counted(site_tree) == 1
    assert readings_flush() == 0


def test_readings_of_a_day_are_one_row(site_tree):
    for turn in range(3):
        for _reading in range(turn + 1):
            reading_note(page_id=site_tree.pk, visitor="203.0.113.5", day=DAY)
        readings_flush()
    reading_note(page_id=site_tree.pk, visitor="203.0.113.5", day=date(2026, 11, 6))
    readings_flush()
    assert list(PageReading.objects.order_by("day").values_list("day", "count")) == [(DAY, 6), (date(2026, 11, 6), 1)]


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", {}),
        ("Mozilla/5.0 (compatible; coccocbot-web/1.0)", {}),
        ("facebookexternalhit/1.1", {}),
        ("curl/8.5.0", {}),
        ("python-requests/2.32", {}),
        ("Mozilla/5.0 HeadlessChrome/140.0", {}),
        ("", {}),
        (PHONE, {"Sec-Purpose": "prefetch;prerender"}),
        (PHONE, {"Purpose": "prefetch"}),
        (PHONE, {"Sec-Fetch-Site": "cross-site"}),
        (PHONE, {"Sec-Fetch-Site": "none", "Sec-Fetch-Dest": "document"}),
    ],
)
def test_machines_and_strangers_do_not_count(site_tree, agent, headers):
    assert ask(site_tree.pk, agent=agent, **headers).status_code == 200
    assert readings_flush() == 0


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        (PHONE, {}),
        (PHONE, {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"}),
        ("Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/90.0 Mobile", {}),
        ("NokiaC3-00/5.0 (08.63) Profile/MIDP-2.1 Configuration/CLDC-1.1 Mozilla/5.0", {}),
    ],
)
def test_people_count(site_tree, agent, headers):
    ask(site_tree.pk, agent=agent, **headers)
    assert readings_flush() == 1


@pytest.mark.parametrize("method", ["head", "post", "put"])
def test_only_a_get_counts(site_tree, method):
    assert ask(site_tree.pk, method=method).status_code == (200 if method == "head" else 405)
    assert readings_flush() == 0


def test_what_is_no_live_page_is_dropped(site_tree):
    site_tree.unpublish()
    for page_id in (site_tree.pk, 0, 999_999, 2**31, 10**30):
        assert ask(page_id).status_code == 200
    assert readings_flush() == 0
    assert counted() == 0


def test_one_address_cannot_count_for_ever(site_tree):
    for _reading in range(readings.MOST_A_VISITOR + 40):
        ask(site_tree.pk)
    reading_note(page_id=site_tree.pk, visitor="203.0.113.9")
    readings_flush()
    assert counted(site_tree) == readings.MOST_A_VISITOR + 1


def test_memory_stays_bounded(site_tree, monkeypatch):
    monkeypatch.setattr(readings, "MOST_PAGES", 3)
    taken = [reading_note(page_id=page, visitor="203.0.113.5") for page in (1, 2, 3, 4, 1)]
    assert taken == [True, True, True, False, True]


def test_a_database_that_is_away_costs_no_count(site_tree, monkeypatch):
    reading_note(page_id=site_tree.pk, visitor="203.0.113.5")
    with monkeypatch.context() as away:
        away.setattr(readings, "_add", lambda _noted: (_ for _ in ()).throw(DatabaseError("away")))
        with pytest.raises(DatabaseError):
            readings_flush()
    reading_note(page_id=site_tree.pk, visitor="203.0.113.5")
    assert readings_flush() == 2


def test_the_thread_writes_by_itself(site_tree, settings, monkeypatch):
    settings.READING_FLUSH_SECONDS = 0.01
    written = threading.Event()
    monkeypatch.setattr(readings, "_flush_quietly", written.set)
    reading_note(page_id=site_tree.pk, visitor="203.0.113.5")
    assert written.wait(5)
    assert readings._flusher.daemon
    settings.READING_FLUSH_SECONDS = 0
    readings._flusher.join(5)
    assert not readings._flusher.is_alive()


@pytest.mark.django_db(transaction=True)
def test_processes_that_write_at_once_add_up(site_tree):
    """Two writers of the same day: each adds, neither overwrites."""

    def write():
        readings._add(readings.Counter({(site_tree.pk, DAY, "count"): 5, (site_tree.pk, DAY, "downloads"): 2}))
        connection.close()

    writers = [threading.Thread(target=write) for _writer in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert counted(site_tree) == 20
    assert PageReading.objects.of(site_tree).downloads() == 8


def test_a_page_that_goes_takes_its_counts_along(site_tree):
    page = site_tree.get_children().first()
    reading_note(page_id=page.pk, visitor="203.0.113.5")
    readings_flush()
    page.specific.delete()
    assert counted() == 0
