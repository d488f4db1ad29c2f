"""The page tree of DESIGN §4. Pages that are there are left alone: they are the editors' now."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from wagtail.models import Collection, Page, Site

from cms.core.enums import UnitKind
from cms.core.models import BasePage, Unit
from cms.core.services.units import unit_save
from cms.events.models import EventIndexPage
from cms.home import first_words
from cms.home.models import HomePage
from cms.internal.models import InternalNoticeIndexPage
from cms.library.models import MaterialIndexPage
from cms.news.models import NewsIndexPage
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.pages.models import QuestionsPage, StandardPage
from cms.plans.models import PlanIndexPage
from cms.units.models import ContactsPage, LeadersPage, OrganisationChartPage, ReceptionPage, UnitIndexPage
from feedback.models import FeedbackIndexPage
from procedures.models import GuideSettings, OneStopPage, ProcedureIndexPage
from surveys.models import SurveyIndexPage

TASKS = [
    ("speech", "Gửi phản ánh", "Góp ý, kiến nghị về trường học, thủ tục, thái độ phục vụ.", "/phan-anh-kien-nghi/gui/"),
    ("search", "Theo dõi phản ánh", "Nhập mã theo dõi, biết phản ánh đã đến đâu.", "/phan-anh-kien-nghi/tra-cuu/"),
    ("document", "Tìm văn bản", "Công văn, quyết định, thông báo, báo cáo của ngành.", "/van-ban/"),
    ("chart", "Trả lời khảo sát", "Chấm sự phục vụ của cơ quan, nhà trường; không ghi tên.", "/khao-sat/"),
]
# The bands of the home page: columns of parts, then whether the ground is tinted.
SECTIONS = [
    ([("figures", {})], [], False),
    (
        [("latest_cases", {"count": 4}), ("coming_events", {"count": 4})],
        [("latest_plans", {"count": 3}), ("latest_documents", {"count": 4})],
        True,
    ),
    ([("latest_news", {"count": 4})], [], False),
    ([("latest_materials", {"count": 4})], [], True),
]
ROOT_NAME, ROOT_COLLECTION_NAME = "Mọi trang", "Kho chung"
LIBRARY_INTRO = "Tài liệu dạy học, tuyên truyền để đọc, in và phát cho lớp: dịch vụ công, cải cách, pháp luật, an toàn."
PROCEDURES = {
    "intro": "Cần giấy tờ gì, nộp ở đâu, bao lâu xong, phí bao nhiêu: tìm việc cần làm bằng lời của mình.",
    "needs": "chuyển trường; bản sao bằng; học phí; tuyển sinh",
    "help_text": "Tìm bằng ít chữ hơn, hoặc bằng việc cần làm: chuyển trường, mất bằng tốt nghiệp.\n"
    "Có mã thủ tục thì gõ mã, ví dụ 1.004494.\n"
    "Hỏi nơi tiếp nhận hồ sơ, hoặc gửi câu hỏi ở mục Phản ánh, kiến nghị.",
}
SURVEYS_INTRO = "Cho biết ông/bà hài lòng đến đâu. Phiếu không ghi tên; kết quả được công bố ở đây."
COPIES = "chung-thuc-ban-sao-dien-tu"
FREQUENT = "chuyển trường; tuyển sinh; học phí; cải cách hành chính"


@dataclass(frozen=True)
class Place:
    """One page that the site must have: where, of what type, and with what words to begin with."""

    slug: str
    model: type[BasePage]
    title: str
    values: dict[str, Any]
    children: tuple["Place", ...] = ()
    in_menu: bool = True


PLACES = (
    Place(
        "gioi-thieu",
        StandardPage,
        "Giới thiệu",
        {"intro": "Cơ quan làm gì, ai phụ trách, liên hệ thế nào."},
        (
            Place(
                "chuc-nang-nhiem-vu",
                StandardPage,
                "Chức năng, nhiệm vụ",
                {"intro": "Cơ quan được giao việc gì.", "body": first_words.story(first_words.FUNCTIONS)},
            ),
            Place("so-do-to-chuc", OrganisationChartPage, "Sơ đồ tổ chức", {}),
            Place("lanh-dao", LeadersPage, "Lãnh đạo", {}),
            Place("lich-su", StandardPage, "Lịch sử", {"body": first_words.story(first_words.HISTORY)}),
            Place("lien-he", ContactsPage, "Liên hệ", {}),
            Place("noi-tiep-nhan", ReceptionPage, "Nơi tiếp nhận phản ánh, kiến nghị", {}),
            Place("mot-cua", OneStopPage, "Nơi nộp hồ sơ, lịch trực", {"body": first_words.story(first_words.CONDUCT)}),
        ),
    ),
    Place("tin-tuc", NewsIndexPage, "Tin tức", {}),
    Place("cai-cach-hanh-chinh", PlanIndexPage, "Cải cách hành chính", {}),
    Place("lich", EventIndexPage, "Lịch", {}),
    Place("don-vi", UnitIndexPage, "Đơn vị, trường học", {}),
    Place("van-ban", OfficialDocumentIndexPage, "Văn bản", {}),
    Place("thu-tuc-hanh-chinh", ProcedureIndexPage, "Thủ tục hành chính", PROCEDURES),
    Place("hoc-lieu", MaterialIndexPage, "Học liệu", {"intro": LIBRARY_INTRO}),
    Place("phan-anh-kien-nghi", FeedbackIndexPage, "Phản ánh, kiến nghị", {}),
    Place("khao-sat", SurveyIndexPage, "Khảo sát", {"intro": SURVEYS_INTRO}, in_menu=False),
    Place("hoi-dap", QuestionsPage, "Hỏi đáp", {"topics": first_words.topics()}, in_menu=False),
    Place(
        COPIES,
        StandardPage,
        "Chứng thực bản sao điện tử",
        {
            "intro": "Dùng khi nộp hồ sơ trực tuyến mà không phải mang bản chính đến đối chiếu.",
            "body": first_words.story(first_words.CERTIFIED_COPIES),
        },
        in_menu=False,
    ),
    Place(
        "tro-nang",
        StandardPage,
        "Tuyên bố về khả năng tiếp cận",
        {
            "intro": "Ai cũng phải đọc và dùng được cổng này; ở đây nói đã làm gì và còn thiếu gì.",
            "body": first_words.story(first_words.ACCESS),
        },
        in_menu=False,
    ),
    Place(
        "quyen-rieng-tu",
        StandardPage,
        "Quyền riêng tư",
        {
            "intro": "Cổng thu thập thông tin cá nhân nào, để làm gì, giữ bao lâu, và quyền của người có thông tin.",
            "body": first_words.story(first_words.PRIVACY),
        },
        in_menu=False,
    ),
    Place(
        "dieu-khoan-su-dung",
        StandardPage,
        "Điều khoản sử dụng",
        {"intro": "Khi đọc, dùng lại và gửi nội dung qua cổng.", "body": first_words.story(first_words.TERMS)},
        in_menu=False,
    ),
    Place("thong-bao-noi-bo", InternalNoticeIndexPage, "Thông báo nội bộ ngành", {}, in_menu=False),
)


def tree_setup(*, agency_name: str) -> HomePage:
    """Build what is missing of the tree, publish it, and make the home page the site's root."""
    _name_roots()
    home, is_new = _home()
    for place in PLACES:
        _place(home, place, is_new=is_new)
    if is_new:
        guides = GuideSettings.load()
        guides.certified_copies_page = home.get_children().filter(slug=COPIES).first()
        guides.save()
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


def _name_roots() -> None:
    """Wagtail calls the two roots by an English word, which editors would meet in every chooser; once changed, kept."""
    Page.objects.filter(depth=1, title="Root").update(title=ROOT_NAME, draft_title=ROOT_NAME)
    Collection.objects.filter(depth=1, name="Root").update(name=ROOT_COLLECTION_NAME)


def _home() -> tuple[HomePage, bool]:
    """Return the home page, and whether it has just been made."""
    home = HomePage.objects.first()
    if home:
        return home, False
    root = Page.get_first_root_node()
    # Wagtail's welcome page holds the address that the home page needs. Not by save(): the tasks that this would
    # queue find no page any more, and fail.
    root.get_children().filter(slug="home").update(slug="trang-chao", url_path="/trang-chao/")
    home = HomePage(
        title="Trang chủ",
        slug="home",
        frequent_searches=FREQUENT,
        tasks=[
            ("task", {"icon": icon, "title": title, "text": text, "url": url, "page": None})
            for icon, title, text, url in TASKS
        ],
        sections=[("section", {"left": left, "right": right, "tinted": tinted}) for left, right, tinted in SECTIONS],
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
        page = place.model(title=place.title, slug=place.slug, show_in_menus=place.in_menu, **place.values)
        parent.add_child(instance=page)
        page.save_revision().publish()
    for child in place.children:
        _place(page, child, is_new=is_new)
