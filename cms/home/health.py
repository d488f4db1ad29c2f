"""Whether the process is alive, and the house in order."""

from collections.abc import Callable
from datetime import timedelta
from shutil import disk_usage
from threading import Lock
from time import monotonic

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.core.models import JobState, OutboxMail
from cms.core.permissions import can
from cms.settings.env import VAR_DIR

OLDEST_MAIL = timedelta(minutes=30)
OLDEST_TURN = timedelta(minutes=2)
# Seconds for which one process believes its last try to write; asking needs the database's one write lock.
PROBE_EVERY = 5.0
LEAST_FREE = 200 * 1024 * 1024  # bytes; room for a few minutes of uploads and for the database's log


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process can answer at all; asks no other part."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when the house can do its work, 503 otherwise; the reasons only to those who may see them."""
    faults = [name for name, check in CHECKS.items() if not _holds(check)]
    status = 503 if faults else 200
    body: dict[str, object] = {"ok": not faults}
    if faults and _holds(lambda: can(request.user, "schedule_view")):
        body["faults"] = faults
    return JsonResponse(body, status=status)


def _holds(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False


class Probe:
    """A check that is made at most once in a while, however often and by however many it is asked."""

    def __init__(self, check: Callable[[], bool], every: float):
        self.check, self.every = check, every
        self._lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Have the next question make the check."""
        self._asked_at, self._held = float("-inf"), False

    def __call__(self) -> bool:
        with self._lock:
            if monotonic() - self._asked_at >= self.every:
                self._held = _holds(self.check)
                self._asked_at = monotonic()
            return self._held


def _database() -> bool:
    """A write that changes no row still fails on a database that is read-only or a disk that refuses."""
    table = connection.ops.quote_name(JobState._meta.db_table)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET last_result = '' WHERE 1 = 0")  # noqa: S608 - our own table's name
        return cursor.rowcount == 0


def _disk() -> bool:
    return disk_usage(VAR_DIR).free >= LEAST_FREE


def _worker() -> bool:
    """The worker takes the mail job every few seconds; when nobody does, nothing leaves."""
    return JobState.objects.filter(pk="send_mail", last_finished_at__gte=timezone.now() - OLDEST_TURN).exists()


def _mail() -> bool:
    return not OutboxMail.objects.due(timezone.now() - OLDEST_MAIL).exists() and not OutboxMail.objects.dead().exists()


can_write = Probe(_database, PROBE_EVERY)
CHECKS: dict[str, Callable[[], bool]] = {"database": can_write, "disk": _disk, "worker": _worker, "mail": _mail}
