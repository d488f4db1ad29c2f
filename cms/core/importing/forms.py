"""The upload of a file to import."""

from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cms.core.text import TextError, clean_line

from .kinds import ImportKind

MAX_BYTES = 10 * 1024 * 1024


class ImportUploadForm(forms.Form):
    """One file of ``kind``; publishing is offered to those who may."""

    file = forms.FileField(
        label=_("Tệp"),
        error_messages={
            "required": _("Hãy chọn một tệp."),
            "empty": _("Tệp này trống. Hãy chọn tệp khác."),
            "invalid": _("Hãy chọn một tệp."),
        },
    )
    skip_bad = forms.BooleanField(
        label=_("Bỏ qua dòng hỏng, nhập các dòng còn lại"),
        required=False,
        help_text=_("Không chọn thì chỉ một dòng hỏng cũng dừng cả tệp."),
    )
    publish = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kind: ImportKind, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind.targets:
            choices = [("", _("– tự nhận ra theo nội dung tệp –")), *kind.targets(user)]
            target = forms.ChoiceField(label=kind.target_label, choices=choices, required=False)
            self.fields = {"target": target, **self.fields}
        self.fields["file"].help_text = kind.explanation
        self.fields["file"].widget.attrs["accept"] = kind.accept
        if kind.publish_label and kind.may_publish(user):
            self.fields["publish"].label = kind.publish_label
        else:
            del self.fields["publish"]

    def clean_file(self) -> UploadedFile:
        """The name's extension and the size; what is inside is judged by the reader."""
        upload: UploadedFile = self.cleaned_data["file"]
        extension = PurePosixPath(upload.name or "").suffix.lstrip(".").lower()
        if extension not in self.kind.extensions:
            names = ", ".join(f".{name}" for name in self.kind.extensions)
            raise ValidationError(_("Chỉ nhận tệp %(names)s."), params={"names": names}, code="extension")
        if (upload.size or 0) > MAX_BYTES:
            limit = MAX_BYTES // 1024 // 1024
            raise ValidationError(
                _("Tệp lớn hơn %(limit)d MB. Hãy chia nhỏ tệp."), params={"limit": limit}, code="size"
            )
        return upload

    @property
    def shown_name(self) -> str:
        """The file's own name as one clean line that keeps its extension."""
        try:
            name = clean_line(PurePosixPath((self.cleaned_data["file"].name or "").replace("\\", "/")).name)
        except TextError:
            name = ""
        stem, _dot, extension = name.rpartition(".")
        return f"{stem[:100] or 'tep'}.{extension[:8]}"
