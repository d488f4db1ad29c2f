"""Plans for tests and sample content."""

from datetime import date
from typing import Any

from cms.plans.models import PlanIndexPage, PlanPage, PlanTask


def plan(index: PlanIndexPage, number: str = "8/KH-SGDĐT", tasks: int = 2, **facts: Any) -> PlanPage:
    """Return a published plan with ``tasks`` tasks; ``facts`` are fields."""
    page = PlanPage(**{"title": f"Kế hoạch {number}", "number": number, "issued_on": date(2024, 2, 5), **facts})
    page.tasks = [
        PlanTask(sort_order=order, printed_order=str(order), content=f"Việc {order}") for order in range(1, tasks + 1)
    ]
    index.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
