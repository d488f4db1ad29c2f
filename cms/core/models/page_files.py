"""Files whose address outlives them: a file that is replaced keeps its address, says so, and is kept.

Abstract: an app that publishes files makes its own two tables (``KeyedFile`` below its page, ``FileVersion`` beside
it, related as ``file_versions``), mixes ``cms.core.files.FileReading`` into its page and follows ``page_published``
with ``cms.core.services.files.files_published``.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.core.models.page_parts import AttachedFile
from cms.core.querysets.files import FileVersionQuerySet

# Between the address of the page and the number of the file.
FILE_PART = "tep"


class KeyedFile(AttachedFile):
    """A file of a page. ``key`` never changes, so that its address and its history stay with it."""

    key = models.UUIDField(_("khóa"), default=uuid.uuid4, editable=False)

    class Meta(AttachedFile.Meta):
        abstract = True


class FileVersion(models.Model):
    """One file at one place of a page, from the moment it was published. Rows are only added.

    ``place`` is the number in the address ``<page>/tep/<place>/``: given once, never given again.
    """

    attachment_key = models.UUIDField(_("khóa của tệp đính kèm"))
    place = models.PositiveSmallIntegerField(_("số của tệp trong địa chỉ"))
    version = models.PositiveSmallIntegerField(_("lần"))
    document = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        verbose_name=_("tệp"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    called = models.CharField(_("tên"), max_length=255)
    file_hash = models.CharField(_("dấu của tệp"), max_length=40, blank=True)
    since = models.DateTimeField(_("từ lúc"))
    current = models.BooleanField(_("đang dùng"), default=True)

    objects = FileVersionQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.called} ({self.version})"


@dataclass(frozen=True)
class FileLine:
    """A file as a reader sees it: ``href`` stays when the file behind it is replaced."""

    href: str
    called: str
    file_type: str
    size: int | None
    version: int = 1
    replaced_on: datetime | None = None
