"""The words of mails in Wagtail's own editor: draft, preview, history; beside them the way back to the default."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from wagtail.admin.compare import diff_text
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet

from cms.core.mail_words import default_words
from cms.core.models import MailText
from cms.core.permissions import can
from cms.core.ports import letters
from cms.core.services.mail_texts import mail_text_reset


def _draft(text: MailText) -> str:
    return str(_("Có bản nháp chưa dùng")) if text.has_unpublished_changes else ""


class MailTextEditView(snippets.EditView):
    def get_object(self, queryset: QuerySet | None = None) -> MailText:
        """Begin with the words that are sent now: an empty part is the default's."""
        text: MailText = super().get_object(queryset)
        if text.letter is None:
            raise Http404
        text.subject, text.body = text.words.subject, text.words.body
        return text

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Wagtail's editor of snippets does not hand its heading to the header, and the screen would have none.
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {**context, "title": context["header_title"]}

    @property
    def header_more_buttons(self) -> list[Button]:
        """Lead to the comparison with the default."""
        url = reverse(MailText.snippet_viewset.get_url_name("default"), args=[self.object.pk])
        return [*super().header_more_buttons, Button(_("So với lời mặc định"), url=url, icon_name="rotate", priority=5)]


class MailTextDefaultView(WagtailAdminTemplateMixin, TemplateView):
    """Show what differs from the default; one press brings the default back."""

    template_name = "core/admin/mail_default.html"
    page_title = _("So với lời mặc định")
    header_icon = "mail"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "mail_text_edit"):
            raise PermissionDenied
        self.text = get_object_or_404(MailText.objects.of(letter.name for letter in letters), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.text)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        mail_text_reset(text=self.text, actor=request.user)
        messages.success(request, _now("Thư “%(name)s” đã trở lại lời mặc định.") % {"name": self.text})
        return redirect(MailText.snippet_viewset.get_url_name("edit"), self.text.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        default = default_words(letters.get(self.text.key))
        newest = self.text.get_latest_revision_as_object()
        words = newest.words
        return super().get_context_data(
            text=self.text,
            edit_url=reverse(MailText.snippet_viewset.get_url_name("edit"), args=[self.text.pk]),
            default=default,
            same=words == default == self.text.words,
            draft=self.text.has_unpublished_changes,
            problem=newest.problem(),
            subject_difference=diff_text(default.subject, words.subject).to_html(),
            body_difference=diff_text(default.body, words.body).to_html(),
            **kwargs,
        )


class MailTextViewSet(SnippetViewSet):
    model = MailText
    url_prefix = "thu-mau"
    admin_url_namespace = "mail_text"
    icon = "mail"
    menu_label = _("Thư và văn bản mẫu")
    menu_order = 890
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["key", "subject", "body"]
    list_per_page = 100
    edit_view_class = MailTextEditView
    list_display = [
        "__str__",
        Column("reader", label=_("Người nhận")),
        Column("standing", label=_("Đang gửi")),
        Column("has_unpublished_changes", label=_("Bản nháp"), accessor=_draft),
    ]

    def register_chooser_viewset(self) -> None:
        """Leave the chooser out: nothing points at a mail."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[MailText]:
        """Only the mails that the portal sends; one that a new version dropped keeps its row and its history."""
        return MailText.objects.of(letter.name for letter in letters)

    def get_urlpatterns(self) -> list[URLPattern]:
        default = self.construct_view(MailTextDefaultView)
        return [*super().get_urlpatterns(), path("mac-dinh/<int:pk>/", default, name="default")]
