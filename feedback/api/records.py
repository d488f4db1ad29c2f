"""A published case as a record, its fields in words, and a long list of them page by page."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.core.querysets.keys import write_key
from feedback.models import PublicCase
from feedback.querysets import PublicCaseQuerySet

_CHUNK = 500


@dataclass(frozen=True)
class Field:
    """One column: its name, the type of what it holds, what that means."""

    name: str
    type: str
    meaning: Any


FIELDS = (
    Field("reference", "text", _("Mã phản ánh, ví dụ PA-2026-000123.")),
    Field("title", "text", _("Tiêu đề, đã che thông tin riêng.")),
    Field("question", "text", _("Nội dung phản ánh, đã che thông tin riêng.")),
    Field("answer", "text", _("Câu trả lời của cơ quan.")),
    Field("category_code", "text", _("Mã lĩnh vực; không đổi khi đổi tên.")),
    Field("category", "text", _("Tên lĩnh vực.")),
    Field("unit_code", "text", _("Mã đơn vị trả lời; trống khi không ghi đơn vị.")),
    Field("unit", "text", _("Tên đơn vị trả lời.")),
    Field("shown_name", "text", _("Tên người gửi theo cách người gửi đã chọn; thường là “Một người dân”.")),
    Field("asked_on", "date", _("Ngày gửi.")),
    Field("answered_on", "date", _("Ngày trả lời.")),
    Field("on_time", "boolean", _("Có trả lời đúng hoặc trước hạn không.")),
    Field("late_days", "integer", _("Trả lời trễ bao nhiêu ngày, theo cách đếm của thời hạn; 0 là đúng hạn.")),
    Field("url", "text", _("Địa chỉ của trang.")),
    Field("updated_at", "datetime", _("Lần cuối bản công khai được đăng.")),
)
NAMES = tuple(field.name for field in FIELDS)

FIGURE_FIELDS = (
    Field("received", "integer", _("Số phản ánh gửi đến trong kỳ, theo ngày gửi. Thư rác không được tính.")),
    Field(
        "answered",
        "integer",
        _("Số phản ánh được trả lời trong kỳ, theo ngày trả lời. Phản ánh đang xem xét lại chưa tính là đã trả lời."),
    ),
    Field(
        "answered_on_time",
        "fraction",
        _(
            "Tỷ lệ đúng hạn = số trả lời đúng hoặc trước hạn, chia cho (số đã trả lời + số quá hạn chưa trả lời). "
            "Việc quá hạn chưa xong vẫn nằm ở mẫu số, nên tỷ lệ không đẹp lên nhờ để việc lại."
        ),
    ),
    Field(
        "open_late",
        "integer",
        _(
            "Quá hạn chưa trả lời: hạn trả lời rơi vào kỳ, đến hôm nay vẫn chưa có câu trả lời. Thời gian chờ người "
            "gửi bổ sung không tính."
        ),
    ),
    Field(
        "median_days",
        "number",
        _(
            "Số ngày chờ trung vị: một nửa số phản ánh được trả lời nhanh hơn, một nửa chậm hơn. Đếm mọi ngày, kể cả "
            "ngày nghỉ, từ ngày gửi đến ngày trả lời."
        ),
    ),
    Field("reopened", "integer", _("Trong số gửi đến trong kỳ, bao nhiêu phản ánh đã phải xem xét lại.")),
    Field(
        "rating_mean",
        "number",
        _(
            "Điểm trung bình, từ 1 đến 5, người gửi chấm cho câu trả lời trong kỳ; trống khi chưa có điểm nào, khi số "
            "phiếu quá nhỏ, và khi kỳ không gồm những tháng trọn vẹn. Tháng đang chạy chưa tính: nêu từ đầu tháng sau."
        ),
    ),
)


def record_of(row: PublicCase, absolute: Callable[[str], str]) -> dict[str, Any]:
    """Return one published case under the names of ``FIELDS``, in their order."""
    values = (
        *(row.reference, row.title, row.question, row.answer, row.category.code, row.category.name),
        *(row.unit.code if row.unit else None, row.unit.name if row.unit else None, row.shown_name),
        *(row.asked_on, row.answered_on, row.on_time, row.late_days),
        *(absolute(row.get_absolute_url()), row.last_published_at),
    )
    return dict(zip(NAMES, values, strict=True))


def in_chunks(rows: PublicCaseQuerySet) -> Iterator[PublicCase]:
    """Yield all ``rows``, newest first, a page at a time by key: a long list holds no row of the database open."""
    rows, last = rows.newest().with_list_data(), None
    while True:
        chunk = list((rows.after(last.answered_on, last.pk) if last else rows)[:_CHUNK])
        yield from chunk
        if len(chunk) < _CHUNK:
            return
        last = chunk[-1]


def place_of(row: PublicCase) -> str:
    """Return where ``row`` stands in the list, for the address of the next page."""
    return write_key(row.answered_on, row.pk)
