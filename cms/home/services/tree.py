"""The page tree of DESIGN §4. Pages that are there are left alone: they are the editors' now."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from wagtail.models import Page, Site

from cms.core.enums import UnitKind
from cms.core.models import BasePage, Unit
from cms.core.services.units import unit_save
from cms.home.models import HomePage
from cms.news.models import NewsIndexPage
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.pages.models import StandardPage
from cms.plans.models import PlanIndexPage
from feedback.models import FeedbackIndexPage

TASKS = [
    ("speech", "Gửi phản ánh", "Góp ý, kiến nghị về trường học, thủ tục, thái độ phục vụ.", "/phan-anh-kien-nghi/gui/"),
    ("search", "Theo dõi phản ánh", "Nhập mã theo dõi, biết phản ánh đã đến đâu.", "/phan-anh-kien-nghi/tra-cuu/"),
    ("document", "Tìm văn bản", "Công văn, quyết định, thông báo, báo cáo của ngành.", "/van-ban/"),
    ("calendar", "Kế hoạch cải cách", "Việc phải làm, ai làm, bao giờ xong.", "/cai-cach-hanh-chinh/"),
]
FREQUENT = "chuyển trường; tuyển sinh; học phí; cải cách hành chính"


@dataclass(frozen=True)
class Place:
    """One page that the site must have: where, of what type, and with what words to begin with."""

    slug: str
    model: type[BasePage]
    title: str
    values: dict[str, Any]
    children: tuple["Place", ...] = ()


PLACES = (
    Place(
        "gioi-thieu",
        StandardPage,
        "Giới thiệu",
        {"intro": "Cơ quan làm gì, ai phụ trách, liên hệ thế nào."},
        (
            Place(
                "lien-he",
                StandardPage,
                "Liên hệ",
                {"intro": "Địa chỉ, điện thoại, giờ làm việc ghi ở cuối mọi trang của cổng."},
            ),
        ),
    ),
    Place("tin-tuc", NewsIndexPage, "Tin tức", {}),
    Place("cai-cach-hanh-chinh", PlanIndexPage, "Cải cách hành chính", {}),
    Place("van-ban", OfficialDocumentIndexPage, "Văn bản", {}),
    Place("phan-anh-kien-nghi", FeedbackIndexPage, "Phản ánh, kiến nghị", {}),
)


def tree_setup(*, agency_name: str) -> HomePage:
    """Build what is missing of the tree, publish it, and make the home page the site's root."""
    home, is_new = _home()
    for place in PLACES:
        _place(home, place, is_new=is_new)
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    where = {"hostname": address.hostname, "port": port}
    Site.objects.update_or_create(
        is_default_site=True,
        defaults=where | ({"root_page": home, "site_name": agency_name} if is_new else {}),
        create_defaults=where | {"root_page": home, "site_name": agency_name},
    )
    return home


def root_unit_setup(*, name: str, short_name: str) -> None:
    """Make the agency itself the first unit, once."""
    if not Unit.objects.exists():
        unit_save(code="CQ", name=name, short_name=short_name, kind=UnitKind.DEPARTMENT, order=1)


def _home() -> tuple[HomePage, bool]:
    """Return the home page, and whether it has just been made."""
    home = HomePage.objects.first()
    if home:
        return home, False
    root = Page.get_first_root_node()
    # Wagtail's welcome page holds the address that the home page needs.
    for welcome in root.get_children().filter(slug="home"):
        welcome.slug = "trang-chao"
        welcome.save()
    home = HomePage(
        title="Trang chủ",
        slug="home",
        frequent_searches=FREQUENT,
        tasks=[
            ("task", {"icon": icon, "title": title, "text": text, "url": url, "page": None})
            for icon, title, text, url in TASKS
        ],
    )
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.filter(is_default_site=True).update(root_page=home)
    for welcome in root.get_children().filter(slug="trang-chao"):
        welcome.delete()
    return home, True


def _place(parent: Page, place: Place, *, is_new: bool) -> None:
    """Make what the portal cannot do without; other pages come once, then editors may move, rename or delete them."""
    only_one = place.model.max_count == 1
    page = place.model.objects.first() if only_one else parent.get_children().filter(slug=place.slug).first()
    if page is None and not (only_one or is_new):
        return
    if page is None:
        page = place.model(title=place.title, slug=place.slug, show_in_menus=True, **place.values)
        parent.add_child(instance=page)
        page.save_revision().publish()
    for child in place.children:
        _place(page, child, is_new=is_new)
