"""The first menus, made of the pages that set-up has just built; afterwards they are the editors'."""

import json
from typing import Any
from uuid import uuid4

from wagtail.models import Page, Site

from cms.home.enums import MenuPlace
from cms.home.models import HomePage, Menu

FEEDBACK = "phan-anh-kien-nghi"
NEWS = "tin-tuc"
PROCEDURES, ONE_STOP = "thu-tuc-hanh-chinh", "mot-cua"
# What people read now and then: under the news, so that the main menu stays one line on a small screen.
UNDER_NEWS = ("lich", "hoc-lieu")
ABOUT = ("tro-nang", "quyen-rieng-tu", "dieu-khoan-su-dung")


def menus_setup(*, home: HomePage) -> None:
    """Make and publish the three menus of the portal's own site, once."""
    site = Site.objects.filter(root_page=home).order_by("-is_default_site").first()
    if site is None or Menu.objects.exists():
        return
    for place, items in (
        (MenuPlace.MAIN, _main(home)),
        (MenuPlace.UTILITY, _utility(home)),
        (MenuPlace.FOOTER, _footer(home)),
    ):
        menu = Menu.objects.create(place=place, site=site, items=json.dumps(items), live=False)
        menu.save_revision().publish()


def _sections(home: HomePage) -> list[Page]:
    return list(home.get_children().live().in_menu())


def _main(home: HomePage) -> list[Any]:
    """Every section; one with pages of its own opens their list, that of feedback the wide panel."""
    sections = _sections(home)
    below = {
        NEWS: [_link(page=page) for page in sections if page.slug in UNDER_NEWS],
        PROCEDURES: _dossiers(home),
    }
    items = []
    for page in sections:
        if page.slug in UNDER_NEWS:
            continue
        if links := below.get(page.slug):
            section = {"heading": _link(page=page), "children_of_page": False, "links": _rows(*links)}
            items.append(_item("section", section))
        elif page.slug == FEEDBACK:
            items.append(_item("wide", {"heading": _link(page=page), "columns": _rows(*_feedback(page))}))
        elif page.get_children().live().in_menu().exists():
            items.append(_item("section", {"heading": _link(page=page), "children_of_page": True, "links": []}))
        else:
            items.append(_item("link", _link(page=page)))
    return items


def _dossiers(home: HomePage) -> list[dict[str, Any]]:
    """Return what stands under the procedures: where to hand in, how a dossier fares, how the office does."""
    desk = Page.objects.descendant_of(home).live().filter(slug=ONE_STOP)
    return [
        *(_link(page=page) for page in desk),
        _link(url="/tra-cuu-ho-so/", title="Tra cứu hồ sơ"),
        _link(url="/thong-ke-ho-so/", title="Số liệu giải quyết hồ sơ"),
        _link(url="/thu-xin-loi/", title="Thư xin lỗi"),
    ]


def _feedback(page: Page) -> list[dict[str, Any]]:
    """Return the columns of the wide panel: what people come to do, and what they come to read."""
    do = [
        _link(url=f"/{FEEDBACK}/gui/", title="Gửi phản ánh, kiến nghị"),
        _link(url=f"/{FEEDBACK}/tra-cuu/", title="Theo dõi bằng mã"),
        _link(url="/khao-sat/", title="Trả lời khảo sát"),
    ]
    read = [_link(page=page, title="Câu trả lời đã công khai")]
    return [
        {"title": "Gửi và theo dõi", "links": _rows(*do)},
        {"title": "Đọc câu trả lời", "links": _rows(*read)},
    ]


def _utility(home: HomePage) -> list[Any]:
    contact = Page.objects.descendant_of(home).filter(slug="lien-he").first()
    links = [_link(page=contact)] if contact else []
    return [_item("link", each) for each in [*links, _link(url="/so-do-trang/", title="Sơ đồ trang")]]


def _footer(home: HomePage) -> list[Any]:
    here = [_link(page=page) for page in _sections(home)]
    about = [_link(page=page) for slug in ABOUT for page in home.get_children().live().filter(slug=slug)]
    help_ = [
        *(_link(page=page) for page in home.get_children().live().filter(slug="hoi-dap")),
        _link(url=f"/{FEEDBACK}/gui/", title="Gửi phản ánh, kiến nghị"),
        _link(url=f"/{FEEDBACK}/tra-cuu/", title="Theo dõi bằng mã"),
        _link(url="/khao-sat/", title="Khảo sát"),
        _link(url="/tim-kiem/", title="Tìm kiếm"),
    ]
    return [
        _item("section", {"heading": _link(title="Trên cổng"), "children_of_page": False, "links": _rows(*here)}),
        _item("section", {"heading": _link(title="Cần giúp"), "children_of_page": False, "links": _rows(*help_)}),
        *(_item("link", each) for each in about),
    ]


def _link(*, page: Page | None = None, url: str = "", title: str = "") -> dict[str, Any]:
    return {"page": page.pk if page else None, "url": url, "title": title}


def _rows(*values: Any) -> list[dict[str, Any]]:
    """Return ``values`` as Wagtail stores the rows of a list block."""
    return [{"type": "item", "value": value, "id": str(uuid4())} for value in values]


def _item(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}
