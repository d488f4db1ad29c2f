"""A procedure in the words of schema.org."""

from typing import Any

from cms.core.models import AgencySettings
from procedures.enums import Audience, Channel, FeeKind, TimeUnit
from procedures.models.codes import codes_of

_AUDIENCES = {Audience.CITIZEN: "citizen", Audience.ENTERPRISE: "business", Audience.ORGANISATION: "organization"}
_DURATIONS = {TimeUnit.DAY: "P{}D", TimeUnit.MONTH: "P{}M", TimeUnit.HOUR: "PT{}H"}


def service_facts(procedure: Any) -> dict[str, Any]:
    """Return the procedure as a ``GovernmentService``, without empty facts."""
    audiences = [
        {"@type": "Audience", "audienceType": _AUDIENCES.get(Audience(code), str(Audience(code).label))}
        for code in codes_of(procedure.audiences)
    ]
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
        "availableChannel": _channels(procedure),
        "offers": list({fee["price"]: fee for fee in fees}.values()),
    }
    return _said(facts)


def _channels(procedure: Any) -> list[dict[str, Any]]:
    """Return every way of submitting as a ``ServiceChannel`` with its time limit, its places and its address.

    The channel is where schema.org keeps the time (``processingTime``); a service itself has no such property.
    """
    places = [
        _said({"@type": "Place", "name": place.name, "address": place.address, "telephone": place.phone})
        for place in (row.place for row in procedure.place_rows)
    ]
    online = procedure.online_url
    ways = procedure.way_rows
    channels = [
        {
            "name": ", ".join(filter(None, [str(way.get_channel_display()), way.audience_note])),
            "description": way.time,
            "processingTime": duration(way.quantity, way.unit),
            "serviceLocation": places if way.channel in {Channel.DIRECT, Channel.ANY} else [],
            "serviceUrl": online if way.channel in {Channel.ONLINE, Channel.ANY} else "",
        }
        for way in ways
    ]
    # A place or an address of which no way speaks is still a way in.
    if not any(each["serviceLocation"] for each in channels):
        channels.append({"serviceLocation": places})
    if not any(each.get("serviceUrl") for each in channels):
        channels.append({"serviceUrl": online})
    return [{"@type": "ServiceChannel", **said} for said in map(_said, channels) if said]


def duration(quantity: int | None, unit: str) -> str:
    """Return a time limit as an ISO 8601 duration; nothing where it is not counted.

    ISO knows no working days, and schema.org asks for an estimate: they are told as the most days of the calendar
    that they can take without a holiday, so that nobody is promised a day too early. The words stand beside it.
    """
    if quantity is None:
        return ""
    if unit == TimeUnit.WORKING_DAY:
        return f"P{quantity + 2 * -(-quantity // 5)}D"
    return _DURATIONS[TimeUnit(unit)].format(quantity) if unit in _DURATIONS else ""


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if value}
