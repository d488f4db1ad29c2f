"""The worker beside the site: one process for the task queue and for the schedule."""

import logging
import socket
import time
from os import getpid

from django.core.exceptions import ObjectDoesNotExist
from django.db import InterfaceError, OperationalError, close_old_connections

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from cms.core.services.schedule import run_due_jobs, schedule_sync

logger = logging.getLogger(__name__)

# Seconds between two looks at the queue and the schedule when neither had work.
INTERVAL = 0.5
# Seconds before the next try while the database does not answer.
RETRY = 5.0


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a failed task tells anybody anything: one about a row that was deleted meanwhile does not."""
    return not (record.exc_info and isinstance(record.exc_info[1], ObjectDoesNotExist))


class PortalWorker(Worker):
    """The worker of django_tasks_db, which between two tasks also runs the due jobs.

    Jobs are leased rows, therefore any number of workers may run at a time. A signal lets the
    task or job in hand finish; a second signal ends it.
    """

    def __init__(self, *, name: str = "", interval: float = INTERVAL):
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=(name or f"{socket.gethostname()[:40]}-{getpid()}"),
        )

    def run(self) -> None:
        """Work until a signal comes. A database that is away for a while is waited for."""
        # One round of the parent class is one task: it would report every round, and every task that went well.
        for name, level in (("django_tasks_db", logging.ERROR), ("django_tasks", logging.WARNING)):
            logging.getLogger(name).setLevel(level)
            logging.getLogger(name).addFilter(_is_news)
        pause, known = 0.0, False
        while self.running:
            if pause:
                time.sleep(pause)
            try:
                if not known:
                    schedule_sync()
                    known = True
                pause = 0.0 if self.turn() else self.interval
            except (OperationalError, InterfaceError) as error:
                logger.warning("Cơ sở dữ liệu không trả lời, thử lại sau %d giây: %s", RETRY, error)
                pause = RETRY

    def turn(self) -> bool:
        """Run the due jobs and at most one task; return whether there was anything to do."""
        ran_jobs = self._run_jobs()
        before = self._run_tasks
        # Asked first, because taking a task locks an SQLite database even when there is none.
        if self.running and DBTaskResult.objects.ready().filter(backend_name=self.backend_name).exists():
            self.max_tasks = before + 1
            super().run()
        return bool(ran_jobs) or self._run_tasks > before

    def _run_jobs(self) -> int:
        close_old_connections()
        self.running_task = True  # a signal in between waits for the end of the job
        try:
            return run_due_jobs(owner=self.worker_id)
        finally:
            self.running_task = False
            close_old_connections()
