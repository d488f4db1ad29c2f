"""The schedule: repeating jobs in leased rows, run by whichever worker comes first."""

import logging

from django.db import transaction
from django.utils import timezone

from cms.core.models import JobState
from cms.core.ports import Job, jobs

logger = logging.getLogger(__name__)


def schedule_sync() -> None:
    """Give every registered job its row; rows of jobs that are gone stay and are never run."""
    known = set(JobState.objects.values_list("name", flat=True))
    JobState.objects.bulk_create(
        [JobState(name=job.name, next_run_at=timezone.now()) for job in jobs if job.name not in known],
        ignore_conflicts=True,
    )


def run_due_jobs(*, owner: str) -> int:
    """Run every job that is due, once each, and return how many ran.

    Args:
        owner: the worker's name, at most 80 characters, shown beside a running job.

    A job that fails is noted and tried again at its next turn; the other jobs go on.

    """
    ran = 0
    for _turn in range(len(jobs.items) * 2):
        job = _take_next(owner)
        if job is None:
            break
        ran += 1
        _run(job, owner[:80])
    return ran


@transaction.atomic
def _take_next(owner: str) -> Job | None:
    """Lease the next due job that this version of the code knows."""
    now = timezone.now()
    rows = JobState.objects.select_for_update(skip_locked=True).due(now)
    state = next((row for row in rows if row.name in jobs.items), None)
    if state is None:
        return None
    job = jobs.get(state.name)
    state.leased_until = now + job.lease
    state.lease_owner = owner[:80]
    state.last_started_at = now
    # The next turn is fixed before the work: a worker that dies mid-way is replaced after the lease.
    state.next_run_at = now + job.every
    state.save(update_fields=["leased_until", "lease_owner", "last_started_at", "next_run_at"])
    return job


def _run(job: Job, owner: str) -> None:
    try:
        result, failed = job.run(), False
    except Exception:
        logger.exception("job %s failed", job.name)
        result, failed = "hỏng, xem nhật ký máy chủ", True
    now = timezone.now()
    with transaction.atomic():
        state = JobState.objects.select_for_update().held_by(owner).filter(pk=job.name).first()
        if state is None:
            return  # it took longer than its lease, and another worker has it now
        state.leased_until = None
        state.lease_owner = ""
        state.last_finished_at = now
        state.last_result = str(result)[:200]
        state.failures = state.failures + 1 if failed else 0
        state.save(update_fields=["leased_until", "lease_owner", "last_finished_at", "last_result", "failures"])
