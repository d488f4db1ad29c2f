"""The tasks of one plan as a table, for those who write pages: the newest draft, as the import takes it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View

from cms.core.permissions import can
from cms.plans.models import PlanPage
from cms.plans.reports import FORMATS, table_response, task_rows


class TaskTableView(View):
    """Hand out the table; drafts are open to those who write pages only."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, pk: int, extension: str) -> HttpResponse:
        if not can(request.user, "page_edit"):
            raise PermissionDenied
        if extension not in FORMATS:
            raise Http404
        page: Any = get_object_or_404(PlanPage, pk=pk).get_latest_revision_as_object()
        response = table_response(task_rows(page.tasks.all()), page=page, extension=extension)
        response.headers["Cache-Control"] = "private, no-store"
        return response
