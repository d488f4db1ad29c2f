"""One process runs the queue and the schedule; each piece of work is done once."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

from django.conf import settings
from django.db import OperationalError, connection
from django.utils import timezone

import pytest
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from cms.core import ports, worker
from cms.core.models import JobState
from cms.core.services.schedule import schedule_sync
from cms.core.worker import PortalWorker
from tests.waiting import wait_until


@task
def add(left, right):
    return left + right


@task
def break_down():
    raise ValueError("a task that fails")


@task
def look_up(key):
    JobState.objects.get(pk=key)


@pytest.fixture
def only_job(monkeypatch):
    """A schedule with one job, due at once, that counts its runs."""
    runs = []
    registry = ports.Registry("job")
    registry.register(ports.Job("count", "Đếm", timedelta(hours=1), lambda: runs.append(1) or "một lần"))
    monkeypatch.setattr("cms.core.services.schedule.jobs", registry)
    return runs


@pytest.fixture
def portal_worker(only_job):
    return PortalWorker(name="one", interval=0)


@pytest.mark.django_db(transaction=True)
class TestTurn:
    def test_a_queued_task_is_run(self, portal_worker):
        result = add.enqueue(2, 3)
        assert portal_worker.turn()
        result.refresh()
        assert (result.status, result.return_value) == (TaskResultStatus.SUCCESSFUL, 5)

    def test_one_turn_takes_one_task_so_that_jobs_are_not_starved(self, portal_worker):
        for number in range(3):
            add.enqueue(number, 0)
        portal_worker.turn()
        assert DBTaskResult.objects.ready().count() == 2

    def test_a_failing_task_is_recorded_and_the_next_one_runs(self, portal_worker):
        broken, good = break_down.enqueue(), add.enqueue(1, 1)
        portal_worker.turn(), portal_worker.turn()
        broken.refresh(), good.refresh()
        assert (broken.status, good.status) == (TaskResultStatus.FAILED, TaskResultStatus.SUCCESSFUL)

    def test_a_task_about_a_deleted_row_fails_without_a_cry(self, portal_worker, monkeypatch, caplog):
        monkeypatch.setattr(worker.time, "sleep", lambda _seconds: setattr(portal_worker, "running", False))
        portal_worker.interval = 1
        gone, broken = look_up.enqueue(0), break_down.enqueue()
        portal_worker.run()  # until there is nothing left to do
        gone.refresh(), broken.refresh()
        assert gone.status == broken.status == TaskResultStatus.FAILED
        assert str(gone.id) not in caplog.text
        assert str(broken.id) in caplog.text

    def test_a_due_job_runs_once_across_workers(self, portal_worker, only_job):
        schedule_sync()
        other = PortalWorker(name="two", interval=0)
        assert portal_worker.turn()
        assert not other.turn()
        assert len(only_job) == 1

    def test_a_job_leased_by_another_worker_is_left_alone(self, portal_worker, only_job):
        schedule_sync()
        JobState.objects.update(leased_until=timezone.now() + timedelta(minutes=5), lease_owner="two")
        assert not portal_worker.turn()
        assert only_job == []

    def test_with_nothing_to_do_a_turn_says_so_and_takes_no_task_lock(self, portal_worker, monkeypatch):
        monkeypatch.setattr(DBTaskResult.objects.__class__, "get_locked", pytest.fail)
        portal_worker.turn()
        assert not portal_worker.turn()


def test_a_database_that_is_away_is_waited_for(portal_worker, monkeypatch):
    pauses = []

    def turn(self):
        if not pauses:
            raise OperationalError("server closed the connection")
        self.running = False
        return True

    monkeypatch.setattr(PortalWorker, "turn", turn)
    monkeypatch.setattr(worker, "schedule_sync", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", pauses.append)
    portal_worker.run()
    assert pauses == [worker.RETRY]


def test_a_signal_lets_the_job_in_hand_finish(portal_worker, monkeypatch):
    done = []

    def run_due_jobs(*, owner):
        portal_worker.shutdown(signal.SIGTERM, None)  # as if it came in the middle of the job
        done.append(owner)
        return 1

    monkeypatch.setattr(worker, "run_due_jobs", run_due_jobs)
    monkeypatch.setattr(worker, "schedule_sync", lambda: None)
    portal_worker.run()
    assert done == ["one"]
    assert not portal_worker.running


@pytest.mark.django_db(transaction=True)
def test_the_command_works_until_sigterm_and_ends_cleanly(tmp_path):
    result = add.enqueue(20, 22)
    process = subprocess.Popen(
        [sys.executable, "-c", _COMMAND, str(connection.settings_dict["NAME"])],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "VAR_DIR": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = threading.Timer(60, process.kill)
    watchdog.start()
    try:
        wait_until(lambda: (result.refresh(), result.is_finished)[1], "the task is done")
        process.send_signal(signal.SIGTERM)
        output, _none = process.communicate(timeout=30)
    finally:
        watchdog.cancel()
        process.kill()
    assert result.return_value == 42
    assert process.returncode == 0, output


# The worker's process must look at the test database, which has another name than the settings'.
_COMMAND = """
import sys
import django
from django.conf import settings
from django.core.management import call_command
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
call_command("run_worker", interval=0.05)
"""
