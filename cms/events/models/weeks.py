"""The work schedule of the leaders: a page a week, a row a thing to do."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, PageManager

from modelcluster.fields import ParentalKey

from cms.core.models import BasePage
from cms.core.search import SearchText
from cms.core.text import format_vietnamese_date, weekday_name
from cms.events.enums import DayPart, EventKind, Weekday
from cms.events.models.events import WRONG_YEAR, YEARS, EventPage
from cms.events.models.timing import clock, moment
from cms.events.panels import ENTRY_PANELS, WEEK_PANELS
from cms.events.querysets import ScheduleEntryQuerySet, WorkSchedulePageQuerySet, day_of, monday_of

# Parts that a working day always shows, so that a free afternoon is seen to be free.
_SHOWN = (DayPart.MORNING, DayPart.AFTERNOON)
_NOON, _EVENING = time(12), time(18)
# So many lines of a printed week fit one sheet of A4 in ordinary and in small letters.
_ROOMY, _TIGHT = 26, 42
TAKEN_WEEK = _("Tuần này đã có lịch, có thể còn là bản nháp; hãy sửa lịch ấy.")
_LINE = 46  # letters of one line of the table's widest column


def next_week() -> date:
    """Return the Monday after this week, for which a schedule is usually written."""
    return monday_of(timezone.localdate()) + timedelta(days=7)


def next_free_week(after: date, unit: Any = None) -> date:
    """Return the first Monday after the week of ``after`` for which ``unit`` (the leaders) has not even a draft."""
    weeks = WorkSchedulePage.objects.of_unit(unit).filter(week_start__gt=after)
    taken = set(weeks.values_list("week_start", flat=True))
    week = monday_of(after) + timedelta(days=7)
    while week in taken:
        week += timedelta(days=7)
    return week


@dataclass(frozen=True)
class SchedulePart:
    """One part of one day, with what it holds."""

    label: str
    entries: list["ScheduleEntry"]


@dataclass(frozen=True)
class ScheduleDay:
    """One day of the table; ``lines`` is how many rows it takes."""

    date: date
    parts: list[SchedulePart]
    is_today: bool

    @property
    def lines(self) -> int:
        return sum(max(1, len(part.entries)) for part in self.parts)

    @property
    def name(self) -> str:
        return weekday_name(self.date)

    @property
    def is_free(self) -> bool:
        return not any(part.entries for part in self.parts)


class WorkSchedulePage(BasePage):
    """One week of the work of the agency's leaders, or of a unit. Name and address are the week's, never typed."""

    template = "pages/events/work_schedule_page.html"
    parent_page_types = ["events.EventIndexPage"]
    subpage_types = []
    in_site_map = False

    week_start = models.DateField(
        _("tuần của ngày"),
        default=next_week,
        db_index=True,
        help_text=_("Chọn một ngày bất kỳ trong tuần; lịch tính từ thứ Hai đến Chủ nhật."),
    )
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("lịch riêng của đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Để trống nếu là lịch của lãnh đạo cơ quan. Chọn trường, phòng thì lịch hiện ở trang của nơi ấy."),
    )
    note = models.TextField(
        _("ghi chú chung"), max_length=600, blank=True, help_text=_("Ví dụ: người trực lãnh đạo, nơi nhận lịch.")
    )

    objects = PageManager.from_queryset(WorkSchedulePageQuerySet)()

    content_panels = WEEK_PANELS
    promote_panels = [FieldPanel("owner_unit"), FieldPanel("listing_summary")]

    class Meta:
        verbose_name = _("lịch công tác tuần")
        verbose_name_plural = _("lịch công tác tuần")
        constraints = [
            models.UniqueConstraint(
                fields=["week_start"], condition=models.Q(unit=None), name="one_week_of_the_leaders"
            ),
            models.UniqueConstraint(fields=["week_start", "unit"], name="one_week_of_a_unit"),
        ]

    @property
    def week_end(self) -> date:
        return self.week_start + timedelta(days=6)

    @property
    def number(self) -> int:
        """The number of the week in its year, Thursday deciding."""
        return self.week_start.isocalendar().week

    @property
    def days_in_words(self) -> str:
        """``30/11 – 06/12/2026``."""
        first = f"{self.week_start:%d/%m}" + (
            f"/{self.week_start.year}" if self.week_start.year != self.week_end.year else ""
        )
        return f"{first} – {format_vietnamese_date(self.week_end)}"

    @property
    def is_this_week(self) -> bool:
        return self.week_start == monday_of(timezone.localdate())

    @property
    def summary(self) -> str:
        words = _now("Lịch công tác của %(whose)s từ %(first)s đến %(last)s.")
        days = {"first": format_vietnamese_date(self.week_start), "last": format_vietnamese_date(self.week_end)}
        days["whose"] = self.unit.name if self.unit else _now("lãnh đạo")
        return super().summary or words % days

    def ordered_entries(self) -> list["ScheduleEntry"]:
        """The rows as a week is read; a preview holds them in memory."""
        rows = self.entries.all()
        if hasattr(rows, "in_order"):
            return list(rows.in_order())
        return sorted(rows, key=lambda row: (row.weekday, row.part, row.starts_at or time.min, row.sort_order or 0))

    def days(self) -> list[ScheduleDay]:
        """The seven days. A day of work shows morning and afternoon also when they are free."""
        today = timezone.localdate()
        rows = {day: list(found) for day, found in groupby(self.ordered_entries(), key=lambda row: row.weekday)}
        return [self._day(Weekday(day), rows.get(day, []), today) for day in Weekday.values]

    def _day(self, weekday: Weekday, rows: list["ScheduleEntry"], today: date) -> ScheduleDay:
        held: dict[str, list[ScheduleEntry]] = {}
        for row in rows:
            held.setdefault(row.part, []).append(row)
        whole_day = not rows or set(held) == {DayPart.ALL_DAY}
        parts = [
            SchedulePart(str(part.label), held.get(part, []))
            for part in DayPart
            if part in held or (part in _SHOWN and not whole_day and weekday < Weekday.SATURDAY)
        ]
        day = day_of(self.week_start, weekday)
        return ScheduleDay(day, parts or [SchedulePart("", [])], day == today)

    @property
    def density(self) -> str:
        """How small the printed table must be to stay on one sheet: nothing, ``dense`` or ``tight``."""
        lines = sum(
            max(1, *(len(text) // width + 1 for text, width in row.print_widths())) for row in self.ordered_entries()
        )
        return "" if lines <= _ROOMY else "dense" if lines <= _TIGHT else "tight"

    def clean(self) -> None:
        """A schedule stays with its week and its unit: what was linked and put into calendars means these."""
        if self.week_start and self.week_start.year not in YEARS:
            raise ValidationError({"week_start": WRONG_YEAR})
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is not None and before.week_start != self.week_start:
            raise ValidationError({"week_start": _("Lịch này là của tuần khác. Hãy sao chép lịch sang tuần mới.")})
        if before is not None and before.unit_id != self.unit_id:
            raise ValidationError({"unit": _("Lịch này là của nơi khác. Hãy lập lịch mới cho đơn vị này.")})
        same = WorkSchedulePage.objects.of_unit(self.unit).exclude(pk=self.pk)
        if self.week_start and same.of_week(self.week_start).exists():
            raise ValidationError({"week_start": TAKEN_WEEK})
        super().clean()  # last: of a week that is taken it would only know that the address is

    def _check_slug_is_unique(self) -> None:
        """The address is no field of the form: what stands in its way is said beside the week."""
        if held_by := EventPage.objects.filter(slug=self.slug).first():
            reason = _("Trang “%(title)s” đang giữ địa chỉ của tuần này. Hãy đổi địa chỉ của trang ấy trước.")
            raise ValidationError({"week_start": ValidationError(reason, params={"title": held_by.title})})
        super()._check_slug_is_unique()

    def _set_core_field_defaults(self) -> None:
        """Wagtail's hook before any validation: name and address are the week's."""
        if self.week_start and self.week_start.year in YEARS:
            self.week_start = monday_of(self.week_start)
            words = _now("Lịch công tác tuần %(number)d (%(days)s)")
            self.title = words % {"number": self.number, "days": self.days_in_words}
            self.slug = f"tuan-{self.number:02d}-{self.week_start.isocalendar().year}"
            if self.unit:
                self.title = f"{self.title} – {self.unit.called}"
                self.slug = f"{self.slug}-{self.unit.slug}"
        elif not self.title:
            self.title = _now("Lịch công tác tuần")  # the day is refused beside its field
        super()._set_core_field_defaults()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the ``days`` of the table, whether any has something, and the schedules ``before`` and ``after``."""
        context = super().get_context(request, *args, **kwargs)
        context["days"] = days = self.days()
        context["has_entries"] = not all(day.is_free for day in days)
        of_same = WorkSchedulePage.objects.readable().of_unit(self.unit)
        context["before"], context["after"] = of_same.around(self.week_start)
        return context

    def search_text(self) -> SearchText:
        """What the site's search knows of this week."""
        rows = [word for row in self.ordered_entries() for word in (row.content, row.leaders, row.place)]
        return SearchText(
            title=self.title,
            body=" ".join(filter(None, [*rows, self.note])),
            url=self.url or "",
            date=self.week_start,
            unit_id=self.unit_id or self.owner_unit_id,
        )


class ScheduleEntry(Orderable):
    """One thing of a week. ``key`` never changes, so that calendars know it again after it was moved."""

    page = ParentalKey(WorkSchedulePage, on_delete=models.CASCADE, related_name="entries")
    key = models.UUIDField(_("khóa"), default=uuid.uuid4, editable=False, db_index=True)
    weekday = models.PositiveSmallIntegerField(_("ngày"), choices=Weekday, default=Weekday.MONDAY)
    part = models.CharField(_("buổi"), max_length=12, choices=DayPart, default=DayPart.MORNING)
    starts_at = models.TimeField(_("giờ bắt đầu"), null=True, blank=True)
    ends_at = models.TimeField(_("giờ kết thúc"), null=True, blank=True)
    content = models.TextField(_("nội dung"), max_length=600)
    kind = models.CharField(_("loại"), max_length=20, choices=EventKind, default=EventKind.MEETING)
    cancelled = models.BooleanField(
        _("hoãn hoặc hủy"), default=False, help_text=_("Vẫn hiện, gạch ngang, để người đã biết lịch khỏi đến.")
    )
    leaders = models.CharField(_("lãnh đạo"), max_length=200, help_text=_("Người chủ trì, người dự; cách nhau bằng ;"))
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    prepared_by = models.CharField(_("đơn vị chuẩn bị"), max_length=200, blank=True)
    unit = models.ForeignKey(
        "core.Unit",
        verbose_name=_("đơn vị ấy trong danh mục"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Việc này sẽ có trong lịch theo dõi của đơn vị."),
    )
    participants = models.CharField(_("thành phần dự"), max_length=300, blank=True)

    objects = ScheduleEntryQuerySet.as_manager()

    panels = ENTRY_PANELS

    class Meta(Orderable.Meta):
        verbose_name = _("việc trong tuần")
        verbose_name_plural = _("việc trong tuần")

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.content}"[:120]

    @property
    def hours(self) -> str:
        """``8 giờ – 11 giờ 30``; empty when only the part of the day is known."""
        return " – ".join(clock(hour) for hour in (self.starts_at, self.ends_at) if hour)

    @property
    def prepared(self) -> str:
        return self.prepared_by or (self.unit.called if self.unit else "")

    @property
    def kind_word(self) -> str:
        """The kind, where it says more than that leaders meet."""
        return "" if self.kind == EventKind.MEETING else str(self.get_kind_display())

    def day(self, week_start: date) -> date:
        return day_of(week_start, self.weekday)

    def begins(self, week_start: date) -> date | datetime:
        return moment(self.day(week_start), self.starts_at)

    def ends(self, week_start: date) -> datetime | None:
        """The moment of the end, where somebody said it."""
        ends = moment(self.day(week_start), self.ends_at)
        return ends if isinstance(ends, datetime) else None

    def print_widths(self) -> list[tuple[str, int]]:
        """What fills the columns of the printed table, with how many letters a line of each holds."""
        return [
            (f"{self.hours} {self.content} {self.kind_word}", _LINE),
            *((text, _LINE // 2) for text in (self.leaders, self.place, self.prepared, self.participants)),
        ]

    def clean(self) -> None:
        """Hours in order, and in the part of the day that was chosen."""
        super().clean()
        if self.ends_at and not self.starts_at:
            raise ValidationError({"starts_at": _("Ghi giờ bắt đầu, hoặc để trống cả hai giờ.")})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("Giờ kết thúc phải sau giờ bắt đầu.")})
        fits = {
            DayPart.MORNING: lambda hour: hour < _NOON,
            DayPart.AFTERNOON: lambda hour: _NOON <= hour < _EVENING,
            DayPart.EVENING: lambda hour: hour >= _EVENING,
        }.get(DayPart(self.part) if self.part else DayPart.ALL_DAY)
        if self.starts_at and fits and not fits(self.starts_at):
            reason = _("%(hour)s không phải buổi %(part)s; sửa giờ hoặc chọn buổi khác.")
            words = {"hour": clock(self.starts_at), "part": str(self.get_part_display()).lower()}
            raise ValidationError({"starts_at": ValidationError(reason, params=words)})
