"""Sample documents and a plan with its progress, through the services that importers use."""

from datetime import date

from cms.accounts.models import User
from cms.core.models import Unit
from cms.core.text import parse_document_number, parse_vietnamese_date, slug
from cms.demo import registry as sample
from cms.demo.clock import as_of, office_hour
from cms.official_documents.enums import kind_of_number
from cms.official_documents.services import DocumentRow, document_import
from cms.plans.enums import PlanKind, ProgressState
from cms.plans.importers.deadlines import read_deadline, read_recurrence
from cms.plans.models import PlanPage, task_lines
from cms.plans.services.importing import BasisDraft, PlanDraft, TaskDraft, plan_import
from cms.plans.services.progress import task_progress_update


def documents_seed() -> None:
    """Publish the sample documents; the service makes none twice."""
    document_import(rows=[_row(each) for each in sample.DOCUMENTS], actor=None, publish=True)


def plan_seed() -> None:
    """Publish the sample plan and say how far its tasks have come."""
    number = parse_document_number(sample.PLAN_NUMBER)
    if PlanPage.objects.filter(number=number.canonical).exists():
        return
    plan_import(plans=[_plan()], actor=None, publish=True)
    page = PlanPage.objects.get(number=number.canonical)
    editor = User.objects.get(username="bientap")
    for days_ago, (task, words) in enumerate(zip(page.tasks.all(), sample.PLAN_TASKS, strict=True), start=4):
        times = [each.occurrence.key for each in task_lines([task], {page.pk: page.issued_on})[0].occurrences] or [""]
        with as_of(office_hour(days_ago * 3, 15)):
            for period in times:
                percent = words.done if period == times[-1] else 100
                state = ProgressState.DONE if percent == 100 else ProgressState.IN_PROGRESS
                task_progress_update(
                    page=page, task_key=task.key, actor=editor, state=state, percent=percent, period=period
                )


def _row(document: sample.SampleDocument) -> DocumentRow:
    number = parse_document_number(document.number)
    return DocumentRow(
        number=number.canonical,
        number_key=number.match_key,
        title=document.title,
        kind=kind_of_number(document.number),
        issuer_name=document.issuer,
        issuer_abbreviation=number.issuer,
        issued_on=parse_vietnamese_date(document.issued),
        digest="mau",
    )


def _plan() -> PlanDraft:
    number = parse_document_number(sample.PLAN_NUMBER)
    issued = parse_vietnamese_date(sample.PLAN_ISSUED)
    basis_number, basis_day, basis_issuer, basis_words = sample.PLAN_BASIS
    return PlanDraft(
        number=number.canonical,
        number_key=number.match_key,
        kind=PlanKind.PLAN,
        title=sample.PLAN_TITLE,
        issued_on=issued,
        issuer_name="Sở Giáo dục và Đào tạo tỉnh An Hòa",
        signer=sample.PLAN_SIGNER[0],
        signer_title=sample.PLAN_SIGNER[1],
        recipients=sample.PLAN_RECIPIENTS,
        body=tuple(block for heading, lines in sample.PLAN_PARTS for block in _part(heading, lines)),
        bases=(BasisDraft(basis_number, parse_vietnamese_date(basis_day), basis_issuer, basis_words),),
        tasks=tuple(_task(words, issued) for words in sample.PLAN_TASKS),
        digest="mau",
    )


def _part(heading: str, lines: tuple[str, ...]) -> list[dict[str, object]]:
    prose = "".join(f"<p>{line}</p>" for line in lines)
    return [
        {"type": "heading", "value": {"text": heading, "size": "h2", "anchor": slug(heading)}},
        {"type": "prose", "value": prose},
    ]


def _task(words: sample.SampleTask, issued: date) -> TaskDraft:
    kind, day = read_deadline(words.deadline, issued.year)
    return TaskDraft(
        printed_order=words.order,
        part="",
        content=words.content,
        product=words.product,
        responsible=words.responsible,
        unit_ids=tuple(Unit.objects.filter(name=words.responsible).values_list("pk", flat=True)),
        deadline_kind=str(kind),
        deadline_text=words.deadline,
        deadline_on=day,
        note="",
        recurrence=read_recurrence(words.deadline),
    )
