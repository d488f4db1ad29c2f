"""What one row of a list of units must say, whoever brings it."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from cms.core.enums import UnitKind
from cms.core.forms import CleanCharField, CleanEmailField
from cms.core.importing import heading_key
from cms.core.models import Unit

# What offices write in the column beside the kinds' own names.
SHORT_KINDS = {
    UnitKind.DEPARTMENT: ("Sở", "Cơ quan", "Phòng GD&ĐT", "Phòng Giáo dục và Đào tạo"),
    UnitKind.ROOM: ("Phòng", "Ban", "Phòng ban", "Bộ phận", "Văn phòng", "Thanh tra", "Trung tâm"),
    UnitKind.KINDERGARTEN: ("MN", "Mầm non", "Mẫu giáo", "MG", "Nhà trẻ", "Trường mẫu giáo"),
    UnitKind.PRIMARY: ("TH", "Tiểu học"),
    UnitKind.LOWER_SECONDARY: ("THCS", "Trung học cơ sở", "Trường THCS"),
    UnitKind.UPPER_SECONDARY: ("THPT", "Trung học phổ thông", "Trường THPT"),
    UnitKind.MULTI_LEVEL: ("Liên cấp", "Trường liên cấp", "TH&THCS", "TH và THCS", "THCS&THPT", "THCS và THPT"),
    UnitKind.CONTINUING: ("GDTX", "GDNN-GDTX", "Giáo dục thường xuyên", "Trung tâm GDTX", "Trung tâm GDNN-GDTX"),
    UnitKind.COMMUNE: ("Xã", "Phường", "Đặc khu", "Thị trấn", "UBND xã", "UBND phường"),
}


def _kinds() -> dict[str, UnitKind]:
    found = {heading_key(word): kind for kind, words in SHORT_KINDS.items() for word in words}
    return found | {heading_key(text): kind for kind in UnitKind for text in (str(kind.label), kind.value)}


def kind_named(text: str) -> UnitKind | None:
    """Return the kind that offices call ``text``, whatever its case and marks; None when there is none."""
    return _kinds().get(heading_key(text))


class UnitRowForm(forms.Form):
    """A unit by its columns. The rules of the code itself are the catalogue's own."""

    code = CleanCharField(label=_("Mã"), max_length=40, validators=Unit._meta.get_field("code").validators)
    name = CleanCharField(label=_("Tên"), max_length=200)
    short_name = CleanCharField(label=_("Tên gọn"), required=False, max_length=80)
    kind = CleanCharField(label=_("Loại"), max_length=100)
    parent_code = CleanCharField(label=_("Mã cấp trên"), required=False, max_length=40)
    area = CleanCharField(label=_("Địa bàn"), required=False, max_length=120)
    address = CleanCharField(label=_("Địa chỉ"), required=False, max_length=255)
    phone = CleanCharField(label=_("Điện thoại"), required=False, max_length=40)
    email = CleanEmailField(label=_("Thư điện tử"), required=False, max_length=254)
    website = CleanCharField(label=_("Trang web"), required=False, max_length=200)
    opening_hours = CleanCharField(label=_("Giờ làm việc"), required=False, max_length=200)

    def clean_kind(self) -> str:
        kind = kind_named(self.cleaned_data["kind"])
        if kind is None:
            raise ValidationError(
                _("không biết loại “%(kind)s”; ghi như: Trường tiểu học, THCS, Phòng, Xã."),
                params={"kind": self.cleaned_data["kind"]},
            )
        return str(kind.value)

    def clean_website(self) -> str:
        """People write truong.example.vn; a page needs the whole address."""
        website: str = self.cleaned_data["website"]
        if not website:
            return ""
        whole = website if "://" in website else f"https://{website}"
        try:
            URLValidator(schemes=["http", "https"])(whole)
        except ValidationError as error:
            raise ValidationError(_("“%(value)s” không phải địa chỉ trang web."), params={"value": website}) from error
        return whole

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code") and cleaned.get("parent_code") == cleaned["code"]:
            self.add_error("parent_code", _("đơn vị không thể nằm dưới chính mình."))
        return cleaned
