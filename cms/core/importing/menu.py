"""The entry of an import in the admin's menu."""

from django.http import HttpRequest
from django.urls import reverse_lazy

from wagtail.admin.menu import MenuItem

from cms.core.permissions import can

from .kinds import get_import_kind


class ImportMenuItem(MenuItem):
    """Shown to those whom the matrix allows."""

    def __init__(self, kind_name: str, order: int) -> None:
        self.kind = get_import_kind(kind_name)
        super().__init__(self.kind.label, reverse_lazy(kind_name), icon_name="upload", name=kind_name, order=order)

    def is_shown(self, request: HttpRequest) -> bool:
        return can(request.user, self.kind.capability)
