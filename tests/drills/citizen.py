"""A citizen with a plain browser: forms filled by the labels they read, over real HTTP."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup

from tests.drills.portal import Portal

FORM = "/phan-anh-kien-nghi/gui/"
FOLLOW = "/phan-anh-kien-nghi/tra-cuu/"
PHONE = "0912 345 678"
TITLE = "Cổng trường không có gờ giảm tốc"
BODY = "Xe chạy nhanh trước cổng vào giờ tan học. Đề nghị đặt gờ giảm tốc và biển báo."
PAPER = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Citizen:
    """One person's cookies, and the page they look at."""

    portal: Portal
    session: requests.Session = field(default_factory=requests.Session)
    page: BeautifulSoup | None = None
    address: str = ""

    def open(self, path: str) -> BeautifulSoup:
        """Go to ``path``."""
        return self._look(self.session.get(urljoin(self.portal.url, path), timeout=30))

    def named(self, label: str) -> str:
        """Return the name of the field whose label begins with ``label``."""
        for each in self.page.select("main label"):
            if each.get_text(" ", strip=True).startswith(label):
                found = (
                    self.page.find(id=each["for"]) if each.get("for") else each.find(["input", "select", "textarea"])
                )
                return found["name"]
        raise AssertionError(f"no field {label!r} on {self.address}:\n{self.page.get_text(' ', strip=True)[:500]}")

    def form(self, answers: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
        """Return where the page's POST form goes and what it would send with ``answers``, by labels."""
        form = self.page.select_one("main form[method=post]")
        given = {self.named(label): value for label, value in answers.items()}
        sent = [(each["name"], each.get("value", "")) for each in form.select("input[type=hidden][name]")]
        sent += [(each["name"], each["value"]) for each in form.select("input[type=radio][checked]")]
        sent = [(name, value) for name, value in sent if name not in given]
        return urljoin(self.address, form.get("action") or self.address), sent + list(given.items())

    def send(self, answers: dict[str, str], *, files=None, follow: bool = True) -> requests.Response:
        """Fill the page's form and send it; the next page is looked at unless ``follow`` is False."""
        target, data = self.form(answers)
        answer = self.session.post(target, data=data, files=files, timeout=60, allow_redirects=follow)
        if follow:
            self._look(answer)
        return answer

    def _look(self, answer: requests.Response) -> BeautifulSoup:
        assert answer.status_code == 200, (
            f"{answer.request.method} {answer.url}: {answer.status_code}\n{self.portal.log}"
        )
        self.page, self.address = BeautifulSoup(answer.text, "html.parser"), answer.url
        problem = self.page.select_one(".error-summary")
        assert problem is None, problem.get_text(" ", strip=True)
        return self.page

    # --- what a citizen does ----------------------------------------------------------------

    def fill_up_to_review(self) -> dict[str, str]:
        """Go through the form to its last page and return the answers that this page needs."""
        self.open(FORM + "linh-vuc/")
        options = self.page.select("select option[value]")
        category = next(each["value"] for each in options if each["value"])
        self.send({"Lĩnh vực": category})
        self.send({"Tiêu đề": TITLE, "Nội dung": BODY})
        self.send({}, files=[("files", ("ghi-chu.pdf", PAPER, "application/pdf"))])
        self.send({"Số điện thoại": PHONE, self._label_of("agree_handle"): "on"})
        return {"Mã xác nhận": self.captcha()}

    def _label_of(self, name: str) -> str:
        box = self.page.select_one(f"input[name={name}]")
        return self.page.select_one(f"label[for={box['id']}]").get_text(" ", strip=True)

    def captcha(self) -> str:
        key = self.page.select_one("input[name=captcha_0]")["value"]
        question = f"from captcha.models import CaptchaStore; print(CaptchaStore.objects.get(hashkey={key!r}).response)"
        return self.portal.manage("shell", "-v", "0", "-c", question).strip().splitlines()[-1]

    def receipt(self) -> tuple[str, str]:
        """Return the reference and the tracking code that the confirmation shows."""
        self.open(FORM + "xong/")
        return tuple(
            self.page.select_one(f"[data-testid={each}]").get_text(strip=True)
            for each in ("case-reference", "tracking-code")
        )

    def follow(self, code: str) -> str:
        """Return what the follow page says about ``code`` to its sender."""
        self.open(FOLLOW)
        self.send({"Mã theo dõi": code, "4 số cuối": PHONE.replace(" ", "")[-4:]})
        return self.page.get_text(" ", strip=True)
