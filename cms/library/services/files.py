"""The files of materials, kept by the kernel's own way (``cms.core.services.files``)."""

from typing import Any

from django.utils.translation import gettext as _

from cms.core.services import files
from cms.library.models import MaterialFileVersion, MaterialPage


def files_published(instance: MaterialPage, **_rest: Any) -> None:
    """Follow Wagtail's ``page_published``."""
    files.files_published(page=instance, files=instance.files, versions=MaterialFileVersion)


def why_kept(document_id: int) -> str:
    """Say why a file may not be swapped in the store of files: a published material shows it."""
    version = MaterialFileVersion.objects.showing(document_id).select_related("page").first()
    if version is None:
        return ""
    return _(
        "Tệp này đang đăng ở học liệu “%(title)s”. Hãy tải tệp mới lên thành một tệp khác, rồi chọn nó ở trang học "
        "liệu: địa chỉ của tệp được giữ nguyên, bản cũ được lưu lại và việc thay tệp có người duyệt."
    ) % {"title": version.page.title}
