"""What editors bring to a notice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField
from cms.internal.models import InternalNoticePage, NoticeFile
from cms.internal.services.files import notice_file_add
from cms.media.uploads import ACCEPT, CheckedFile, check_upload


class NoticeFileForm(forms.Form):
    """One file and what it is called."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("PDF, Word, Excel, ODF hoặc ảnh, tối đa 10 MB. Tệp cất ở kho riêng, không có địa chỉ công khai."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPT}),
    )
    title = CleanCharField(
        label=_("Tên hiện ra"), required=False, max_length=200, help_text=_("Để trống thì dùng tên của tệp.")
    )

    def clean_file(self) -> CheckedFile:
        return check_upload(self.cleaned_data["file"])

    def save(self, *, page: InternalNoticePage, actor: Any) -> NoticeFile:
        """Hand it to the service."""
        return notice_file_add(page=page, title=self.cleaned_data["title"], file=self.cleaned_data["file"], actor=actor)
