"""The files of documents, kept by the kernel's own way (``cms.core.services.files``)."""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.services import files
from cms.official_documents.models import AttachmentVersion, OfficialDocumentPage


def files_published(instance: OfficialDocumentPage, **_rest: Any) -> None:
    """Follow Wagtail's ``page_published``."""
    files.files_published(page=instance, files=instance.attachments, versions=AttachmentVersion)


def why_kept(document_id: int) -> str:
    """Say why a file may not be swapped in the library: a published document shows it, and that is changed there."""
    version = AttachmentVersion.objects.showing(document_id).select_related("page").first()
    if version is None:
        return ""
    return _(
        "Tệp này đang đăng ở văn bản %(number)s. Hãy tải tệp mới lên thành một tệp khác, rồi chọn nó ở trang văn bản: "
        "địa chỉ của tệp được giữ nguyên, bản cũ được lưu lại và việc thay tệp có người duyệt."
    ) % {"number": version.page.number or version.page.title}
