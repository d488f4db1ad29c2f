"""What the clerk keys in for one dossier: one screen, the keyboard alone, as few fields as the law lets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CHOOSE, CleanCharField, CleanEmailField, CleanTextField, PhoneField
from cms.core.importing import VietnameseDateField
from cms.core.models import Unit
from cms.core.text import format_vietnamese_date
from procedures.enums import DossierChannel
from procedures.forms.dossier_rows import Moment, MomentField
from procedures.models import ProcedurePage, SubmissionWay
from procedures.services.intake import DossierEntry, ways_for

MOST_OFFERED = 12
_DAY = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "dd/mm/yyyy"}


class DueField(VietnameseDateField):
    """The day of the appointment, where the clerk knows better than the rule."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("Ngày hẹn khác"),
            required=False,
            help_text=_("Để trống thì cổng tính từ thời hạn của thủ tục."),
            widget=forms.TextInput(attrs=_DAY),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return format_vietnamese_date(value) if hasattr(value, "strftime") else value


class ContactForm(forms.Form):
    """Who hands it in."""

    name = CleanCharField(label=_("Người nộp"), max_length=160)
    phone = PhoneField(label=_("Điện thoại"), required=False, max_length=20)
    email = CleanEmailField(label=_("Thư điện tử"), required=False, max_length=254)
    address = CleanCharField(label=_("Địa chỉ"), required=False, max_length=255)


class EntryForm(ContactForm):
    """One dossier. Words that fit several procedures, or a procedure with several times, ask once more, with choices.

    Args:
        units: those for which this clerk may take dossiers in.

    """

    procedure = CleanCharField(
        label=_("Thủ tục"), max_length=200, help_text=_("Gõ mã, hoặc vài chữ của tên; không cần dấu.")
    )
    chosen = forms.ChoiceField(label=_("Chọn thủ tục"), required=False, widget=forms.RadioSelect)
    way = forms.ChoiceField(label=_("Thời hạn giải quyết"), required=False, widget=forms.RadioSelect)
    unit = forms.ModelChoiceField(label=_("Đơn vị giải quyết"), queryset=Unit.objects.none(), empty_label=CHOOSE)
    channel = forms.ChoiceField(label=_("Kênh nộp"), choices=DossierChannel.choices)
    return_channel = forms.ChoiceField(label=_("Nhận kết quả"), choices=DossierChannel.choices)
    papers = CleanTextField(
        label=_("Giấy tờ đã nhận"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mỗi dòng một giấy tờ; in trên giấy tiếp nhận."),
    )
    filed = MomentField(
        label=_("Nộp lúc"),
        required=False,
        help_text=_("Để trống là bây giờ. Ví dụ 30/11/2026 14:20."),
        widget=forms.TextInput(attrs={**_DAY, "placeholder": "dd/mm/yyyy hh:mm"}),
    )
    due_on = DueField()
    received = forms.BooleanField(
        label=_("Đủ giấy tờ, tiếp nhận và hẹn trả ngay"),
        required=False,
        help_text=_("Bỏ chọn khi hồ sơ từ xa gửi tới còn phải xem."),
    )

    field_order = (
        *("procedure", "chosen", "way", "name", "phone", "email", "address"),
        *("channel", "return_channel", "unit", "papers", "filed", "due_on", "received"),
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.page: ProcedurePage | None = None
        self.chosen_way: SubmissionWay | None = None
        self.asks_procedure = self.asks_way = False

    def clean_procedure(self) -> str:
        """Find the procedure that the words mean; several are offered instead of guessed."""
        typed: str = self.cleaned_data["procedure"]
        chosen = self.data.get(self.add_prefix("chosen"), "")
        found = list(ProcedurePage.objects.pickable(typed)[: MOST_OFFERED + 1])
        by_key = {str(page.pk): page for page in found}
        if chosen in by_key:
            found = [by_key[chosen]]
        if not found:
            raise ValidationError(_("Không có thủ tục nào hợp với điều đã gõ. Hãy gõ mã, hoặc chữ khác của tên."))
        if len(found) == 1:
            self.page = found[0]
            return typed
        self.asks_procedure = True
        self.fields["chosen"].choices = [(str(page.pk), f"{page.code} – {page.name}") for page in found[:MOST_OFFERED]]
        raise ValidationError(_("Có mấy thủ tục như vậy. Hãy chọn một."))

    def clean_filed(self) -> Moment | None:
        filed: Moment | None = self.cleaned_data["filed"]
        if filed and filed.at > timezone.now():
            raise ValidationError(_("Ngày nộp không thể ở tương lai."))
        return filed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._errors.pop("chosen", None)
        self._errors.pop("way", None)
        if self.page is not None and data.get("channel") and not data.get("due_on"):
            self._pick_way(data["channel"])
        filed, due_on = data.get("filed"), data.get("due_on")
        if due_on and due_on < (filed.day if filed else timezone.localdate()):
            self.add_error("due_on", _("Ngày hẹn trả không thể trước ngày nộp."))
        return data

    def _pick_way(self, channel: str) -> None:
        """Take the only time limit there is; of several ask which, for they are for different people (S76–S78)."""
        ways = {str(way.pk): way for way in ways_for(self.page, channel)}
        chosen = self.data.get(self.add_prefix("way"), "")
        if len(ways) <= 1 or chosen in ways:
            self.chosen_way = ways.get(chosen) or next(iter(ways.values()), None)
            return
        self.asks_way = True
        self.fields["way"].choices = [(key, way.words) for key, way in ways.items()]
        self.add_error("way", _("Thủ tục có mấy thời hạn. Hãy chọn thời hạn của người nộp."))

    def entry(self) -> DossierEntry:
        """Return the clean values as the service takes them."""
        data, filed = self.cleaned_data, self.cleaned_data["filed"]
        names = ("unit", "channel", "return_channel", "papers", "name", "phone", "email", "address", "received")
        at = filed.at if filed else None
        return DossierEntry(
            procedure=self.page,
            way=self.chosen_way,
            filed_at=at,
            due_on=data["due_on"],
            **{name: data[name] for name in names},
        )
