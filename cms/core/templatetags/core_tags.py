"""Formatting: dates, sizes and drawings. No queries, no decisions."""

from datetime import date, datetime

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")
SIZE_UNITS = ("byte", "kB", "MB", "GB", "TB")


def _local_day(value: date | datetime | None) -> date | None:
    """Return the day in the portal's own time zone; a time just after midnight is not yesterday."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, date) else None


@register.filter
def breakable(address: str) -> SafeString:
    """A mail address that a narrow column breaks after its sign or before a dot, never inside a word."""
    parts = str(address).replace("@", "@\0").replace(".", "\0.").split("\0")
    return format_html_join(mark_safe("<wbr>"), "{}", ((part,) for part in parts))


@register.filter
def vn_date(value: date | datetime | None) -> str:
    """``13/11/2026``; empty for anything that is not a date."""
    day = _local_day(value)
    return f"{day:%d/%m/}{day.year:04d}" if day else ""


@register.filter
def vn_datetime(value: datetime | None) -> str:
    """``9 giờ 05, 13/11/2026``; a plain date stays a date."""
    if not isinstance(value, datetime):
        return vn_date(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return _("%(hour)d giờ %(minute)s, %(day)s") % {
        "hour": local.hour,
        "minute": f"{local.minute:02d}",
        "day": vn_date(local),
    }


@register.filter
def vn_long_date(value: date | datetime | None) -> str:
    """``Thứ Sáu, ngày 13 tháng 11 năm 2026``.

    Days below 10 and the months 1 and 2 are written with a nought, as Nghị định 30/2020/NĐ-CP
    (Phụ lục I, phần I, mục 4) asks of documents.
    """
    day = _local_day(value)
    if not day:
        return ""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return _("%(weekday)s, ngày %(day)s tháng %(month)s năm %(year)s") % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": f"{day.day:02d}",
        "month": month,
        "year": day.year,
    }


@register.filter
def filesize_vn(value: int | None) -> str:
    """Bytes in people's words, 1 kB = 1000 bytes: ``312 kB``, ``1,4 MB``; empty when unknown."""
    if not isinstance(value, int) or value < 0:
        return ""
    size, unit = float(value), 0
    # 999,5 and above would be rounded to a four-figure number of the smaller unit.
    while size >= 999.5 and unit < len(SIZE_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    figure = f"{size:.1f}" if unit > 1 and size < 10 else f"{size:.0f}"
    return f"{figure.removesuffix('.0').replace('.', ',')} {SIZE_UNITS[unit]}"


@register.filter
def grouped(value: int | None) -> str:
    """A whole number as people read it: ``12.345``; empty when unknown."""
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else ""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One drawing of the sprite; silent for screen readers unless it stands alone with a ``label``."""
    spoken = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="icon icon--{}" width="24" height="24" {} focusable="false"><use href="{}#{}"></use></svg>',
        name,
        spoken,
        static("core/img/icons.svg"),
        name,
    )
