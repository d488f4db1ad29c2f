"""What a reader of a page with files sees of them, where each one leads, and that it was taken.

The tables are in ``cms.core.models.page_files``; this is no part of the models, because a service counts a press.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from wagtail.contrib.routable_page.models import path

from cms.core.models import FILE_PART, FileLine, FileVersion
from cms.core.requests import begins_download, client_address
from cms.core.services.readings import download_note


class FileReading:
    """The reading side of a page with files. The page is routable and says which relation holds its ``KeyedFile``."""

    files_relation = "attachments"

    @path(f"{FILE_PART}/<int:place>/", name="file")
    def current_file(self, request: HttpRequest, place: int) -> HttpResponse:
        """Lead from the lasting address of a file to the file that stands there today, and count who takes it.

        Kept by no cache, so that every press comes here; the bytes behind it are kept as ever.
        """
        version = self._file_versions().at(self, place)
        if version is None:
            raise Http404
        if begins_download(request):
            self.count_download(request, version)
        response = redirect(version.document.url)
        response.headers["Cache-Control"] = "no-store"
        return response

    def count_download(self, request: HttpRequest, version: FileVersion) -> None:
        """Note that a reader takes the file; one in a closed collection is refused behind this, and is no download."""
        if not version.document.collection.get_view_restrictions():
            download_note(page_id=self.pk, visitor=client_address(request))

    @cached_property
    def file_lines(self) -> list[FileLine]:
        """The files in the editor's order, each at its lasting address once it has been published."""
        relation = getattr(self, self.files_relation)
        rows = list(relation.all())
        model = relation.model._meta.get_field("document").related_model
        files = model.objects.in_bulk([row.document_id for row in rows])
        versions = self._file_versions().newest_of(self) if self.pk and rows else {}
        for row in rows:
            if row.document_id in files:
                row.document = files[row.document_id]
        return [self._file_line(row, versions.get(row.key)) for row in rows]

    def _file_versions(self) -> Any:
        """Return the questions to the versions, a model that is defined after the page."""
        return type(self)._meta.get_field("file_versions").related_model.objects

    def _file_line(self, row: Any, version: Any) -> FileLine:
        known = version is not None and version.current and version.document_id == row.document_id
        if not known:
            return FileLine(row.document.url, row.called, row.file_type, row.document.file_size)
        return FileLine(
            f"{self.url}{FILE_PART}/{version.place}/",
            row.called,
            row.file_type,
            row.document.file_size,
            version.version,
            version.since if version.version > 1 else None,
        )
