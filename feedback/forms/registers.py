"""One row of an old register; a file is older than our forms, so it may be shorter, never longer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cms.core.forms import CleanCharField, CleanTextField, PhoneField
from cms.core.text import fold
from feedback.enums import OFFICE_SOURCES, CaseSource
from feedback.forms.paper import DayField, LineField

LONGEST_TITLE = 150
# What registers write beside the labels themselves.
_OTHER_WORDS = {
    CaseSource.BOX: ("hom thu", "hop thu gop y", "hop thu"),
    CaseSource.BOOK: ("so", "ghi so"),
    CaseSource.PAPER: ("thu", "thu tay", "don", "van ban", "buu dien", "cong van"),
    CaseSource.PHONE: ("dien thoai", "goi dien", "dt", "duong day nong"),
    CaseSource.COUNTER: ("truc tiep", "tai quay", "den truc tiep", "tai cho", "tiep dan"),
    CaseSource.EMAIL: ("email", "e-mail", "thu dien tu"),
}


def source_named(typed: str) -> str:
    """Return the channel that people mean; raises ValidationError with the words that are known."""
    word = fold(typed)
    for source in OFFICE_SOURCES:
        if word in {source.value, fold(str(source.label)), *_OTHER_WORDS.get(source, ())}:
            return source.value
    known = ", ".join(str(source.label) for source in CaseSource if source in OFFICE_SOURCES)
    raise ValidationError(_("Không rõ kênh “%(word)s”; ghi một trong: %(known)s.") % {"word": typed, "known": known})


class RegisterRowForm(forms.Form):
    book = CleanCharField(label=_("Sổ"), max_length=120)
    line = LineField()
    received_on = DayField()
    source = CleanCharField(label=_("Kênh"), required=False, max_length=60)
    name = CleanCharField(label=_("Người gửi"), required=False, max_length=120)
    phone = PhoneField(label=_("Điện thoại"), required=False, max_length=20)
    address = CleanCharField(label=_("Địa chỉ"), required=False, max_length=255)
    title = CleanCharField(label=_("Tiêu đề"), required=False, max_length=LONGEST_TITLE)
    body = CleanTextField(label=_("Nội dung"), max_length=5_000)
    category = CleanCharField(label=_("Lĩnh vực"), required=False, max_length=120)
    unit = CleanCharField(label=_("Đơn vị"), required=False, max_length=200)

    def clean_source(self) -> str:
        typed = self.cleaned_data["source"]
        return source_named(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """A line without a heading is called by its first words."""
        data = super().clean() or self.cleaned_data
        if not data.get("title") and data.get("body"):
            first = " ".join(data["body"].split())
            data["title"] = first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
        return data
