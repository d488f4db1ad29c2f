"""Reading a plan (DOCX) into a page with its parts, its bases and its tasks."""

import hashlib
import json
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.importing import Fate, ImportKind, Item, Reading, Refusal, Remark, UnreadableFileError
from cms.core.models import number_as_printed
from cms.core.permissions import can
from cms.core.services.moderation import draft_hand_in
from cms.core.text import format_vietnamese_date, parse_document_number
from cms.plans.models import PlanPage, check_plan
from cms.plans.services import PlanDraft, plan_import

from .annex import TaskTable, units_by_name
from .citations import quoted_documents
from .layout import PlanParts, spelled_as_in_text, take_apart
from .story import Story
from .tables import PLAN_TASKS_IMPORT
from .word import Grid, Line, read_word

__all__ = ["PLAN_IMPORT", "PLAN_TASKS_IMPORT", "read_plan", "write_plans"]

_MOST_TITLE = 2000


def read_plan(content: bytes, filename: str) -> Reading[PlanDraft]:
    """Read one plan; raises UnreadableFileError when the file is no Word file or no plan at all. Nothing is written."""
    if not filename.lower().endswith(".docx"):
        raise UnreadableFileError(_("Chỉ nhận tệp Word .docx. Hãy mở tệp và lưu lại thành .docx."))
    reading: Reading[PlanDraft] = Reading()
    parts = read_word(content)
    plan = take_apart(parts)
    missing = _missing(plan)
    if missing:
        reading.refusals = [Refusal(0, reason, filename) for reason in missing]
        return reading
    draft, story, table = _draft(plan, parts)
    try:
        check_plan(number=draft.number, issued_on=draft.issued_on)
    except ValidationError as error:
        table.refusals += [Refusal(0, reason, filename) for reason in error.messages]
    reading.refusals = table.refusals
    known = PlanPage.objects.identified(draft.number_key, draft.issued_on)
    fate = Fate.NEW if known is None else Fate.UNCHANGED if known.source_digest == draft.digest else Fate.CHANGED
    reading.items.append(Item(0, draft.number, _detail(draft), fate, draft, _shown(draft, story)))
    reading.remarks = [Remark(0, text) for text in _remarks(plan, draft)]
    return reading


def _missing(plan: PlanParts) -> list[str]:
    """Return why the file cannot become a plan, in words."""
    reasons = []
    if plan.kind is None:
        reasons.append(_("Không thấy dòng tên loại (KẾ HOẠCH, CHƯƠNG TRÌNH, ĐỀ ÁN…) viết hoa, đứng riêng."))
    if not _number(plan):
        reasons.append(_("Không thấy số ký hiệu, ví dụ “Số: 21/KH-GD&ĐT”, ở đầu văn bản."))
    if plan.kind is not None and not plan.title:
        reasons.append(_("Không thấy trích yếu dưới tên loại."))
    return reasons


def _number(plan: PlanParts) -> str:
    """Return the number of the head; when its serial was left open, the one that the annex repeats."""
    return next((text for text in (plan.number, plan.enclosed_number) if parse_document_number(text).serial), "")


def _draft(plan: PlanParts, parts: list[Line | Grid]) -> tuple[PlanDraft, Story, TaskTable]:
    number, number_key = number_as_printed(_number(plan))
    table = TaskTable(units_by_name(), plan.issued_on.year if plan.issued_on else 0)
    story = _story(plan, table)
    facts = PlanDraft(
        number=number,
        number_key=number_key,
        kind=str(plan.kind),
        title=plan.title[:_MOST_TITLE],
        issued_on=plan.issued_on,
        issuer_name=spelled_as_in_text(plan.issuer, parts)[:200],
        signer=plan.signer[:120],
        signer_title=", ".join(plan.signer_titles)[:160],
        recipients=tuple(plan.recipients),
        body=story.finished(),
        bases=tuple(quoted_documents(plan.preamble)),
        tasks=tuple(table.tasks),
        digest="",
    )
    return _with_digest(facts), story, table


def _story(plan: PlanParts, table: TaskTable) -> Story:
    """Build the body; tables of tasks become tasks wherever they stand, what else the annex says is kept."""
    story = Story()
    for part in plan.body:
        if isinstance(part, Line):
            story.add_line(part)
        elif part and not table.takes(part):
            story.add_grid(part)
    for part in plan.annex:
        if not isinstance(part, Line):
            if part and not table.takes(part):
                story.add_grid(part)
        elif table.tasks:
            story.add_line(part)  # words below the table; those above it are its title
    return story


def _with_digest(draft: PlanDraft) -> PlanDraft:
    """Digest what the file says, without what the portal makes of the units' names."""
    facts = asdict(draft) | {"tasks": [asdict(task) | {"unit_ids": ()} for task in draft.tasks]}
    digest = hashlib.sha256(json.dumps(facts, default=str, sort_keys=True).encode()).hexdigest()
    return PlanDraft(**{**draft.__dict__, "digest": digest})


def _detail(draft: PlanDraft) -> str:
    day = format_vietnamese_date(draft.issued_on) if draft.issued_on else ""
    tasks = _("%(count)d nhiệm vụ") % {"count": len(draft.tasks)}
    return " · ".join(part for part in (day, draft.issuer_name, draft.title, tasks) if part)


def _shown(draft: PlanDraft, story: Story) -> tuple[str, ...]:
    lines = [
        *(_("Căn cứ: %(what)s") % {"what": basis.number or basis.abstract} for basis in draft.bases),
        *story.headings,
        *(
            _("Nhiệm vụ %(order)s: %(content)s – %(deadline)s")
            % {"order": task.printed_order, "content": task.content, "deadline": task.deadline_text}
            for task in draft.tasks
        ),
        _("Người ký: %(signer)s") % {"signer": draft.signer} if draft.signer else "",
    ]
    return tuple(line for line in lines if line)


def _remarks(plan: PlanParts, draft: PlanDraft) -> list[str]:
    printed = parse_document_number(plan.enclosed_number).match_key if plan.enclosed_number else draft.number_key
    told = (
        (not draft.issued_on, _("Không đọc được ngày ban hành, cần điền sau.")),
        (not draft.tasks, _("Không thấy bảng nhiệm vụ.")),
        (not draft.signer, _("Không thấy tên người ký.")),
        (not draft.recipients, _("Không thấy mục Nơi nhận.")),
        (printed != draft.number_key, _("Số ở phụ lục khác số ở đầu văn bản.")),
    )
    remarks = [text for is_so, text in told if is_so]
    orders = [task.printed_order for task in draft.tasks if task.printed_order]
    doubled = sorted({order for order in orders if orders.count(order) > 1})
    if doubled:
        remarks.append(_("Thứ tự in trùng: %(orders)s; giữ nguyên như in.") % {"orders": ", ".join(doubled)})
    return remarks


def write_plans(items: list[Item[PlanDraft]], *, actor: object, publish: bool) -> list[str]:
    """Hand the plans of ``items`` to the one service that writes them."""
    plans = [item.data for item in items if not _is_written(item.data)]
    return plan_import(plans=plans, actor=actor, publish=publish)


def _is_written(draft: PlanDraft) -> bool:
    """Say whether another run of the same file was quicker."""
    known = PlanPage.objects.identified(draft.number_key, draft.issued_on)
    return known is not None and known.source_digest == draft.digest


PLAN_IMPORT = ImportKind(
    name="plans_import",
    label=gettext_lazy("Nhập kế hoạch từ Word"),
    capability="plans_import",
    extensions=("docx",),
    explanation=gettext_lazy(
        "Kế hoạch trình bày theo Nghị định 30/2020/NĐ-CP: số ký hiệu, ngày, tên loại và trích yếu, các phần, "
        "nơi nhận, người ký, bảng nhiệm vụ ở phụ lục."
    ),
    read=read_plan,
    write=write_plans,
    may_publish=lambda user: can(user, "page_publish"),
    preview_template="plans/admin/preview.html",
    publish_label=gettext_lazy("Đăng ngay kế hoạch này"),
    list_url_name="plans:index",
    hand_in=draft_hand_in,
)
