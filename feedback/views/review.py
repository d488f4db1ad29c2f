"""The review before sending: what the public could read beside what only the office reads."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cms.core.models import Unit
from feedback.enums import CaseMatter, ConsentPurpose, NameShown, SenderKind
from feedback.models import CaseDraft, Category
from feedback.services.details import detail_words, questions_for
from feedback.views.stations import CONTENT, FILES, FIRST, LAST, SENDER, Station


@dataclass(frozen=True)
class Row:
    """One answer with the page on which it is changed."""

    label: str
    value: str
    station: Station
    several_lines: bool = False

    @property
    def change_url(self) -> str:
        return f"{self.station.url}?ve={LAST.slug}"


@dataclass(frozen=True)
class Section:
    heading: str
    note: str
    rows: list[Row] = field(default_factory=list)


def answers(draft: CaseDraft) -> list[Section]:
    """Return the two halves of a finished form; without consent to publish there is no public half."""
    data = draft.data
    content = _content_rows(data)
    private = _sender_rows(data)
    files = ", ".join(file.name for file in draft.files.all())
    private = [*_detail_rows(data), Row(_("Tệp đính kèm"), files or _("Không có"), FILES), *private]
    if not data.get("agree_publish"):
        note = _("Bạn không chọn công khai nên chỉ người xử lý của cơ quan đọc được.")
        return [Section(_("Chỉ cơ quan thấy"), note, [*content, *private])]
    shown = Row(_("Tên hiện cùng câu hỏi"), NameShown(data["name_shown"]).label, SENDER)
    public_note = _(
        "Chỉ sau khi có câu trả lời; tên người, số điện thoại, thông tin riêng trong lời văn được che trước."
    )
    return [
        Section(_("Công khai có thể thấy"), public_note, [*content, shown]),
        Section(_("Chỉ cơ quan thấy"), _("Không bao giờ được công khai."), private),
    ]


def _content_rows(data: dict[str, Any]) -> list[Row]:
    category = Category.objects.get(pk=data["category"])
    unit = Unit.objects.filter(pk=data.get("unit")).first()
    return [
        Row(_("Lĩnh vực"), category.name, FIRST),
        Row(_("Đơn vị liên quan"), unit.name if unit else _("Không rõ hoặc không thuộc đơn vị nào"), FIRST),
        Row(_("Loại việc"), CaseMatter(data.get("matter") or CaseMatter.OTHER).label, FIRST),
        Row(_("Tiêu đề"), data["title"], CONTENT),
        Row(_("Nội dung"), data["body"], CONTENT, several_lines=True),
    ]


def _detail_rows(data: dict[str, Any]) -> list[Row]:
    """Return the extra questions with their answers; they are never published."""
    questions = questions_for(category=data["category"], matter=data.get("matter", ""))
    kept = data.get("details", {})
    words = ((question, detail_words(question, kept.get(question.code, ""))) for question in questions)
    return [
        Row(question.label, text or _("Không ghi"), CONTENT, several_lines="\n" in text) for question, text in words
    ]


def _sender_rows(data: dict[str, Any]) -> list[Row]:
    none = _("Không ghi")
    agreed = [purpose.label for purpose in ConsentPurpose if data.get(f"agree_{purpose.value}")]
    return [
        Row(_("Tư cách"), SenderKind(data["sender_kind"]).label, SENDER),
        Row(_("Họ và tên"), data.get("name") or none, SENDER),
        Row(_("Số điện thoại"), data.get("phone") or none, SENDER),
        Row(_("Thư điện tử"), data.get("email") or none, SENDER),
        Row(_("Địa chỉ"), data.get("address") or none, SENDER),
        Row(_("Bạn đồng ý"), "\n".join(capfirst(str(label)) for label in agreed), SENDER, several_lines=True),
    ]


def is_unidentified(draft: CaseDraft) -> bool:
    """Say whether the sender left out what the decree asks of a phản ánh (Nghị định 20/2008/NĐ-CP, Điều 7.1)."""
    data = draft.data
    return not (data.get("name") and data.get("address") and (data.get("phone") or data.get("email")))
