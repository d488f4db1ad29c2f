"""Letters of apology and the page of the one-stop desk, as readers and the desk meet them."""

from django.urls import reverse

from procedures.enums import ApologyState
from procedures.models import Apology, Dossier
from procedures.models.apologies import apologies_wanted
from tests.browser.pages.dossier_states import OPENED
from tests.browser.pages.screen import go

LIST = "/thu-xin-loi/"
BACKWARDS = "?tu=2026-12-01&den=2026-01-01"


def reading_apologies(page):
    """The list, narrowed, without a match and asked for nonsense; who is at the counter; certified copies."""
    for query, status in (("", 200), ("?loai=mistake", 200), ("?loai=late_again", 200), (BACKWARDS, 400)):
        go(page, LIST + query, status)
        yield f"thư xin lỗi {query}"
    go(page, "/gioi-thieu/mot-cua/")
    yield "một cửa, lịch trực"
    go(page, "/chung-thuc-ban-sao-dien-tu/")
    yield "chứng thực bản sao điện tử"


def apologising(page):
    """motcua: the queues, a letter written wrongly and rightly, one letter of each state, the roster."""
    index = reverse("apology:index")
    for name in ("", "?hang=da-gui", "?hang=da-bo"):
        go(page, index + name)
        yield f"thư xin lỗi ở bàn việc {name}"
    wanted = apologies_wanted().first() or Dossier.objects.open().first()
    go(page, reverse("apology:write", args=[wanted.pk]))
    yield "viết thư xin lỗi"
    page.get_by_role("button", name="Lưu và xem thư").click()
    page.locator("main .error-message").first.wait_for()
    yield "viết thư xin lỗi, sai"
    for state in ApologyState:
        letter = Apology.objects.in_state(state).first()
        if letter is not None:
            go(page, reverse("apology:open", args=[letter.pk]))
            page.locator("main details").evaluate_all(OPENED)
            yield f"thư xin lỗi, {letter.get_state_display()}"
    for name in ("duty_officers", "duty_turns", "duty_swaps"):
        for screen in ("index", "add"):
            go(page, reverse(f"{name}:{screen}"))
            yield f"{name} {screen}"
