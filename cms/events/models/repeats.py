"""Events that take place again and again: the days of their rule, and those on which they do not."""

from collections.abc import Collection
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule
from modelcluster.fields import ParentalKey

from cms.events.enums import EventRepeats
from cms.events.querysets import EventOccurrenceQuerySet, Span

# The lists name every time of an event; a rule without a sensible end would fill them.
MOST_TIMES = 366
_RULES = {
    EventRepeats.DAILY: (DAILY, 1),
    EventRepeats.WEEKLY: (WEEKLY, 7),
    EventRepeats.MONTHLY: (MONTHLY, 28),
    EventRepeats.YEARLY: (YEARLY, 365),
}


def times_of(first: Span, repeats: str, until: date, without: Collection[date] = ()) -> list[Span]:
    """Return the first and the last day of every time from ``first`` on, at most one more than MOST_TIMES.

    The rule is that of RFC 5545: what falls on the 31st is left out in months that have none.
    """
    freq, _gap = _RULES[EventRepeats(repeats)]
    begins, lasts = first[0], first[1] - first[0]
    days = rrule(freq, dtstart=datetime.combine(begins, time.min), until=datetime.combine(until, time.min))
    found = (day.date() for day in islice(days, MOST_TIMES + 1))
    return [(day, day + lasts) for day in found if day not in without]


def rule_faults(first: Span, repeats: str, until: date | None) -> dict[str, Any]:
    """Return what is wrong with a rule, by the field beside which it is said; empty when nothing is."""
    if not repeats:
        return {"repeats": _("Chọn cách lặp lại, hoặc xóa ngày thôi lặp lại.")} if until else {}
    if until is None:
        return {"repeats_until": _("Ghi ngày thôi lặp lại.")}
    if until < first[0]:
        return {"repeats_until": _("Ngày thôi lặp lại không thể trước ngày bắt đầu.")}
    if (first[1] - first[0]).days >= _RULES[EventRepeats(repeats)][1]:
        return {"repeats": _("Mỗi lần kéo dài tới ngày bắt đầu của lần sau; chọn cách lặp lại thưa hơn.")}
    if len(times_of(first, repeats, until)) > MOST_TIMES:
        return {"repeats_until": _("Như vậy là quá 366 lần; chọn ngày gần hơn, năm sau nối tiếp.")}
    return {}


class EventException(Orderable):
    """One day on which an event that repeats does not take place."""

    page = ParentalKey("events.EventPage", on_delete=models.CASCADE, related_name="exceptions")
    day = models.DateField(_("ngày không diễn ra"), help_text=_("Ngày bắt đầu của lần ấy."))
    reason = models.CharField(_("lý do"), max_length=120, blank=True)

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("reason")])]

    class Meta(Orderable.Meta):
        verbose_name = _("ngày không diễn ra")
        verbose_name_plural = _("ngày không diễn ra")

    def __str__(self) -> str:
        return f"{self.day}"


class EventOccurrence(models.Model):
    """One time of a published event that repeats: for lists. The rule and its exceptions say which there are."""

    page = models.ForeignKey("events.EventPage", on_delete=models.CASCADE, related_name="occurrences")
    starts_on = models.DateField(_("ngày bắt đầu"), db_index=True)
    ends_on = models.DateField(_("ngày kết thúc"), db_index=True)

    objects = EventOccurrenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần diễn ra")
        verbose_name_plural = _("lần diễn ra")
        constraints = [models.UniqueConstraint(fields=["page", "starts_on"], name="one_occurrence_a_day")]

    def __str__(self) -> str:
        return f"{self.starts_on}"
