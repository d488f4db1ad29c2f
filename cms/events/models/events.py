"""One event: when, where, for whom, and whether it still takes place."""

import re
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.core.text import format_vietnamese_date, weekday_name
from cms.events.enums import EventKind, EventPhase, EventRepeats, EventStanding
from cms.events.models.repeats import rule_faults, times_of
from cms.events.panels import EVENT_PANELS
from cms.events.querysets import LONGEST_EVENT, EventPageQuerySet, Span

# Addresses below the calendar that are the weeks' and the portal's own.
_TAKEN_ADDRESS = re.compile(r"tuan-\d+-\d{4}(-[-0-9a-z]+)?|tuan-nay|theo-doi")
# A year outside is a slip of the keyboard, and arithmetic with its days would end.
YEARS = range(2000, 2101)
NEXT_TIMES = 5  # that the page of an event that repeats names
SHORTEST_MONTH = 28
_PERIODS = {
    EventRepeats.DAILY: "P1D",
    EventRepeats.WEEKLY: "P1W",
    EventRepeats.MONTHLY: "P1M",
    EventRepeats.YEARLY: "P1Y",
}
TAKEN_ADDRESS = _(
    "Địa chỉ này dành cho lịch công tác tuần. Hãy ghi địa chỉ khác, ví dụ thêm “su-kien-” vào trước (thẻ “Quảng bá”)."
)
WRONG_YEAR = _("Năm phải từ 2000 đến 2100.")
_SCHEMA_STANDING = {
    EventStanding.PLANNED: "https://schema.org/EventScheduled",
    EventStanding.POSTPONED: "https://schema.org/EventPostponed",
    EventStanding.CANCELLED: "https://schema.org/EventCancelled",
}


def is_taken_address(slug: str) -> bool:
    """Say whether an event may not stand at ``slug``: a leaders' week, or something fixed, has that address."""
    return _TAKEN_ADDRESS.fullmatch(slug or "") is not None


def clock(hour: time) -> str:
    """Write an hour as people say it: “8 giờ”, “13 giờ 30”."""
    if hour.minute == 0:
        return _now("%(hour)d giờ") % {"hour": hour.hour}
    return _now("%(hour)d giờ %(minute)s") % {"hour": hour.hour, "minute": f"{hour.minute:02d}"}


def moment(day: date, hour: time | None) -> date | datetime:
    """Return the moment in the portal's time zone, or the day alone where no hour is known."""
    return day if hour is None else timezone.make_aware(datetime.combine(day, hour), timezone.get_default_timezone())


class EventPage(BasePage):
    """An event of the calendar. Without hours it takes whole days."""

    template = "pages/events/event_page.html"
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    in_site_map = False

    kind = models.CharField(_("loại"), max_length=20, choices=EventKind, default=EventKind.EVENT, db_index=True)
    standing = models.CharField(_("tình trạng"), max_length=12, choices=EventStanding, default=EventStanding.PLANNED)
    standing_note = models.CharField(
        _("lý do, cách xử lý"),
        max_length=300,
        blank=True,
        help_text=_("Khi hoãn hoặc không tổ chức: vì sao, người đã đăng ký cần làm gì."),
    )
    starts_on = models.DateField(_("ngày bắt đầu"), default=timezone.localdate, db_index=True)
    starts_at = models.TimeField(_("giờ bắt đầu"), null=True, blank=True, help_text=_("Để trống nếu cả ngày."))
    ends_on = models.DateField(
        _("ngày kết thúc"), blank=True, db_index=True, help_text=_("Để trống nếu trong một ngày.")
    )
    ends_at = models.TimeField(_("giờ kết thúc"), null=True, blank=True)
    repeats = models.CharField(_("lặp lại"), max_length=8, choices=EventRepeats, default=EventRepeats.NEVER, blank=True)
    repeats_until = models.DateField(
        _("lặp lại đến hết ngày"), null=True, blank=True, help_text=_("Để trống nếu chỉ diễn ra một lần.")
    )
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    address = models.CharField(_("địa chỉ của nơi ấy"), max_length=255, blank=True)
    online_url = models.URLField(_("địa chỉ tham dự qua mạng"), max_length=500, blank=True)
    organiser = models.CharField(
        _("đơn vị tổ chức"), max_length=200, blank=True, help_text=_("Để trống thì dùng đơn vị phụ trách trang.")
    )
    audience = models.CharField(_("dành cho"), max_length=200, blank=True)
    contact = models.CharField(_("liên hệ"), max_length=200, blank=True)
    lead = models.TextField(_("tóm tắt"), max_length=600, blank=True, help_text=_("Hai, ba câu nói hết ý chính."))
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    image_alt = models.CharField(_("mô tả cho người không xem được ảnh"), max_length=250, blank=True)
    image_caption = models.CharField(_("chú thích ảnh"), max_length=255, blank=True)
    body = StreamField(StoryBlock(), verbose_name=_("nội dung"), blank=True)

    objects = PageManager.from_queryset(EventPageQuerySet)()

    # Which time of an event that repeats a list is about; a queryset says it, or ``stand_at_next_time``.
    occurs_on: date | None = None
    occurs_to: date | None = None

    content_panels = [*BasePage.content_panels, *EVENT_PANELS]

    class Meta:
        verbose_name = _("sự kiện")
        verbose_name_plural = _("sự kiện")

    @property
    def summary(self) -> str:
        return super().summary or self.lead

    @property
    def picture(self):
        """The image that stands for this event in lists."""
        return self.listing_image or self.image

    @property
    def share_picture(self):
        return self.picture

    @property
    def image_words(self) -> str:
        return self.image_alt or (getattr(self.image, "description", "") if self.image else "") or self.image_caption

    def pictures(self) -> list[tuple[Any, str]]:
        """The main picture beside those of the text."""
        own = [(self.image, use) for use in ("story", "card")] if self.image else []
        return [*super().pictures(), *own]

    @property
    def goes_ahead(self) -> bool:
        return self.standing == EventStanding.PLANNED

    @property
    def host_name(self) -> str:
        """Who holds it."""
        return self.organiser or (self.owner_unit.name if self.owner_unit else "")

    @property
    def when(self) -> str:
        """Its days and hours in words, as lists and search results say them."""
        begins, ends_on = self.this_time
        first = f"{weekday_name(begins)}, {format_vietnamese_date(begins)}"
        hours = clock(self.starts_at) if self.starts_at else ""
        if ends_on == begins:
            if hours and self.ends_at:
                hours = f"{hours} – {clock(self.ends_at)}"
            return ", ".join(filter(None, (hours, first)))
        last = f"{weekday_name(ends_on)}, {format_vietnamese_date(ends_on)}"
        ends = clock(self.ends_at) if self.ends_at else ""
        words = {
            "first": ", ".join(filter(None, (hours, first))),
            "last": ", ".join(filter(None, (ends, last))),
        }
        return _now("Từ %(first)s đến %(last)s") % words

    @property
    def this_time(self) -> Span:
        """The first and the last day of the time that is meant: the only one, where it does not repeat."""
        return self.occurs_on or self.starts_on, self.occurs_to or self.ends_on

    def times(self) -> list[Span]:
        """Return the first and the last day of every time, without those left out; one where it does not repeat."""
        first = (self.starts_on, self.ends_on)
        if not self.repeats or self.repeats_until is None:
            return [first]
        return times_of(first, self.repeats, self.repeats_until, {row.day for row in self.exceptions.all()})

    def stand_at_next_time(self, today: date) -> list[Span]:
        """Mean the time that is not over on ``today``, the last one when all are; return those that follow it."""
        times = self.times()
        coming = [time for time in times if time[1] >= today]
        if times:
            self.occurs_on, self.occurs_to = coming[0] if coming else times[-1]
        return coming[1:]

    @property
    def repeat_words(self) -> str:
        """``Hằng tuần, vào Thứ Tư, đến hết 30/06/2027``; empty where it does not repeat."""
        if not self.repeats or self.repeats_until is None:
            return ""
        short = _now("ngày %(day)d (tháng không có ngày ấy thì không diễn ra)")
        monthly = short if self.starts_on.day > SHORTEST_MONTH else _now("ngày %(day)d")
        when = {
            EventRepeats.WEEKLY: weekday_name(self.starts_on),
            EventRepeats.MONTHLY: monthly % {"day": self.starts_on.day},
            EventRepeats.YEARLY: _now("ngày %(day)s") % {"day": f"{self.starts_on:%d/%m}"},
        }.get(EventRepeats(self.repeats), "")
        words = [
            str(self.get_repeats_display()),
            when and _now("vào %(when)s") % {"when": when},
            _now("đến hết %(day)s") % {"day": format_vietnamese_date(self.repeats_until)},
        ]
        return ", ".join(filter(None, words))

    @property
    def begins(self) -> date | datetime:
        return moment(self.starts_on, self.starts_at)

    @property
    def finishes(self) -> date | datetime | None:
        """The last day, or the moment of the end; None when it begins at an hour and nobody said until when."""
        if self.starts_at and not self.ends_at:
            return None if self.ends_on == self.starts_on else self.ends_on
        return moment(self.ends_on, self.ends_at)

    @property
    def phase(self) -> EventPhase:
        """Where it stands now; without an hour of its own it lasts to the end of its last day."""
        now, today = timezone.now(), timezone.localdate()
        first, ends_on = self.this_time
        begins = moment(first, self.starts_at)
        if (now < begins) if isinstance(begins, datetime) else (today < begins):
            return EventPhase.UPCOMING
        last = moment(ends_on, self.ends_at)
        over = now >= last if isinstance(last, datetime) else today > last
        return EventPhase.PAST if over else EventPhase.NOW

    def clean(self) -> None:
        """Days and hours in order."""
        super().clean()
        errors: dict[str, Any] = {}
        for name in ("starts_on", "ends_on", "repeats_until"):
            day = getattr(self, name)
            if day and day.year not in YEARS:
                errors[name] = WRONG_YEAR
        if self.starts_on and self.ends_on and not errors:
            if self.ends_on < self.starts_on:
                errors["ends_on"] = _("Ngày kết thúc không thể trước ngày bắt đầu.")
            elif self.ends_on - self.starts_on > LONGEST_EVENT:
                errors["ends_on"] = _("Sự kiện kéo dài quá hai năm; xin xem lại năm của ngày kết thúc.")
            elif self.starts_on == self.ends_on and self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
                errors["ends_at"] = _("Giờ kết thúc phải sau giờ bắt đầu.")
        if self.starts_on and self.ends_on and not errors:
            errors = rule_faults((self.starts_on, self.ends_on), self.repeats, self.repeats_until)
        if self.ends_at and not self.starts_at:
            errors["starts_at"] = _("Ghi giờ bắt đầu, hoặc để trống cả hai giờ nếu cả ngày.")
        if errors:
            raise ValidationError(errors)

    def _check_slug_is_unique(self) -> None:
        """Wagtail's hook of every save, drafts and moves too: the addresses of weeks are no event's."""
        if is_taken_address(self.slug):
            raise ValidationError({"slug": TAKEN_ADDRESS})
        super()._check_slug_is_unique()

    def _get_autogenerated_slug(self, base_slug: str) -> str:
        """An address that the title alone would take from a week says that it is an event's."""
        return super()._get_autogenerated_slug(f"su-kien-{base_slug}" if is_taken_address(base_slug) else base_slug)

    def _set_core_field_defaults(self) -> None:
        """Wagtail's hook before any validation: an event of one day ends on it."""
        if self.ends_on is None:
            self.ends_on = self.starts_on
        super()._set_core_field_defaults()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add what readers of an event that repeats ask: the next times, and the days to come that are left out."""
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        if self.repeats:
            context["next_times"] = [first for first, _last in self.stand_at_next_time(today)[:NEXT_TIMES]]
            context["left_out"] = sorted(
                (row for row in self.exceptions.all() if row.day >= today), key=lambda row: row.day
            )[:NEXT_TIMES]
        return context

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """An event, in the words of schema.org."""
        mode = "Mixed" if self.online_url and self.place else "Online" if self.online_url else "Offline"
        places: list[dict[str, Any]] = []
        if self.place or self.address:
            places.append({"@type": "Place", "name": self.place, "address": self.address or self.place})
        if self.online_url:
            places.append({"@type": "VirtualLocation", "url": self.online_url})
        facts = {
            "@type": "Event",
            "name": self.title,
            "description": self.summary,
            "startDate": self.begins.isoformat(),
            "endDate": self.finishes.isoformat() if self.finishes else "",
            "eventStatus": _SCHEMA_STANDING[EventStanding(self.standing)],
            "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
            "location": places,
            "organizer": self.host_name and {"@type": "Organization", "name": self.host_name},
            "eventSchedule": self._schedule(),
        }
        return {name: value for name, value in facts.items() if value}

    def _schedule(self) -> dict[str, Any]:
        if not self.repeats or self.repeats_until is None:
            return {}
        return {
            "@type": "Schedule",
            "repeatFrequency": _PERIODS[EventRepeats(self.repeats)],
            "startDate": self.starts_on.isoformat(),
            "endDate": self.repeats_until.isoformat(),
            "exceptDate": [row.day.isoformat() for row in self.exceptions.all()],
        }

    def neighbour_pages(self):
        """The event before this one in time, and the one after."""
        siblings = EventPage.objects.sibling_of(self, inclusive=False).readable()
        return siblings.before(self).first(), siblings.after(self).first()

    def search_text(self) -> SearchText:
        """What the site's search knows of this event."""
        body = self.body.stream_block.get_searchable_content(self.body)
        facts = (
            self.get_kind_display(),
            self.when,
            self.repeat_words,
            self.place,
            self.address,
            self.host_name,
            self.audience,
            self.lead,
        )
        return SearchText(
            title=self.title,
            body=" ".join(filter(None, [*map(str, facts), *body])),
            url=self.url or "",
            date=self.starts_on,
            unit_id=self.owner_unit_id,
        )
