"""What looks personal in words that are still being typed. They come by POST, so that no log keeps them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from cms.core.views import too_many
from feedback.models.redaction import personal_words

# As long as the fields of the form may be; what is longer is refused there.
LONGEST = {"title": 150, "body": 5_000}


@never_cache
@sensitive_post_parameters()
@require_POST
def hint(request: HttpRequest) -> HttpResponse:
    """Return a piece of HTML that says what was seen, empty when there is nothing; nothing is stored.

    The rules are the finder's and nobody else's: the same that the review names before sending, and that the office
    is shown before it publishes.
    """
    if answer := too_many(request, "form_hint"):
        return answer
    words = personal_words(*(request.POST.get(name, "")[:longest] for name, longest in LONGEST.items()))
    return render(request, "pages/feedback/steps/privacy.html", {"looks_personal": words})
