"""One page of every type on the narrowest phone: what scrolls sideways there, whatever the size of its letters."""

from django.apps import apps
from django.db.models.functions import Length

from cms.core.models import BasePage, Unit
from cms.library.models import MaterialPage
from cms.official_documents.models import OfficialDocumentPage
from feedback.models import PublicCase
from tests.browser.pages import citizen
from tests.browser.pages.screen import go

NARROWEST = 360


def sticking_out(page) -> list[str]:
    """Return the addresses that scroll sideways on the narrowest phone, everything folded in them opened."""
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    return [address for address in one_of_every_type() if sticks_out(page, address)]


def one_of_every_type() -> list[str]:
    """Addresses: of each page type one page, the longest number, name or title first; and of every service."""
    types = [model for model in apps.get_models() if issubclass(model, BasePage)]
    found = [model.objects.live().public().order_by(Length("title").desc()).first() for model in types]
    pages = [page.url for page in found if page]
    school = f"/don-vi/{Unit.objects.get(code='TH-CX').slug}/"
    drafts = [page.url for page in OfficialDocumentPage.objects.live().exclude(consult_until=None)]
    return [
        *(*pages, *drafts, PublicCase.objects.public().first().get_absolute_url(), f"{school}noi-tiep-nhan/"),
        *(MaterialPage.objects.live().first().handout_url, "/so-do-trang/", "/tim-kiem/?q=cai+cach", citizen.FOLLOW),
        *(citizen.FORM, f"{citizen.FORM}linh-vuc/", "/lich/?xem=tuan"),
    ]


def sticks_out(page, address: str) -> bool:
    """Open ``address`` and everything folded in it; say whether it scrolls sideways."""
    go(page, address)
    page.locator("main details").evaluate_all("all => all.forEach(each => { each.open = true; })")
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
