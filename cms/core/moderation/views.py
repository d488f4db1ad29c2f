"""The one screen of everything that waits for a moderator."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.enums import ModerationDecision, ModerationShelf
from cms.core.ports import ModerationKind

from .forms import DecisionForm
from .queue import Asked, counts, kinds_of, listed, pages_of

# Which shelf a decision leads to, and which decisions a shelf offers.
LEADS_TO = {
    ModerationDecision.APPROVE: ModerationShelf.APPROVED,
    ModerationDecision.REFUSE: ModerationShelf.REFUSED,
    ModerationDecision.RETURN: ModerationShelf.WAITING,
    ModerationDecision.MARK: ModerationShelf.APPROVED,
}
OFFERS = {
    ModerationShelf.WAITING: (ModerationDecision.APPROVE, ModerationDecision.REFUSE),
    ModerationShelf.APPROVED: (ModerationDecision.MARK, ModerationDecision.RETURN, ModerationDecision.REFUSE),
    ModerationShelf.REFUSED: (ModerationDecision.RETURN,),
}
DONE = {
    ModerationDecision.APPROVE: _("Đã đăng %(count)d mục."),
    ModerationDecision.REFUSE: _("Đã ghi không đăng %(count)d mục."),
    ModerationDecision.RETURN: _("Đã đưa %(count)d mục về chờ duyệt."),
    ModerationDecision.MARK: _("Đã xếp chủ đề cho %(count)d mục."),
}


class QueueView(WagtailAdminTemplateMixin, TemplateView):
    """List a shelf; take a decision about what is ticked. Every decision can be taken back from its shelf."""

    template_name = "core/admin/moderation.html"
    page_title = _("Chờ duyệt")
    header_icon = "check"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.kinds = kinds_of(request.user)
        if not self.kinds:
            raise PermissionDenied
        self.asked = Asked.of(request.GET)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DecisionForm(request.POST, kinds=self.kinds)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = form.cleaned_data
        decision = ModerationDecision(data["decision"])
        decided = [f"{kind.name}:{pk}" for kind, pk in data["chosen"] if self._decide(kind, pk, decision, data)]
        self._tell(decision, decided, len(data["chosen"]) - len(decided))
        return redirect(request.get_full_path())

    def _decide(self, kind: ModerationKind, pk: int, decision: ModerationDecision, data: dict[str, Any]) -> bool:
        """Decide about one thing; what is let through is sorted in the same press when marks are ticked."""
        actor, marks = self.request.user, data["marks"]
        if decision == ModerationDecision.MARK:
            return kind.mark is not None and kind.mark(pk=pk, marks=marks, actor=actor)
        decided = kind.decide(pk=pk, decision=decision, actor=actor, reason=data["reason"], note=data["note"])
        if decided and decision == ModerationDecision.APPROVE and marks and kind.mark:
            kind.mark(pk=pk, marks=marks, actor=actor)
        return decided

    def _tell(self, decision: ModerationDecision, decided: list[str], missed: int) -> None:
        if decided:
            there = urlencode({"muc": LEADS_TO[decision], "chon": ",".join(decided[:50])})
            link = messages.button(f"{reverse('moderation:index')}?{there}", _now("Xem lại hoặc hoàn tác"))
            messages.success(self.request, str(DONE[decision]) % {"count": len(decided)}, buttons=[link])
        if missed:
            words = _now("%(count)d mục không còn ở tình trạng bạn thấy, có thể người khác vừa quyết định.")
            messages.warning(self.request, words % {"count": missed})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.asked
        form = kwargs.pop("form", None) or DecisionForm(kinds=self.kinds)
        page_obj, lines = listed(user, asked, self.request.GET.get("p"))
        shelves = [
            (shelf, shelf.label, sum(total for _kind, total in counts(user, shelf)), shelf == asked.shelf)
            for shelf in ModerationShelf
        ]
        return super().get_context_data(
            form=form,
            asked=asked,
            page_obj=page_obj,
            lines=lines,
            ticked=form.ticked or self.request.GET.get("chon", "").split(",")[:50],
            shelves=shelves,
            kinds=self.kinds if len(self.kinds) > 1 else [],
            pages=pages_of(user, asked),
            offers=[(decision, self._button(decision)) for decision in self._offers()],
            asks_marks=self._has_marks() and asked.shelf != ModerationShelf.REFUSED,
            asks_reason=ModerationDecision.REFUSE in OFFERS[ModerationShelf(asked.shelf)],
            **kwargs,
        )

    def _has_marks(self) -> bool:
        return any(kind.mark for kind in self.kinds if self.asked.kind in ("", kind.name))

    def _offers(self) -> list[ModerationDecision]:
        offers = OFFERS[ModerationShelf(self.asked.shelf)]
        return [each for each in offers if each != ModerationDecision.MARK or self._has_marks()]

    def _button(self, decision: ModerationDecision) -> Any:
        """Return what the button says: what is public is taken down, not “not published”."""
        taken_down = decision == ModerationDecision.REFUSE and self.asked.shelf == ModerationShelf.APPROVED
        return _("Gỡ xuống") if taken_down else decision.label


class QueueMenuItem(MenuItem):
    """Shown to those who may decide anything."""

    def __init__(self) -> None:
        super().__init__(
            _("Chờ duyệt"), reverse_lazy("moderation:index"), icon_name="check", name="moderation", order=140
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(kinds_of(request.user))


def queue_urls() -> list[URLPattern]:
    """Return the addresses of the queue, for the admin; namespaced ``moderation``."""
    return [path("", QueueView.as_view(), name="index")]
