"""What the admin says to an editor of documents, and where a replaced file leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from cms.core.permissions import can
from cms.core.services.files import address_instead
from cms.core.text import format_vietnamese_date
from cms.official_documents.models import AttachmentVersion, OfficialDocumentPage

_MOST = 5


def warn_of_doubles(request: HttpRequest, page: Page) -> None:
    """Tell the editor when the number was given before in that year; the page is saved all the same (S92)."""
    document = page.specific
    if not isinstance(document, OfficialDocumentPage):
        return
    doubles = list(document.doubles[:_MOST])
    if not doubles:
        return
    text = _("Số %(number)s đã có ở văn bản khác của cơ quan này trong năm %(year)s:")
    links = format_html_join(", ", '<a href="{}">{}</a>', ((_edit(double), _known_by(double)) for double in doubles))
    said = text % {"number": document.number, "year": document.issued_year}
    messages.warning(request, format_html("{} {}. {}", said, links, _("Hãy kiểm tra lại số.")))


def newest_file_instead(document: object, request: HttpRequest) -> HttpResponse | None:
    """Lead from a file that has been replaced to the one that stands in its place; officers may look at the old."""
    address = address_instead(document=document, versions=AttachmentVersion)
    return redirect(address) if address and not can(request.user, "page_edit") else None


def _edit(document: OfficialDocumentPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[document.pk])


def _known_by(document: OfficialDocumentPage) -> str:
    return format_vietnamese_date(document.issued_on) if document.issued_on else document.title
