"""The life of one uploaded file: kept in private, read, looked at, written by the worker. The only writer of runs."""

import logging
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
from cms.core.models import ImportRun
from cms.core.permissions import can

from .kinds import ImportKind, get_import_kind, write_in_batches
from .results import UnreadableFileError

logger = logging.getLogger(__name__)

# Files up to this size are read while the person waits; longer ones by the worker.
READ_AT_ONCE = 64 * 1024
BATCH = 20
SHOWN = 200
# A worker that has said nothing for so long is taken for dead.
SILENCE = timedelta(minutes=3)
FORGOTTEN_AFTER = timedelta(days=7)


@transaction.atomic
def import_run_start(
    *, kind: ImportKind, content: bytes, filename: str, actor: Any, skip_bad: bool = False, publish: bool = False
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
    )
    if len(content) <= READ_AT_ONCE:
        import_run_read(run=run)
    else:
        transaction.on_commit(lambda: read_in_background.enqueue(str(run.pk)))
    return run


def import_run_read(*, run: ImportRun) -> None:
    """Read the file of ``run`` and keep what was found for the preview; a file that cannot be read ends the run."""
    try:
        reading = get_import_kind(run.kind).read(_content(run), run.filename)
    except UnreadableFileError as error:
        _end(run, ImportState.FAILED, problem=str(error))
        return
    run.report = reading.as_report(most=SHOWN)
    run.total = len(reading.to_write)
    run.state = ImportState.READY
    run.save(update_fields=["report", "total", "state", "updated_at"])


@transaction.atomic
def import_run_confirm(*, run: ImportRun, actor: Any) -> bool:
    """Have the worker write what was read. Confirming twice starts one work; returns whether it was started.

    A run whose worker fell silent may be confirmed again: what is written already is found and left alone.
    """
    kind = get_import_kind(run.kind)
    _check_allowed(kind, actor, publish=run.publish)
    row = ImportRun.objects.select_for_update().by(actor).get(pk=run.pk)
    if row.state != ImportState.READY and not is_silent(row):
        return False
    if row.report["counts"]["refused"] and not row.skip_bad:
        return False
    row.state = ImportState.WRITING
    row.save(update_fields=["state", "updated_at"])
    transaction.on_commit(lambda: write_in_background.enqueue(str(row.pk)))
    return True


def import_run_write(*, run: ImportRun) -> None:
    """Write the file of ``run`` batch by batch, keeping count; a fault ends the run in words, never silently."""
    kind = get_import_kind(run.kind)
    try:
        reading = kind.read(_content(run), run.filename)
        items = reading.to_write
        if not reading.may_be_written(skip_bad=run.skip_bad):
            raise UnreadableFileError(_("Có dòng bị từ chối, chưa ghi gì."))
        _count(run, 0, len(items))
        write_in_batches(
            kind,
            items,
            actor=run.created_by,
            publish=run.publish,
            batch=BATCH,
            progress=lambda done: _count(run, done, len(items)),
        )
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
def write_in_background(key: str) -> None:
    """Write the file of the run ``key`` in the worker."""
    run = ImportRun.objects.select_related("created_by").filter(pk=UUID(key)).first()
    if run is not None and run.state == ImportState.WRITING:
        import_run_write(run=run)


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


def _end(run: ImportRun, state: ImportState, problem: str = "") -> None:
    run.state, run.problem = state, problem[:500]
    _drop_file(run)
    run.save(update_fields=["state", "problem", "stored_name", "updated_at"])


def _drop_file(run: ImportRun) -> None:
    if run.stored_name:
        storages["private"].delete(run.stored_name)
        run.stored_name = ""
