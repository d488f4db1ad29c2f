"""What readers say below a page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, CleanEmailField, CleanTextField
from feedback.models.comment import LONGEST_COMMENT, LONGEST_NAME, LONGEST_WORDS


class CommentForm(forms.Form):
    """What a reader says below a page."""

    body = CleanTextField(
        label=_("Ý kiến của bạn"),
        min_length=5,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Đừng ghi số điện thoại, địa chỉ nhà hay chuyện riêng của ai: ý kiến được đăng cho mọi người đọc."),
        error_messages={
            "required": _("Ghi ý kiến của bạn."),
            "min_length": _("Ý kiến quá ngắn, ghi ít nhất 5 ký tự."),
            "max_length": _("Ý kiến dài %(show_value)d ký tự, rút gọn còn nhiều nhất %(limit_value)d."),
        },
    )
    shown_name = CleanCharField(
        label=_("Tên hiện bên ý kiến"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        help_text=_("Tùy bạn: họ tên, biệt danh hay “phụ huynh lớp 3”. Để trống thì ghi “Một bạn đọc”."),
    )
    email = CleanEmailField(
        label=_("Thư điện tử"),
        required=False,
        max_length=254,
        help_text=_("Không hiện ra. Chỉ để báo một lần rằng ý kiến đã đăng, hoặc vì sao không; sau đó được xóa."),
    )


class RatingWordsForm(forms.Form):
    """What a reader adds to “useful” or “not”; for the editors alone."""

    words = CleanTextField(
        label=_("Điều gì còn thiếu hoặc chưa rõ?"),
        min_length=2,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Chỉ người biên tập đọc, không đăng lên. Đừng ghi họ tên, số điện thoại."),
        error_messages={
            "required": _("Ghi vài lời, hoặc đóng trang này: câu trả lời của bạn đã được đếm."),
            "max_length": _("Lời góp ý dài %(show_value)d ký tự, rút gọn còn nhiều nhất %(limit_value)d."),
        },
    )
