"""Pictures. The words that describe a picture belong to its use, not to its file."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PictureValue(blocks.StructValue):
    @cached_property
    def alt(self) -> str:
        """Empty for a picture that only decorates: a screen reader then passes over it."""
        return "" if self.get("decorative") else (self.get("alt_text") or "").strip()

    @cached_property
    def credit_line(self) -> str:
        """Whom to thank here; else whom the image itself names."""
        return (self.get("credit") or "").strip() or getattr(self.get("image"), "credit", "")


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Ảnh"))
    alt_text = blocks.CharBlock(
        label=_("Mô tả cho người không xem được ảnh"),
        required=False,
        max_length=250,
        help_text=_("Ảnh cho thấy gì, ở chỗ này. Ví dụ: “Học sinh lớp 5 đọc sách dưới gốc cây”."),
    )
    decorative = blocks.BooleanBlock(label=_("Ảnh chỉ để trang trí"), required=False)
    caption = blocks.CharBlock(label=_("Chú thích"), required=False, max_length=300)
    credit = blocks.CharBlock(label=_("Nguồn, tác giả"), required=False, max_length=160)

    def clean(self, value):
        """An image says what it shows, or says that it shows nothing."""
        cleaned = super().clean(value)
        if not cleaned.get("decorative") and not (cleaned.get("alt_text") or "").strip():
            message = _("Ghi mô tả ảnh, hoặc đánh dấu ảnh chỉ để trang trí.")
            raise blocks.StructBlockValidationError(block_errors={"alt_text": ValidationError(message)})
        return cleaned

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        shown = (value.alt, (value.get("caption") or "").strip(), value.credit_line) if value.get("image") else ()
        return [words for words in shown if words]

    class Meta:
        icon = "image"
        label = _("Ảnh")
        description = _("Ảnh có mô tả, chú thích và nguồn.")
        label_format = "{caption}"
        template = "components/streamfield/picture.html"
        value_class = PictureValue
