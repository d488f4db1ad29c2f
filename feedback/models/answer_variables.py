"""The places that a template of an answer fills in by itself: their names as people write them."""

from collections.abc import Callable

from django.utils import timezone

from feedback.models.case import Case

# All that a template may say of a case. Nothing of its sender, and not its title or text, where people name people.
VARIABLES: dict[str, Callable[[Case], str]] = {
    "tên đơn vị": lambda case: case.unit.name if case.unit else "",
    "số phản ánh": lambda case: case.reference,
    "ngày nhận": lambda case: f"{timezone.localdate(case.received_at):%d/%m/%Y}",
    "lĩnh vực": lambda case: case.category.name,
    "hạn trả lời": lambda case: f"{case.due_on:%d/%m/%Y}" if case.due_on else "",
}
