"""No page costs more than the budget: 60 kB without its pictures, 12 requests, for the first view on a phone.

A picture is a request of the first view when it lies in the window, or is not lazy. How far below the window a browser
begins to fetch lazy ones is its own business.
"""

import random
import re
import zlib
from urllib.parse import urlsplit

import brotli
import pytest

from tests.browser.pages.looking import SEED

MOST_BYTES, MOST_REQUESTS = 60_000, 12
# Static text leaves brotli-compressed (WhiteNoise); the test server sends it plain.
STATIC_TEXT = (".css", ".js", ".svg")
FIRST_VIEW = """all => all.filter(each => each.getBoundingClientRect().top < innerHeight || each.loading !== "lazy")
  .map(each => each.currentSrc)"""
PICTURES = ("image/avif", "image/webp", "image/jpeg", "image/png", "image/gif")
# Beside the map of the site: addresses of services, and lists with everything a reader may set.
MORE = (
    *("/tim-kiem/?q=ke+hoach", "/phan-anh-kien-nghi/gui/", "/phan-anh-kien-nghi/tra-cuu/", "/so-do-trang/"),
    *("/phan-anh-kien-nghi/gui/linh-vuc/", "/van-ban/?loai=ke-hoach", "/khong-co-trang-nay/"),
)


@pytest.fixture
def addresses(portal, open_page):
    """Every address that the site's own map names, and the services'."""
    answer = open_page().request.get("/sitemap.xml")
    listed = [urlsplit(found).path for found in re.findall(r"<loc>([^<]+)</loc>", answer.text())]
    assert len(listed) > 50
    return [*dict.fromkeys(listed), *MORE]


def cost(open_page, address) -> tuple[int, int]:
    """Open ``address`` anew on a phone; return bytes without pictures, and requests of the first view."""
    page = open_page(width=360, height=800)
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - playwright takes no built-in
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = [(answer.url, answer.headers, answer) for answer in answers if answer.status != 304]
    weighed = sum(weight(url, headers, answer) for url, headers, answer in found)
    seen = page.locator("img:visible").evaluate_all(FIRST_VIEW)
    page.context.close()
    return weighed, sum(not is_picture(headers) or url in seen for url, headers, _answer in found)


def is_picture(headers) -> bool:
    return headers.get("content-type", "").split(";")[0] in PICTURES


def weight(url, headers, answer) -> int:
    if is_picture(headers):
        return 0
    body = answer.body()
    if urlsplit(url).path.endswith(STATIC_TEXT):
        return len(brotli.compress(body))
    # The browser hands out the body unpacked; what travelled was gzip where the header says so.
    return len(zlib.compress(body, 6)) if headers.get("content-encoding") == "gzip" else len(body)


def over(open_page, addresses) -> list[str]:
    found = []
    for address in addresses:
        weighed, requests = cost(open_page, address)
        if weighed > MOST_BYTES or requests > MOST_REQUESTS:
            found.append(f"{address}: {weighed} bytes, {requests} requests")
    return found


def test_a_tenth_of_the_pages_is_light(addresses, open_page, faults):
    faults.allow("status of 404")
    heavy = [address for address in addresses if "118-kh-" in address or "ngay-khai-giang" in address]
    picked = random.Random(SEED).sample(addresses, len(addresses) // 10)
    assert over(open_page, dict.fromkeys([*heavy, "/", *picked])) == []


@pytest.mark.whole
def test_every_page_is_light(addresses, open_page, faults):
    faults.allow("status of 404")
    assert over(open_page, addresses) == []
