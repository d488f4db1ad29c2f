"""The life of one uploaded file: kept in private, read, looked at, written by the worker. The only writer of runs.

A run has one writer at a time. Whoever starts a work leaves a fresh name in the row; every batch first locks the row
and goes on only while the name is its own, so neither a second press nor a worker taken for dead writes twice.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from django_tasks import task

from cms.core.enums import ImportState
from cms.core.models import ImportedItem, ImportRun
from cms.core.permissions import can
from cms.core.services.moderation import told_together

from .kinds import ImportKind, get_import_kind
from .results import Item, UnreadableFileError

logger = logging.getLogger(__name__)

# Files up to this size are read while the person waits; longer ones by the worker.
READ_AT_ONCE = 64 * 1024
BATCH = 20
SHOWN = 200
# A worker that has said nothing for so long is taken for dead.
SILENCE = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(days=7)
_AT_WORK = (ImportState.WRITING, ImportState.SUBMITTING)


class NotMyTurnError(Exception):
    """Another task has taken over this run; whatever is left is its work."""


@transaction.atomic
def import_run_start(
    *,
    kind: ImportKind,
    content: bytes,
    filename: str,
    actor: Any,
    skip_bad: bool = False,
    publish: bool = False,
    target: str = "",
) -> ImportRun:
    """Keep the file and read it, at once when it is short; raises PermissionDenied when ``actor`` may not import."""
    _check_allowed(kind, actor, publish=publish)
    extension = PurePosixPath(filename).suffix.lstrip(".").lower()
    stored = storages["private"].save(f"imports/{uuid4().hex}.{extension[:8]}", ContentFile(content))
    run = ImportRun.objects.create(
        kind=kind.name,
        filename=filename[:120],
        stored_name=stored,
        created_by=actor,
        skip_bad=skip_bad,
        publish=publish,
        target=target[:40],
    )
    if len(content) <= READ_AT_ONCE:
        import_run_read(run=run)
    else:
        transaction.on_commit(lambda: read_in_background.enqueue(str(run.pk)))
    return run


def import_run_read(*, run: ImportRun) -> None:
    """Read the file of ``run`` and keep what was found for the preview; a file that cannot be read ends the run."""
    try:
        reading = get_import_kind(run.kind).read_file(_content(run), run.filename, run.target, actor=run.created_by)
    except UnreadableFileError as error:
        _end(run, ImportState.FAILED, problem=str(error))
        return
    run.report = reading.as_report(most=SHOWN)
    run.total = len(reading.to_write)
    run.state = ImportState.READY
    run.save(update_fields=["report", "total", "state", "updated_at"])


@transaction.atomic
def import_run_confirm(*, run: ImportRun, actor: Any, left_out: Collection[int] = ()) -> bool:
    """Have the worker write what was read, but for the rows on the lines ``left_out``; returns whether that began.

    Confirming twice starts one work.

    A run whose worker fell silent may be confirmed again: what is written already is found and left alone.
    """
    kind = get_import_kind(run.kind)
    _check_allowed(kind, actor, publish=run.publish)
    row = ImportRun.objects.select_for_update().by(actor).get(pk=run.pk)
    may_resume = row.state == ImportState.WRITING and is_silent(row)
    if row.state != ImportState.READY and not may_resume:
        return False
    if row.report["counts"]["refused"] and not row.skip_bad:
        return False
    if kind.may_choose and not may_resume:
        row.report["left_out"] = sorted(left_out)
        row.save(update_fields=["report"])
    _give_turn(row, ImportState.WRITING)
    transaction.on_commit(lambda: write_in_background.enqueue(str(row.pk), row.writer))
    return True


@transaction.atomic
def import_run_hand_in(*, run: ImportRun, actor: Any) -> bool:
    """Have the worker hand in for approval every draft that ``run`` wrote; returns whether that was started.

    Pressing twice starts one work; drafts that wait already, or were published meanwhile, are left alone.
    """
    kind = get_import_kind(run.kind)
    _check_allowed(kind, actor, publish=False)
    row = ImportRun.objects.select_for_update().by(actor).get(pk=run.pk)
    may_resume = row.state == ImportState.SUBMITTING and is_silent(row)
    if kind.hand_in is None or (row.state != ImportState.DONE and not may_resume):
        return False
    row.done, row.total = 0, row.items.count()
    _give_turn(row, ImportState.SUBMITTING)
    transaction.on_commit(lambda: hand_in_in_background.enqueue(str(row.pk), row.writer))
    return True


def import_run_write(*, run: ImportRun) -> None:
    """Write the file of ``run`` batch by batch, keeping count; a fault ends the run in words, never silently."""
    kind = get_import_kind(run.kind)
    try:
        reading = kind.read_file(_content(run), run.filename, run.target, actor=run.created_by)
        left_out = set(run.report.get("left_out", ()))
        items = [item for item in reading.to_write if item.line not in left_out]
        if not reading.may_be_written(skip_bad=run.skip_bad):
            raise UnreadableFileError(_("Có dòng bị từ chối, chưa ghi gì."))
        _in_batches(run, items, lambda part: _write_batch(run, kind, part))
        if kind.settle is not None:
            with _turn(run):
                kind.settle(reading.items, actor=run.created_by)
    except NotMyTurnError:
        return
    except UnreadableFileError as error:
        _end(run, ImportState.FAILED, problem=str(error))
    except PermissionDenied:
        _end(run, ImportState.FAILED, problem=_("Bạn không còn quyền nhập loại tệp này."))
    except Exception:
        logger.exception("import run %s failed", run.pk)
        _end(
            run,
            ImportState.FAILED,
            problem=_("Việc ghi dừng giữa chừng vì lỗi của máy chủ. Hãy nhập lại tệp: phần đã ghi không bị ghi đôi."),
        )
    else:
        _end(run, ImportState.DONE)


def import_run_hand_in_items(*, run: ImportRun) -> None:
    """Hand in what ``run`` wrote, batch by batch; the reviewers get one mail for the whole file."""
    kind = get_import_kind(run.kind)
    keys = list(ImportedItem.objects.of_run(run).values_list("key", flat=True))
    try:
        _in_batches(run, keys, lambda part: _hand_in_batch(run, kind, part))
    except NotMyTurnError:
        return
    except Exception:
        logger.exception("handing in of import run %s failed", run.pk)
        # Back to where the button is: what was handed in is passed over at the next press.
        _end(run, ImportState.DONE, problem=_("Việc gửi duyệt dừng giữa chừng vì lỗi của máy chủ. Hãy bấm gửi lại."))
    else:
        _end(run, ImportState.SUBMITTED)


def import_runs_forget(*, before: Any = None) -> int:
    """Remove files and rows of runs that nobody has touched for a week; return how many."""
    old = list(ImportRun.objects.to_forget(before or timezone.now() - FORGOTTEN_AFTER))
    for run in old:
        _drop_file(run)
        run.delete()
    return len(old)


def is_silent(run: ImportRun) -> bool:
    """Say whether the worker of ``run`` seems to have died."""
    return run.is_working and run.updated_at < timezone.now() - SILENCE


@task()
def read_in_background(key: str) -> None:
    """Read the file of the run ``key`` in the worker."""
    run = ImportRun.objects.filter(pk=UUID(key)).first()
    if run is not None and run.state == ImportState.READING:
        import_run_read(run=run)


@task()
def write_in_background(key: str, writer: str | None = None) -> None:
    """Write the file of the run ``key`` in the worker, unless somebody else than ``writer`` has the turn."""
    run = _run_of(key, ImportState.WRITING, writer)
    if run is not None:
        import_run_write(run=run)


@task()
def hand_in_in_background(key: str, writer: str | None = None) -> None:
    """Hand in what the run ``key`` wrote, unless somebody else than ``writer`` has the turn."""
    run = _run_of(key, ImportState.SUBMITTING, writer)
    if run is not None:
        import_run_hand_in_items(run=run)


def _run_of(key: str, state: ImportState, writer: str | None) -> ImportRun | None:
    run = ImportRun.objects.select_related("created_by").in_state(state).filter(pk=UUID(key)).first()
    return run if run is not None and writer in {None, run.writer} else None


def _give_turn(row: ImportRun, state: ImportState) -> None:
    row.state, row.writer, row.problem = state, uuid4().hex, ""
    row.save(update_fields=["state", "writer", "problem", "done", "total", "updated_at"])


@contextmanager
def _turn(run: ImportRun) -> Iterator[None]:
    """One transaction in which this task, and no other of the kind, may write; raises NotMyTurnError.

    All runs of the kind that are at work are locked, always in the same order, so two tabs with the same file
    take turns and the second finds what the first has written.
    """
    with transaction.atomic():
        rows = ImportRun.objects.select_for_update().of_kind(run.kind).in_state(*_AT_WORK).order_by("pk")
        own = next((row for row in rows if row.pk == run.pk), None)
        if own is None or (own.writer, own.state) != (run.writer, run.state):
            raise NotMyTurnError
        yield


def _in_batches(run: ImportRun, things: Sequence[Any], work: Callable[[Sequence[Any]], None]) -> None:
    """Do ``work`` on ``things`` batch by batch, each with its count in one transaction.

    Should it be cut short, doing it again does the rest and doubles nothing; one long transaction would hold up
    everybody's work on SQLite.
    """
    with _turn(run):
        _count(run, 0, len(things))
    for start in range(0, len(things), BATCH):
        part = things[start : start + BATCH]
        with _turn(run):
            work(part)
            _count(run, start + len(part), len(things))


def _write_batch(run: ImportRun, kind: ImportKind, part: Sequence[Item[Any]]) -> None:
    keys: Iterable[str] = kind.write(list(part), actor=run.created_by, publish=run.publish)
    items = [ImportedItem(run=run, key=key) for key in dict.fromkeys(keys)]
    ImportedItem.objects.bulk_create(items, ignore_conflicts=True)


def _hand_in_batch(run: ImportRun, kind: ImportKind, keys: Sequence[str]) -> None:
    if kind.hand_in is None:
        return
    with told_together(str(run.pk)):
        run.submitted += sum(kind.hand_in(key, actor=run.created_by) for key in keys)
    run.save(update_fields=["submitted", "updated_at"])


def _check_allowed(kind: ImportKind, actor: Any, *, publish: bool) -> None:
    if not can(actor, kind.capability) or (publish and not kind.may_publish(actor)):
        raise PermissionDenied


def _content(run: ImportRun) -> bytes:
    try:
        with storages["private"].open(run.stored_name, "rb") as stored:
            return stored.read()
    except OSError as error:
        raise UnreadableFileError(_("Không còn tệp đã gửi. Hãy gửi lại tệp.")) from error


def _count(run: ImportRun, done: int, total: int) -> None:
    run.done, run.total = done, total
    run.save(update_fields=["done", "total", "updated_at"])


@transaction.atomic
def _end(run: ImportRun, state: ImportState, problem: str = "") -> None:
    """End the work of ``run``, unless another task has taken it over meanwhile and still needs the file."""
    row = ImportRun.objects.select_for_update().filter(pk=run.pk).first()
    if row is None or row.writer != run.writer:
        return
    run.state, run.problem = state, problem[:500]
    _drop_file(run)
    run.save(update_fields=["state", "problem", "stored_name", "updated_at"])


def _drop_file(run: ImportRun) -> None:
    if run.stored_name:
        storages["private"].delete(run.stored_name)
        run.stored_name = ""
