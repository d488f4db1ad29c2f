"""One event: when, where, for whom, and whether it still takes place."""

import re
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms.core.blocks import StoryBlock
from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.events.enums import EventKind, EventRepeats, EventStanding
from cms.events.models.repeats import rule_faults
from cms.events.models.timing import EventTiming
from cms.events.panels import EVENT_PANELS
from cms.events.querysets import LONGEST_EVENT, EventPageQuerySet

# Addresses below the calendar that are the weeks' and the portal's own.
_TAKEN_ADDRESS = re.compile(r"tuan-\d+-\d{4}(-[-0-9a-z]+)?|tuan-nay|theo-doi")
# A year outside is a slip of the keyboard, and arithmetic with its days would end.
YEARS = range(2000, 2101)
NEXT_TIMES = 5  # that the page of an event that repeats names
TAKEN_ADDRESS = _(
    "Địa chỉ này dành cho lịch công tác tuần. Hãy ghi địa chỉ khác, ví dụ thêm “su-kien-” vào trước (thẻ “Quảng bá”)."
)
WRONG_YEAR = _("Năm phải từ 2000 đến 2100.")


def is_taken_address(slug: str) -> bool:
    """Say whether an event may not stand at ``slug``: a leaders' week, or something fixed, has that address."""
    return _TAKEN_ADDRESS.fullmatch(slug or "") is not None


class EventPage(EventTiming, BasePage):
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
