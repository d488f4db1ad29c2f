"""Rate limits shared by all processes."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cms.core.models import RateWindow


@dataclass(frozen=True)
class Limit:
    """At most ``count`` times in ``window``."""

    count: int
    window: timedelta


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    retry_after: int  # seconds until the window ends


# Figures of reliability.md RL-01. A school's pupils share one address, so reading has no limit.
LIMITS: dict[str, Limit] = {
    "case_submit": Limit(30, timedelta(minutes=10)),
    "case_draft": Limit(120, timedelta(minutes=10)),
    "case_same_text": Limit(5, timedelta(hours=1)),
    "case_follow": Limit(10, timedelta(minutes=1)),
    "case_wrong_code": Limit(5, timedelta(minutes=10)),
    # A kiosk of the one-stop office and its visitors share one address. Codes of dossiers stand in a row, so that
    # whoever tries them one by one is stopped by what is wrong, not by what is asked.
    "dossier_lookup": Limit(30, timedelta(minutes=1)),
    "dossier_wrong_code": Limit(15, timedelta(minutes=10)),
    "dossier_wrong_second": Limit(5, timedelta(minutes=10)),
    # Four figures are soon tried, five at a time; so many a day make it months.
    "dossier_wrong_second_day": Limit(40, timedelta(days=1)),
    "code_resend": Limit(10, timedelta(minutes=10)),
    # One solved captcha sends once.
    "code_resend_pass": Limit(1, timedelta(hours=12)),
    # One mailbox from one network; then from all networks together, so that no stranger uses up a sender's three.
    "code_resend_same": Limit(3, timedelta(days=1)),
    "code_resend_mailbox": Limit(10, timedelta(days=1)),
    # A proof of a large day reads all its hashes.
    "ledger_proof": Limit(30, timedelta(minutes=1)),
    # One key of other software, and whoever tries keys from one address.
    "api_send": Limit(60, timedelta(minutes=10)),
    "api_wrong_key": Limit(30, timedelta(minutes=10)),
    "comment_send": Limit(30, timedelta(minutes=10)),
    "comment_same_text": Limit(5, timedelta(hours=1)),
    # A page's answers from one address; a class behind one address may still speak for itself.
    "page_rating": Limit(30, timedelta(days=1)),
    "page_rating_any": Limit(120, timedelta(minutes=10)),
    # Wrong and used links to a survey. Nobody guesses 128 bits; right ones are never asked for it.
    "survey_wrong_token": Limit(60, timedelta(minutes=10)),
    # Those who begin, then all pages that are sent: the classes of a school fill in ten pages at the same time.
    "survey_answer": Limit(600, timedelta(minutes=10)),
    "survey_page": Limit(3_000, timedelta(minutes=10)),
    # Responses by an open way from one browser at one address: from the sixth on a captcha may be asked, then no more.
    "survey_open_link": Limit(5, timedelta(days=1)),
    "survey_open_most": Limit(50, timedelta(days=1)),
    # The same from one address, whatever its browsers call themselves: a class goes free, a school gets through.
    "survey_address": Limit(50, timedelta(days=1)),
    "survey_address_most": Limit(1_000, timedelta(days=1)),
    "survey_captcha": Limit(300, timedelta(minutes=10)),  # pictures
    # One form sends once: its button pressed again, the same page loaded again.
    "survey_form": Limit(1, timedelta(days=1)),
    # One machine at one counter, where a person takes a minute or two.
    "survey_kiosk": Limit(90, timedelta(hours=1)),
    # A notice of many procedures as PDF, made anew; one that did not change is not.
    "procedures_notice": Limit(30, timedelta(minutes=10)),
    "captcha": Limit(60, timedelta(minutes=10)),
    "search": Limit(60, timedelta(minutes=1)),
    # Several for one query, as it is typed; its own, so that whoever types slowly still may search.
    "search_suggest": Limit(240, timedelta(minutes=1)),
    # What a wrong address finds; its own, so that broken links never take a school's search away.
    "search_not_found": Limit(60, timedelta(minutes=1)),
    # What looks personal, asked while a form is typed; its own, so that a long letter never takes the search away.
    "form_hint": Limit(240, timedelta(minutes=10)),
    "login": Limit(30, timedelta(minutes=10)),
    "password_reset": Limit(30, timedelta(minutes=10)),
    "password_reset_same": Limit(5, timedelta(hours=1)),
}


def limit_hit(*, limit: str, visitor: str, now: datetime | None = None) -> Verdict:
    """Count one try and say whether it is still within the limit.

    Args:
        limit: a name in :data:`LIMITS`; KeyError otherwise.
        visitor: an address or a reference; only its keyed digest is stored.
        now: aware date-time, for tests.

    """
    rule = LIMITS[limit]
    now = now or timezone.now()
    starts_at, ends_at = _window(rule, now)
    return _verdict(_count(limit, _digest(visitor), starts_at) <= rule.count, ends_at, now)


def limit_peek(*, limit: str, visitor: str, now: datetime | None = None) -> Verdict:
    """Say whether another try would be within the limit, without counting one."""
    rule = LIMITS[limit]
    now = now or timezone.now()
    starts_at, ends_at = _window(rule, now)
    window = RateWindow.objects.filter(limit=limit, visitor=_digest(visitor), starts_at=starts_at).first()
    return _verdict(window is None or window.count < rule.count, ends_at, now)


def limits_forget(*, before: datetime) -> int:
    """Remove windows that began before ``before``; return how many."""
    return RateWindow.objects.filter(starts_at__lt=before).delete()[0]


def _count(limit: str, visitor: str, starts_at: datetime) -> int:
    """Add one to the window's counter and return it, in one statement: a search is not slowed by three more."""
    table, column = (connection.ops.quote_name(name) for name in (RateWindow._meta.db_table, "limit"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({column}, visitor, starts_at, count) VALUES (%s, %s, %s, 1) "  # noqa: S608
            f"ON CONFLICT ({column}, visitor, starts_at) DO UPDATE SET count = {table}.count + 1 RETURNING count",
            [limit, visitor, connection.ops.adapt_datetimefield_value(starts_at)],
        )
        return int(cursor.fetchone()[0])


def _window(rule: Limit, now: datetime) -> tuple[datetime, datetime]:
    seconds = int(rule.window.total_seconds())
    begin = datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, tz=now.tzinfo)
    return begin, begin + rule.window


def _verdict(allowed: bool, ends_at: datetime, now: datetime) -> Verdict:
    return Verdict(allowed, 0 if allowed else max(1, int((ends_at - now).total_seconds())))


def _digest(visitor: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), visitor.encode(errors="replace"), hashlib.sha256).hexdigest()
