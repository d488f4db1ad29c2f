"""The screens of every import: upload, preview, progress, what was refused. An app's views name their kind."""

import csv
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.enums import ImportState
from cms.core.models import ImportRun
from cms.core.permissions import can
from cms.core.text import cell_text

from .forms import ImportUploadForm
from .kinds import ImportKind, get_import_kind
from .results import Fate
from .runs import import_run_confirm, import_run_hand_in, import_run_start, is_silent

_RECENT = 10
_WORK_ALREADY = {
    ImportState.READING: gettext_lazy("Tệp này còn đang được đọc, chưa ghi gì."),
    ImportState.READY: gettext_lazy("Còn dòng bị từ chối nên chưa ghi gì."),
    ImportState.WRITING: gettext_lazy("Tệp này đang được ghi, có thể do cửa sổ khác vừa xác nhận. Không ghi lại."),
    ImportState.DONE: gettext_lazy("Tệp này đã được ghi xong. Không ghi lại."),
    ImportState.SUBMITTING: gettext_lazy("Các bản nháp của tệp này đang được gửi duyệt. Không gửi lại."),
    ImportState.SUBMITTED: gettext_lazy("Các bản nháp của tệp này đã được gửi duyệt. Không gửi lại."),
    ImportState.FAILED: gettext_lazy("Tệp này không nhập được. Hãy gửi lại tệp."),
}


class ImportAccess:
    """Only those whom the matrix allows, and a run only to the person who sent its file."""

    kind_name = ""
    request: HttpRequest
    kwargs: dict[str, Any]

    @property
    def kind(self) -> ImportKind:
        return get_import_kind(self.kind_name)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not can(request.user, self.kind.capability):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def address(self, step: str = "", run: ImportRun | None = None) -> str:
        """Return the address of one step of this kind."""
        name = f"{self.kind_name}_{step}" if step else self.kind_name
        return reverse(name, args=[run.pk] if run else None)

    def get_run(self) -> ImportRun:
        """Return the run of the address; 404 for anybody else's."""
        run = ImportRun.objects.of_kind(self.kind_name).by(self.request.user).filter(pk=self.kwargs["key"]).first()
        if run is None:
            raise Http404
        return run

    def tell_what_is_so(self, run: ImportRun) -> None:
        """Say why a press started nothing: most often another window, or the first of two presses, was quicker."""
        run.refresh_from_db()
        messages.warning(self.request, _WORK_ALREADY[ImportState(run.state)])


class ImportScreen(ImportAccess, WagtailAdminTemplateMixin):
    """A page of the admin about one kind of import."""

    header_icon = "upload"

    def get_page_title(self) -> str:
        return str(self.kind.label)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        home = {"url": reverse_lazy("wagtailadmin_home"), "label": gettext_lazy("Trang chủ")}
        return [home, {"url": self.address(), "label": self.kind.label}]


class ImportUploadView(ImportScreen, FormView):
    """Choose a file."""

    template_name = "core/importing/upload.html"
    form_class = ImportUploadForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kind": self.kind, "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        """Another screen may lead here with the place already chosen."""
        return {**super().get_initial(), "target": self.request.GET.get("target", "")}

    def form_valid(self, form: ImportUploadForm) -> HttpResponse:
        run = import_run_start(
            kind=self.kind,
            content=form.cleaned_data["file"].read(),
            filename=form.shown_name,
            actor=self.request.user,
            skip_bad=form.cleaned_data["skip_bad"],
            publish=form.cleaned_data.get("publish", False),
            target=form.cleaned_data.get("target", ""),
        )
        if run.state == ImportState.FAILED:
            form.add_error("file", run.problem)
            return self.form_invalid(form)
        return redirect(self.address("run", run))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = ImportRun.objects.of_kind(self.kind_name).by(self.request.user).recent()[:_RECENT]
        recent = [(run, self.address("run", run)) for run in runs]
        return super().get_context_data(**kwargs, kind=self.kind, recent=recent)


class ImportRunView(ImportScreen, TemplateView):
    """What the file would make; then how far the work is; then what came of it."""

    template_name = "core/importing/run.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_run().filename}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.get_run()
        counts = run.report.get("counts", {})
        refused = counts.get("refused", 0)
        return super().get_context_data(
            **kwargs,
            kind=self.kind,
            run=run,
            counts=counts,
            found=[item | {"fate_label": Fate(item["fate"]).label} for item in run.report.get("items", [])],
            more=max(0, sum(counts.get(str(fate), 0) for fate in Fate) - len(run.report.get("items", []))),
            may_confirm=run.state == ImportState.READY
            and (run.total or self.kind.settle)
            and (run.skip_bad or not refused),
            may_resume=is_silent(run) and run.state in {ImportState.WRITING, ImportState.SUBMITTING},
            may_hand_in=bool(self.kind.hand_in) and run.state == ImportState.DONE and not run.publish and run.done,
            is_handing_in=run.state == ImportState.SUBMITTING,
            upload_url=self.address(),
            confirm_url=self.address("confirm", run),
            hand_in_url=self.address("hand_in", run),
            progress_url=self.address("progress", run),
            refused_url=self.address("refused", run) if refused else "",
            list_url=reverse(self.kind.list_url_name) if self.kind.list_url_name else "",
        )


class ImportConfirmView(ImportAccess, View):
    """Start the writing."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.get_run()
        if not import_run_confirm(run=run, actor=request.user, left_out=self._left_out(run)):
            self.tell_what_is_so(run)
        return redirect(self.address("run", run))

    def _left_out(self, run: ImportRun) -> set[int]:
        """Return the lines of the rows that were offered with a tick and came back without one."""
        if not self.kind.may_choose or "chon" not in self.request.POST:
            return set()
        taken = set(self.request.POST.getlist("lay"))
        offered = (item["line"] for item in run.report.get("items", ()) if item["fate"] != Fate.UNCHANGED)
        return {line for line in offered if str(line) not in taken}


class ImportHandInView(ImportAccess, View):
    """Hand in for approval every draft that the file made."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.get_run()
        if not import_run_hand_in(run=run, actor=request.user):
            self.tell_what_is_so(run)
        return redirect(self.address("run", run))


class ImportProgressView(ImportAccess, View):
    """How far the work is, for the script that moves the bar."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        run = self.get_run()
        facts = {"state": run.state, "working": run.is_working, "done": run.done, "total": run.total}
        return JsonResponse(facts, headers={"Cache-Control": "private, no-store"})


class ImportRefusedView(ImportAccess, View):
    """The refused rows as a CSV that Excel opens rightly."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        run = self.get_run()
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = 'attachment; filename="dong-bi-tu-choi.csv"'
        response.headers["Cache-Control"] = "private, no-store"
        response.write("\ufeff")
        rows = csv.writer(response)
        rows.writerow([_("Dòng"), _("Lý do"), _("Nội dung")])
        for refusal in run.report.get("refusals", []):
            rows.writerow([refusal["line"], cell_text(refusal["reason"]), cell_text(refusal["text"])])
        return response
