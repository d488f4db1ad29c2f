"""The books themselves: their catalogue, their lines, what is missing in them."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from cms.core.paper import Paper
from cms.core.permissions import can
from cms.core.templatetags.core_tags import vn_date
from cms.core.viewsets.columns import YesNoColumn
from feedback.forms.paper import SkipForm
from feedback.models import BookLine, Case, PaperBook
from feedback.services.books import BookCheck, book_check, book_save, line_restore, lines_skip
from feedback.viewsets.catalogue import ChoosingMixin
from feedback.viewsets.paper import BooksView, CorrectView, KeyView, PaperScreen, ReceiptFileView, ReceiptView

PAGE_SIZE = 50


class LinesView(PaperScreen):
    """The lines of one book from its end, with what became of each."""

    template_name = "feedback/admin/paper_lines.html"
    page_title = _("Các dòng đã nhập")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows = Paginator(self.book.lines.with_cases().newest_first(), PAGE_SIZE).get_page(request.GET.get("p", "1")[:6])
        shown = [line.case_id for line in rows if line.case_id]
        # A line says that there is a case; what it says is read by those who may read it.
        visible = set(Case.objects.visible_to(request.user).filter(pk__in=shown).values_list("pk", flat=True))
        context = self.get_context_data(book=self.book, page_obj=rows, visible=visible)
        return self.render_to_response(context)


class CheckView(PaperScreen):
    """Numbers that are missing or stand twice; empty lines are said to be so here."""

    template_name = "feedback/admin/paper_check.html"
    page_title = _("Kiểm tra sổ")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._show(SkipForm())

    def _show(self, form: SkipForm, status: int = 200) -> HttpResponse:
        context = self.get_context_data(book=self.book, check=book_check(self.book), form=form)
        return self.render_to_response(context, status=status)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SkipForm(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            count = lines_skip(book=self.book, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            for name, sentences in error.message_dict.items():
                form.add_error(name, sentences)
            return self._show(form, status=422)
        messages.success(request, _now("Đã ghi %(count)d dòng bỏ trống.") % {"count": count})
        return redirect("paper:check", self.book.pk)


class CheckFileView(PaperScreen):
    """The same on paper, to be laid beside the book."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        headers = {
            "Content-Disposition": f'attachment; filename="kiem-tra-{self.book.code}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(check_paper(book_check(self.book)), content_type="application/pdf", headers=headers)


def check_paper(check: BookCheck) -> bytes:
    """Return the report of one book as PDF: numbers, references, days; no word of any case."""
    paper = Paper(_now("Kiểm tra sổ"))
    paper.letterhead()
    paper.heading(_now("Kiểm tra sổ: %(name)s") % {"name": check.book.name})
    paper.facts(
        [
            (_now("Đơn vị giữ sổ"), check.book.unit or ""),
            (_now("Đã nhập"), _now("%(count)d dòng") % {"count": check.keyed}),
            (_now("Dòng lớn nhất"), check.last),
            (_now("Thiếu"), _now("%(count)d dòng") % {"count": check.missing_count}),
        ]
    )
    paper.section(_now("Dòng thiếu"))
    paper.words(", ".join(map(str, check.missing)) or _now("Không thiếu dòng nào."))
    paper.section(_now("Số dòng bị trùng trong sổ"))
    if not check.doubled:
        paper.words(_now("Không có số nào bị trùng."))
    for number, lines in check.doubled:
        places = ", ".join(f"{line.place} ({_case_in(line)})" for line in lines)
        paper.words(f"{number}: {places}")
    paper.section(_now("Dòng bỏ trống"))
    for line in check.skipped:
        paper.words(f"{line.place}: {line.skipped_reason} ({vn_date(line.entered_at)})")
    if not check.skipped:
        paper.words(_now("Không có."))
    return paper.content()


def _case_in(line: BookLine) -> str:
    if line.case is None:
        return _now("trống")
    return _now("kín") if line.case.confidential else line.case.reference


class RestoreView(PaperScreen):
    """Take back that a line is empty."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        books = PaperBook.objects.open_to(request.user)
        line = get_object_or_404(BookLine.objects.empty_lines().filter(book__in=books).select_related("book"), pk=pk)
        line_restore(line=line, actor=request.user)
        messages.success(request, _now("Đã bỏ ghi dòng trống %(line)s.") % {"line": line.place})
        return redirect("paper:check", line.book_id)


class BookCreateView(ChoosingMixin, generic.CreateView):
    def save_instance(self) -> Model:
        return book_save(book=self.form.save(commit=False), actor=self.request.user)


class BookEditView(ChoosingMixin, generic.EditView):
    def save_instance(self) -> Model:
        return book_save(book=self.form.save(commit=False), actor=self.request.user)


class PaperBookViewSet(ModelViewSet):
    model = PaperBook
    icon = "list-ul"
    menu_label = _("Sổ giấy")
    menu_order = 25
    add_view_class = BookCreateView
    edit_view_class = BookEditView
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None
    search_fields = ["name", "code"]
    list_display = ["name", "code", "source", "unit", YesNoColumn("active", label=_("Đang ghi"))]
    list_filter = ["active", "source"]
    ordering = ["order", "name", "pk"]
    list_per_page = 50


class PaperMenuItem(MenuItem):
    """Shown to those who key in."""

    def __init__(self) -> None:
        super().__init__(
            _("Nhập từ giấy"), reverse_lazy("paper:index"), icon_name="clipboard-list", name="paper", order=15
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, "case_enter")


class PaperViewSet(ViewSet):
    """Everything about keying in; its entry in the menu is :class:`PaperMenuItem`."""

    name = "paper"
    url_prefix = "nhap-tu-giay"

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return PaperMenuItem()

    def get_urlpatterns(self) -> list[URLPattern]:
        views: tuple[tuple[str, Any, str], ...] = (
            ("", BooksView, "index"),
            ("so/<int:pk>/", KeyView, "key"),
            ("so/<int:pk>/cac-dong/", LinesView, "lines"),
            ("so/<int:pk>/kiem-tra/", CheckView, "check"),
            ("so/<int:pk>/kiem-tra.pdf", CheckFileView, "check_file"),
            ("dong/<int:pk>/sua/", CorrectView, "correct"),
            ("dong/<int:pk>/bo-ghi-trong/", RestoreView, "restore"),
            ("bien-nhan/<int:pk>/", ReceiptView, "receipt"),
            ("bien-nhan/<int:pk>/bien-nhan.pdf", ReceiptFileView, "receipt_file"),
        )
        return [path(route, self.construct_view(view), name=name) for route, view, name in views]
