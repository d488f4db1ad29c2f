"""Public copies in Wagtail's own editor: draft, workflow, history, compare, lock, preview; rows by unit."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from wagtail.actions.publish_revision import PublishPermissionError
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.models import TaskState
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.forms import CleanCharField
from cms.core.viewsets.columns import MomentColumn, YesNoColumn
from feedback.models import PublicCase
from feedback.models.redaction import WORDS
from feedback.permissions import approvers_of, public_case_can
from feedback.querysets import PublicCaseQuerySet
from feedback.services.moves import NotAllowedError, TransitionRefusedError
from feedback.services.publication import public_case_withdraw
from feedback.services.redaction import masks_note
from feedback.viewsets.kept import keep_words, review_extra, take_kept
from feedback.viewsets.picture_pages import picture_page_urls
from feedback.viewsets.pictures import picture_urls, pictures_context
from feedback.viewsets.redaction import decision_urls, findings_context

# Copies are made by a service only, are never copied and never deleted: an address once public keeps its story.
_NO_ADDRESSES = frozenset({"add", "preview_on_add", "delete", "copy"})
# Buttons of the editor by which something goes out, or comes back from the approver.
_DECISIONS = frozenset({"workflow-action", "publish"})
_CHANGED = _("Bản này vừa đổi; xem lại rồi duyệt.")


class OwnUnitMixin:
    """Every view of a copy asks for the unit; Wagtail asks for the kind of object only."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not PublicCase.objects.visible_to(self.request.user).filter(pk=found.pk).exists():
            raise Http404
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Say why a copy may not go out; the last gate stands in the model and knows no screens."""
        try:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except (ValidationError, PublishPermissionError) as refused:
            messages.error(request, " ".join(getattr(refused, "messages", [str(refused)])))
            return self.back_to_editor()

    def back_to_editor(self) -> HttpResponseBase:
        """Lead to the editor, with what was typed and would be lost on the way."""
        keep_words(self.request, self.object)  # type: ignore[attr-defined]
        editor = reverse("wagtailsnippets_feedback_publiccase:edit", args=[self.object.pk])  # type: ignore[attr-defined]
        if self.request.headers.get("x-requested-with") == "XMLHttpRequest":
            # Wagtail's box with the reviewer's comment understands nothing else.
            return JsonResponse({"step": "success", "redirect": editor})
        return redirect(editor)


def _own(view: type) -> type:
    return type(f"Own{view.__name__}", (OwnUnitMixin, view), {"__module__": __name__})


class PublicCaseEditView(OwnUnitMixin, snippets.EditView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's editor of snippets does not hand its heading to the header, and the screen would have none.
        context: dict[str, Any] = super().get_context_data(**kwargs)
        pictures = pictures_context(self.object, self.request.user, older=self.view_name == "revisions_revert")
        more = {**findings_context(self.object, self.request.user), **pictures}
        more["kept_words"] = take_kept(self.request, self.object)
        return {**context, "title": context["header_title"], **more, **self._four_eyes()}

    def form_valid(self, form: Any) -> HttpResponse:
        """Take a decision only on the draft that was on the screen: words and pictures; the copy is held meanwhile."""
        if self.action in _DECISIONS and not (self._newest_was_shown() and review_extra(self.request) is not None):
            raise ValidationError(_CHANGED)
        answer: HttpResponse = super().form_valid(form)
        return answer

    def _newest_was_shown(self) -> bool:
        """Wagtail's form says which draft it was made from; a decision that says nothing saw nothing."""
        told = any(self.request.POST.get(name) for name in ("loaded_revision_id", "overwrite_revision_id"))
        return self.latest_revision is None or (told and not self.is_out_of_date)

    def save_instance(self) -> PublicCase:
        """Store the draft, and remember by their marks the words that a mask was typed over."""
        copy = PublicCase.objects.get(pk=self.object.pk)
        before = _words_of(copy.get_latest_revision_as_object())
        saved: PublicCase = super().save_instance()
        masks_note(public_case=copy, before=before, after=_words_of(saved), actor=self.request.user)
        return saved

    def _four_eyes(self) -> dict[str, Any]:
        """Tell a writer who could otherwise approve why there is no such button, and whose turn it is."""
        copy, user = self.object, self.request.user
        if not public_case_can(user, "public_case_publish", copy) or copy.last_writer_id() != user.pk:
            return {}
        return {"wrote_it": True, "approvers": approvers_of(copy)}


class DecideView(OwnUnitMixin, snippets.WorkflowActionView):
    """Approve or give back from the list of what waits, where one sees the version that was handed in and no newer."""

    decided = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse as Wagtail does – another decided, wrote the words, took the copy back – and lose no comment by it."""
        try:
            answer = super().dispatch(request, *args, **kwargs)
        except PermissionDenied as refused:
            if request.method != "POST":
                raise
            messages.error(request, str(refused) or _now("Bạn không duyệt được bản này lúc này."))
            return self.back_to_editor()
        turned_away = request.method == "POST" and not self.decided and answer.status_code == HTTPStatus.FOUND
        return self.back_to_editor() if turned_away else answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        state, newest = self.task_state, self.object.latest_revision
        # Wagtail's autosave writes over its own last version: the same number with other words, but a later hour.
        if newest is None or newest.pk != state.revision_id or newest.created_at > state.started_at:
            raise ValidationError(_CHANGED)
        answer: HttpResponse = super().post(request, *args, **kwargs)
        # A comment that Wagtail would not take comes back in its own box.
        state.refresh_from_db()
        self.decided = state.status != TaskState.STATUS_IN_PROGRESS
        return answer


def _words_of(copy: PublicCase) -> dict[str, str]:
    return {name: getattr(copy, name) for name in WORDS}


class PublicCaseIndexView(snippets.IndexView):
    def get_base_queryset(self) -> PublicCaseQuerySet:
        return PublicCase.objects.visible_to(self.request.user).with_list_data()

    def search_queryset(self, queryset: PublicCaseQuerySet) -> PublicCaseQuerySet:
        return queryset.filtered(q=self.search_query) if self.is_searching else queryset

    def get_list_more_buttons(self, instance: PublicCase) -> list[Any]:
        buttons = super().get_list_more_buttons(instance)
        if instance.live and public_case_can(self.request.user, "public_case_withdraw", instance):
            url = reverse("wagtailsnippets_feedback_publiccase:unpublish", args=[instance.pk])
            buttons.append(Button(_("Gỡ bản công khai"), url=url, icon_name="download", priority=60))
        return buttons


class WithdrawForm(forms.Form):
    reason = CleanCharField(label=_("Lý do gỡ"), max_length=200, help_text=_("Người đọc thấy lý do này ở địa chỉ cũ."))


class WithdrawView(WagtailAdminTemplateMixin, FormView):
    """Take a copy back from the public; the reason stays at its address."""

    model = PublicCase
    form_class = WithdrawForm
    template_name = "feedback/admin/withdraw.html"
    page_title = _("Gỡ bản công khai")
    header_icon = "download"
    index_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.object = get_object_or_404(PublicCase.objects.visible_to(request.user), pk=kwargs["pk"])
        if not public_case_can(request.user, "public_case_withdraw", self.object):
            raise PermissionDenied

    def get_page_subtitle(self) -> str:
        return self.object.reference

    def form_valid(self, form: WithdrawForm) -> HttpResponse:
        try:
            public_case_withdraw(public_case=self.object, actor=self.request.user, reason=form.cleaned_data["reason"])
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except TransitionRefusedError as refused:
            form.add_error("reason", str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request, _now("Đã gỡ bản công khai %(reference)s.") % {"reference": self.object.reference}
        )
        return redirect(self.index_url_name)


class PublicCaseViewSet(SnippetViewSet):
    model = PublicCase
    url_prefix = "ban-cong-khai"
    icon = "view"
    menu_label = _("Bản công khai")
    menu_order = 20
    menu_item_is_registered = True  # in the group's menu; Wagtail's list of all snippets would repeat it
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["search_text"]
    list_filter = ["category", "live"]
    ordering = ["-answered_on", "-pk"]
    list_display = [
        "title",
        Column("reference", label=_("Mã"), sort_key="reference"),
        Column("unit", label=_("Đơn vị")),
        YesNoColumn("live", label=_("Đang hiện")),
        MomentColumn("answered_on", label=_("Ngày trả lời"), sort_key="answered_on"),
    ]
    edit_template_name = "feedback/admin/public_case_edit.html"
    index_view_class = PublicCaseIndexView
    edit_view_class = PublicCaseEditView
    history_view_class = _own(snippets.HistoryView)
    usage_view_class = _own(snippets.UsageView)
    revisions_view_class = _own(snippets.PreviewRevisionView)
    revisions_compare_view_class = _own(snippets.RevisionsCompareView)
    revisions_unschedule_view_class = _own(snippets.RevisionsUnscheduleView)
    unpublish_view_class = WithdrawView
    preview_on_edit_view_class = _own(snippets.PreviewOnEditView)
    lock_view_class = _own(snippets.LockView)
    unlock_view_class = _own(snippets.UnlockView)
    workflow_action_view_class = DecideView
    collect_workflow_action_data_view_class = _own(snippets.CollectWorkflowActionDataView)
    confirm_workflow_cancellation_view_class = _own(snippets.ConfirmWorkflowCancellationView)
    workflow_preview_view_class = _own(snippets.WorkflowPreviewView)
    workflow_history_view_class = _own(snippets.WorkflowHistoryView)
    workflow_history_detail_view_class = _own(snippets.WorkflowHistoryDetailView)

    @property
    def unpublish_view(self) -> Any:
        return self.construct_view(self.unpublish_view_class)

    def get_urlpatterns(self) -> list[URLPattern]:
        kept = [pattern for pattern in super().get_urlpatterns() if pattern.name not in _NO_ADDRESSES]
        return kept + decision_urls() + picture_urls() + picture_page_urls()

    def register_chooser_viewset(self) -> None:
        """Leave the chooser out: it would list the drafts of every unit to everybody in the admin."""
