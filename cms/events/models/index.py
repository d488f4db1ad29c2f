"""The calendar's own page: what is to come, by kind, unit and month; the leaders' weeks."""

from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.models import BasePage
from cms.events.models.events import EventPage
from cms.events.models.weeks import WorkSchedulePage
from cms.events.querysets import EventFilters

SLUG = "lich"


class EventIndexPage(BasePage):
    """The calendar. What is to come stands first; a month shows everything in it, also what is over."""

    template = "pages/events/event_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage", "events.WorkSchedulePage"]
    max_count = 1
    is_rated = False
    page_size = 20
    feed_name = "events_feed"

    intro = models.CharField(
        _("lời dẫn"),
        max_length=300,
        blank=True,
        default=_("Sự kiện, kỳ thi, tuyển sinh của ngành và lịch công tác tuần của lãnh đạo."),
    )

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("trang lịch")
        verbose_name_plural = _("trang lịch")

    def clean(self) -> None:
        """The calendars that people subscribe to lie below this address."""
        super().clean()
        if self.slug != SLUG:
            reason = _("Địa chỉ phải là “%(slug)s”: lịch mà người đọc đã theo dõi nằm bên dưới nó.")
            raise ValidationError({"slug": ValidationError(reason, params={"slug": SLUG})})

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        asked = EventFilters.from_query(request.GET)
        return "pages/events/week_list.html" if asked.weeks else self.template

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add ``asked`` and one page of events as ``event_page``, or of weeks as ``week_page``.

        A page number that is not one shows the nearest.
        """
        context = super().get_context(request, *args, **kwargs)
        asked, today, number = EventFilters.from_query(request.GET), timezone.localdate(), request.GET.get("trang")
        context.update(asked=asked, noindex=bool(asked) and not asked.weeks)
        weeks = WorkSchedulePage.objects.child_of(self).readable()
        if asked.weeks:
            found = weeks.of_unit_at(asked.unit).touching(asked.span).with_counts().newest()
            whose = {"don-vi": asked.unit} if asked.unit else {}
            context.update(week_page=found.listed(number, self.page_size), own_query={"xem": "tuan", **whose})
            return context
        events = EventPage.objects.child_of(self).readable().filtered(asked, today)
        ordered = events.latest() if asked.past and not asked.span else events.soonest()
        context["subscribe_url"] = urljoin(settings.SITE_URL, reverse("events:all_calendar"))
        context["event_page"] = ordered.listed(number, self.page_size)
        weeks = weeks.of_unit(None)
        context["this_week"] = weeks.of_week(today).with_counts().first()
        context["next_week"] = weeks.of_week(today + timedelta(days=7)).with_counts().first()
        return context
