"""Menus follow their pages, show what this reader may open and nothing else, and cost the same however long."""

import json
from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory, TestCase

from wagtail.models import Page, PageViewRestriction, Site

import pytest
from bs4 import BeautifulSoup

from cms.core.models import Unit
from cms.home.enums import MenuPlace
from cms.home.menus import menus_for
from cms.home.models import Menu
from cms.home.services.menus import _item, _link, _rows
from cms.news.models import NewsPage
from cms.pages.models import StandardPage
from tests.site import build_site


def read(response):
    return BeautifulSoup(response.content.decode(), "html.parser")


def publish(menu, items):
    menu.items = json.dumps(items)
    menu.full_clean()
    menu.save_revision().publish()


class MenuTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.home = build_site()
        cls.site = Site.objects.get()
        cls.main = Menu.objects.get(place=MenuPlace.MAIN)
        cls.about = Page.objects.get(slug="gioi-thieu")

    def menus(self, path="/", **kwargs):
        return menus_for(RequestFactory().get(path), **kwargs)

    def titles(self, path="/"):
        return [item.title for item in self.menus(path)[MenuPlace.MAIN]]

    def test_set_up_makes_one_of_each_place(self):
        assert set(Menu.objects.published().values_list("place", flat=True)) == set(MenuPlace.values)
        found = {item.title: item for item in self.menus()[MenuPlace.MAIN]}
        assert [link.title for link in found["Giới thiệu"].links] == [
            "Chức năng, nhiệm vụ", "Sơ đồ tổ chức", "Lãnh đạo", "Lịch sử", "Liên hệ",
            "Nơi tiếp nhận phản ánh, kiến nghị", "Nơi nộp hồ sơ, lịch trực",
        ]  # fmt: skip
        assert [column.title for column in found["Phản ánh, kiến nghị"].columns] == [
            "Gửi và theo dõi", "Đọc câu trả lời",
        ]  # fmt: skip
        assert found["Tin tức"].url == "/tin-tuc/"
        assert [link.title for link in found["Tin tức"].links] == ["Lịch", "Học liệu"]
        assert [link.title for link in found["Thủ tục hành chính"].links] == [
            "Nơi nộp hồ sơ, lịch trực", "Tra cứu hồ sơ", "Số liệu giải quyết hồ sơ", "Thư xin lỗi",
        ]  # fmt: skip

    def test_every_link_that_set_up_makes_leads_somewhere(self):
        for items in self.menus().values():
            for item in items:
                links = [*item.links, *(link for column in item.columns for link in column.links)]
                for url in filter(None, [item.url, *(link.url for link in links)]):
                    with self.subTest(url):
                        assert self.client.get(url).status_code == 200

    def test_a_renamed_and_moved_page_is_followed(self):
        news = Page.objects.get(slug="tin-tuc").specific
        news.title, news.slug = "Bản tin ngành", "ban-tin"
        news.save_revision().publish()
        item = next(item for item in self.menus()[MenuPlace.MAIN] if item.title == "Bản tin ngành")
        assert item.url == "/ban-tin/"

    def test_words_of_the_editor_stay_when_the_page_is_renamed(self):
        publish(self.main, [_item("link", _link(page=self.about, title="Chúng tôi"))])
        self.about.specific.title = "Khác"
        assert self.titles() == ["Chúng tôi"]

    def test_what_is_not_public_is_not_there(self):
        gone = Page.objects.get(slug="van-ban").specific
        closed = Page.objects.get(slug="tin-tuc")
        gone.unpublish()
        PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
        for page in self.about.get_children().specific():
            page.unpublish()
        Page.objects.get(slug="cai-cach-hanh-chinh").delete()
        left = ["Giới thiệu", "Đơn vị, trường học", "Thủ tục hành chính", "Phản ánh, kiến nghị"]
        assert self.titles() == left
        assert not self.menus()[MenuPlace.MAIN][0].opens, "a list that is empty opens nothing"
        footer = [link.title for item in self.menus()[MenuPlace.FOOTER] for link in item.links]
        assert "Văn bản" not in footer

    def test_a_heading_whose_page_is_gone_takes_its_list_along(self):
        self.about.specific.unpublish()
        assert "Giới thiệu" not in self.titles()

    def test_a_draft_changes_nothing_until_it_is_published(self):
        self.main.items = json.dumps([_item("link", _link(url="/tin-tuc/", title="Nháp của ai đó"))])
        revision = self.main.save_revision()
        assert b"Nh\xc3\xa1p c\xe1\xbb\xa7a ai" not in self.client.get("/").content
        revision.publish()
        assert self.titles() == ["Nháp của ai đó"]

    def test_where_one_is(self):
        for path, title, mark in (
            ("/tin-tuc/", "Tin tức", "page"),
            ("/tin-tuc/mot-tin/", "Tin tức", "true"),
            ("/gioi-thieu/lien-he/", "Giới thiệu", "true"),
            ("/phan-anh-kien-nghi/gui/", "Phản ánh, kiến nghị", "true"),
        ):
            with self.subTest(path):
                marked = {item.title: item.current for item in self.menus(path)[MenuPlace.MAIN] if item.current}
                assert marked == {title: mark}

    def test_a_unit_has_its_own_on_its_pages_and_the_sites_elsewhere(self):
        unit = Unit.objects.get()
        own = Menu.objects.create(place=MenuPlace.MAIN, site=self.site, unit=unit, live=False)
        publish(own, [_item("link", _link(url="/gioi-thieu/", title="Của đơn vị"))])
        assert [item.title for item in self.menus(unit_id=unit.pk)[MenuPlace.MAIN]] == ["Của đơn vị"]
        assert self.menus(unit_id=unit.pk)[MenuPlace.FOOTER] == self.menus()[MenuPlace.FOOTER]
        assert "Của đơn vị" not in self.titles()

    def test_a_site_without_a_menu_shows_its_sections(self):
        self.main.unpublish()
        assert self.titles()[:2] == ["Giới thiệu", "Tin tức"]

    def test_one_menu_a_place(self):
        twin = Menu(place=MenuPlace.MAIN, site=self.site)
        with pytest.raises(ValidationError, match="đã có danh mục"):
            twin.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save()

    def test_each_place_takes_what_fits(self):
        wide = {
            "heading": _link(title="Mở"),
            "columns": _rows({"title": "Một", "links": _rows(_link(page=self.about))}),
        }
        cases = [
            (MenuPlace.UTILITY, [_item("wide", wide)], "chỉ đặt được liên kết đơn"),
            (MenuPlace.FOOTER, [_item("wide", wide)], "chỉ có ở danh mục chính"),
            (MenuPlace.MAIN, [_item("wide", wide), _item("wide", wide)], "Chỉ một mục được mở rộng"),
            (MenuPlace.UTILITY, [_item("link", _link(page=self.about))] * 6, "nhiều nhất 5"),
        ]
        for place, items, sentence in cases:
            with self.subTest(sentence), pytest.raises(ValidationError, match=sentence):
                Menu(place=place, site=self.site, unit=Unit.objects.get(), items=json.dumps(items)).full_clean()

    def test_statements_do_not_grow_with_items_or_pages(self):
        def statements():
            request = RequestFactory().get("/")
            Site.find_for_request(request)
            with self.assertNumQueries(3):
                return menus_for(request)

        self.menus()
        statements()
        pages = [StandardPage(title=f"Trang {number}", show_in_menus=True) for number in range(30)]
        for page in pages:
            self.about.add_child(instance=page)
            Page.objects.filter(pk=page.pk).update(live=True)
        index = Page.objects.get(slug="tin-tuc")
        for number in range(30):
            index.add_child(instance=NewsPage(title=f"Tin {number}", lead="x", published_on=date(2026, 1, 1)))
        sections = [
            _item("section", {"heading": _link(page=self.about), "children_of_page": True, "links": _rows(*(
                _link(page=page) for page in pages[:12]
            ))})
            for _number in range(9)
        ]  # fmt: skip
        publish(self.main, sections)
        assert len(statements()[MenuPlace.MAIN][0].links) == 24

    def test_hand_made_rows_of_a_list_are_read_too(self):
        raw = {"heading": _link(title="Mục"), "children_of_page": False, "links": [_link(url="/van-ban/", title="Một")]}
        self.main.items = json.dumps([{"type": "section", "value": raw, "id": str(uuid4())}])
        self.main.save_revision().publish()
        assert [link.title for link in self.menus()[MenuPlace.MAIN][0].links] == ["Một"]


class DrawnTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def test_without_script_lists_open_by_details(self):
        menu = read(self.client.get("/tin-tuc/")).select_one("nav.menu")
        lists = menu.select("details.menu__sub")
        assert [each.summary.get_text(strip=True) for each in lists] == [
            "Giới thiệu", "Tin tức", "Thủ tục hành chính", "Phản ánh, kiến nghị",
        ]  # fmt: skip
        assert {each["name"] for each in lists} == {"danh-muc"}, "one gives way to the other without script"
        assert lists[0].select_one(".menu__whole a")["href"] == "/gioi-thieu/"
        assert all(column.get_text() for column in menu.select(".menu__heading"))

    def test_titles_of_people_are_escaped(self):
        menu = Menu.objects.get(place=MenuPlace.MAIN)
        menu.items = json.dumps([_item("link", _link(url="/van-ban/?a=1&b=2", title='<b onclick="x">Văn'))])
        menu.save_revision().publish()
        link = read(self.client.get("/tin-tuc/")).select_one(".menu__item a")
        assert link.get_text() == '<b onclick="x">Văn'
        assert link["href"] == "/van-ban/?a=1&b=2"
