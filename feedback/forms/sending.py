"""What a citizen fills in, one form a page."""

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cms.core.enums import UnitKind
from cms.core.forms import CleanCharField, CleanEmailField, CleanTextField, PhoneField
from cms.core.models import Unit
from cms.media.uploads import ACCEPT, CheckedFile, check_upload
from feedback.enums import MATTERS, CaseClass, CaseMatter, ConsentPurpose, NameShown, SenderKind
from feedback.forms.details import DetailFields
from feedback.models import Category, ExtraQuestion

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

_NO_UNIT = ("", _("Không rõ hoặc không thuộc đơn vị nào"))


def unit_choices() -> list[tuple[Any, Any]]:
    """Return the units that take cases, schools grouped by level, for a select."""
    rows = Unit.objects.active().taking_cases().in_order().values_list("kind", "pk", "name")
    # Sorting is stable: inside a kind the order of the list stays.
    ordered = sorted(rows, key=lambda row: UnitKind.values.index(row[0]))
    groups = [
        (UnitKind(kind).label, [(pk, name) for _kind, pk, name in members])
        for kind, members in groupby(ordered, key=lambda row: row[0])
    ]
    return [_NO_UNIT, *groups]


def matters_of(kind: CaseClass) -> list[CaseMatter]:
    """Return the matters of one class, “other” apart: it stands alone."""
    return [each for each, (where, _clause) in MATTERS.items() if where == kind and each != CaseMatter.OTHER]


def matter_choices() -> list[tuple[Any, Any]]:
    """Return what a case may be about, under the three things that an office is asked to hear, for a select."""
    return [
        (CaseMatter.OTHER.value, CaseMatter.OTHER.label),
        *((kind.label, [(each.value, each.label) for each in matters_of(kind)]) for kind in CaseClass),
    ]


class SubjectForm(forms.Form):
    """Step 1: what it is about and whom it concerns."""

    category = forms.ModelChoiceField(
        Category.objects.none(),
        label=_("Lĩnh vực"),
        empty_label=_("Chọn một lĩnh vực"),
        error_messages={
            "required": _("Chọn lĩnh vực gần nhất với điều bạn muốn nói."),
            "invalid_choice": _("Lĩnh vực này không còn nhận phản ánh. Hãy chọn lĩnh vực khác."),
        },
    )
    unit = forms.TypedChoiceField(
        label=_("Đơn vị liên quan"),
        required=False,
        coerce=int,
        empty_value=None,
        help_text=_("Trường hoặc đơn vị mà bạn nói tới."),
        error_messages={"invalid_choice": _("Đơn vị này không nhận phản ánh qua cổng. Hãy chọn đơn vị khác.")},
    )
    matter = forms.ChoiceField(
        label=_("Loại việc"),
        required=False,
        choices=matter_choices,
        initial=CaseMatter.OTHER,
        help_text=_("Chọn đúng loại thì việc đến đúng người nhanh hơn. Không rõ thì để nguyên."),
        error_messages={"invalid_choice": _("Chọn một loại việc trong danh sách.")},
    )
    started = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = Category.objects.active().in_order()
        self.fields["unit"].choices = unit_choices

    def values(self) -> dict[str, Any]:
        """Return what the draft keeps."""
        data = self.cleaned_data
        return {
            "category": data["category"].pk,
            "unit": data["unit"],
            "matter": data["matter"] or CaseMatter.OTHER.value,
        }


class ContentForm(DetailFields, forms.Form):
    """Step 2: what happened, and the extra questions of its category and matter."""

    title = CleanCharField(
        label=_("Tiêu đề"),
        min_length=10,
        max_length=150,
        help_text=_("Một câu nói rõ việc gì, ở đâu. Ví dụ: “Cổng trường không có gờ giảm tốc”."),
        error_messages={
            "required": _("Ghi tiêu đề, ít nhất 10 ký tự."),
            "min_length": _("Tiêu đề quá ngắn, ghi ít nhất 10 ký tự để biết việc gì, ở đâu."),
            "max_length": _("Tiêu đề dài %(show_value)d ký tự, rút gọn còn nhiều nhất %(limit_value)d."),
        },
    )
    body = CleanTextField(
        label=_("Nội dung"),
        min_length=20,
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=_(
            "Việc xảy ra khi nào, ở đâu, mong được giải quyết ra sao. Không cần ghi họ tên người khác; "
            "nếu có, chúng tôi sẽ che trước khi công khai."
        ),
        error_messages={
            "required": _("Ghi nội dung phản ánh, kiến nghị."),
            "min_length": _("Nội dung quá ngắn, ghi ít nhất 20 ký tự."),
            "max_length": _("Nội dung dài %(show_value)d ký tự, rút gọn còn nhiều nhất %(limit_value)d."),
        },
    )

    def __init__(
        self, *args: Any, questions: Iterable[ExtraQuestion] = (), kept: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ask(questions, kept)

    def values(self) -> dict[str, Any]:
        """Return what the draft keeps."""
        return {"title": self.cleaned_data["title"], "body": self.cleaned_data["body"], "details": self.details()}


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesForm(forms.Form):
    """Step 3: files. A refused file does not take the good ones with it: those are in ``checked``."""

    files = forms.FileField(
        label=_("Tệp đính kèm"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPT, "multiple": True}),
        help_text=_("Nhiều nhất 5 tệp, mỗi tệp không quá 10 MB: ảnh JPG, PNG, WEBP hoặc tệp PDF, Word, Excel, ODF."),
    )

    def __init__(self, *args: Any, uploads: Iterable[UploadedFile] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.uploads = list(uploads)
        self.checked: list[CheckedFile] = []

    def clean(self) -> dict[str, Any]:
        self.errors.pop("files", None)  # Django looks at the last file alone
        for upload in self.uploads:
            try:
                self.checked.append(check_upload(upload))
            except ValidationError as error:
                self.add_error("files", error)
        return {}


def _agreement(purpose: ConsentPurpose) -> "StrPromise":
    return format_lazy(_("Tôi đồng ý {what}"), what=purpose.label)


class SenderForm(forms.Form):
    """Step 4: who writes, and what we may do with it. Nobody has to say who they are."""

    sender_kind = forms.ChoiceField(
        label=_("Bạn gửi với tư cách"),
        choices=SenderKind.choices,
        initial=SenderKind.CITIZEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn một tư cách."), "invalid_choice": _("Chọn một tư cách trong danh sách.")},
    )
    name = CleanCharField(
        label=_("Họ và tên"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Tổ chức, doanh nghiệp thì ghi tên của tổ chức và người đại diện."),
    )
    phone = PhoneField(label=_("Số điện thoại"), required=False, max_length=20)
    email = CleanEmailField(label=_("Thư điện tử"), required=False, max_length=254)
    address = CleanCharField(
        label=_("Địa chỉ"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    name_shown = forms.ChoiceField(
        label=_("Nếu công khai, tên của bạn"),
        choices=NameShown.choices,
        initial=NameShown.HIDDEN,
        widget=forms.RadioSelect,
        error_messages={"required": _("Chọn cách hiện tên."), "invalid_choice": _("Chọn một cách trong danh sách.")},
    )
    agree_handle = forms.BooleanField(
        label=_agreement(ConsentPurpose.HANDLE),
        error_messages={
            "required": _("Cần đánh dấu ô này: bạn không đồng ý thì chúng tôi không được dùng thông tin để xử lý.")
        },
    )
    agree_publish = forms.BooleanField(label=_agreement(ConsentPurpose.PUBLISH), required=False)
    agree_contact = forms.BooleanField(label=_agreement(ConsentPurpose.CONTACT), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("agree_contact") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Ghi thư điện tử để nhận tin, hoặc bỏ dấu ở ô nhận tin báo bên dưới."))
        wants_name = data.get("name_shown") not in {None, NameShown.HIDDEN}
        if wants_name and not data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Ghi họ tên nếu muốn hiện tên khi công khai, hoặc chọn không hiện tên."))
        return data

    def values(self) -> dict[str, Any]:
        """Return what the draft keeps."""
        return dict(self.cleaned_data)


CONSENT_FIELDS = tuple(f"agree_{purpose}" for purpose in ConsentPurpose.values)


class ReviewForm(forms.Form):
    """Step 5: the captcha, the token that makes a second press harmless, and a field that only robots see."""

    form_token = forms.CharField(widget=forms.HiddenInput)
    captcha_0 = forms.CharField(required=False, widget=forms.HiddenInput)
    captcha_1 = CleanCharField(
        label=_("Mã xác nhận"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Gõ 5 chữ số trong ảnh, hoặc nghe đọc rồi gõ lại."),
        error_messages={"required": _("Gõ mã xác nhận, gồm 5 chữ số trong ảnh hoặc trong đoạn âm thanh.")},
    )
    ghi_chu_them = forms.CharField(required=False)

    def __init__(self, *args: Any, human: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if human:
            del self.fields["captcha_0"], self.fields["captcha_1"]

    @property
    def is_suspect(self) -> bool:
        """Whether the field that no person sees was filled."""
        return bool(self.data.get("ghi_chu_them"))
