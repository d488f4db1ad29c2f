"""Who is at the counter which day: officers with picture and role, and their turns in the week (S29, S86)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import FieldPanel

from cms.core.models import CalendarDay
from cms.core.text import weekday_name
from cms.core.working_days import ONE_DAY, WorkCalendar
from procedures.enums import DayPart, Weekday
from procedures.models.catalogue import ReceivingPlace
from procedures.querysets.duty import OfficerQuerySet, SwapQuerySet, TurnQuerySet

# In the order of a day, whatever the words.
_PARTS = [DayPart.ALL_DAY, DayPart.MORNING, DayPart.AFTERNOON]


class DutyOfficer(models.Model):
    """Somebody whom people meet at a counter. What stands here is public: name, role, picture of the office."""

    name = models.CharField(_("họ và tên"), max_length=120)
    role = models.CharField(_("chức vụ, việc ở quầy"), max_length=160, help_text=_("Ví dụ: Chuyên viên, nhận hồ sơ."))
    portrait = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("ảnh"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    duties = models.TextField(_("nhận những việc gì"), max_length=600, blank=True, help_text=_("Mỗi việc một dòng."))
    phone = models.CharField(_("điện thoại công vụ"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=100)
    active = models.BooleanField(_("đang trực"), default=True, help_text=_("Bỏ chọn thì không hiện ở đâu."))

    objects = OfficerQuerySet.as_manager()

    panels = [
        *(FieldPanel("name"), FieldPanel("role"), FieldPanel("portrait"), FieldPanel("duties")),
        *(FieldPanel("phone"), FieldPanel("order"), FieldPanel("active")),
    ]

    class Meta:
        verbose_name = _("cán bộ trực")
        verbose_name_plural = _("cán bộ trực")
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    @property
    def duty_lines(self) -> list[str]:
        return [line.strip() for line in self.duties.splitlines() if line.strip()]


class DutyTurn(models.Model):
    """One officer at one place, on one day of every week, perhaps from a day or until one."""

    place = models.ForeignKey(
        ReceivingPlace, verbose_name=_("nơi tiếp nhận"), on_delete=models.CASCADE, related_name="turns"
    )
    officer = models.ForeignKey(
        DutyOfficer, verbose_name=_("cán bộ trực"), on_delete=models.CASCADE, related_name="turns"
    )
    weekday = models.PositiveSmallIntegerField(_("thứ"), choices=Weekday)
    part = models.CharField(_("buổi"), max_length=10, choices=DayPart, default=DayPart.ALL_DAY)
    starts_on = models.DateField(_("từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    panels = [
        *(FieldPanel("place"), FieldPanel("officer"), FieldPanel("weekday"), FieldPanel("part")),
        *(FieldPanel("starts_on"), FieldPanel("ends_on")),
    ]

    class Meta:
        verbose_name = _("buổi trực")
        verbose_name_plural = _("lịch trực")
        ordering = ["place", "weekday", "part"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "officer", "weekday", "part"],
                condition=models.Q(starts_on=None),
                name="one_turn_a_part",
                violation_error_message=_("Cán bộ này đã có buổi trực ấy."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()}, {self.get_part_display()}: {self.officer.name}"

    def clean(self) -> None:
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("Ngày cuối không thể trước ngày đầu.")})

    def holds_on(self, day: date) -> bool:
        """Say whether this turn is on ``day``, days off aside."""
        begun = self.starts_on is None or self.starts_on <= day
        return day.weekday() == self.weekday and begun and (self.ends_on is None or day <= self.ends_on)


class DutySwap(models.Model):
    """One turn on one day, taken by somebody else or by nobody; the turn of the week stays as it is."""

    date = models.DateField(_("ngày"))
    turn = models.ForeignKey(DutyTurn, verbose_name=_("buổi trực"), on_delete=models.CASCADE, related_name="swaps")
    stand_in = models.ForeignKey(
        DutyOfficer,
        verbose_name=_("người trực thay"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="swaps",
        help_text=_("Để trống: buổi ấy không có người trực."),
    )

    objects = SwapQuerySet.as_manager()

    panels = [FieldPanel("date"), FieldPanel("turn"), FieldPanel("stand_in")]

    class Meta:
        verbose_name = _("lần đổi buổi trực")
        verbose_name_plural = _("đổi buổi trực một ngày")
        ordering = ["-date", "turn"]
        constraints = [
            models.UniqueConstraint(
                fields=["turn", "date"],
                name="one_swap_a_turn",
                violation_error_message=_("Buổi trực ấy ngày ấy đã đổi rồi. Hãy sửa lần đổi đã có."),
            )
        ]

    def __str__(self) -> str:
        stand_in = self.stand_in.name if self.stand_in else _("không có người trực")
        return f"{self.date:%d/%m/%Y}, {self.turn.officer.name} → {stand_in}"

    def clean(self) -> None:
        super().clean()
        if not self.date or not self.turn_id:
            return
        if not self.turn.holds_on(self.date):
            said = {"day": weekday_name(self.date), "date": f"{self.date:%d/%m/%Y}"}
            raise ValidationError({"date": _("Buổi trực này không có vào %(day)s, %(date)s.") % said})
        if self.stand_in_id == self.turn.officer_id:
            raise ValidationError({"stand_in": _("Người trực thay phải khác người của buổi trực.")})


@dataclass(frozen=True)
class DutyPerson:
    """Somebody at a counter on one day; ``stands_in`` for the officer of the week."""

    officer: DutyOfficer
    stands_in: bool = False


@dataclass(frozen=True)
class DutyDay:
    """One day at one place: whom people meet, or why nobody is there. ``parts`` are (part in words, people)."""

    date: date
    weekday: str
    is_today: bool
    closed: str
    parts: tuple[tuple[str, tuple[DutyPerson, ...]], ...]


@dataclass(frozen=True)
class PlaceDuty:
    """One place with the days of a week."""

    place: ReceivingPlace
    days: tuple[DutyDay, ...]


def duty_week(places: Iterable[ReceivingPlace], today: date) -> list[PlaceDuty]:
    """Return the week of each place that has turns in it: this week, and from Sunday on the next; three queries."""
    monday = today - ONE_DAY * today.weekday() if today.weekday() < 6 else today + ONE_DAY
    days = [monday + ONE_DAY * step for step in range(6)]
    places = list(places)
    turns = defaultdict(list)
    for turn in DutyTurn.objects.standing_between(days[0], days[-1]).at(places):
        turns[turn.place_id].append(turn)
    calendar = CalendarDay.objects.work_calendar() if turns else WorkCalendar()
    swaps = _swaps(days[0], days[-1]) if turns else {}
    return [
        PlaceDuty(
            place,
            tuple(
                DutyDay(day, weekday_name(day), day == today, *_told(day, turns[place.pk], swaps, calendar))
                for day in _shown(days, turns[place.pk])
            ),
        )
        for place in places
        if turns[place.pk]
    ]


def on_duty(places: Iterable[Any], today: date) -> dict[int, list[DutyOfficer]]:
    """Return who is at each of ``places`` (or their keys) today, by its key; nobody on a day off."""
    found: dict[int, list[DutyOfficer]] = defaultdict(list)
    turns = [turn for turn in DutyTurn.objects.standing_between(today, today).at(places) if turn.holds_on(today)]
    if turns and CalendarDay.objects.work_calendar().is_working_day(today):
        swaps = _swaps(today, today)
        for turn in sorted(turns, key=lambda turn: _PARTS.index(DayPart(turn.part))):
            person = _person(turn, today, swaps)
            if person and person.officer not in found[turn.place_id]:
                found[turn.place_id].append(person.officer)
    return {place: officers for place, officers in found.items() if officers}


_Swaps = dict[tuple[int, date], DutySwap]


def _swaps(first: date, last: date) -> _Swaps:
    return {(swap.turn_id, swap.date): swap for swap in DutySwap.objects.between(first, last)}


def _person(turn: DutyTurn, day: date, swaps: _Swaps) -> DutyPerson | None:
    """Return who takes ``turn`` on ``day``; None when nobody does, or who should has left meanwhile."""
    swap = swaps.get((turn.pk, day))
    if swap is None:
        return DutyPerson(turn.officer)
    return DutyPerson(swap.stand_in, stands_in=True) if swap.stand_in and swap.stand_in.active else None


def _shown(days: list[date], turns: list[DutyTurn]) -> list[date]:
    """From Monday to Friday, and Saturday where somebody serves on it."""
    return days if any(turn.holds_on(days[-1]) for turn in turns) else days[:-1]


def _told(day: date, turns: list[DutyTurn], swaps: _Swaps, calendar: WorkCalendar) -> tuple[str, tuple[Any, ...]]:
    """Return why this counter is closed on ``day``, or nothing and the parts of the day with their people."""
    # A Saturday with a turn is a day of this counter, whatever the calendar of the offices says of it.
    special = calendar.special_days.get(day)
    if special and not calendar.is_working_day(day):
        return special.label, ()
    parts = []
    for part in _PARTS:
        taken = (_person(turn, day, swaps) for turn in turns if turn.part == part and turn.holds_on(day))
        if people := tuple(person for person in taken if person):
            parts.append((str(part.label), people))
    return "", tuple(parts)
