"""A unit has weeks of its own beside those of the leaders: an address, a list, a place on its page, its calendar."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import TestCase
from django.utils import timezone

import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from cms.core.enums import Role
from cms.core.models import Unit
from cms.events.factories import week
from cms.events.models import EventIndexPage, WorkSchedulePage, next_free_week
from cms.events.services import schedule_copy
from cms.units.services.pages import unit_pages_make
from tests.officers import make_officer
from tests.site import build_site

TODAY, WEEK = timezone.localdate(), timedelta(days=7)


def read(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


class WeeksOfUnitsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()
        cls.index = EventIndexPage.objects.get()
        agency = Unit.objects.get(parent=None)
        cls.school, cls.other = (
            Unit.objects.create(code=code, name=name, slug=slug, kind="primary", parent=agency)
            for code, name, slug in (("MOT", "Trường Một", "truong-mot"), ("HAI", "Trường Hai", "truong-hai"))
        )
        cls.page = unit_pages_make(units=[cls.school], publish=True)[0]
        cls.leaders = week(cls.index, TODAY, [{"content": "Giao ban Sở"}, {"content": "Do trường", "unit": cls.school}])
        cls.own = week(cls.index, TODAY, [{"content": "Chào cờ"}], unit=cls.school)
        cls.hidden = week(cls.index, TODAY + WEEK, [{"content": "Chưa đăng"}], unit=cls.school)
        cls.hidden.unpublish()

    def titles(self, query):
        return [a.get_text() for a in read(self.client.get(f"/lich/{query}")).select(".entry__title a")]

    def test_its_name_and_address_are_its_own(self):
        assert self.own.slug == f"{self.leaders.slug}-truong-mot"
        assert self.own.title == f"{self.leaders.title} – Trường Một"
        assert "Trường Một" in read(self.client.get(self.own.url)).select_one(".week__agency").get_text()

    def test_lists_keep_them_apart(self):
        assert self.titles("?xem=tuan") == [self.leaders.title]
        assert self.titles("?xem=tuan&don-vi=truong-mot") == [self.own.title]
        assert self.titles("?xem=tuan&don-vi=truong-hai") == []
        assert self.titles("") == [self.leaders.title]
        assert self.client.get("/lich/tuan-nay/").url.endswith(self.leaders.url)
        for link in read(self.client.get("/lich/?xem=tuan")).select(".facet a:not([aria-current])"):
            assert int(link.select_one(".facet__count").get_text()) == len(self.titles(link["href"])), link["href"]

    def test_the_page_of_the_unit_shows_what_is_published(self):
        lines = read(self.client.get(self.page.url)).select('[aria-labelledby="lich-tuan"] .entry__title a')
        assert [line["href"] for line in lines] == [self.own.url]
        shown = read(self.client.get(self.own.url))
        assert self.leaders.url not in [link["href"] for link in shown.select(".week-steps a")]

    def test_calendars_to_subscribe_to_keep_them_apart(self):
        def said(name):
            content = self.client.get(f"/lich/theo-doi/{name}.ics").content
            return {str(item["summary"]) for item in Calendar.from_ical(content).walk("VEVENT")}

        assert said("tat-ca") == {"Sáng: Giao ban Sở", "Sáng: Do trường"}
        assert said("don-vi/truong-mot") == {"Sáng: Do trường", "Sáng: Chào cờ"}
        assert said("don-vi/truong-hai") == set()

    def test_one_week_of_each_and_it_stays_with_its_unit(self):
        for unit in (None, self.school):
            with pytest.raises(ValidationError) as raised:
                week(self.index, TODAY, unit=unit)
            assert list(raised.value.message_dict) == ["week_start"]
        rows = WorkSchedulePage.objects.filter(pk=self.hidden.pk)
        for facts in ({"week_start": self.own.week_start}, {"week_start": self.own.week_start, "unit": None}):
            with transaction.atomic(), pytest.raises(IntegrityError):
                rows.update(**facts)
        self.own.unit = self.other
        with pytest.raises(ValidationError) as raised:
            self.own.clean()
        assert list(raised.value.message_dict) == ["unit"]

    def test_a_copy_is_for_the_same_unit(self):
        free = self.own.week_start + 2 * WEEK
        assert next_free_week(self.own.week_start, self.school) == free
        assert next_free_week(self.own.week_start) == self.own.week_start + WEEK
        editor = make_officer(Role.EDITOR)
        made = schedule_copy(source=self.own, week=self.own.week_start + 2 * WEEK, actor=editor)
        assert (made.unit, made.live, made.owner) == (self.school, False, editor)
        with pytest.raises(ValidationError):
            schedule_copy(source=self.own, week=self.own.week_start + WEEK, actor=editor)
