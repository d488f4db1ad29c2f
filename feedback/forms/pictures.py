"""Boxes over a picture, each as four numbers, and what the picture shows."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField
from cms.media.covering import Box
from feedback.models.pictures import LONGEST_DESCRIPTION
from feedback.services.pictures import MAX_BOXES, SMALLEST_SIDE

SIDES = ("left", "top", "width", "height")
_FRESH = 3  # empty rows below those that are filled in


class PercentField(forms.DecimalField):
    """A number of hundredths."""

    def __init__(self, *, label: Any, smallest: float = 0) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=smallest,
            max_value=100,
            max_digits=5,
            decimal_places=2,
            widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
            error_messages={
                "invalid": _("Hãy ghi một số, ví dụ 12 hoặc 12.5."),
                "max_digits": _("Hãy ghi một số từ 0 đến 100."),
                "max_whole_digits": _("Hãy ghi một số từ 0 đến 100."),
                "max_decimal_places": _("Nhiều nhất hai chữ số sau dấu phẩy."),
            },
        )

    def to_python(self, value: Any) -> Any:
        # Whoever types a Vietnamese decimal comma means the same number.
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class BoxForm(forms.Form):
    """One box; an empty row is no box."""

    left = PercentField(label=_("Cách mép trái (%)"))
    top = PercentField(label=_("Cách mép trên (%)"))
    width = PercentField(label=_("Rộng (%)"), smallest=SMALLEST_SIDE)
    height = PercentField(label=_("Cao (%)"), smallest=SMALLEST_SIDE)
    drop = forms.BooleanField(label=_("Bỏ khung này"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        typed = [name for name in SIDES if str(self.data.get(self.add_prefix(name)) or "").strip()]
        if data.get("drop") or not typed:
            for name in list(self.errors):
                del self.errors[name]
            return {}
        for name in SIDES:
            if name not in typed:
                self.add_error(name, _("Hãy điền đủ bốn số của khung."))
        for start, size in (("left", "width"), ("top", "height")):
            first, second = data.get(start), data.get(size)
            if first is not None and second is not None and first + second > 100:
                self.add_error(size, _("Khung chạy ra ngoài ảnh: hai số này cộng lại không quá 100."))
        return data

    @property
    def box(self) -> Box | None:
        """The box of a valid row; None for an empty one or one that is to go."""
        given = [float(each) for name in SIDES if (each := self.cleaned_data.get(name)) is not None]
        return Box(*given) if len(given) == len(SIDES) else None


class Boxes(forms.BaseFormSet):
    """All rows of one picture."""

    def boxes(self) -> list[Box]:
        """Return the boxes of a valid formset, in the order of its rows."""
        return [form.box for form in self.forms if form.box]


BoxFormSet = cast(
    "type[Boxes]",
    forms.formset_factory(BoxForm, formset=Boxes, extra=_FRESH, max_num=MAX_BOXES, absolute_max=MAX_BOXES + _FRESH),
)


class PictureForm(forms.Form):
    """What goes with the boxes."""

    description = CleanCharField(
        label=_("Mô tả ảnh"),
        max_length=LONGEST_DESCRIPTION,
        help_text=_("Một câu cho người không nhìn thấy ảnh, ví dụ: mái hiên dãy nhà B dột. Không nêu tên ai."),
    )
    seen_clear = forms.BooleanField(
        label=_("Tôi đã xem kỹ: trong ảnh không có gì phải che"),
        required=False,
        help_text=_("Chỉ đánh dấu khi không vẽ khung nào."),
    )

    def check(self, boxes: Boxes) -> bool:
        """Say whether everything may be stored; a picture without a box must have been called clear."""
        fine = self.is_valid() and boxes.is_valid()
        if fine and not boxes.boxes() and not self.cleaned_data["seen_clear"]:
            self.add_error("seen_clear", ValidationError(_("Hãy vẽ khung che, hoặc đánh dấu vào ô này.")))
        return fine and not self.errors
