"""Which notices stand above a page at this minute, and until when the answer may be kept."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.home.enums import NoticeScope
from cms.home.models import SiteNotice

# Seconds that a browser or a proxy may keep a page at most; a page that was changed is read anew within a minute.
LONGEST_KEPT = 60


def notices_for(request: HttpRequest | None, page: Any = None, unit_ids: Iterable[int] = ()) -> list[SiteNotice]:
    """Return what shows on ``page`` now, the newest first, and note on the request how long that holds.

    One statement. The headers say how long (``cms.core.middleware``): not beyond the minute at which any notice
    comes or goes, nor beyond midnight, when the date in the frame changes.
    """
    now = timezone.now()
    rows = list(SiteNotice.objects.not_over(now))
    if request is not None:
        request.fresh_for = fresh_for(rows, now)  # type: ignore[attr-defined]
    units = set(unit_ids)
    return [row for row in rows if row.starts_at <= now and _stands_on(row, page, units)]


def fresh_for(rows: Iterable[SiteNotice], now: datetime) -> int:
    """Return for how many whole seconds from ``now`` nothing in the frame changes, at most ``LONGEST_KEPT``."""
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(now) + timedelta(days=1), time.min))
    changes = [row.ends_at if row.starts_at <= now else row.starts_at for row in rows]
    return min(LONGEST_KEPT, *(int((change - now).total_seconds()) for change in [*changes, midnight]))


def _stands_on(notice: SiteNotice, page: Any, unit_ids: set[int]) -> bool:
    if notice.scope == NoticeScope.SECTION:
        path = getattr(page, "path", "")
        return bool(path and notice.section and path.startswith(notice.section.path))
    if notice.scope == NoticeScope.UNIT:
        return notice.unit_id in unit_ids
    return True
