"""One screen for one task: what it is, how far it has come, what it brought forth, what hinders it."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.media.private import private_response
from cms.plans import forms
from cms.plans.enums import DifficultyState
from cms.plans.models import PlanTask, TaskDifficulty, TaskLine, TaskProduct, TaskProgressEntry, task_lines
from cms.plans.permissions import (
    reporting_unit_id,
    user_can_answer_difficulty,
    user_can_publish_difficulty,
    user_can_publish_product,
    user_can_update_progress,
    user_can_withdraw_difficulty,
)
from cms.plans.viewsets.columns import badge, units_of

_SHOWN_ENTRIES = 100


@dataclass(frozen=True)
class Step:
    """One kind of step: its words, its form, whether it is about a product or a difficulty, how it looks."""

    label: Any
    form: type[forms.TaskForm]
    about: str = ""
    serious: bool = False


STEPS: dict[str, Step] = {
    "progress": Step(_("Cập nhật tiến độ"), forms.ProgressForm),
    "undo": Step(_("Rút lại lần cập nhật cuối"), forms.UndoForm),
    "product": Step(_("Gắn sản phẩm"), forms.ProductForm),
    "difficulty": Step(_("Báo khó khăn, vướng mắc"), forms.DifficultyForm),
    "product-show": Step(_("Cho mọi người xem"), forms.ShowProductForm, "product"),
    "product-hide": Step(_("Thôi công khai"), forms.HideProductForm, "product"),
    "product-remove": Step(_("Gỡ khỏi nhiệm vụ"), forms.RemoveProductForm, "product", serious=True),
    "product-restore": Step(_("Gắn lại"), forms.RestoreProductForm, "product"),
    "difficulty-answer": Step(_("Trả lời"), forms.AnswerForm, "difficulty"),
    "difficulty-withdraw": Step(_("Rút lại điều đã báo"), forms.WithdrawForm, "difficulty", serious=True),
    "difficulty-publish": Step(_("Công khai khó khăn và cách giải quyết"), forms.PublishDifficultyForm, "difficulty"),
    "difficulty-unpublish": Step(_("Thôi công khai"), forms.UnpublishDifficultyForm, "difficulty"),
}


@dataclass(frozen=True)
class Offer:
    """A step on the screen: its button, its form, where it goes."""

    verb: str
    step: Step
    form: forms.TaskForm
    url: str
    thing_pk: int | None = None
    open: bool = False

    @property
    def label(self) -> Any:
        return self.step.label

    @property
    def has_fields(self) -> bool:
        return bool(self.form.visible_fields())


@dataclass
class Card:
    """A product or a difficulty with what may be done about it."""

    row: Any
    offers: list[Offer] = field(default_factory=list)


@dataclass(frozen=True)
class Failed:
    """The form that was refused, to be shown again with every word that was typed."""

    verb: str = ""
    thing_pk: int | None = None
    form: forms.TaskForm | None = None

    def form_of(self, verb: str, thing_pk: int | None) -> forms.TaskForm | None:
        return self.form if (verb, thing_pk) == (self.verb, self.thing_pk) else None


class TaskScreenView(WagtailAdminTemplateMixin, View):
    """Read one task. Whoever has nothing to do with it learns nothing, not even that it exists."""

    http_method_names = ["get", "head", "options"]
    template_name = "plans/admin/task_screen.html"
    header_icon = "clipboard-list"
    index_url_name = ""
    step_url_name = ""
    edit_url_name = ""

    @cached_property
    def line(self) -> TaskLine:
        rows = PlanTask.objects.visible_to(self.request.user).with_screen_data()
        task = get_object_or_404(rows, pk=self.kwargs["pk"])
        return task_lines([task], {task.page_id: task.page.issued_on})[0]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(Failed())

    def show(self, failed: Failed, *, problem: str = "", status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        return self.render_to_response(self.get_context_data(failed=failed, problem=problem), status=status)

    def get_page_title(self) -> str:
        return str(_("Nhiệm vụ"))

    def get_page_subtitle(self) -> str:
        return f"{self.line.task.page.number}, {self.line.task.printed_order}".rstrip(", ")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Nhiệm vụ của đơn vị tôi")},
            {"url": "", "label": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line, user = self.line, self.request.user
        failed: Failed = kwargs.pop("failed")
        task, page = line.task, line.task.page
        may_update = user_can_update_progress(user, page, task)
        entries = list(TaskProgressEntry.objects.of_task(task)[:_SHOWN_ENTRIES])
        may_undo = may_update and any(not each.undoes_id and not hasattr(each, "undone_by") for each in entries)
        verbs = ["progress", "product"] if may_update else []
        products = list(TaskProduct.objects.of_task(task).select_related("added_by"))
        return super().get_context_data(
            line=line,
            task=task,
            plan=page,
            badge=badge(line),
            units=units_of(line),
            occurrences=[(each, badge(each)) for each in line.occurrences],
            offers=[self._offer(verb, failed) for verb in verbs],
            undo=self._offer("undo", failed) if may_undo else None,
            report=self._offer("difficulty", failed) if reporting_unit_id(user, page, task) else None,
            entries=entries,
            products=[self._product(row, may_update, failed) for row in products],
            difficulties=[self._difficulty(row, failed) for row in self._difficulties()],
            kept=failed.form.typed() if failed.form else [],
            **kwargs,
        )

    def _difficulties(self) -> list[TaskDifficulty]:
        rows = TaskDifficulty.objects.of_task(self.line.task).visible_to(self.request.user)
        return list(rows.select_related("unit", "page", "reported_by", "answered_by"))

    def _offer(self, verb: str, failed: Failed, thing: Any = None) -> Offer:
        step, pk = STEPS[verb], thing.pk if thing else None
        form = failed.form_of(verb, pk) or self.form_for(verb, thing)
        url = reverse(self.step_url_name, args=[self.line.task.pk, verb])
        is_open = form.is_bound or verb == "progress"
        return Offer(verb, step, form, url, pk, is_open)

    def form_for(self, verb: str, thing: Any, *data: Any) -> forms.TaskForm:
        """Return the form of a step; ``thing`` is the product or difficulty that it is about."""
        about = {"thing": thing} if STEPS[verb].about else {}
        prefix = f"{verb}{thing.pk if thing else ''}_%s"
        return STEPS[verb].form(*data, line=self.line, actor=self.request.user, auto_id=prefix, **about)

    def _product(self, row: TaskProduct, may_update: bool, failed: Failed) -> Card:
        verbs = []
        task = self.line.task
        if row.removed_at is None and user_can_publish_product(self.request.user, task.page, task):
            verbs.append("product-hide" if row.public else "product-show")
        if may_update:
            verbs.append("product-restore" if row.removed_at else "product-remove")
        return Card(row, [self._offer(verb, failed, row) for verb in verbs])

    def _difficulty(self, row: TaskDifficulty, failed: Failed) -> Card:
        user, verbs = self.request.user, []
        if row.state == DifficultyState.WAITING:
            if user_can_answer_difficulty(user, row):
                verbs.append("difficulty-answer")
            if user_can_withdraw_difficulty(user, row):
                verbs.append("difficulty-withdraw")
        elif row.state == DifficultyState.ANSWERED and user_can_publish_difficulty(user, row):
            verbs += ["difficulty-publish", "difficulty-unpublish"] if row.public else ["difficulty-publish"]
        return Card(row, [self._offer(verb, failed, row) for verb in verbs])


class TaskStepView(TaskScreenView):
    """Take one step, or show the screen again with every word that was typed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        if verb not in STEPS:
            raise Http404
        thing = self._thing(STEPS[verb].about)
        form = self.form_for(verb, thing, request.POST, request.FILES)
        failed = Failed(verb, thing.pk if thing else None, form)
        self._refuse_strangers(verb)
        if not form.is_valid():
            return self.show(failed, status=422)
        try:
            form.run()
        except ObjectDoesNotExist as gone:
            raise Http404 from gone
        except ValidationError as refused:
            return self._refused(failed, refused)
        messages.success(request, _now("Đã ghi."))
        return redirect(self.edit_url_name, self.line.task.pk)

    def _refuse_strangers(self, verb: str) -> None:
        """An officer who sees a task may have nothing to say about it; the empty form must not tell otherwise."""
        user, task = self.request.user, self.line.task
        if verb in {"progress", "undo", "product"} and not user_can_update_progress(user, task.page, task):
            raise PermissionDenied
        if verb == "difficulty" and not reporting_unit_id(user, task.page, task):
            raise PermissionDenied

    def _thing(self, about: str) -> Any:
        """Return the row of this task that the step is about; 404 for one of another task, or one that is not seen."""
        if not about:
            return None
        number = self.request.POST.get("thing", "")
        pk = int(number) if number.isdecimal() and len(number) < 15 else 0
        if about == "product":
            return get_object_or_404(TaskProduct.objects.of_task(self.line.task), pk=pk)
        rows = TaskDifficulty.objects.of_task(self.line.task).visible_to(self.request.user)
        return get_object_or_404(rows.select_related("unit", "page"), pk=pk)

    def _refused(self, failed: Failed, refused: ValidationError) -> HttpResponse:
        """Show what the service said beside its field, or above the screen as it is now."""
        self.__dict__.pop("line", None)
        errors = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
        beside = {name: texts for name, texts in errors.items() if failed.form and name in failed.form.fields}
        for name, texts in beside.items():
            failed.form.add_error(name, texts)  # type: ignore[union-attr]
        rest = [text for name, texts in errors.items() if name not in beside for text in texts]
        return self.show(failed, problem=" ".join(rest), status=422)


class ProductFileView(View):
    """Hand out a product to officers who see its task; for everybody else it does not exist."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        product = get_object_or_404(TaskProduct, pk=pk)
        tasks = PlanTask.objects.visible_to(request.user)
        if not product.stored_name or not tasks.filter(page_id=product.page_id, key=product.task_key).exists():
            raise Http404
        return private_response(
            request, name=product.stored_name, filename=product.filename, content_type=product.content_type
        )
