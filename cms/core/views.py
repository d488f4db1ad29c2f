"""Admin views that write through a service instead of saving a form by themselves."""

from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.models import OutboxMail
from cms.core.permissions import can
from cms.core.services.outbox import mails_retry_dead


class StoringForm(Protocol):
    """A form that hands its clean values to the service that may write them."""

    def store(self, *, actor: Any) -> Model: ...


class StoringCreateView(generic.CreateView):
    """Wagtail's screen for something new; the form's ``store`` does the writing."""

    def save_instance(self) -> Model:
        return self.form.store(actor=self.request.user)


class StoringEditView(generic.EditView):
    """Wagtail's screen for a change; the form's ``store`` does the writing."""

    def save_instance(self) -> Model:
        self.has_content_changes = self.form.has_changed()
        return self.form.store(actor=self.request.user)


class RetryMailView(WagtailAdminTemplateMixin, TemplateView):
    """Ask once, then give every mail that was given up another round of tries."""

    template_name = "core/admin/retry_mail.html"
    page_title = gettext_lazy("Gửi lại thư hỏng")
    header_icon = "mail"
    index_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not can(request.user, "outbox_view"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        count = mails_retry_dead(actor=request.user)
        messages.success(request, _("Đã xếp gửi lại %(count)s thư.") % {"count": count})
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(dead_count=OutboxMail.objects.dead().count(), **kwargs)
