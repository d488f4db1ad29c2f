"""Papers: keyed in one after the other, compared when they are keyed in twice, taken out while fresh."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from surveys.forms import KeyedForm, SheetForm
from surveys.models import PaperEntry, SurveyVersion
from surveys.services.papers import (
    Keyed,
    paper_differences,
    paper_key,
    paper_settle,
    paper_take_back,
)
from surveys.services.plan import Plan, plan_of
from surveys.services.questionnaires import SurveyRefusedError
from surveys.services.sheets import edition_words
from surveys.viewsets.access import OfPapers

LAST_SHOWN = 50
PLACES_SHOWN = 500


class PapersView(OfPapers, View):
    """What waits: papers that differ, papers keyed in once; and the last that were stored."""

    http_method_names = ["get", "head", "options"]
    template_name = "surveys/admin/papers.html"
    page_title = _("Phiếu giấy")
    papers_url_name = ""
    key_url_name = ""
    compare_url_name = ""
    take_back_url_name = ""
    sheet_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take the paper that the address names out again, with its counts."""
        entry = self.paper()
        try:
            paper_take_back(entry=entry, actor=request.user)
        except SurveyRefusedError as refused:
            return self.show(problem=str(refused), status=422)
        messages.success(
            request, _now("Đã gỡ phiếu số %(sheet)s; nhập lại lúc nào cũng được.") % {"sheet": entry.sheet}
        )
        return redirect(self.papers_url_name, self.survey.pk)

    def show(self, *, problem: str = "", status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        papers = self.papers.select_related("channel__unit", "first_by", "second_by", "response")
        shelves = [
            (_now("Hai lần nhập khác nhau, cần xem lại tờ phiếu"), papers.differing(), "compare"),
            (_now("Đã nhập một lần, chờ nhập lần hai"), papers.waiting(), "waiting"),
            (_now("Đã ghi"), papers.stored(), "stored"),
        ]
        context = self.get_context_data(
            survey=self.survey,
            problem=problem,
            may_key=self.may_key(),
            places=list(self.places[:PLACES_SHOWN]),
            edition=edition_words(self.survey.current) if self.survey.current else "",
            shelves=[
                {"title": title, "total": rows.count(), "rows": list(rows.newest()[:LAST_SHOWN]), "kind": kind}
                for title, rows, kind in shelves
            ],
            key_url_name=self.key_url_name,
            compare_url_name=self.compare_url_name,
            take_back_url_name=self.take_back_url_name,
            sheet_url_name=self.sheet_url_name,
        )
        return self.render_to_response(context, status=status)


def stored_words(entry: PaperEntry) -> str:
    """Return what is said of a paper that became a response; of one that came late, when it counts."""
    words = _now("Đã ghi phiếu số %(sheet)s.") % {"sheet": entry.sheet}
    if entry.response is None or entry.response.day == entry.day:
        return words
    return f"{words} " + _now("Kỳ của phiếu đã công bố kết quả nên phiếu được tính vào tháng này.")


class KeyView(OfPapers, View):
    """Key in one paper; the next one keeps day and place."""

    http_method_names = ["get", "head", "options", "post"]
    template_name = "surveys/admin/paper_key.html"
    page_title = _("Nhập phiếu giấy")
    papers_url_name = ""
    key_url_name = ""

    @cached_property
    def version(self) -> SurveyVersion:
        """The version that stands at the foot of the paper; the one in use unless another is asked for."""
        asked = self.request.GET.get("ban", "")
        rows = self.survey.versions.asked().select_related("survey")
        if asked.isascii() and asked.isdigit() and len(asked) < 5:
            return get_object_or_404(rows, number=int(asked))
        return get_object_or_404(rows, pk=self.survey.current_id)

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.version)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate().strftime("%d/%m/%Y")
        initial = {"day": request.GET.get("ngay", today), "edition": self.version.edition}
        if "diem" in request.GET:
            initial["channel"] = request.GET["diem"]
        return self.show(SheetForm(survey=self.survey, units=self.units, initial=initial), KeyedForm(plan=self.plan))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        head, keyed = (
            SheetForm(request.POST, survey=self.survey, units=self.units),
            KeyedForm(request.POST, plan=self.plan),
        )
        if not (head.is_valid() & keyed.is_valid()):
            return self.show(head, keyed, status=422)
        try:
            entry = paper_key(
                survey=self.survey,
                actor=request.user,
                keyed=Keyed(self.version, answers=keyed.cleaned_data, **head.cleaned_data),
            )
        except SurveyRefusedError as refused:
            head.add_error("sheet", str(refused))
            # The next press is made on the questions that are shown now.
            head.data = head.data.copy()
            head.data["edition"] = str(self.version.edition)
            return self.show(head, keyed, status=422)
        return self._next(entry)

    def _next(self, entry: PaperEntry) -> HttpResponse:
        named = {"sheet": entry.sheet}
        if entry.response is not None:
            messages.success(self.request, stored_words(entry))
        elif entry.second is None:
            messages.success(self.request, _now("Đã nhập lần một phiếu số %(sheet)s.") % named)
        else:
            messages.warning(self.request, _now("Phiếu số %(sheet)s: hai lần nhập khác nhau, xem ở danh sách.") % named)
        shared = {"diem": entry.channel_id, "ngay": entry.day.strftime("%d/%m/%Y"), "ban": self.version.number}
        return redirect(f"{reverse(self.key_url_name, args=[self.survey.pk])}?{urlencode(shared)}")

    def show(self, head: SheetForm, keyed: KeyedForm, *, status: int = 200) -> HttpResponse:
        """Answer with the screen."""
        context = self.get_context_data(
            survey=self.survey,
            version=self.version,
            edition=edition_words(self.version),
            versions=self.survey.versions.newest().filter(frozen_on__isnull=False),
            head=head,
            keyed=keyed,
            papers_url_name=self.papers_url_name,
        )
        return self.render_to_response(context, status=status)


class CompareView(OfPapers, View):
    """Two times that differ, side by side; what the paper says is typed once more and stored."""

    http_method_names = ["get", "head", "options", "post"]
    page_title = _("Phiếu giấy")
    template_name = "surveys/admin/paper_compare.html"
    papers_url_name = ""

    @cached_property
    def entry(self) -> PaperEntry:
        return self.paper()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._screen(None)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        plan = plan_of(self.entry.version)
        form = KeyedForm(
            request.POST, plan=plan, only=[each.question.key for each in paper_differences(self.entry, plan)]
        )
        if not form.is_valid():
            return self._screen(form, status=422)
        try:
            entry = paper_settle(entry=self.entry, actor=request.user, chosen=form.cleaned_data)
        except SurveyRefusedError as refused:
            form.add_error(None, str(refused))
            return self._screen(form, status=422)
        except ValidationError as error:
            for key, words in error.message_dict.items():
                form.add_error(key if key in form.fields else None, words)
            return self._screen(form, status=422)
        messages.success(request, stored_words(entry))
        return redirect(self.papers_url_name, self.survey.pk)

    def _screen(self, form: KeyedForm | None, *, status: int = 200) -> HttpResponse:
        plan = plan_of(self.entry.version)
        found = paper_differences(self.entry, plan) if self.entry.response_id is None else []
        keys = [each.question.key for each in found]
        form = form or KeyedForm(plan=plan, only=keys)
        rows = [(each, form[each.question.key]) for each in found if each.question.key in form.fields]
        context = self.get_context_data(
            survey=self.survey, entry=self.entry, form=form, rows=rows, papers_url_name=self.papers_url_name
        )
        return self.render_to_response(context, status=status)
