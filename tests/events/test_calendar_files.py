"""Calendar files as RFC 5545 asks, read back by a reader of the same standard; nothing hidden leaves by them."""

import re
from datetime import UTC, date, datetime, time, timedelta

from django.test import TestCase
from django.utils import timezone

from wagtail.models import PageViewRestriction

from icalendar import Calendar

from cms.core.models import Unit
from cms.events.factories import event, week
from cms.events.models import EventIndexPage
from tests.site import build_site

ALL = "/lich/theo-doi/tat-ca.ics"
DAY = timedelta(days=1)
LONG = "Hội nghị đánh giá công tác năm; bàn việc, chia nhóm \\ báo cáo\nvà “kết luận” ẫệỨ " * 5


def components(response):
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content).walk("VEVENT")


class FilesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.unit = Unit.objects.create(code="TH-MOT", name="Trường Một", slug="truong-mot", kind="primary")
        cls.timed = event(
            cls.index,
            "Kỳ thi",
            slug="ky-thi",
            starts_on=date(2026, 12, 10),
            starts_at=time(7, 30),
            ends_at=time(11),
            place="Trường, khu A; phòng 2",
            lead=LONG,
            owner_unit=cls.unit,
        )
        cls.days = event(cls.index, "Tuyển sinh", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 5))
        today = timezone.localdate()
        rows = [
            {"weekday": 1, "part": "c_afternoon", "starts_at": time(14), "ends_at": time(16), "content": LONG},
            {"weekday": 2, "content": "Tiếp công dân", "unit": cls.unit},
            {"weekday": 3, "content": "Đi cơ sở", "cancelled": True},
        ]
        cls.week = week(cls.index, today, rows)

    def one(self, page):
        response = self.client.get(f"/lich/{page.slug}.ics")
        assert response["Content-Disposition"] == f'attachment; filename="{page.slug}.ics"'
        return components(response)

    def test_the_form_of_the_file(self):
        content = self.client.get(ALL).content
        lines = content.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= 75
        assert all(line.decode() is not None for line in lines), "a fold never cuts a letter"
        for needed in (b"VERSION:2.0", b"PRODID:", b"CALSCALE:GREGORIAN", b"X-WR-CALNAME:", b"REFRESH-INTERVAL"):
            assert needed in content

    def test_hours_go_out_in_utc_and_text_comes_back_whole(self):
        (item,) = self.one(self.timed)
        assert item["dtstart"].dt == datetime(2026, 12, 10, 0, 30, tzinfo=UTC)
        assert item["dtend"].dt == datetime(2026, 12, 10, 4, 0, tzinfo=UTC)
        assert item["location"] == "Trường, khu A; phòng 2"
        assert LONG.strip() in item["description"]
        assert item["summary"] == "Kỳ thi"
        assert item["status"] == "CONFIRMED"
        assert item["url"].endswith(self.timed.url)

    def test_whole_days_end_with_the_day_after(self):
        (item,) = self.one(self.days)
        assert (item["dtstart"].dt, item["dtend"].dt) == (date(2026, 12, 1), date(2026, 12, 6))

    def test_an_hour_without_an_end_has_none_and_two_days_are_whole_days(self):
        (item,) = self.one(event(self.index, "Một giờ", starts_on=date(2026, 12, 1), starts_at=time(8)))
        assert "dtend" not in item
        several = event(
            self.index, "Hai ngày", starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 2), starts_at=time(8)
        )
        (item,) = self.one(several)
        assert (item["dtstart"].dt, item["dtend"].dt) == (date(2026, 12, 1), date(2026, 12, 3))

    def test_a_change_keeps_the_uid_and_raises_the_sequence(self):
        (before,) = self.one(self.timed)
        later = timezone.now() + timedelta(hours=2)
        self.timed.title, self.timed.standing = "Kỳ thi dời phòng", "cancelled"
        self.timed.save_revision().publish()
        type(self.timed).objects.filter(pk=self.timed.pk).update(last_published_at=later)
        (after,) = self.one(self.timed)
        assert after["uid"] == before["uid"] == str(self.timed.translation_key)
        assert after["sequence"] > before["sequence"]
        assert after["dtstamp"].dt > before["dtstamp"].dt
        assert after["status"] == "CANCELLED"
        assert after["transp"] == "TRANSPARENT"
        assert after["summary"].startswith("[Không tổ chức]")

    def test_what_is_postponed_is_tentative_and_says_so(self):
        (item,) = self.one(event(self.index, "Hội thi", standing="postponed", standing_note="Chờ sửa phòng."))
        assert item["status"] == "TENTATIVE"
        assert item["summary"] == "[Hoãn, chưa có ngày mới] Hội thi"
        assert "Chờ sửa phòng." in item["description"]

    def test_the_same_page_gives_the_same_bytes_and_a_program_that_knows_them_gets_none(self):
        first, second = self.client.get(ALL), self.client.get(ALL)
        assert first.content == second.content
        again = self.client.get(ALL, headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Cache-Control"] == "public, max-age=60"

    def test_a_week_has_its_rows(self):
        rows = self.one(self.week)
        monday = self.week.week_start
        assert rows[0]["dtstart"].dt == datetime.combine(monday + DAY, time(7), tzinfo=UTC)
        assert rows[1]["summary"] == "Sáng: Tiếp công dân"
        assert rows[1]["dtstart"].dt == monday + 2 * DAY
        assert rows[1]["dtend"].dt == monday + 3 * DAY
        assert rows[2]["status"] == "CANCELLED"
        assert len(rows[0]["summary"]) <= 140
        assert len({row["uid"] for row in rows}) == 3

    def test_a_row_keeps_its_uid_when_the_week_is_published_again(self):
        before = {row["uid"] for row in self.one(self.week)}
        row = self.week.entries.first()
        row.content = "Đổi nội dung"
        self.week.entries.add(row)
        self.week.save_revision().publish()
        assert {row["uid"] for row in self.one(self.week)} == before

    def test_a_unit_has_its_own_events_and_what_it_prepares(self):
        items = components(self.client.get("/lich/theo-doi/don-vi/truong-mot.ics"))
        assert {str(item["summary"]) for item in items} == {"Kỳ thi", "Sáng: Tiếp công dân"}
        assert self.client.get("/lich/theo-doi/don-vi/khong-co.ics").status_code == 404
        Unit.objects.filter(pk=self.unit.pk).update(active=False)
        assert self.client.get("/lich/theo-doi/don-vi/truong-mot.ics").status_code == 404

    def test_a_unit_without_events_has_an_empty_calendar(self):
        Unit.objects.create(code="TH-HAI", name="Trường Hai", slug="truong-hai", kind="primary")
        assert components(self.client.get("/lich/theo-doi/don-vi/truong-hai.ics")) == []

    def test_what_is_long_over_stays_out_of_the_subscription(self):
        old = event(self.index, "Năm ngoái", starts_on=timezone.localdate() - 61 * DAY)
        just = event(self.index, "Vừa rồi", starts_on=timezone.localdate() - 59 * DAY)
        said = {str(item["summary"]) for item in components(self.client.get(ALL))}
        assert just.title in said
        assert old.title not in said
        assert len(self.one(old)) == 1

    def test_signs_that_no_calendar_takes_are_left_out(self):
        (item,) = self.one(event(self.index, "Dấu lạ", place="Phòng\x0b 2", lead="Dòng một\r\nBEGIN:VEVENT\r\nX:1"))
        assert item["location"] == "Phòng 2"
        assert "BEGIN:VEVENT" in item["description"], "words of a person, not a second component"

    def test_only_reading_is_answered(self):
        for address in (ALL, "/lich/ky-thi.ics", "/lich/theo-doi/don-vi/truong-mot.ics", "/lich/tuan-nay/"):
            assert self.client.post(address).status_code == 405
            assert self.client.head(address).status_code in {200, 302}


class HiddenTest(TestCase):
    """Drafts, what was taken down, and closed pages appear in no file, no feed, no search and no list."""

    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        cls.unit = Unit.objects.get(parent=None)
        cls.open = event(cls.index, "Mở cho mọi người", owner_unit=cls.unit)
        cls.open.title = "Bản sửa KIN-MOT"
        cls.open.save_revision()
        cls.hidden = [event(cls.index, f"Sự kiện {word}", owner_unit=cls.unit) for word in ("KIN-HAI", "KIN-BA")]
        cls.hidden[0].unpublish()
        PageViewRestriction.objects.create(page=cls.hidden[1], restriction_type="password", password="mo-ra")
        today = timezone.localdate()
        cls.weeks = [
            week(cls.index, today + 7 * place * DAY, [{"content": f"Việc {word}", "unit": cls.unit}])
            for place, word in enumerate(("KIN-BON", "KIN-NAM"))
        ]
        cls.weeks[0].unpublish()
        PageViewRestriction.objects.create(page=cls.weeks[1], restriction_type="login")

    def test_nowhere(self):
        unit = self.unit.slug
        for address in (
            *(
                ALL,
                f"/lich/theo-doi/don-vi/{unit}.ics",
                f"/lich/{self.open.slug}.ics",
                "/lich/atom.xml",
                "/sitemap.xml",
            ),
            *("/lich/", "/lich/?xem=tuan", "/", f"/don-vi/{unit}/", f"/don-vi/{unit}/atom.xml", "/tim-kiem/?q=KIN"),
        ):
            response = self.client.get(address)
            assert response.status_code == 200, address
            assert not re.search("KIN-(MOT|HAI|BA|BON|NAM)", response.content.decode()), address
        for page in (*self.hidden, *self.weeks):
            assert self.client.get(f"/lich/{page.slug}.ics").status_code == 404

    def test_who_may_read_a_closed_page_still_gets_no_open_file(self):
        response = self.client.get(f"/lich/{self.hidden[1].slug}.ics")
        assert response.status_code == 404
        assert "no-store" in response["Cache-Control"]
