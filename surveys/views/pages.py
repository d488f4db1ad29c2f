"""What Wagtail asks about the pages of surveys."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from surveys.models import SurveyIndexPage, SurveyPage


def refuse_copy(request: HttpRequest, page: object) -> HttpResponse | None:
    """A second page of one survey would have the first one's address; the survey itself is copied on its own screen."""
    specific = getattr(page, "specific", page)
    if not isinstance(specific, SurveyPage | SurveyIndexPage):
        return None
    messages.warning(request, _("Mỗi khảo sát chỉ có một trang. Hãy sao chép khảo sát ở mục Khảo sát."))
    return redirect("wagtailadmin_explore", specific.get_parent().pk)
