"""Published cases in the search over everything public."""

from django.utils.translation import gettext_lazy as _

from cms.core.search import SearchKind, SearchText
from feedback.models import PublicCase


def _entry(copy: PublicCase) -> SearchText:
    return SearchText(
        title=copy.title,
        body=f"{copy.category.name}\n{copy.question}\n{copy.answer}",
        url=copy.get_absolute_url(),
        date=copy.answered_on,
        number=copy.reference,
        unit_id=copy.unit_id,
    )


PUBLIC_CASES = SearchKind(
    name="public_case",
    label=_("Phản ánh, kiến nghị"),
    model=PublicCase,
    public=PublicCase.objects.public,
    entry=_entry,
)
