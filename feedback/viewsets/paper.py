"""Keying in from paper: books, one line after the other, receipts, corrections."""

import secrets
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.core.enums import Scope
from cms.core.permissions import can, scope_of
from cms.core.services.ledger_days import event_of
from feedback.forms import FilesForm
from feedback.forms.paper import CorrectionForm, PaperForm
from feedback.models import BookLine, Case, CaseDraft, PaperBook
from feedback.services.books import next_number
from feedback.services.draft import draft_file_add, draft_file_remove
from feedback.services.moves import CaseChangedError, NotAllowedError, TransitionRefusedError
from feedback.services.paper import (
    case_enter,
    entry_correct,
    is_unidentified,
    paper_code,
    paper_code_renew,
    paper_form,
    paper_form_sent,
)
from feedback.services.receipts import receipt_paper
from feedback.services.submission import Submission

INDEX = "paper:index"
LAST_SHOWN = 5
# What the next line most likely shares with this one.
_CARRIED = ("received_on", "source", "category", "unit", "matter")
LONGEST_TOKEN = 64


class PaperScreen(WagtailAdminTemplateMixin, View):
    """A screen for those who key in; somebody else's book does not exist."""

    header_icon = "clipboard-list"
    page_title: Any = _("Nhập từ giấy")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not can(request.user, "case_enter"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def book(self) -> PaperBook:
        rows = PaperBook.objects.open_to(self.request.user).select_related("unit")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.page_title)

    def get_page_subtitle(self) -> str:
        return self.book.name if "pk" in self.kwargs else ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse(INDEX), "label": _("Nhập từ giấy")}] if self.kwargs else []
        return [*self.breadcrumbs_items, *above, {"url": "", "label": self.get_page_subtitle() or self.page_title}]


class BooksView(PaperScreen):
    """The books of this person, each with what waits to be done in it."""

    template_name = "feedback/admin/paper_books.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        books = list(PaperBook.objects.open_to(request.user).with_counts().in_order())
        for book in books:
            span = (book.last or 0) - book.first_number + 1
            book.missing = max(0, span - book.numbers)
        context = {"books": books, "may_open": can(request.user, "paper_books")}
        return self.render_to_response(self.get_context_data(**context))


class KeyView(PaperScreen):
    """The form of one line. “Next” keeps book, day, channel, field and unit, and is ready for the next line."""

    template_name = "feedback/admin/paper_key.html"
    page_title = _("Nhập một dòng")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.book.active:
            raise Http404
        return self._show(self._form(None), secrets.token_urlsafe(32))

    def _form(self, data: Any) -> PaperForm:
        units = self.request.user.unit_ids if scope_of(self.request.user, "case_enter") is Scope.UNIT else None
        return PaperForm(data, book=self.book, actor_units=units, initial=self._first_values())

    def _first_values(self) -> dict[str, Any]:
        given = self.request.GET
        values = {name: given.get(name, "")[:20] for name in _CARRIED}
        values["source"] = values["source"] or self.book.source
        values["unit"] = values["unit"] or str(self.book.unit_id or "")
        values["received_on"] = values["received_on"] or timezone.localdate()
        return {**values, "line": next_number(self.book)}

    def _show(
        self,
        form: PaperForm,
        token: str,
        scans: FilesForm | None = None,
        draft: CaseDraft | None = None,
        status: int = 200,
    ) -> HttpResponse:
        visible = Case.objects.visible_to(self.request.user, "case_enter")
        lines = self.book.lines.last_keyed().with_cases().filter(case__in=visible)[:LAST_SHOWN]
        context = self.get_context_data(
            form=form,
            book=self.book,
            token=token,
            scans=scans or FilesForm(),
            last_lines=lines,
            kept_files=draft.files.all() if draft else (),
            ready="nhap-tiep" in self.request.GET,
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        token = request.POST.get("form", "")[:LONGEST_TOKEN] or secrets.token_urlsafe(32)
        if not self.book.active:  # asked first: whoever has no business with the book begins no form either
            raise Http404
        draft = paper_form(token=token, actor=request.user)
        scans = self._take_scans(draft)
        form = self._form(request.POST)
        if "upload" in request.POST or not form.is_valid() or scans.errors:
            return self._show(form, token, scans, draft, status=200 if "upload" in request.POST else 422)
        try:
            made = case_enter(
                entry=form.entry(),
                place=form.place(),
                received_on=form.cleaned_data["received_on"],
                source=form.cleaned_data["source"],
                actor=request.user,
                form_token=draft.form_token,
                files=list(draft.files.all()),
            )
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except ValidationError as error:
            form.refuse(error)
            return self._show(form, token, scans, draft, status=422)
        paper_form_sent(form=draft, case=made.case, token=form.place().token(draft.form_token))
        self._tell(made, form)
        return self._onward(made, form)

    def _take_scans(self, draft: CaseDraft) -> FilesForm:
        """Keep the scans that came, take away those whose box was emptied; a refused file takes none with it."""
        request = self.request
        kept = set(request.POST.getlist("keep")) if "shown" in request.POST else None
        shown = set(request.POST.getlist("shown"))
        for file in draft.files.all():
            if kept is not None and str(file.pk) in shown and str(file.pk) not in kept:
                draft_file_remove(draft=draft, file=file)
        scans = FilesForm(request.POST, request.FILES, uploads=request.FILES.getlist("files"))
        scans.is_valid()
        for checked in scans.checked:
            try:
                draft_file_add(draft=draft, checked=checked)
            except ValidationError as error:
                scans.add_error("files", error)
        return scans

    def _tell(self, made: Submission, form: PaperForm) -> None:
        place = form.place()
        if not made.created:
            messages.info(self.request, _now("Dòng %(line)s đã nhập từ trước, không nhập lần nữa.") % {"line": place})
            return
        words = _now("Đã nhập dòng %(line)s, mã %(reference)s.")
        messages.success(self.request, words % {"line": place, "reference": made.case.reference})
        if is_unidentified(form.cleaned_data):
            messages.warning(self.request, str(UNIDENTIFIED))

    def _onward(self, made: Submission, form: PaperForm) -> HttpResponse:
        if "next" not in self.request.POST:
            return redirect("paper:receipt", made.case.pk)
        data = form.cleaned_data
        day: date = data["received_on"]
        carried = {
            "received_on": day.strftime("%d/%m/%Y"),
            "source": data["source"],
            "category": data["category"].pk,
            "unit": data["unit"] or "",
            "nhap-tiep": 1,
        }
        return redirect(f"{reverse('paper:key', args=[self.book.pk])}?{urlencode(carried)}")


# Nghị định 20/2008/NĐ-CP, Điều 7: name, address, telephone or mail address of the sender.
UNIDENTIFIED = _(
    "Người gửi không để lại đủ tên, địa chỉ và cách liên hệ: theo Nghị định 20/2008/NĐ-CP (Điều 7), cơ quan dùng làm "
    "thông tin tham khảo, không bắt buộc trả lời."
)


class ReceiptScreen(PaperScreen):
    """The case of a receipt, for those who may key in cases of its unit."""

    page_title = _("Biên nhận")

    @cached_property
    def case(self) -> Case:
        rows = (
            Case.objects.visible_to(self.request.user, "case_enter").with_screen_data().filter(book_line__isnull=False)
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.case.reference


class ReceiptView(ReceiptScreen):
    """What the sender takes away. The code shows for an hour to whoever keyed it in; afterwards a new one is made."""

    template_name = "feedback/admin/paper_receipt.html"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(paper_code(case=self.case, actor=request.user))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            code = paper_code_renew(case=self.case, actor=request.user)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        return self._show(code)

    def _show(self, code: str) -> HttpResponse:
        context = self.get_context_data(case=self.case, line=self.case.book_line, code=code)
        response = self.render_to_response(context)
        response["Cache-Control"] = "private, no-store"
        return response


class ReceiptFileView(ReceiptScreen):
    """The receipt on paper."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        code = paper_code(case=self.case, actor=request.user)
        if not code:
            raise Http404
        case = self.case
        event = event_of(subject_type="case", subject_key=case.reference, verb="case.submit")
        content = receipt_paper(
            case=case, code=code, received_at=case.received_at, steps=_steps(), event=event, day_only=True
        )
        headers = {
            "Content-Disposition": f'attachment; filename="bien-nhan-{self.case.reference}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(content, content_type="application/pdf", headers=headers)


def _steps() -> list[dict[str, str]]:
    return [
        {
            "title": _now("Cơ quan xem và tiếp nhận"),
            "text": _now("Nếu việc thuộc nơi khác, cơ quan chuyển đi và báo lại."),
        },
        {
            "title": _now("Theo dõi"),
            "text": _now("Mở trang theo dõi của cổng, gõ mã ở trên; hoặc mang biên nhận này đến hỏi"),
        },
    ]


class CorrectView(PaperScreen):
    """Set a keyed line right, until somebody receives the case."""

    template_name = "feedback/admin/paper_correct.html"
    page_title = _("Sửa phần nhập")

    @cached_property
    def line(self) -> BookLine:
        visible = Case.objects.visible_to(self.request.user, "case_enter")
        return get_object_or_404(BookLine.objects.with_cases().filter(case__in=visible), pk=self.kwargs["pk"])

    @property
    def book(self) -> PaperBook:  # type: ignore[override]
        return self.line.book

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(CorrectionForm(initial=CorrectionForm.first_values(self.line)))

    def _show(self, form: forms.Form, problem: str = "", status: int = 200) -> HttpResponse:
        context = self.get_context_data(
            form=form, line=self.line, problem=problem, may_change=self.line.case.state == "submitted"
        )
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = CorrectionForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        data = dict(form.cleaned_data)
        try:
            entry_correct(line=self.line, actor=request.user, place=data.pop("line"), **data)
        except NotAllowedError as refused:
            raise PermissionDenied(str(refused)) from refused
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name if name in form.fields else None, sentences)
            return self._show(form, status=422)
        except CaseChangedError as changed:
            self.line.case.refresh_from_db()
            form = CorrectionForm({**request.POST.dict(), "expected_version": self.line.case.version})
            return self._show(form, str(changed), status=409)
        except TransitionRefusedError as refused:
            return self._show(form, str(refused), status=422)
        messages.success(request, _now("Đã sửa."))
        return redirect("paper:lines", self.line.book_id)
