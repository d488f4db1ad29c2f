"""A database with a case in every state, as it was at one migration: made once, loaded on every later one.

    python -m tests.states

writes ``tests/files/states/feedback-NNNN.json`` for the newest migration of feedback; the same run gives the
same file but for the identifiers that Wagtail's own migrations draw.
A file is never written anew for an older migration and never changed: it is what an office has on its disk.
``tests/feedback/test_states.py`` puts each file into the tables of its own time and migrates from there.

The form knows no database: of each table its columns and rows, content types by their names, bytes of private files
beside them. Permissions, search indexes and the queue of the worker are left out; they are made anew by the portal.
"""

import base64
import json
import os
import random
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "files" / "states"
START = "2026-03-02 09:00 +0700"
# Made anew by the portal itself, or of no later use.
LEFT_OUT = frozenset({"sessions", "wagtailsearch", "django_tasks_database", "axes"})
LEFT_OUT_MODELS = frozenset({"wagtailcore.referenceindex", "core.ratewindow", "core.jobstate"})


# --- what is in it ---------------------------------------------------------------------------------------------------


def build(clock: Any) -> None:
    """Make an office and a case in every state of handling and of publication; invented people only."""
    from cms.core.enums import Role
    from cms.core.models import AgencySettings
    from cms.core.services.calendar import calendar_seed
    from cms.core.services.ledger_days import ledger_days_close
    from cms.home.services.workflows import workflows_setup
    from surveys.services.seed import surveys_seed
    from tests.feedback.conftest import make_desk, make_officer

    AgencySettings.load()
    calendar_seed()
    desk, other = make_desk("truong-a", "Trường Tiểu học Mẫu A"), make_desk("truong-b", "Trường Tiểu học Mẫu B")
    make_officer("duyetdang", Role.PUBLISHER)
    workflows_setup()
    surveys_seed()
    _ended(desk, clock)
    _handled(desk, other, clock)
    _published(desk, clock)
    clock.shift(timedelta(days=1))
    ledger_days_close()


def _ended(desk: Any, clock: Any) -> None:
    """Cases that are closed, and one whose sender is forgotten."""
    from feedback import factories
    from feedback.models import Category
    from feedback.services import handling, retention

    closed, kept = factories.answered(desk, title="Cửa sổ lớp học hỏng"), factories.published(desk)
    gone = factories.answered(desk, category="hoc-phi", title="Hỏi về khoản thu đầu năm")
    factories.published(desk, title="Bồn nước đã thay nắp")
    clock.shift(timedelta(days=60))
    for case in (closed, kept.case, gone):
        case.refresh_from_db()
        handling.case_close(case=case)
    Category.objects.filter(pk=gone.category_id).update(keep_days=20)
    clock.shift(timedelta(days=60))
    gone.refresh_from_db()
    retention.case_anonymise(case=gone)


def _handled(desk: Any, other: Any, clock: Any) -> None:
    """Cases in every other state of handling."""
    from feedback import factories
    from feedback.services import handling, triage

    first = factories.submitted(desk.unit, files=[factories.stored_file(content=_picture())])
    triage.case_quarantine(case=factories.submitted(desk.unit, title="Bán hàng giá rẻ"), actor=desk.clerk)
    for make in (factories.accepted, factories.assigned, factories.in_progress, factories.waiting, factories.proposed):
        make(desk)
        clock.shift(timedelta(minutes=7))
    factories.declined(desk)
    elsewhere = factories.submitted(desk.unit)
    triage.case_transfer(case=elsewhere, actor=desk.clerk, body_name="Sở Y tế", number="12/CV")
    triage.case_join(case=factories.submitted(desk.unit), actor=desk.clerk, target=first)
    handling.case_withdraw(case=factories.submitted(desk.unit))
    handling.case_reopen(case=factories.answered(desk), reason="Quạt mới lại hỏng sau một ngày.")
    triage.case_accept(case=factories.submitted(desk.unit), actor=desk.clerk, confidential=True)
    factories.consulted(desk, other.unit)
    factories.paper_line(desk)


def _published(desk: Any, clock: Any) -> None:
    """Cases in every state of publication."""
    from feedback import factories
    from feedback.models import PublicCase
    from feedback.services import publication

    def newest(copy: PublicCase) -> PublicCase:
        return PublicCase.objects.get(pk=copy.pk).get_latest_revision_as_object()

    factories.answered(desk)  # private
    factories.public_draft(desk, body="Gọi 0356 777 999. Cháu Phượng Chim Ưng bị ngã.")
    waiting = factories.public_draft(desk)
    newest(waiting).get_workflow().start(newest(waiting), desk.officer)
    for title in ("Sân trường ngập nước", "Mái hiên dột"):
        copy = factories.published(desk, title=title)
        publication.public_case_withdraw(public_case=copy, actor=desk.leader, reason="Cần xem lại ảnh kèm theo.")
        clock.shift(timedelta(hours=1))
    newest(copy).get_latest_revision().publish(user=desk.leader, skip_permission_checks=True)
    planned = newest(factories.public_draft(desk))
    planned.go_live_at = planned.case.answered_at + timedelta(days=3650)
    planned.save_revision(user=desk.officer).publish(user=desk.leader, skip_permission_checks=True)
    publication.publication_bar(case=factories.answered(desk), actor=desk.leader, reason="Việc riêng của gia đình.")


def _picture() -> bytes:
    import io

    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 120, 150)).save(out, "JPEG", quality=60)
    return out.getvalue()


# --- writing it ------------------------------------------------------------------------------------------------------


def written() -> dict[str, Any]:
    """Return the database as it is now, in the neutral form."""
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    from cms.media.private import private_storage

    leaves = {app: name for app, name in sorted(MigrationLoader(connection).graph.leaf_nodes()) if app in _ours()}
    tables = {}
    for model in sorted(apps.get_models(include_auto_created=True), key=lambda each: each._meta.label_lower):
        if _is_table(model) and not _left_out(model):
            columns = [field.attname for field in model._meta.local_concrete_fields]
            rows = model._base_manager.order_by("pk").values_list(*columns)
            if rows:
                tables[model._meta.label_lower] = {"columns": columns, "rows": list(_named(model, rows))}
    names = [row[0] for row in apps.get_model("feedback", "Attachment").objects.values_list("stored_name")]
    files = {name: base64.b64encode(private_storage.open(name).read()).decode() for name in sorted(names)}
    return {"migrations": leaves, "tables": tables, "files": files}


def _ours() -> set[str]:
    """Return the labels of the portal's own apps; tables of packages are always those of the packages installed."""
    from django.apps import apps

    tops = {"cms", "feedback", "procedures", "surveys"}
    return {each.label for each in apps.get_app_configs() if each.name.split(".")[0] in tops}


def _is_table(model: Any) -> bool:
    """Whether it has rows of its own that a migration does not make: kinds of content and permissions are Django's."""
    of_django = model._meta.label_lower in {"contenttypes.contenttype", "auth.permission"}
    return model._meta.managed and not model._meta.proxy and not of_django


def _left_out(model: Any) -> bool:
    related = {field.related_model._meta.label_lower for field in model._meta.local_fields if field.related_model}
    known = model._meta.app_label in LEFT_OUT or model._meta.label_lower in LEFT_OUT_MODELS
    return known or "auth.permission" in related


def _named(model: Any, rows: Iterable[tuple]) -> Iterator[list]:
    """Yield the rows with content types by name: their numbers differ from database to database."""
    from django.contrib.contenttypes.models import ContentType

    kinds = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in ContentType.objects.all()}
    places = _kinds_at(model)
    for row in rows:
        yield [kinds.get(value, value) if at in places else value for at, value in enumerate(row)]


def _kinds_at(model: Any) -> set[int]:
    fields = enumerate(model._meta.local_concrete_fields)
    return {
        at
        for at, field in fields
        if field.related_model and field.related_model._meta.label_lower == "contenttypes.contenttype"
    }


def text_of(state: dict[str, Any]) -> str:
    """Return the file: one row a line, so that a difference can be read."""
    tables = ",\n".join(
        f'{json.dumps(name)}: {{"columns": {json.dumps(table["columns"])}, "rows": [\n'
        + ",\n".join(json.dumps(row, ensure_ascii=False, default=_plain) for row in table["rows"])
        + "\n]}"
        for name, table in state["tables"].items()
    )
    head, files = (json.dumps(state[name], indent=1, sort_keys=True) for name in ("migrations", "files"))
    return f'{{"migrations": {head},\n"files": {files},\n"tables": {{\n{tables}\n}}}}\n'


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


# --- loading it ------------------------------------------------------------------------------------------------------


def load(state: dict[str, Any]) -> None:
    """Make the database what ``state`` says: its tables at its migrations, its rows and no others, its files."""
    from django.core.files.base import ContentFile
    from django.core.management.color import no_style
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from cms.media.private import private_storage

    targets = _targets(state)
    migrate(targets)
    loader = MigrationExecutor(connection).loader
    theirs = [node for node in loader.graph.leaf_nodes() if node[0] not in _ours()]
    old = loader.project_state([*theirs, *(each for each in targets if each[1])]).apps
    everything = [model for model in old.get_models(include_auto_created=True) if _is_table(model)]
    with transaction.atomic(), connection.cursor() as cursor:
        for model in everything:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")
        for label, table in state["tables"].items():
            _insert(cursor, old.get_model(label), table)
        for statement in connection.ops.sequence_reset_sql(no_style(), everything):
            cursor.execute(statement)
    for name, content in state["files"].items():
        if not private_storage.exists(name):
            private_storage.save(name, ContentFile(base64.b64decode(content)))


def migrate(targets: list[tuple[str, str | None]] | None = None) -> None:
    """Bring the tables to ``targets``, forward or back; to the newest when there are none."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes() if targets is None else targets)


def _targets(state: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Return where each of our apps stood; one that came later did not exist."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    now = {app for app, _name in MigrationLoader(connection).graph.leaf_nodes()}
    later = now & _ours() - set(state["migrations"])
    return [*state["migrations"].items(), *((app, None) for app in sorted(later))]


def _insert(cursor: Any, model: Any, table: dict[str, Any]) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    fields = {field.attname: field for field in model._meta.local_concrete_fields}
    kinds: dict[str, int] = {}

    def prepared(name: str, value: Any) -> Any:
        field = fields[name]
        if value is not None and field.related_model and "." in str(value):
            if value not in kinds:
                app, kind = value.split(".")
                kinds[value] = ContentType.objects.get_or_create(app_label=app, model=kind)[0].pk
            return kinds[value]
        return field.get_db_prep_save(field.to_python(value), connection)

    quote = connection.ops.quote_name
    named = ", ".join(quote(fields[name].column) for name in table["columns"])
    marks = ", ".join(["%s"] * len(table["columns"]))
    rows = [[prepared(*pair) for pair in zip(table["columns"], row, strict=True)] for row in table["rows"]]
    cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({named}) VALUES ({marks})", rows)


# --- by hand ---------------------------------------------------------------------------------------------------------


@contextmanager
def by_rote() -> Iterator[Any]:
    """Let chance and the clock be the same in every run; gives the clock, which stands still."""
    import time_machine

    chance = random.Random(START)
    kept = random._urandom, os.urandom, os.getpid
    random._urandom = os.urandom = chance.randbytes
    random.seed(START)  # what names letters
    os.getpid = lambda: 1  # stands in the names of letters
    try:
        with time_machine.travel(START, tick=False) as clock:
            yield clock
    finally:
        random._urandom, os.urandom, os.getpid = kept


def main() -> None:
    """Make the file of the newest migration in a database that is gone afterwards."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    if os.environ.get("PYTHONHASHSEED") != "0":
        # The order of sets is another chance, settled before Python starts.
        command = [sys.executable, "-m", "tests.states"]
        os.execve(sys.executable, command, {**os.environ, "PYTHONHASHSEED": "0"})
    import django

    django.setup()
    from django.test.runner import DiscoverRunner

    runner = DiscoverRunner(verbosity=0, interactive=False)
    made = runner.setup_databases()
    try:
        with by_rote() as clock:
            build(clock)
        state = written()
    finally:
        runner.teardown_databases(made)
    FOLDER.mkdir(exist_ok=True)
    path = FOLDER / f"feedback-{state['migrations']['feedback'][:4]}.json"
    path.write_text(text_of(state))
    sys.stdout.write(f"{path.name}: {path.stat().st_size // 1024} kB\n")


if __name__ == "__main__":
    main()
