"""Repeating work: each turn once whatever the number of workers, one broken job stops no other."""

import logging
import threading
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

import pytest
import time_machine

from cms.core import ports
from cms.core.models import JobState
from cms.core.ports import Job, Registry
from cms.core.services import schedule
from cms.core.services.schedule import run_due_jobs, schedule_sync
from tests.parallel import together


class Runs:
    """What ran, in order; thread-safe as a list's append is."""

    def __init__(self):
        self.names = []

    def job(self, name, *, every=timedelta(hours=1), run=None, **values):
        def count():
            self.names.append(name)
            return run() if run else f"xong {name}"

        return Job(name, name, every, count, **values)


@pytest.fixture
def runs():
    return Runs()


@pytest.fixture
def registry(monkeypatch):
    """An empty register of jobs in place of the house's own."""
    empty = Registry("job")
    monkeypatch.setattr(schedule, "jobs", empty)
    return empty


def travel(by):
    return time_machine.travel(timezone.now() + by, tick=False)


@pytest.mark.django_db(transaction=True)
class TestSeveralWorkers:
    def test_each_job_runs_once_across_two_workers(self, registry, runs):
        for number in range(8):
            registry.register(runs.job(f"job{number}"))
        schedule_sync()
        ran = together(lambda: run_due_jobs(owner="one"), lambda: run_due_jobs(owner="two"))
        ran.append(run_due_jobs(owner="three"))  # what both stepped back from while the other chose
        assert sum(ran) == 8
        assert sorted(runs.names) == [f"job{number}" for number in range(8)]

    def test_a_running_job_is_not_started_again(self, registry, runs):
        """The second worker looks while the first one is at it, although the job is due again."""
        at_it, go_on = threading.Event(), threading.Event()

        def work():
            at_it.set()
            assert go_on.wait(timeout=30)
            return ""

        registry.register(runs.job("slow", every=timedelta(0), run=work))
        schedule_sync()

        def second():
            assert at_it.wait(timeout=30)
            try:
                return run_due_jobs(owner="two")
            finally:
                go_on.set()
                registry.items.clear()  # otherwise the first worker would take its own job again

        assert together(lambda: run_due_jobs(owner="one"), second) == [1, 0]
        assert runs.names == ["slow"]

    def test_synchronising_in_several_processes_at_once(self, registry, runs):
        registry.register(runs.job("a"))
        registry.register(runs.job("b"))
        together(*[schedule_sync] * 4)
        assert JobState.objects.count() == 2


@pytest.mark.django_db
class TestTurns:
    def test_a_new_job_is_due_at_once(self, registry, runs):
        registry.register(runs.job("a"))
        schedule_sync()
        assert run_due_jobs(owner="one") == 1
        state = JobState.objects.get(pk="a")
        assert (state.last_result, state.failures, state.leased_until, state.lease_owner) == ("xong a", 0, None, "")
        assert state.last_finished_at >= state.last_started_at

    def test_and_then_after_its_interval(self, registry, runs):
        registry.register(runs.job("a", every=timedelta(minutes=10)))
        schedule_sync()
        run_due_jobs(owner="one")
        with travel(timedelta(minutes=9, seconds=59)):
            assert run_due_jobs(owner="one") == 0
        with travel(timedelta(minutes=10, seconds=1)):
            assert run_due_jobs(owner="one") == 1

    def test_turns_that_were_missed_are_not_caught_up_one_by_one(self, registry, runs):
        registry.register(runs.job("a", every=timedelta(minutes=10)))
        schedule_sync()
        run_due_jobs(owner="one")
        with travel(timedelta(days=3)):
            assert run_due_jobs(owner="one") == 1
            assert run_due_jobs(owner="one") == 0

    def test_a_job_that_is_always_due_does_not_keep_the_worker_from_its_tasks(self, registry, runs):
        registry.register(runs.job("always", every=timedelta(0)))
        schedule_sync()
        assert run_due_jobs(owner="one") == 2

    def test_a_failing_job_is_noted_and_stops_no_other(self, registry, runs, caplog):
        def fail():
            raise RuntimeError("bể")

        registry.register(runs.job("a-breaks", run=fail))
        registry.register(runs.job("b-works"))
        schedule_sync()
        with caplog.at_level(logging.ERROR):
            assert run_due_jobs(owner="one") == 2
        assert runs.names == ["a-breaks", "b-works"]
        broken = JobState.objects.get(pk="a-breaks")
        assert (broken.failures, broken.leased_until) == (1, None)
        assert "bể" not in broken.last_result
        assert "job a-breaks failed" in caplog.text

    def test_failures_are_counted_until_the_next_success(self, registry, runs):
        outcomes = iter([1, 1, 0])
        registry.register(runs.job("a", every=timedelta(0), run=lambda: str(1 // (1 - next(outcomes)))))
        schedule_sync()
        run_due_jobs(owner="one")  # two turns
        assert JobState.objects.get().failures == 2
        registry.items["a"] = runs.job("a")
        run_due_jobs(owner="one")
        assert JobState.objects.get().failures == 0

    def test_a_dead_workers_job_is_taken_over_when_its_lease_ends(self, registry, runs):
        registry.register(runs.job("a", every=timedelta(minutes=1), lease=timedelta(minutes=10)))
        schedule_sync()
        assert schedule._take_next("dead") is not None
        with travel(timedelta(minutes=9, seconds=59)):
            assert run_due_jobs(owner="two") == 0
        with travel(timedelta(minutes=10, seconds=1)):
            assert run_due_jobs(owner="two") == 1

    def test_a_worker_slower_than_its_lease_leaves_the_next_ones_lease_alone(self, registry, runs):
        registry.register(runs.job("a", every=timedelta(minutes=1), lease=timedelta(minutes=10)))
        schedule_sync()
        slow = schedule._take_next("slow")
        with travel(timedelta(minutes=11)):
            schedule._take_next("next")
            schedule._run(slow, "slow")
            state = JobState.objects.get()
            assert state.lease_owner == "next"
            assert state.leased_until > timezone.now()
            assert run_due_jobs(owner="third") == 0

    def test_a_job_that_the_code_no_longer_has_is_left_alone(self, registry, runs):
        JobState.objects.create(name="gone", next_run_at=timezone.now() - timedelta(days=1))
        registry.register(runs.job("here"))
        schedule_sync()
        assert run_due_jobs(owner="one") == 1
        assert JobState.objects.get(pk="gone").last_started_at is None

    def test_synchronising_again_changes_nothing(self, registry, runs):
        registry.register(runs.job("a"))
        schedule_sync()
        run_due_jobs(owner="one")
        before = list(JobState.objects.values())
        schedule_sync()
        assert list(JobState.objects.values()) == before

    def test_a_long_result_and_a_long_name_of_a_worker_are_cut(self, registry, runs):
        registry.register(runs.job("a", run=lambda: "x" * 5000))
        schedule_sync()
        assert run_due_jobs(owner="m" * 200) == 1
        assert len(JobState.objects.get().last_result) == 200


class TestPort:
    def test_a_name_is_taken_once(self, registry, runs):
        job = runs.job("a")
        registry.register(job)
        registry.register(job)
        with pytest.raises(ImproperlyConfigured, match="'a'"):
            registry.register(runs.job("a"))
        assert list(registry) == [job]

    def test_the_house_has_its_jobs(self):
        assert {"publish_scheduled", "send_mail", "forget_limits", "clean"} <= set(ports.jobs.items)

    @pytest.mark.parametrize("job", list(ports.jobs), ids=lambda job: job.name)
    def test_every_job_fits_its_row_and_ends_within_its_lease(self, job):
        assert 0 < len(job.name) <= 80
        assert job.label
        assert job.every > timedelta(0)
        assert job.lease > timedelta(0)

    @pytest.mark.django_db
    @pytest.mark.parametrize("job", list(ports.jobs), ids=lambda job: job.name)
    def test_every_job_of_the_house_runs_twice_on_an_empty_database(self, job):
        job.run()
        assert isinstance(job.run(), str)
