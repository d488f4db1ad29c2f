"""What the kernel itself remembers of the law: the days off of years for which no notice was read."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from cms.core.models import CalendarDay
from cms.core.ports import Remembered, RememberedKind


def _calendar() -> Iterator[Remembered]:
    for year, count in CalendarDay.objects.unconfirmed().years():
        yield Remembered(
            _now("Lịch nghỉ năm %(year)d") % {"year": year},
            _now("%(count)d ngày") % {"count": count},
            _now("Suy từ luật; chưa đối chiếu với thông báo nghỉ lễ của năm ấy."),
            f"{reverse('calendar:index')}?confirmed=false",
            "calendar_edit",
        )


CALENDAR = RememberedKind("calendar", _("Lịch ngày làm việc"), _calendar)
