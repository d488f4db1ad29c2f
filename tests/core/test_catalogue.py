"""The Vietnamese of the admin: complete, faithful to its placeholders, and what people really read."""

import json
import re
from datetime import timedelta
from html.parser import HTMLParser

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as translated
from django.utils.translation import ngettext, override

import pytest

from tests.architecture import house
from tests.core.catalogue import script

COMPLETE = 0.95
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdr]|\{\w+\}")
TAG = re.compile(r"</?[a-z][^>]*>")
# Names, abbreviations and pure patterns are the same in both languages.
SAME = {
    "%(field_label)s:",
    "%(status_display)s %(task_name)s %(started_at)s",
    "%(time_zone_option)s: %(localized_time_zone_label)s",
    "%(truncated_text)s…",
    "(Hidden field %(name)s) %(error)s",
    "HTTP Accept",
    "IPv4",
    "IPv6",
    "Wagtail API v2",
    "Wagtail API v3",
    "Wagtail routablepage",
    "…",
}
# What an editor or an officer meets every day.
DAILY = {
    "Save draft": "Lưu bản nháp",
    "Save Draft": "Lưu bản nháp",
    "Save": "Lưu",
    "Publish": "Đăng",
    "Unpublish": "Gỡ",
    "Published": "Đã đăng",
    "Draft": "Bản nháp",
    "Live": "Đang đăng",
    "Submit for moderation": "Gửi duyệt",
    "Submit to %(workflow_name)s": "Gửi duyệt (%(workflow_name)s)",
    "Approve": "Duyệt",
    "Approve with comment": "Duyệt kèm ý kiến",
    "Reject": "Trả lại",
    "Request changes": "Trả lại để sửa",
    "Awaiting your review": "Đang chờ bạn duyệt",
    "In Moderation": "Đang chờ duyệt",
    "Workflow": "Quy trình duyệt",
    "Workflows": "Quy trình duyệt",
    "Preview": "Xem trước",
    "Preview in new tab": "Xem trước ở thẻ mới",
    "History": "Lịch sử",
    "Compare": "So sánh",
    "Compare with previous version": "So sánh với phiên bản trước",
    "Review this version": "Xem lại phiên bản này",
    "Choose an image": "Chọn ảnh",
    "Choose another image": "Chọn ảnh khác",
    "Choose a page": "Chọn trang",
    "Choose a document": "Chọn tệp",
    "Upload": "Tải lên",
    "Add an image": "Thêm ảnh",
    "Alt text": "Chữ thay ảnh",
    "Images": "Ảnh",
    "Documents": "Tệp",
    "Collection": "Bộ sưu tập",
    "Tags": "Thẻ",
    "Snippets": "Mục dùng chung",
    "Pages": "Trang",
    "Settings": "Thiết lập",
    "Reports": "Báo cáo",
    "Help": "Trợ giúp",
    "Users": "Người dùng",
    "Groups": "Nhóm",
    "Roles": "Vai trò",
    "Search": "Tìm kiếm",
    "Filter": "Lọc",
    "Add child page": "Thêm trang con",
    "Edit": "Sửa",
    "Delete": "Xóa",
    "Move": "Chuyển",
    "Copy": "Sao chép",
    "Cancel": "Hủy",
    "Status": "Tình trạng",
    "Locked": "Bị khóa",
    "Unlock": "Mở khóa",
    "Comments": "Góp ý",
    "Set schedule": "Đặt lịch",
    "Privacy": "Quyền xem",
    "slug": "địa chỉ trang (slug)",
    "Your most recent edits": "Bạn sửa gần đây",
    "Sign in": "Đăng nhập",
    "Log in": "Đăng nhập",
    "Log out": "Đăng xuất",
    "Forgotten password?": "Quên mật khẩu?",
    "Remember me": "Ghi nhớ đăng nhập",
    "This field is required.": "Không được để trống.",
    "Enter a valid date.": "Hãy nhập ngày đúng, ví dụ 05/09/2026.",
    "This password is too common.": "Mật khẩu này quá phổ biến.",
    "Bold": "Đậm",
    "Numbered list": "Danh sách đánh số",
    "Invalid CAPTCHA": "Mã xác nhận không đúng",
}


@pytest.fixture(params=["django", "djangojs"])
def domain(request):
    return request.param


@pytest.fixture
def entries(domain):
    found = list(script.read(script.TARGET / f"{domain}.po").values())
    assert found
    return found


def test_hardly_anything_is_left_in_english(domain):
    lacking, everything = script.missing(domain)
    texts = {package: names for package, names in lacking.items() if names}
    assert sum(map(len, texts.values())) <= (1 - COMPLETE) * everything, texts


def test_no_package_is_left_behind(domain):
    lacking, _everything = script.missing(domain)
    said = script.said(domain).values()
    behind = {
        package: names
        for package, names in lacking.items()
        if len(names) > (1 - COMPLETE) * sum(entry.packages[0] == package for entry in said)
    }
    assert behind == {}


def test_every_installed_package_that_speaks_is_collected():
    """A package added to the settings brings its texts here, or says nothing."""
    silent = {"django.contrib.sitemaps", "wagtail.contrib.sitemaps"}
    speaking = {
        config.name
        for config in apps.get_app_configs()
        if script._locale(config.name) and config.name.split(".")[0] not in house.PACKAGES
    }
    assert speaking - silent - set(script.PACKAGES) == set()


def test_only_packages_django_reads_count_with_their_own_vietnamese():
    installed = {config.name for config in apps.get_app_configs()} | {"django.conf"}
    assert set(script.PACKAGES) - installed == script.NOT_INSTALLED


def test_the_files_are_what_the_script_writes(domain):
    """After an upgrade this fails until the script has run, so that new texts are seen."""
    path = script.TARGET / f"{domain}.po"
    merged = script.merge(script.said(domain), script.read(path))
    assert path.read_text() == script.written(merged)
    assert path.with_suffix(".mo").read_bytes() == script.compiled(merged)


def test_placeholders_and_tags_are_kept(entries):
    wrong = []
    for entry in entries:
        texts = [entry.msgid] if entry.plural is None else [entry.msgid, entry.plural]
        allowed = {name for text in texts for name in PLACEHOLDER.findall(text)}
        needed, found = set(PLACEHOLDER.findall(texts[-1])), set(PLACEHOLDER.findall(entry.text))
        tags = sorted(TAG.findall(texts[-1])) != sorted(TAG.findall(entry.text))
        if entry.text and (tags or not needed <= found <= allowed):
            wrong.append((entry.msgid, entry.text))
    assert wrong == []


def test_positional_placeholders_are_as_many_as_before(entries):
    count = re.compile(r"%[sdr]").findall
    assert [e.msgid for e in entries if e.text and len(count(e.plural or e.msgid)) != len(count(e.text))] == []


def test_spaces_at_the_edges_are_kept(entries):
    def edges(text):
        return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]

    assert [e.msgid for e in entries if e.text and edges(e.msgid) != edges(e.text)] == []


def test_only_names_are_the_same_in_both_languages(entries):
    assert {e.msgid for e in entries if e.text == e.msgid} <= SAME


def test_accents_stand_where_the_house_puts_them(entries):
    """One spelling: khóa, xóa, hủy, and “ ” around what is quoted."""
    assert [e.text for e in entries if re.search(r"khoá|xoá|hoá|huỷ|Khoá|Xoá|Huỷ|thuỷ|\.\.\.", e.text)] == []


def test_nothing_is_unsure_and_there_is_one_form_for_every_number(domain):
    source = (script.TARGET / f"{domain}.po").read_text()
    assert "#, fuzzy" not in source
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in source
    assert "msgstr[1]" not in source


@pytest.mark.parametrize("english", DAILY)
def test_daily_words_at_run_time(english):
    with override("vi"):
        assert translated(english) == DAILY[english]


def test_numbers_at_run_time():
    with override("vi"):
        for number in (1, 2):
            text = ngettext("%(count)s image", "%(count)s images", number) % {"count": number}
            assert text == f"{number} ảnh"
        assert ngettext("%(num)d day", "%(num)d days", 3) % {"num": 3} == "3 ngày"


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "vừa xong"), (4, "4 giây trước"), (90, "1 phút trước"), (7200, "2 giờ trước")]
)
def test_how_long_ago_at_run_time(seconds, text):
    with override("vi"):
        assert naturaltime(timezone.now() - timedelta(seconds=seconds)) == text


def test_messages_of_django_forms_at_run_time():
    form = SetPasswordForm(get_user_model()(username="lan"), {"new_password1": "12345", "new_password2": "1234"})
    with override("vi"):
        assert form.errors["new_password2"] == ["Hai mật khẩu không giống nhau."]


def test_templates_of_wagtail_at_run_time():
    source = "{% load i18n %}{% blocktrans trimmed %}You can edit the page here:{% endblocktrans %}"
    with override("vi"):
        assert Template(source).render(Context()) == "Bạn có thể sửa trang tại đây:"


class Texts(HTMLParser):
    """What a page says: its text, and the attributes that are read out or shown."""

    def __init__(self):
        super().__init__()
        self.found, self.silent = set(), 0

    def handle_starttag(self, tag, attributes):
        self.silent += tag in {"script", "style"}
        spoken = {"aria-label", "title", "placeholder", "alt"}
        self.found |= {value.strip() for name, value in attributes if name in spoken and value}

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.found.add(" ".join(data.split()))


@pytest.fixture
def english():
    """Every text of the packages that has another form in Vietnamese."""
    known = {text for key, entry in script.said("django").items() for text in (key[1], entry.plural) if text}
    with override("vi"):
        return {text.strip() for text in known if translated(text) != text} - {"Root"}


@pytest.fixture
def chief(site_tree):
    return get_user_model().objects.create_superuser("lan", "lan@so.example.vn", "mat-khau-kiem-thu")


def spoken(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    reader = Texts()
    reader.feed(answer.content.decode())
    return reader.found


def test_the_login_page_speaks_vietnamese(client, site_tree, english):
    said = spoken(client, reverse("wagtailadmin_login"))
    assert {"Tên đăng nhập", "Mật khẩu", "Quên mật khẩu?", "Đăng nhập"} <= said
    assert said & english == set()


def test_the_admin_speaks_vietnamese_to_an_english_browser(client, chief, site_tree, english):
    client.force_login(chief)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    page = site_tree.get_children().first().pk
    names = [
        ("wagtailadmin_home",),
        ("wagtailadmin_explore", site_tree.pk),
        ("wagtailadmin_pages:edit", page),
        ("wagtailadmin_pages:history", page),
        ("wagtailadmin_pages:delete", page),
        ("wagtailadmin_pages:copy", page),
        ("wagtailadmin_pages:add", "pages", "standardpage", site_tree.pk),
        ("wagtailadmin_account",),
        ("wagtailadmin_reports:locked_pages",),
        ("wagtailadmin_workflows:index",),
        ("wagtailimages:index",),
        ("wagtailimages:add_multiple",),
        ("wagtaildocs:index",),
        ("wagtailusers_users:index",),
        ("wagtailusers_groups:index",),
        ("wagtailredirects:index",),
    ]
    # Wagtail writes the first into its template without asking for a translation; the second fills a hidden counter.
    unasked = {"Actions", "None"}
    left = {name: (spoken(client, reverse(name, args=args)) & english) - unasked for name, *args in names}
    assert {name: texts for name, texts in left.items() if texts} == {}


def test_the_script_of_the_admin_gets_vietnamese(client, chief):
    client.force_login(chief)
    source = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    catalogue = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", source, re.S)[1])
    assert catalogue["Page explorer"] == "Cây trang"
    assert catalogue["%(num)s error"] == ["%(num)s lỗi"]
    # This one the package translates itself, in another word than the house's.
    assert catalogue["Add a comment"] == "Thêm góp ý"
