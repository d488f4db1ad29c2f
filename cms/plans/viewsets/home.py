"""What waits for this officer among the tasks of plans, on the home page of the admin."""

from collections import Counter
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wagtail.admin.ui.components import Component

from cms.plans.enums import DueStanding
from cms.plans.models import PlanTask, TaskDifficulty, task_lines


class MyTasksPanel(Component):
    """Numbers with links; nothing is shown to those whose units have no task and no question waiting."""

    name = "my_plan_tasks"
    template_name = "plans/admin/home_panel.html"
    order = 60

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        rows = PlanTask.objects.visible_to(user).of_units_of(user).select_related("page").defer("page__body")
        tasks = list(rows)
        lines = task_lines(tasks, {task.page_id: task.page.issued_on for task in tasks}) if tasks else []
        counts = Counter(line.standing for line in lines)
        index = reverse("plan_task:index")
        shown = [
            {"count": counts[standing], "words": words, "url": f"{index}?standing={standing}"}
            for standing, words in ((DueStanding.LATE, _("quá hạn")), (DueStanding.SOON, _("sắp đến hạn")))
            if lines
        ]
        waiting = TaskDifficulty.objects.for_answering_by(user).count()
        if waiting:
            shown.append({"count": waiting, "words": _("khó khăn chờ trả lời"), "url": f"{index}?reach=answer"})
        return {"lines": shown}
