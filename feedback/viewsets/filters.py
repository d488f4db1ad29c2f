"""Queues and filters of the desk's list; every queue is a verb of the queryset."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.filters import WagtailFilterSet

import django_filters

from cms.core.models import Unit
from feedback.enums import CaseClass, CaseMatter, CaseState
from feedback.models import Case, Category
from feedback.querysets import CaseQuerySet
from feedback.services.reminders import soon_until

OPEN = _("Đang mở")
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

# Columns by which the list may be sorted, either way.
SORTED_BY = frozenset({"reference", "due_on", "received_at"})
LONGEST_WORDS = 200
_LONGEST_VALUE = 40


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
    queue = django_filters.ChoiceFilter(label=_("Hàng việc"), choices=QUEUES, empty_label=OPEN, method="in_queue")
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


def plain_query(form: forms.Form, data: Mapping[str, str]) -> str:
    """Return of an address what means a part of the list: fields that ``form`` accepts, words, order; nothing else.

    ``form`` is the filter form bound to ``data``. The same part is always written in the same way.
    """
    query = QueryDict(mutable=True)
    for name in form.fields:
        value = data.get(name, "")
        if value and len(value) <= _LONGEST_VALUE and name not in form.errors:
            query[name] = value
    if words := " ".join(data.get("q", "")[:LONGEST_WORDS].split()):
        query["q"] = words
    if (order := data.get("ordering", "")).removeprefix("-") in SORTED_BY:
        query["ordering"] = order
    return query.urlencode()


def in_words(form: forms.Form, query: str) -> str:
    """Return what ``query`` asks for as people read it; ``form`` is the filter form bound to it."""
    asked, told = QueryDict(query), []
    for name, field in form.fields.items():
        if name not in asked or name in form.errors:
            continue
        value = form.cleaned_data[name]
        choices = dict(field.choices) if isinstance(field, forms.ChoiceField) and isinstance(value, str) else {}
        told.append(f"{field.label}: {choices.get(value, value)}")
    if words := asked.get("q"):
        told.append(_("Có chữ “%(words)s”") % {"words": words})
    return "; ".join(map(str, told))
