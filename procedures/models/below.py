"""What stands below a procedure's page: its checklist, its sheet of paper, its former versions."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from wagtail.contrib.routable_page.models import path

from procedures.models.checklist import checklist_of
from procedures.models.paper import procedure_paper
from procedures.models.versions import comparison_of
from procedures.querysets import published_versions

CHECKLIST_PART, PAPER_PART, VERSIONS_PART = "chuan-bi", "ban-in", "phien-ban"


class ProcedureBelow:
    """The routes below ``ProcedurePage``; its columns are there."""

    @path(f"{CHECKLIST_PART}/", name="checklist")
    def checklist_page(self, request: HttpRequest) -> HttpResponse:
        """Show what to take along, as ticked in the address; nothing is kept."""
        asked = checklist_of(self, request.GET, now=timezone.localtime())
        context = {"checklist": asked, "noindex": True, "breadcrumbs": self.checklist_way(request)}
        return self.render(request, template="pages/procedures/checklist.html", context_overrides=context)

    @path(f"{PAPER_PART}/", name="paper")
    def paper_file(self, request: HttpRequest) -> HttpResponse:
        """Hand the procedure out as a sheet to post up, with a QR code that leads here (S58)."""
        # The state on it may change with the day, and with nothing else that is not a new publication of the page.
        parts = f"{self.pk} {self.last_published_at} {timezone.localdate()} {request.get_host()}"
        etag = quote_etag(hashlib.sha256(parts.encode()).hexdigest()[:32])
        response = get_conditional_response(request, etag=etag)
        if response is None:
            content = procedure_paper(self, address=request.build_absolute_uri(self.url))
            response = HttpResponse(content, content_type="application/pdf")
            response.headers["Content-Disposition"] = f'inline; filename="thu-tuc-{self.code}.pdf"'
            response.headers["X-Robots-Tag"] = "noindex"
        response.headers["ETag"] = etag
        return response

    @path(f"{VERSIONS_PART}/", name="versions")
    def versions_page(self, request: HttpRequest) -> HttpResponse:
        """Show the versions that were published, and two of them side by side."""
        readable = type(self).objects.readable()
        found = comparison_of(published_versions(self), request.GET, procedures=readable)
        context = {"comparison": found, "noindex": True, "breadcrumbs": self.checklist_way(request)}
        return self.render(request, template="pages/procedures/versions.html", context_overrides=context)

    def checklist_way(self, request: HttpRequest) -> list[tuple[str, str]]:
        """The way back from what stands below the page."""
        above = self.get_parent()
        return [(above.title, above.get_url(request) or "/"), (self.title, self.get_url(request) or "/")]

    @property
    def has_checklist(self) -> bool:
        """Whether there is anything to prepare; nobody prepares for a procedure that is gone."""
        return bool(self.cases or self.way_rows) and not self.is_gone

    @property
    def checklist_url(self) -> str:
        return f"{self.url}{CHECKLIST_PART}/"

    @property
    def paper_url(self) -> str:
        return f"{self.url}{PAPER_PART}/"

    @property
    def versions_url(self) -> str:
        """Where former versions are; nothing while there is but one."""
        return f"{self.url}{VERSIONS_PART}/" if self.first_published_at != self.last_published_at else ""
