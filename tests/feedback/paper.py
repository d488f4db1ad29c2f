"""Papers as clerks key them in: what a browser sends, and lines that stand in a book already."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from feedback import factories
from feedback.models import Category
from feedback.services.paper import Place, case_enter


def words(desk, **changes):
    """A form as the browser sends it."""
    return {
        "form": "phieu-mot",
        "line": "12",
        "received_on": (timezone.localdate() - timedelta(days=9)).strftime("%d/%m/%Y"),
        "source": "book",
        "category": Category.objects.get(code="co-so-vat-chat").pk,
        "unit": desk.unit.pk,
        "title": "Cổng trường không có gờ giảm tốc",
        "body": "Xe chạy nhanh trước cổng trường, đề nghị làm gờ giảm tốc.",
        "sender_kind": "citizen",
        "name": "Nguyễn Văn Mẫu",
        "phone": "0912 000 345",
        "address": "Số 1 đường Mẫu",
        "name_shown": "hidden",
        "agree_handle": "on",
        "single": "1",
        **changes,
    }


def key(book):
    return reverse("paper:key", args=[book.pk])


def keyed(desk, book, number=12, **changes):
    return case_enter(
        entry=factories.entry(desk.unit, **changes),
        place=Place(book, number),
        received_on=timezone.localdate(),
        actor=desk.clerk,
        form_token=f"phieu-{number}",
    ).case
