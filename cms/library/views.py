"""Where a replaced file of a material leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cms.core.permissions import can
from cms.core.services.files import address_instead
from cms.library.models import MaterialFileVersion


def newest_file_instead(document: object, request: HttpRequest) -> HttpResponse | None:
    """Lead from a file that has been replaced to the one that stands in its place; officers may look at the old."""
    address = address_instead(document=document, versions=MaterialFileVersion)
    return redirect(address) if address and not can(request.user, "page_edit") else None
