"""The pages of the form, in their order."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.forms import ContentForm, FilesForm, ReviewForm, SenderForm, SubjectForm
from feedback.models import CaseDraft


@dataclass(frozen=True)
class Station:
    """One page of the form."""

    slug: str
    title: Any
    heading: Any
    form_class: type[forms.Form]
    body: str

    @property
    def url(self) -> str:
        return reverse("feedback:form_step", args=[self.slug])

    @property
    def asks(self) -> bool:
        """Whether this page's answers must stand before the form may leave."""
        return self.body in {"fields", "sender"}


STATIONS = (
    Station("linh-vuc", _("Lĩnh vực"), _("Bạn muốn nói về việc gì?"), SubjectForm, "fields"),
    Station("noi-dung", _("Nội dung"), _("Nội dung phản ánh, kiến nghị"), ContentForm, "fields"),
    Station("tep", _("Tệp"), _("Ảnh và tài liệu kèm theo"), FilesForm, "files"),
    Station("nguoi-gui", _("Người gửi"), _("Người gửi"), SenderForm, "sender"),
    Station("xem-lai", _("Xem lại và gửi"), _("Xem lại rồi gửi"), ReviewForm, "review"),
)
FIRST, CONTENT, FILES, SENDER, LAST = STATIONS
BY_SLUG = {station.slug: station for station in STATIONS}


def unanswered(draft: CaseDraft | None) -> Station | None:
    """Return the first page whose kept answers do not stand: never given, or a category closed meanwhile."""
    data = draft.data if draft else {}
    return next((station for station in STATIONS if station.asks and not station.form_class(data).is_valid()), None)
