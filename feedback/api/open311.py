"""Published cases in the words of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): pure, rows to records."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from cms.core.feeds import feed_text
from feedback.enums import CaseState
from feedback.models import Category, PublicCase
from feedback.transitions import public_label

SPAN = timedelta(days=90)
PAGE, MOST_A_PAGE, MOST_PAGES, MOST_IDS = 50, 200, 1000, 50
LONGEST_DESCRIPTION = 4000
STATUSES = ("open", "closed")
# When what this interface says last changed its form; the standard asks for it.
CHANGESET = "2026-11-30T00:00:00+07:00"


class Open311Error(ValueError):
    """What was asked for cannot be; ``code`` is the status of HTTP, each message a sentence.

    ``retry_after`` is how many seconds to wait, where waiting helps.
    """

    def __init__(self, code: int, *messages: str, retry_after: int = 0):
        super().__init__(*messages)
        self.code = code
        self.messages = messages
        self.retry_after = retry_after


@dataclass(frozen=True)
class Asked:
    """Which requests somebody wants; ``references`` alone decides when it is given, as the standard says."""

    references: tuple[str, ...]
    codes: tuple[str, ...]
    statuses: tuple[str, ...]
    first: date
    last: date
    page: int
    size: int


def asked_for(query: Mapping[str, str], today: date) -> Asked:
    """Read the parameters of the standard; raises Open311Error with a sentence for what cannot be."""
    first, last = _days(query, today)
    statuses = _list(query, "status") or STATUSES
    if not set(statuses) <= set(STATUSES):
        raise Open311Error(400, _("status chỉ nhận open, closed."))
    references = _list(query, "service_request_id")
    if len(references) > MOST_IDS:
        raise Open311Error(400, _("Mỗi lần hỏi nhiều nhất %(most)d mã.") % {"most": MOST_IDS})
    return Asked(
        references=references,
        codes=_list(query, "service_code"),
        statuses=statuses,
        first=first,
        last=last,
        page=_number(query, "page", 1, MOST_PAGES),
        size=_number(query, "page_size", PAGE, MOST_A_PAGE),
    )


def service_of(row: Category) -> dict[str, Any]:
    """Return a field of work as a service; every one asks more than the text: see ``attributes.definition_of``."""
    return {
        "service_code": row.code,
        "service_name": row.name,
        "description": row.description,
        "metadata": True,
        "type": "batch",
        "keywords": "",
        "group": "",
    }


def request_of(row: PublicCase) -> dict[str, Any]:
    """Return a published case as a service request: answered, hence closed; the label is that of the table."""
    return {
        "service_request_id": row.reference,
        "status": "closed",
        "status_notes": public_label(CaseState.ANSWERED),
        "service_name": row.category.name,
        "service_code": row.category.code,
        "description": f"{row.title}\n\n{row.question}"[:LONGEST_DESCRIPTION],
        "agency_responsible": row.unit.name if row.unit else None,
        "service_notice": row.answer,
        "requested_datetime": _moment(row.asked_on),
        "updated_datetime": _moment(row.answered_on),
        "expected_datetime": None,
        "address": row.unit.name if row.unit else None,
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def discovery(base: str, contact: str) -> dict[str, Any]:
    """Return where the interface is and what it speaks."""
    return {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": _("Đọc không cần khóa. Khóa để gửi phản ánh do cơ quan cấp cho từng phần mềm: %(contact)s.")
        % {"contact": contact or _("liên hệ cơ quan")},
        "endpoints": [
            {
                "specification": "http://wiki.open311.org/GeoReport_v2",
                "url": base,
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["application/json", "text/xml"],
            }
        ],
    }


def as_xml(root: str, item: str, data: Any) -> bytes:
    """Return ``data``, a record or a list of them, as XML; the prolog says the encoding."""
    top = ElementTree.Element(root)
    if isinstance(data, dict):
        _fill(top, data)
    else:
        for each in data:
            _fill(ElementTree.SubElement(top, item), each)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(top, encoding="utf-8")


def _fill(node: ElementTree.Element, record: Mapping[str, Any]) -> None:
    for name, value in record.items():
        child = ElementTree.SubElement(node, name)
        if isinstance(value, list):
            for each in value:
                below = ElementTree.SubElement(child, name.removesuffix("s"))
                if isinstance(each, dict):
                    _fill(below, each)
                else:
                    below.text = feed_text(str(each))
        elif value is not None:
            child.text = str(value).lower() if isinstance(value, bool) else feed_text(str(value))


# References, codes of categories and states; nothing else is asked of the database.
_WORD = re.compile(r"[A-Za-z0-9_-]{1,80}", re.ASCII)


def _list(query: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return what is asked for; one word that is none refuses them all, since without it everything would be found."""
    words = [word for each in query.get(name, "")[:2000].split(",") if (word := each.strip())]
    if not all(map(_WORD.fullmatch, words)):
        raise Open311Error(400, _("%(name)s có mã không đọc được.") % {"name": name})
    return tuple(words)


def _number(query: Mapping[str, str], name: str, default: int, most: int) -> int:
    typed = query.get(name, "")
    if not typed:
        return default
    if not (typed.isascii() and typed.isdecimal() and len(typed) < 6 and int(typed) > 0):
        raise Open311Error(400, _("%(name)s phải là một số lớn hơn 0.") % {"name": name})
    return min(most, int(typed))


def _days(query: Mapping[str, str], today: date) -> tuple[date, date]:
    """Return the first and the last day; an end at midnight is the end of that day, as clients mean it."""
    first, last = (_day(query, name) for name in ("start_date", "end_date"))
    if first is None and last is None:
        return today - SPAN, today
    if first is None and last is not None:
        return _shifted(last, -SPAN), last
    if first is not None and last is None:
        return first, _shifted(first, SPAN)
    if first is None or last is None or first > last:
        raise Open311Error(400, _("start_date phải trước end_date."))
    if last - first > SPAN:
        raise Open311Error(400, _("Mỗi lần hỏi nhiều nhất %(days)d ngày.") % {"days": SPAN.days})
    return first, last


def _shifted(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _day(query: Mapping[str, str], name: str) -> date | None:
    typed = query.get(name, "").strip().replace(" ", "+")  # a plus sign that nobody encoded
    if not typed:
        return None
    try:
        moment = parse_datetime(typed) if "T" in typed else None
        found = (timezone.localdate(moment) if timezone.is_aware(moment) else moment.date()) if moment else None
        found = found or parse_date(typed)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise Open311Error(400, _("%(name)s phải theo ISO 8601, ví dụ 2026-03-31T00:00:00Z.") % {"name": name})
    return found


def _moment(day: date) -> str:
    return timezone.make_aware(datetime.combine(day, time.min)).isoformat()
