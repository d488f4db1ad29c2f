"""Plans for tests and sample content."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cms.core.models import Unit
from cms.media.private import private_storage
from cms.plans.models import PlanIndexPage, PlanPage, PlanTarget, PlanTask, TargetValue, TaskDifficulty, TaskProduct


def plan(index: PlanIndexPage, number: str = "8/KH-SGDĐT", tasks: int = 2, targets: int = 0, **facts: Any) -> PlanPage:
    """Return a published plan with ``tasks`` tasks and ``targets`` targets; ``facts`` are fields."""
    page = PlanPage(**{"title": f"Kế hoạch {number}", "number": number, "issued_on": date(2024, 2, 5), **facts})
    page.tasks = [
        PlanTask(sort_order=order, printed_order=str(order), content=f"Việc {order}") for order in range(1, tasks + 1)
    ]
    page.targets = [
        PlanTarget(sort_order=order, name=f"Chỉ tiêu {order}", value=Decimal(95), measure="%")
        for order in range(1, targets + 1)
    ]
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def give(task: PlanTask, *units: Unit, **facts: Any) -> PlanTask:
    """Make ``task`` that of ``units`` in the published plan; ``facts`` are fields of the task."""
    task.units = list(units)
    for name, value in facts.items():
        setattr(task, name, value)
    task.save()
    return task


def give_target(target: PlanTarget, unit: Unit) -> PlanTarget:
    """Let ``unit`` watch over ``target``."""
    target.unit = unit
    target.save()
    return target


def product(task: PlanTask, title: str, **facts: Any) -> TaskProduct:
    """Return a product with a small file that only the office sees; ``facts`` are fields."""
    stored = private_storage.save("plan-products/mau.pdf", ContentFile(b"%PDF-1.4 x"))
    return TaskProduct.objects.create(
        page_id=task.page_id,
        task_key=task.key,
        **{
            "title": title,
            "stored_name": stored,
            "filename": "mau.pdf",
            "content_type": "application/pdf",
            "size": 10,
            "added_at": timezone.now(),
            **facts,
        },
    )


def value(target: PlanTarget, period: str = "2024-Q1", figure: Decimal = Decimal(96), **facts: Any) -> TargetValue:
    """Return a value that was told of ``target``."""
    facts = {"source": "Khảo sát", "at": timezone.now(), **facts}
    return TargetValue.objects.create(
        page_id=target.page_id, target_key=target.key, period=period, value=figure, **facts
    )


def difficulty(task: PlanTask, unit: Unit, body: str, **facts: Any) -> TaskDifficulty:
    """Return a difficulty that ``unit`` reported; it waits unless ``facts`` say otherwise."""
    return TaskDifficulty.objects.create(
        page_id=task.page_id,
        task_key=task.key,
        unit=unit,
        body=body,
        **{"reported_at": timezone.now(), **facts},
    )
