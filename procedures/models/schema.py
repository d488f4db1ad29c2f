"""A procedure in the words of schema.org."""

from typing import Any

from cms.core.models import AgencySettings
from procedures.enums import Audience, FeeKind
from procedures.models.codes import codes_of

_AUDIENCES = {Audience.CITIZEN: "citizen", Audience.ENTERPRISE: "business", Audience.ORGANISATION: "organization"}


def service_facts(procedure: Any) -> dict[str, Any]:
    """Return the procedure as a ``GovernmentService``, without empty facts."""
    audiences = [
        {"@type": "Audience", "audienceType": _AUDIENCES.get(Audience(code), str(Audience(code).label))}
        for code in codes_of(procedure.audiences)
    ]
    places = [
        {
            "@type": "ServiceChannel",
            "serviceLocation": {"@type": "Place", "name": row.place.name, "address": row.place.address},
        }
        for row in procedure.place_rows
    ]
    online = [{"@type": "ServiceChannel", "serviceUrl": procedure.online_url}] if procedure.online_url else []
    fees = [
        {"@type": "Offer", "price": way.fee_amount if way.fee_kind == FeeKind.AMOUNT else 0, "priceCurrency": "VND"}
        for way in procedure.way_rows
        if way.fee_kind in {FeeKind.FREE, FeeKind.AMOUNT}
    ]
    facts = {
        "@type": "GovernmentService",
        "name": procedure.name,
        "identifier": procedure.code,
        "serviceType": procedure.field.name,
        "description": procedure.summary,
        "provider": {"@type": "GovernmentOrganization", "name": procedure.authority or AgencySettings.load().name},
        "audience": audiences,
        "availableChannel": online + places,
        "offers": list({fee["price"]: fee for fee in fees}.values()),
    }
    return {name: value for name, value in facts.items() if value}
