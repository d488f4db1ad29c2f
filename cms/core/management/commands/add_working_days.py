import json
from datetime import datetime, time

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_time
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cms.core.models import CalendarDay
from cms.core.text import TextError, format_vietnamese_date, parse_vietnamese_date
from cms.core.working_days import Deadline, ExplainedDay, add_working_days

_WRONG_COUNT = _lazy("Số ngày phải là số nguyên từ 0 đến 1000.")


class Command(BaseCommand):
    help = _("Tính hạn xử lý theo ngày làm việc, có thể giải thích từng ngày.")

    def add_arguments(self, parser):
        parser.add_argument("start", help=_('Lúc tiếp nhận, ví dụ "2024-04-26 16:00" hoặc "26/04/2024 16:00".'))
        parser.add_argument("days", help=_("Số ngày làm việc."))
        parser.add_argument("--cut-off", default="", metavar="HH:MM", help=_("Nhận sau giờ này tính sang ngày sau."))
        parser.add_argument("--explain", action="store_true", help=_("Nói rõ từng ngày được tính hay không, vì sao."))
        parser.add_argument("--json", action="store_true", help=_("Trả lời bằng JSON cho máy đọc."))

    def handle(self, *, start, days, cut_off, explain, json: bool, **options):
        moment = _moment(start)
        count = _count(days)
        calendar = CalendarDay.objects.work_calendar(start=moment.date())
        try:
            deadline = add_working_days(moment, count, calendar, cut_off=_hour(cut_off) if cut_off else None)
        except (ValueError, OverflowError) as error:
            raise CommandError(_WRONG_COUNT) from error
        self.stdout.write(_as_json(deadline) if json else _as_text(deadline, explain=explain))


def _count(text: str | int) -> int:
    try:
        return int(str(text)[:6])
    except ValueError as error:
        raise CommandError(_WRONG_COUNT) from error


def _moment(text: str) -> datetime:
    day, _space, hour = text.strip().replace("T", " ").partition(" ")
    try:
        return datetime.combine(parse_vietnamese_date(day), _hour(hour.strip()) if hour.strip() else time.min)
    except TextError as error:
        raise CommandError(str(error)) from error


def _hour(text: str) -> time:
    try:
        hour = parse_time(text)
    except ValueError:
        hour = None
    if hour is None:
        raise CommandError(_("Giờ phải viết theo dạng giờ:phút, ví dụ 16:00."))
    return hour.replace(tzinfo=None)


def _as_json(deadline: Deadline) -> str:
    return json.dumps(deadline.as_json(), ensure_ascii=False)


def _as_text(deadline: Deadline, *, explain: bool) -> str:
    lines = [_("Hạn: hết %(day)s") % {"day": deadline}]
    if not deadline.confirmed:
        lines.append(_("Lịch nghỉ của năm này chưa được xác nhận, hạn có thể thay đổi."))
    if explain:
        lines += [_as_line(day) for day in deadline.days]
    return "\n".join(lines)


def _as_line(day: ExplainedDay) -> str:
    number = "" if day.counted is None else day.counted
    return f"{number:>4}  {format_vietnamese_date(day.date)}  {day.weekday:<8}  {day.why}"
