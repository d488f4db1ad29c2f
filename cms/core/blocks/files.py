"""Documents to take away."""

from pathlib import PurePosixPath

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock


class DownloadValue(blocks.StructValue):
    @cached_property
    def heading(self) -> str:
        document = self.get("document")
        return (self.get("title") or "").strip() or (document.title if document else "")

    @cached_property
    def href(self) -> str:
        document = self.get("document")
        return document.url if document and document.file else ""

    @cached_property
    def kind(self) -> str:
        """The file's type as people say it: PDF, DOCX."""
        document = self.get("document")
        return PurePosixPath(document.file.name).suffix.lstrip(".").upper() if self.href else ""

    @cached_property
    def size(self) -> int | None:
        """Bytes; None when the file cannot be measured. Reads only: a page view never writes."""
        document = self.get("document")
        if not document:
            return None
        if document.file_size is not None:
            return document.file_size
        try:
            return document.file.size
        except (OSError, ValueError):
            return None


class DownloadBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Tệp"))
    title = blocks.CharBlock(
        label=_("Tên hiện ra"), required=False, max_length=200, help_text=_("Để trống thì dùng tên của tệp.")
    )

    def get_searchable_content(self, value):
        """The words that a reader sees, and no others."""
        return [value.heading] if value.href else []

    class Meta:
        icon = "download"
        label = _("Tệp tải về")
        description = _("Liên kết tải một tệp, ghi rõ loại và dung lượng.")
        label_format = "{title}"
        template = "components/streamfield/download.html"
        value_class = DownloadValue
