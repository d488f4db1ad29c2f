"""Take the set of pictures of docs/giao-dien.md anew, from the running sample portal, for people to look at.

It opens the portal as a reader and as an editor would, in a phone and on a desk, by day and by night, and leaves one
small WebP a page. It sends one sample case, to show its receipt. Run it beside ``make run``, with the same variables::

    .venv/bin/python scripts/make_shots.py                          # all of them
    .venv/bin/python scripts/make_shots.py trang-chu-dem            # these alone
"""

import argparse
import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import django

django.setup()

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from cms.demo.content import GUIDE_SLUG
from surveys.factories import invited
from surveys.models import Survey
from tests.browser.pages.citizen import send_case
from tests.conftest import chromium

TARGET = ROOT / "docs" / "giao-dien"
PHONE, DESK = 360, 1280
HEIGHTS = {PHONE: 1200, DESK: 900}  # what a picture shows; the rest of a long page repeats itself
MOST_BYTES = 40_000
CASE = {
    "category": "Cơ sở vật chất",
    "title": "Nhà vệ sinh khu B không có nước",
    "body": "Ba ngày nay khu B không có nước, các cháu phải sang khu A.",
    "phone": "0900 000 345",
    "email": "mau@thu.example.vn",
}


@dataclass(frozen=True)
class Shot:
    """One picture: where to begin, which links to follow, how wide, and at which place of the page."""

    name: str
    address: str
    width: int = DESK
    dark: bool = False
    follow: str = ""
    act: Callable[[Page], None] | None = None
    at: str = ""


def receipt(page: Page) -> None:
    """Send the sample case."""
    send_case(page, **CASE)


def as_officer(username: str, address: str = "", link: str = "") -> Callable[[Page], None]:
    """Return what comes in as a sample account, then opens ``address`` and follows ``link``."""

    def sign_in(page: Page) -> None:
        page.fill("[name=username]", username)
        page.fill("[name=password]", os.environ["DEMO_PASSWORD"])
        page.click("button[type=submit]")
        page.wait_for_url(lambda url: "/login/" not in url)
        if address:
            page.goto(address)
        if link:
            page.locator(link).first.click()

    return sign_in


def suggestions(page: Page) -> None:
    """Type without marks, as people do."""
    page.locator("#tim").press_sequentially("ke ho")
    page.get_by_role("listbox").wait_for()


def sheet(page: Page) -> None:
    """Open an invitation to rate an answer, as its mail would."""
    survey = Survey.objects.of_answers().open().newest().get()
    page.goto(f"/khao-sat/{survey.slug}/tra-loi/{invited(survey)}/?diem=4")


def menus(page: Page) -> None:
    """Open the menu of a phone."""
    page.locator(".menu__button").click()


FIRST = "main .entry__title a"
LOGIN = "/quan-tri/login/"
SHOTS = (
    Shot("trang-chu", "/"),
    Shot("trang-chu-dien-thoai", "/", PHONE),
    Shot("trang-chu-dem", "/", dark=True, at="#noi-dung .section"),
    Shot("danh-muc-dien-thoai", "/", PHONE, act=menus),
    Shot("tin-tuc", "/tin-tuc/"),
    Shot("tin-bai", "/tin-tuc/", PHONE, follow="text=Ngày khai giảng ở mười hai điểm trường"),
    Shot("van-ban", "/van-ban/"),
    Shot("van-ban-dien-thoai", "/van-ban/?q=cai+cach", PHONE, dark=True),
    Shot("mot-van-ban", "/van-ban/?q=88/TB", follow=FIRST),
    Shot("cai-cach-hanh-chinh", "/cai-cach-hanh-chinh/", PHONE),
    Shot("ke-hoach", "/cai-cach-hanh-chinh/", follow="a[href*='/118-kh-']"),
    Shot("ke-hoach-nhiem-vu", "/cai-cach-hanh-chinh/", dark=True, follow="a[href*='/45-kh-']", at="#nhiem-vu"),
    Shot("don-vi", "/don-vi/", PHONE),
    Shot("mot-don-vi", "/don-vi/truong-tieu-hoc-cau-xanh/"),
    Shot("phan-anh", "/phan-anh-kien-nghi/"),
    Shot("mot-phan-anh", "/phan-anh-kien-nghi/", PHONE, dark=True, follow=FIRST),
    Shot("gui-phan-anh", "/phan-anh-kien-nghi/gui/linh-vuc/", PHONE),
    Shot("bien-nhan", "/", PHONE, act=receipt),
    Shot("tim-kiem", "/tim-kiem/?q=tuyen+sinh", dark=True),
    Shot("lich-tuan", "/lich/tuan-nay/"),
    Shot("su-kien", "/lich/", PHONE, follow="text=Họp phụ huynh đầu học kỳ hai"),
    Shot("hoc-lieu", "/hoc-lieu/"),
    Shot("hoi-dap", "/hoi-dap/", PHONE, dark=True),
    Shot("khong-tim-thay", "/tin-tuc/hoc-ba-so/", PHONE),
    Shot("album", "/tin-tuc/", PHONE, follow="text=Ngày khai giảng ở mười hai điểm trường", at="#album"),
    Shot("trang-noi-dung", f"/gioi-thieu/{GUIDE_SLUG}/"),
    Shot("trang-noi-dung-dien-thoai", f"/gioi-thieu/{GUIDE_SLUG}/", PHONE, dark=True, at=".table--cards"),
    Shot("tim-kiem-goi-y", "/tim-kiem/", PHONE, act=suggestions),
    Shot("su-kien-lap-lai", "/lich/", follow="text=Tiếp công dân định kỳ của Giám đốc"),
    Shot("lich-tuan-cua-truong", "/lich/?xem=tuan&don-vi=truong-tieu-hoc-cau-xanh", PHONE, follow=FIRST),
    Shot("nam-cai-cach", "/cai-cach-hanh-chinh/nam-2026/", dark=True),
    Shot("so-do-to-chuc", "/gioi-thieu/so-do-to-chuc/", PHONE),
    Shot("y-kien", "/tin-tuc/", PHONE, follow="text=Trường học không giấy", at="#y-kien"),
    Shot("so-lieu", "/phan-anh-kien-nghi/thong-ke/", dark=True),
    Shot("du-lieu-mo", "/du-lieu-mo/"),
    Shot("thu-tuc", "/thu-tuc-hanh-chinh/?q=chuyen+truong"),
    Shot("mot-thu-tuc", "/thu-tuc-hanh-chinh/ma/9.000001/", PHONE),
    Shot(
        "chuan-bi-ho-so",
        "/thu-tuc-hanh-chinh/ma/9.000001/",
        PHONE,
        dark=True,
        follow="text=Chuẩn bị hồ sơ trước khi đi",
    ),
    Shot("niem-yet", "/thu-tuc-hanh-chinh/niem-yet/"),
    Shot("phieu-khao-sat", "/", PHONE, act=sheet),
    Shot("ban-bien-tap", LOGIN, act=as_officer("bientap")),
    Shot("thong-bao-noi-bo", LOGIN, PHONE, act=as_officer("baocao", "/thong-bao-noi-bo/", FIRST)),
    Shot("cho-duyet", LOGIN, act=as_officer("duyetdang", "/quan-tri/cho-duyet/")),
    Shot("ket-qua-khao-sat", LOGIN, act=as_officer("khaosat", "/quan-tri/khao-sat/")),
)


def take(browser, base: str, shot: Shot) -> bytes:
    """Return the picture as WebP."""
    size = {"width": shot.width, "height": HEIGHTS[shot.width]}
    scheme = "dark" if shot.dark else "light"
    context = browser.new_context(base_url=base, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(shot.address)
    if shot.follow:
        page.locator(shot.follow).first.click()
    if shot.act:
        shot.act(page)
    page.wait_for_load_state("networkidle")
    if shot.at:
        page.locator(shot.at).first.evaluate("place => place.scrollIntoView()")
        page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    context.close()
    return small(picture.convert("RGB"))


def small(picture: Image.Image) -> bytes:
    """Return ``picture`` as the best WebP that keeps to MOST_BYTES: letters stay sharpest with few colours."""
    packed = io.BytesIO()
    few = picture.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.convert("RGB").save(packed, "WEBP", lossless=True, method=6)
    if packed.tell() <= MOST_BYTES:
        return packed.getvalue()
    for quality in range(80, 10, -10):
        packed = io.BytesIO()
        picture.save(packed, "WEBP", quality=quality, method=6)
        if packed.tell() <= MOST_BYTES:
            break
    return packed.getvalue()


def main() -> None:
    """Take all pictures, or those that are named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="tên ảnh; để trống là mọi ảnh")
    parser.add_argument("--base", default=f"http://127.0.0.1:{os.environ.get('PORT', '8000')}")
    options = parser.parse_args()
    TARGET.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        for shot in SHOTS:
            if not options.names or shot.name in options.names:
                packed = take(browser, options.base, shot)
                (TARGET / f"{shot.name}.webp").write_bytes(packed)
                sys.stdout.write(f"{shot.name}.webp {len(packed) / 1000:.0f} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
