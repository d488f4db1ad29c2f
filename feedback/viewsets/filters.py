"""Queues and filters of the desk's list; every queue is a verb of the queryset."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet

import django_filters

from cms.core.models import Unit
from feedback.enums import CaseClass, CaseMatter, CaseState
from feedback.models import Case, Category
from feedback.querysets import CaseQuerySet
from feedback.services.reminders import soon_until

QUEUES = (
    ("new", _("Mới, chờ tiếp nhận")),
    ("mine", _("Của tôi")),
    ("soon", _("Sắp đến hạn")),
    ("late", _("Quá hạn")),
    ("approval", _("Chờ duyệt")),
    ("waiting", _("Chờ người gửi bổ sung")),
    ("publish", _("Cần đăng")),
    ("quarantine", _("Nghi là thư rác")),
    ("all", _("Tất cả, kể cả đã xong")),
)


def queue(rows: CaseQuerySet, name: str, user: Any) -> CaseQuerySet:
    """Return the rows of one queue; an unknown or empty name gives what is open."""
    today = timezone.localdate()
    verbs = {
        "new": rows.new,
        "mine": lambda: rows.handled_by(user),
        "soon": lambda: rows.due_between(today, soon_until(today)),
        "late": lambda: rows.late(today),
        "approval": rows.waiting_for_approval,
        "waiting": rows.waiting_for_sender,
        "publish": rows.to_publish,
        "quarantine": rows.quarantined,
        "all": rows.all,
    }
    return verbs.get(name, rows.open)()


class CaseFilterSet(WagtailFilterSet):
    queue = django_filters.ChoiceFilter(
        label=_("Hàng việc"), choices=QUEUES, empty_label=_("Đang mở"), method="in_queue"
    )
    category = django_filters.ModelChoiceFilter(label=_("Lĩnh vực"), queryset=Category.objects.in_order())
    kind = django_filters.ChoiceFilter(label=_("Phản ánh về"), choices=CaseClass, method="of_class")
    matter = django_filters.ChoiceFilter(label=_("Loại việc"), choices=CaseMatter)
    unit = django_filters.ModelChoiceFilter(label=_("Đơn vị"), queryset=Unit.objects.in_order())
    state = django_filters.ChoiceFilter(label=_("Tình trạng"), choices=CaseState)
    year = django_filters.NumberFilter(label=_("Năm gửi"), method="in_year", min_value=2000, max_value=2100)

    class Meta:
        model = Case
        fields: list[str] = []

    def in_queue(self, rows: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return queue(rows, value, self.request.user)

    def of_class(self, rows: CaseQuerySet, _name: str, value: str) -> CaseQuerySet:
        return rows.of_class(value)

    def in_year(self, rows: CaseQuerySet, _name: str, value: Any) -> CaseQuerySet:
        return rows.received_in(int(value))
