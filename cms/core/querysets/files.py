"""Questions to the files that a page gave to readers, whatever the page is about."""

from typing import Any
from uuid import UUID

from django.db import models


class FileVersionQuerySet(models.QuerySet):
    def newest_of(self, page: Any) -> dict[UUID, Any]:
        """Return the newest version of every file that the page had, by the key of its row."""
        return {row.attachment_key: row for row in self.filter(page=page).order_by("version")}

    def history(self, page: Any) -> "FileVersionQuerySet":
        return self.filter(page=page).select_related("document").order_by("place", "-version")

    def at(self, page: Any, place: int) -> Any:
        """Return the file that the address names today, or None."""
        rows = self.filter(page=page, place=place, current=True, document__isnull=False)
        return rows.select_related("document").first()

    def showing(self, document_id: int) -> "FileVersionQuerySet":
        """Where this file is what readers get today."""
        return self.filter(document=document_id, current=True, page__live=True)

    def instead_of(self, document: Any) -> Any:
        """Return what has taken the place of ``document``; None while it is shown anywhere, or never was."""
        rows = list(self.filter(document=document).select_related("page"))
        if not rows or any(row.current for row in rows):
            return None
        last = max(rows, key=lambda row: row.since)
        return self.filter(page=last.page_id, place=last.place, current=True).select_related("page").first()
