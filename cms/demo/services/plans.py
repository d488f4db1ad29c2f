"""Sample plans with boards, targets, difficulties, plans of schools; through the services that officers use."""

import io
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import docx

from cms.accounts.models import User
from cms.core.models import Unit
from cms.core.text import parse_document_number, parse_vietnamese_date, slug
from cms.demo import plans as sample
from cms.demo.clock import as_of, office_hour
from cms.demo.registry import PLAN_NUMBER
from cms.media.uploads import check_upload
from cms.plans.enums import PlanKind, ProgressState
from cms.plans.importers.deadlines import read_deadline, read_recurrence
from cms.plans.models import PlanPage, PlanTarget, PlanTask, UpwardLink, task_lines
from cms.plans.services import (
    PlanDraft,
    TaskDraft,
    difficulty_answer,
    difficulty_publish,
    difficulty_report,
    plan_import,
    target_value_tell,
    task_product_add,
    task_product_show,
    task_progress_update,
)


def plans_seed() -> None:
    """Publish the sample plans and let people report on them; plans that are there stay as they are."""
    for plan in sample.PLANS:
        if PlanPage.objects.numbered(plan.number) is None:
            _publish(plan)
    page = PlanPage.objects.numbered(PLAN_NUMBER)
    if page is not None and not page.difficulties.exists():
        _enrich_the_yearly_plan(page)


def _publish(plan: sample.SamplePlan) -> None:
    number, issued = parse_document_number(plan.number), parse_vietnamese_date(plan.issued)
    tasks = [(part, task) for part, tasks in plan.parts for task in tasks]
    draft = PlanDraft(
        number=number.canonical,
        number_key=number.match_key,
        kind=PlanKind.PLAN,
        title=plan.title,
        issued_on=issued,
        issuer_name=plan.issuer,
        signer=plan.signer[0],
        signer_title=plan.signer[1],
        recipients=("Các phòng thuộc Sở", "Các trường trực thuộc", "Lưu: VT"),
        body=_body(plan),
        bases=(),
        tasks=tuple(_task(place, part, task, issued) for place, (part, task) in enumerate(tasks, start=1)),
        digest="mau",
    )
    plan_import(plans=[draft], actor=None, publish=True)
    page: Any = PlanPage.objects.numbered(plan.number)
    _complete(page, plan.unit, plan.above, plan.targets)
    for task, (_part, words) in zip(PlanTask.objects.of_pages([page.pk]), tasks, strict=True):
        _report(page, task, words)
    _tell(page, plan.targets)


def _body(plan: sample.SamplePlan) -> tuple[dict[str, Any], ...]:
    blocks: list[dict[str, Any]] = []
    parts = (("I. Mục đích", plan.aims), ("II. Tổ chức thực hiện", ("Đơn vị báo tiến độ trên cổng mỗi tháng.",)))
    for heading, lines in parts:
        blocks.append({"type": "heading", "value": {"text": heading, "size": "h2", "anchor": slug(heading)}})
        blocks.append({"type": "prose", "value": "".join(f"<p>{line}</p>" for line in lines)})
    return tuple(blocks)


def _task(place: int, part: str, task: sample.BoardTask, issued: date) -> TaskDraft:
    kind, day = read_deadline(task.deadline, issued.year)
    units = list(Unit.objects.filter(code__in=task.units).in_order())
    return TaskDraft(
        printed_order=str(place),
        part=part,
        content=task.content,
        product=task.product,
        responsible="; ".join(unit.name for unit in units),
        unit_ids=tuple(unit.pk for unit in units),
        deadline_kind=str(kind),
        deadline_text=task.deadline,
        deadline_on=day,
        note="",
        recurrence=read_recurrence(task.deadline),
    )


def _complete(page: PlanPage, unit: str, above: str, targets: tuple[sample.SampleTarget, ...]) -> None:
    """Add what no file says: the unit that keeps the plan, the plan above, the targets."""
    page.owner_unit = Unit.objects.get(code=unit)
    over = PlanPage.objects.numbered(above) if above else None
    if over is not None:
        page.upward = [UpwardLink(cited_page_id=over.pk, sort_order=0)]
    page.targets = [
        PlanTarget(
            sort_order=place,
            name=target.name,
            comparison=target.comparison,
            value=target.value,
            measure=target.measure,
            unit=Unit.objects.get(code=target.unit),
        )
        for place, target in enumerate(targets)
    ]
    page.save_revision().publish()
    page.refresh_from_db()


def _report(page: PlanPage, task: PlanTask, words: sample.BoardTask) -> None:
    line = task_lines([task], {page.pk: page.issued_on})[0]
    if line.occurrences:
        _report_times(page, task, line)
    elif words.done is not None:
        halves = [words.done // 2, words.done] if words.done > 1 else [max(words.done, 0)]
        for weeks_ago, share in zip((6, 2), halves, strict=False):
            state = ProgressState.DONE if share == 100 else ProgressState.IN_PROGRESS
            if words.done < 0:
                state = ProgressState.STOPPED
            _update(page, task, state, share, days_ago=weeks_ago * 7, note=words.note if share == halves[-1] else "")


def _report_times(page: PlanPage, task: PlanTask, line: Any) -> None:
    """Each time that is over was done but for the last one, which is late, as it happens."""
    past = [each for each in line.occurrences if each.occurrence.due_on < timezone.localdate() - timedelta(days=25)]
    for each in past:
        ago = (timezone.localdate() - each.occurrence.due_on).days
        _update(page, task, ProgressState.DONE, 100, days_ago=ago, period=each.occurrence.key)


def _update(page: PlanPage, task: PlanTask, state: ProgressState, percent: int, *, days_ago: int, **more: Any) -> None:
    with as_of(office_hour(max(days_ago, 1), 15)):
        task_progress_update(
            page=page,
            task_key=task.key,
            state=state,
            percent=percent,
            actor=User.objects.get(username="bientap"),
            **more,
        )


def _tell(page: PlanPage, targets: tuple[sample.SampleTarget, ...]) -> None:
    editor = User.objects.get(username="bientap")
    for row, target in zip(PlanTarget.objects.of_pages([page.pk]), targets, strict=True):
        for period, value, source in target.reached:
            target_value_tell(target=row, period=period, value=Decimal(value), source=source, actor=editor)


def _enrich_the_yearly_plan(page: PlanPage) -> None:
    page.upward = [UpwardLink(sort_order=0, number="31/KH-UBND", issuer_name="UBND tỉnh An Hòa")]
    _complete(page, "VP", "", sample.YEAR_TARGETS)
    _tell(page, sample.YEAR_TARGETS)
    tasks = {task.printed_order: task for task in PlanTask.objects.of_pages([page.pk])}
    officer, leader = (User.objects.get(username=name) for name in ("xuly", "lanhdao"))
    order, body = sample.WAITING_DIFFICULTY
    difficulty_report(page=page, task_key=tasks[order].key, body=body, actor=officer)
    order, body, answer, public_body, public_answer = sample.ANSWERED_DIFFICULTY
    with as_of(office_hour(9, 9)):
        row = difficulty_report(page=page, task_key=tasks[order].key, body=body, actor=officer)
    with as_of(office_hour(7, 9)):
        row = difficulty_answer(difficulty=row, answer=answer, actor=leader)
        difficulty_publish(difficulty=row, body=public_body, answer=public_answer, actor=leader)
    report = check_upload(SimpleUploadedFile("bao-cao-ra-soat.docx", _report_file()))
    product = task_product_add(
        page=page, task_key=tasks[sample.PRODUCT_TASK].key, title=sample.PRODUCT_TITLE, file=report, actor=officer
    )
    task_product_show(product=product, public=True, actor=leader)
    task_product_add(
        page=page, task_key=tasks[sample.LINK_TASK].key, title=sample.LINK_TITLE, url=sample.LINK, actor=officer
    )


def _report_file() -> bytes:
    file = docx.Document()
    file.add_heading(sample.PRODUCT_TITLE, level=1)
    for line in sample.PRODUCT_LINES:
        file.add_paragraph(line)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()
