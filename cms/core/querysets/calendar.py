"""Questions to the working-day calendar."""

from datetime import date

from django.db import models

from cms.core.working_days import SpecialDay, WorkCalendar


class CalendarDayQuerySet(models.QuerySet):
    def current(self) -> "CalendarDayQuerySet":
        """The days that hold; those an officer took out are kept only so that the seed leaves them out too."""
        return self.filter(removed=False)

    def of_year(self, year: int) -> "CalendarDayQuerySet":
        return self.current().filter(date__year=year)

    def unconfirmed(self) -> "CalendarDayQuerySet":
        return self.current().filter(confirmed=False)

    def years(self) -> list[tuple[int, int]]:
        """Return each year with how many of these days lie in it, the latest first."""
        rows = self.order_by().values_list("date__year").annotate(models.Count("pk"))
        return sorted(rows, reverse=True)

    def work_calendar(self, start: date | None = None, end: date | None = None) -> WorkCalendar:
        """Load the days from ``start`` to ``end`` (both included, each may be open) in one query."""
        rows = self.current()
        if start:
            rows = rows.filter(date__gte=start)
        if end:
            rows = rows.filter(date__lte=end)
        special_days = {
            row["date"]: SpecialDay(row["kind"], row["label"], row["source"], row["confirmed"])
            for row in rows.order_by("date").values("date", "kind", "label", "source", "confirmed")
        }
        return WorkCalendar(special_days, start, end)
