"""What the admin says to an editor of documents."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wagtail.admin import messages
from wagtail.models import Page

from cms.core.text import format_vietnamese_date
from cms.official_documents.models import OfficialDocumentPage

_MOST = 5


def warn_of_doubles(request: HttpRequest, page: Page) -> None:
    """Tell the editor when the number was given before in that year; the page is saved all the same (S92)."""
    document = page.specific
    if not isinstance(document, OfficialDocumentPage):
        return
    doubles = list(document.doubles[:_MOST])
    if not doubles:
        return
    days = ", ".join(format_vietnamese_date(double.issued_on) for double in doubles if double.issued_on)
    text = _("Số %(number)s đã có ở văn bản khác của cơ quan này trong năm %(year)s (%(days)s). Hãy kiểm tra lại số.")
    messages.warning(request, text % {"number": document.number, "year": document.issued_year, "days": days or "?"})
