"""What an officer keys in from paper: the sender's own form on one page, with the line of the book above it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanTextField
from cms.core.importing import VietnameseDateField
from cms.core.models import Unit
from cms.core.text import format_vietnamese_date
from feedback.enums import OFFICE_SOURCES, CaseMatter, CaseSource, ConsentPurpose
from feedback.forms.sending import ContentForm, SenderForm, SubjectForm
from feedback.models import BookLine, Category, PaperBook
from feedback.services.details import questions_for
from feedback.services.draft import NOTICE_VERSION
from feedback.services.paper import Place, day_check, place_read
from feedback.services.submission import CaseEntry

SOURCES = [(source.value, source.label) for source in CaseSource if source in OFFICE_SOURCES]
_OTHER_UNIT = _("Bạn chỉ nhập được phản ánh của đơn vị mình.")
# Names that the service gives a refusal, and the field that it stands beside here.
_FIELDS = {"category_id": "category", "unit_id": "unit", "consents": "agree_handle"}


class LineField(CleanCharField):
    """“12”, or “12a” where the book has a number twice; gives number and letter."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6})
        super().__init__(label=_("Số dòng"), max_length=7, widget=widget, **kwargs)

    def clean(self, value: Any) -> tuple[int, str]:
        return place_read(super().clean(value) or "")


class DayField(VietnameseDateField):
    """The day on which the office received it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Ngày nhận"),
            help_text=_("Ngày cơ quan nhận, như ghi trong sổ. Hạn xử lý tính từ ngày này."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}),
            error_messages={"required": _("Ghi ngày cơ quan nhận, ví dụ 05/11/2026.")},
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        return day_check(super().clean(value))

    def prepare_value(self, value: Any) -> Any:
        return format_vietnamese_date(value) if hasattr(value, "strftime") else value


class PaperForm(ContentForm, SubjectForm, SenderForm):
    """One line of a book. The rules of each field are those of the public form."""

    line = LineField()
    received_on = DayField()
    source = forms.ChoiceField(label=_("Kênh"), choices=SOURCES)

    field_order = (
        *("line", "received_on", "source", "category", "unit", "matter", "title", "body"),
        *("sender_kind", "name", "phone", "email", "address", "name_shown"),
    )

    def __init__(self, data: Any = None, *, book: PaperBook, actor_units: Iterable[int] | None, **kwargs: Any) -> None:
        self.book, self.actor_units = book, actor_units
        chosen = data or kwargs.get("initial") or {}
        asked = questions_for(category=_key(chosen), matter=_matter(chosen))
        super().__init__(data, questions=asked, **kwargs)
        del self.fields["started"]
        self._speak_to_the_officer()

    def _speak_to_the_officer(self) -> None:
        """Say the labels to whoever keys in, not to whoever wrote."""
        labels = {
            "sender_kind": _("Người gửi là"),
            "name_shown": _("Nếu công khai, tên người gửi"),
            **{f"agree_{each}": format_lazy(_("Người gửi đồng ý {what}"), what=_AGREED[each]) for each in _AGREED},
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["agree_handle"].help_text = _("Gửi thư, ghi sổ, gọi điện để được giải quyết là đồng ý việc này.")
        self.fields["agree_publish"].help_text = _("Chỉ đánh dấu khi người gửi nói hoặc viết rõ.")
        self.fields["agree_handle"].error_messages["required"] = _(
            "Người gửi chưa đồng ý thì không được dùng thông tin của họ để xử lý."
        )
        self.fields["unit"].help_text = _("Trường hoặc đơn vị mà phản ánh nói tới.")
        self.fields["matter"].help_text = ""
        self.fields["title"].help_text = _("Một câu nói rõ việc gì, ở đâu.")
        self.fields["body"].help_text = _("Chép đủ, đúng lời người gửi.")
        self.fields["name"].help_text = ""

    @property
    def asked_fields(self) -> list[forms.BoundField]:
        """The extra questions of the category and matter that were chosen."""
        return [self[name] for name in self.fields if name in self._asked]

    def clean_unit(self) -> int | None:
        unit = self.cleaned_data["unit"]
        if self.actor_units is None:
            return unit
        if unit is None and self.book.unit_id in self.actor_units:
            return self.book.unit_id
        if unit not in self.actor_units:
            raise ValidationError(_OTHER_UNIT)
        return unit

    def place(self) -> Place:
        """Return the line that this is to be."""
        number, suffix = self.cleaned_data["line"]
        return Place(self.book, number, suffix)

    def entry(self) -> CaseEntry:
        """Return what the service stores."""
        data = self.cleaned_data
        names = ("title", "body", "sender_kind", "name", "phone", "email", "address", "name_shown")
        return CaseEntry(
            category_id=data["category"].pk,
            unit_id=data["unit"],
            matter=data["matter"] or "other",
            details=self.details(),
            consents=tuple(each for each in ConsentPurpose.values if data.get(f"agree_{each}")),
            notice_version=NOTICE_VERSION,
            **{name: data[name] for name in names},
        )

    def refuse(self, error: ValidationError) -> None:
        """Put the sentences of the service beside the fields that they are about."""
        for name, messages in error.message_dict.items():
            field = _FIELDS.get(name, name.replace("details.", "hoi_"))
            self.add_error(field if field in self.fields else None, messages)


_AGREED = {
    ConsentPurpose.HANDLE: _("cho dùng thông tin của mình để xử lý và trả lời"),
    ConsentPurpose.PUBLISH: _("cho đăng công khai nội dung và câu trả lời"),
    ConsentPurpose.CONTACT: _("nhận tin báo qua thư điện tử khi có tiến triển"),
}


def _matter(data: Any) -> str:
    chosen = str(data.get("matter") or "")
    return chosen if chosen in CaseMatter.values else ""


def _key(data: Any) -> int | None:
    typed = str(data.get("category") or "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else None


class CorrectionForm(forms.Form):
    """What may be set right of a line that nobody has received yet."""

    expected_version = forms.IntegerField(widget=forms.HiddenInput)
    line = LineField()
    received_on = DayField()
    category = forms.ModelChoiceField(label=_("Lĩnh vực"), queryset=Category.objects.active(), empty_label=CHOOSE)
    unit = forms.ModelChoiceField(
        label=_("Đơn vị liên quan"),
        queryset=Unit.objects.active().taking_cases(),
        required=False,
        empty_label=_("Không rõ"),
    )
    title = CleanCharField(label=_("Tiêu đề"), min_length=10, max_length=150)
    body = CleanTextField(
        label=_("Nội dung"), min_length=20, max_length=5_000, widget=forms.Textarea(attrs={"rows": 10})
    )

    @staticmethod
    def first_values(line: BookLine) -> dict[str, Any]:
        """Return what stands in the line now."""
        case = line.case
        return {
            "expected_version": case.version,
            "line": line.place,
            "received_on": timezone.localdate(case.received_at),
            "category": case.category_id,
            "unit": case.unit_id,
            "title": case.title,
            "body": case.body,
        }


class SkipForm(forms.Form):
    """Lines that hold nothing."""

    first = forms.IntegerField(label=_("Từ dòng"), min_value=1, max_value=99_999)
    last = forms.IntegerField(label=_("Đến dòng"), min_value=1, max_value=99_999)
    reason = CleanCharField(
        label=_("Vì sao"), max_length=200, help_text=_("Ví dụ: gạch bỏ, ghi nhầm. Không ghi tên người.")
    )
