"""The pages of the form, in their order."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from feedback.forms import ContentForm, FilesForm, ReviewForm, SenderForm, SubjectForm
from feedback.forms.details import PREFIX
from feedback.models import CaseDraft
from feedback.services.details import questions_for


class Kept(dict[str, Any]):
    """Kept answers in the place of a posted form."""

    def getlist(self, name: str) -> list[Any]:
        """Return the answers of a question that takes several."""
        value = self.get(name) or []
        return value if isinstance(value, list) else [value]


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

    def form(self, draft: CaseDraft | None, *args: Any, **kwargs: Any) -> Any:
        """Return this page's form; what it asks may depend on what was answered before."""
        if self.form_class is ContentForm and draft is not None:
            kwargs |= {"questions": _questions(draft), "kept": draft.data.get("details")}
        return self.form_class(*args, **kwargs)

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


def _questions(draft: CaseDraft) -> list[Any]:
    """Return the extra questions of this draft, asked of the database once."""
    chosen = (draft.data.get("category"), draft.data.get("matter", ""))
    known = getattr(draft, "_extra_questions", None)
    if known is None or known[0] != chosen:
        known = (chosen, questions_for(category=chosen[0], matter=chosen[1]))
        draft._extra_questions = known  # type: ignore[attr-defined]
    return list(known[1])


def given(draft: CaseDraft | None) -> dict[str, Any]:
    """Return what is kept, by the names of the fields."""
    data = dict(draft.data) if draft else {}
    return {**data, **{f"{PREFIX}{code}": value for code, value in data.pop("details", {}).items()}}


def kept_form(station: Station, draft: CaseDraft | None) -> Any:
    """Return a page's form filled with what is kept, to be asked whether it stands."""
    return station.form(draft, Kept(given(draft)))


def unanswered(draft: CaseDraft | None) -> Station | None:
    """Return the first page whose kept answers do not stand: never given, or a category closed meanwhile."""
    return next((station for station in STATIONS if station.asks and not kept_form(station, draft).is_valid()), None)
