"""Responses and results as files, for those who may take them away; every taking is written in the ledger."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from cms.core.importing import UnreadableFileError
from cms.core.open_data import csv_answer, csv_lines
from cms.core.services.ledger import event_record
from surveys.reports.blank import import_blank
from surveys.reports.letter import summary_docx
from surveys.reports.rows import columns_of, response_rows
from surveys.reports.sheets import TooManyRowsError, results_book
from surveys.viewsets.access import OfSurvey
from surveys.viewsets.results import OfResults

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class ImportBlankView(OfSurvey, View):
    """The file to be filled with responses from elsewhere; there is nothing of anybody in it."""

    http_method_names = ["get", "head", "options"]
    capability = "survey_import"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            content = import_blank(self.survey)
        except UnreadableFileError as refused:
            raise Http404(str(refused)) from refused
        answer = HttpResponse(content, content_type=_TYPES["xlsx"])
        answer.headers["Content-Disposition"] = f'attachment; filename="mau-nhap-phieu-{self.survey.slug}.xlsx"'
        return answer


class SurveyExportView(OfResults, TemplateView):
    """Answer with one of the files, or with the screen and the reason why not."""

    http_method_names = ["get", "head", "options"]
    capability = "survey_export"

    def get(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        kind = str(self.kwargs["kind"])
        makers = {"xlsx": self._xlsx, "csv": self._csv, "docx": self._docx}
        if kind not in makers:
            raise Http404
        if self.found.is_waiting:
            self.problem = _("Kỳ này chưa có tháng nào trọn vẹn: tháng đang chạy được nêu từ đầu tháng sau.")
            return self.render_to_response(self.get_context_data())
        if kind != "docx" and self.found.whole_months and self.found.responses is None:
            # Whoever may name a unit and a month would have of each response what its row does not say.
            self.problem = _("Ở đây ít phiếu nên số được ẩn, từng phiếu cũng vậy. Hãy chọn kỳ dài hơn hoặc mọi đơn vị.")
            return self.render_to_response(self.get_context_data())
        try:
            answer = makers[kind]()
        except TooManyRowsError as refused:
            self.problem = str(refused)
            return self.render_to_response(self.get_context_data())
        event_record(
            subject_type="survey",
            subject_key=self.survey.slug,
            verb="survey.exported",
            actor=request.user,
            data={"kind": kind, "period": self.period.key or f"{self.period.starts_on}/{self.period.ends_on}"},
        )
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    def _xlsx(self) -> HttpResponseBase:
        return self._file("xlsx", results_book(self.found))

    def _docx(self) -> HttpResponseBase:
        return self._file("docx", summary_docx(self.record))

    def _csv(self) -> HttpResponseBase:
        columns = columns_of(self.survey)
        rows = response_rows(self.found, columns) if self.found.whole_months else iter(())
        return csv_answer(csv_lines(columns.heading, (cells for _version, cells in rows)), filename=self._name("csv"))

    def _file(self, kind: str, content: bytes) -> HttpResponse:
        answer = HttpResponse(content, content_type=_TYPES[kind])
        answer.headers["Content-Disposition"] = f'attachment; filename="{self._name(kind)}"'
        return answer

    def _name(self, kind: str) -> str:
        period = self.period.key or f"{self.period.starts_on}-{self.period.ends_on}"
        return f"khao-sat-{self.survey.slug}-{period}-phieu.{kind}"
