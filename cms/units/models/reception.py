"""Where a phản ánh, kiến nghị is received (S38): one answer for the list, the unit's page and the paper on the wall."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from cms.core.models import AgencySettings, Unit


@dataclass(frozen=True)
class Reception:
    """How to reach one unit with a phản ánh, kiến nghị. ``form_path`` is empty when it takes none through the site."""

    unit: Unit
    name: str
    address: str
    box: str
    phone: str
    email: str
    hours: str
    form_path: str

    @property
    def form_url(self) -> str:
        """The form's whole address, for paper and for a QR code."""
        return f"{settings.SITE_URL}{self.form_path}" if self.form_path else ""

    @property
    def notice_path(self) -> str:
        return reverse("unit:notice", args=[self.unit.slug])


def root_unit() -> Unit | None:
    """Return the agency itself: the first unit above which there is none; None before set-up."""
    return Unit.objects.active().filter(parent=None).in_order().first()


def reception_of(unit: Unit, agency: AgencySettings | None = None) -> Reception:
    """Return how ``unit`` is reached.

    The agency's own contacts stand in its settings, so that the footer and this say the same; ``agency`` is given
    for the unit that is the agency, and fills what the unit itself leaves open.
    """
    query = urlencode({"don-vi": unit.code})
    return Reception(
        unit=unit,
        name=unit.name,
        address=unit.address or (agency.address if agency else ""),
        box=unit.feedback_box,
        phone=unit.phone or (agency.phone if agency else ""),
        email=unit.email or (agency.email if agency else ""),
        hours=unit.opening_hours or (agency.opening_hours if agency else ""),
        form_path=f"{reverse('feedback:form_start')}?{query}" if unit.takes_cases else "",
    )
