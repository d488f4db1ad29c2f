"""The whole visit: an office publishes its papers, a citizen writes, is answered, and everybody can read it."""

import csv
import re
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from django.core import mail
from django.utils import timezone

import openpyxl
import pytest
from playwright.sync_api import expect

from cms.core.models import ImportRun, OutboxMail
from cms.core.services.outbox import mails_send_due
from cms.core.worker import PortalWorker
from cms.demo.services.people import agency_seed, people_seed, units_seed
from feedback.enums import CaseOutcome
from feedback.models import Case
from tests.browser.pages.citizen import Follow, Followed, send_case
from tests.browser.pages.office import Desk, Explorer, Listed, PageEditor, Upload
from tests.browser.pages.reader import Plan, Plans, PublishedCases, Register, Search
from tests.browser.pages.screen import go
from tests.conftest import PASSWORD
from tests.files.make_samples import samples
from tests.files.real import real_file
from tests.media.files import picture

DOCUMENTS, PLANS = ("Văn bản", "Nhập văn bản"), ("Kế hoạch", "Nhập kế hoạch")
CASE = {
    "category": "Cơ sở vật chất",
    "unit": "Trường Tiểu học Cầu Xanh",
    "title": "Nhà vệ sinh khu B không có nước",
    "body": "Ba ngày nay khu B không có nước. Xin gọi cho tôi, Nguyễn Thị Bòng, số 0912 345 678, để xem tận nơi.",
    "name": "Nguyễn Thị Bòng",
    "phone": "0912 345 678",
    "email": "bong.nguyen@thu.example.vn",
    "address": "Số 9 ngõ 12 phố Hàng Bè, phường Trung Tâm",
}
ANSWER = "Trường đã thay máy bơm hỏng và kiểm tra lại đường nước của khu B. Cảm ơn ông bà đã báo."
# Each by itself tells who wrote; none may be seen by anybody who is not of the office.
TRACES = ("Bòng", "0912 345 678", "0912345678", "bong.nguyen", "ngõ 12")


@dataclass(frozen=True)
class Papers:
    """What the office brings, and what a reader must find of it."""

    documents: Path
    plan: Path
    plan_number: str
    asked_number: str
    printed_numbers: list[str]
    doubled_numbers: list[str]
    cut_titles: int

    def rows(self) -> list[dict[str, str]]:
        """The documents of the file, read without our importer."""
        if self.documents.suffix == ".csv":
            with self.documents.open(newline="", encoding="utf-8") as lines:
                found = [list(row) for row in csv.reader(lines)]
        else:
            sheet = openpyxl.load_workbook(self.documents, read_only=True).active
            found = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        return [dict(zip(("number", "day", "title"), row, strict=False)) for row in found[1:] if any(row)]


@pytest.fixture
def papers(tmp_path):
    """The department's own files; where they are not at hand, samples, and it is said aloud."""
    try:
        documents, plan = real_file("van_ban_cchc.xlsx"), real_file("ke-hoach-21.docx")
    except pytest.skip.Exception as absent:
        warnings.warn(f"chuyến đi chạy với tệp mẫu: {absent}", stacklevel=1)
        for name in ("van_ban_tot.csv", "ke_hoach_tot.docx"):
            (tmp_path / name).write_bytes(samples()[name])
        mine = (tmp_path / "van_ban_tot.csv", tmp_path / "ke_hoach_tot.docx")
        return Papers(*mine, "08/KH-PGDĐT", "08/KH-PGDDT", ["1", "2"], [], 0)
    return Papers(documents, plan, "21/KH-GD&ĐT", "21/KH-GDĐT", list("1234557"), ["1078/BC-SGDĐT"], 22)


@pytest.fixture
def office(site_tree):
    """The agency with its rooms, schools and people."""
    agency_seed()
    units_seed()
    people_seed(password=PASSWORD)


@pytest.fixture
def worker():
    """Let the worker work, as the process beside the site does, until no file is being read or written."""
    portal_worker = PortalWorker(name="visit", interval=0)

    def work() -> None:
        while any(run.is_working for run in ImportRun.objects.all()):
            assert portal_worker.turn(), "the worker has nothing to do, and a file still waits"

    return work


@pytest.fixture
def sign_in(log_in):
    """Return the page of an officer, signed in once."""
    pages = {}

    def page_of(username):
        if username not in pages:
            pages[username] = log_in(username, PASSWORD)
        return pages[username]

    return page_of


def test_the_whole_visit(papers, office, worker, sign_in, open_page, tmp_path):
    documents_arrive(sign_in, worker, papers)
    plan_arrives(sign_in, worker, papers)
    reader = open_page()
    papers_are_found(reader, papers)
    citizen = open_page(width=360, height=740)
    reference, code = case_is_sent(citizen, tmp_path)
    case = Case.objects.get(reference=reference)
    case_is_answered(sign_in)
    case_is_published(sign_in)
    case_is_read(reader, case)
    case_is_followed(citizen, code, case)
    mails_leave(case, code)


def documents_arrive(sign_in, worker, papers):
    """The editor imports the register; the publisher looks at it and lets it out."""
    editor = sign_in("bientap")
    run = Upload.open(editor, *DOCUMENTS).send(papers.documents)
    if run.is_reading:
        run.wait_for(worker, "Xác nhận nhập")
    rows = papers.rows()
    assert run.counts[:4] == [len(rows), 0, 0, 0]
    [cut] = [remark for remark in run.remarks if "bị cắt" in remark]
    assert cut.startswith(f"{papers.cut_titles} dòng (")
    assert all(any(number in remark for remark in run.remarks) for number in papers.doubled_numbers)
    run.confirm(worker)
    reader = sign_in("duyetdang")
    go(reader, Register.address)
    assert Register(reader).entries == [], "an editor's import waits for the publisher"
    Explorer.open(reader, "Văn bản").publish_all()
    assert len(Register.open(reader).entries) == min(20, len(rows))


def plan_arrives(sign_in, worker, papers):
    """The editor imports the plan and hands it to moderation; the publisher agrees; it is live."""
    editor, publisher = sign_in("bientap"), sign_in("duyetdang")
    run = Upload.open(editor, *PLANS).send(papers.plan)
    if run.is_reading:
        run.wait_for(worker, "Xác nhận nhập")
    run.confirm(worker)
    run.to_the_list()
    screen = Listed(editor).edit(papers.plan_number)
    address = screen.address
    screen.submit()
    assert Plans.open(publisher).entries == []
    go(publisher, address)
    PageEditor(publisher).approve()
    Plans.open(publisher).open_entry()
    assert Plan(publisher).printed_numbers == papers.printed_numbers
    expect(publisher.get_by_role("main")).to_contain_text(papers.plan_number)


def papers_are_found(reader, papers):
    """The site's search and the register's filters find what was imported."""
    found = Search.open(reader, q=papers.asked_number)
    found.open_entry()
    assert Plan(reader).printed_numbers == papers.printed_numbers
    assert Search.open(reader, q="cai cach hanh chinh").entries
    years = Counter(row["day"][:4] for row in papers.rows() if "/KH-" in row["number"] and row["day"][:4].isdigit())
    for year, count in years.items():
        listed = Register.open(reader, loai="ke-hoach", nam=year)
        expect(listed.main).to_contain_text(f"{count} văn bản")
    wanted = papers.rows()[-1]
    assert any(wanted["title"][:30] in entry for entry in Register.open(reader, q=wanted["number"]).entries)


def case_is_sent(citizen, tmp_path):
    """A citizen on a phone writes, with a picture."""
    photo = tmp_path / "khu-b.jpg"
    photo.write_bytes(picture("JPEG"))
    receipt = send_case(citizen, files=[photo], **CASE)
    reference, code = receipt.reference, receipt.code
    assert re.fullmatch(r"PA-\d{4}-\d{6}", reference)
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", code)
    return reference, code


def case_is_answered(sign_in):
    """Received, given, worked on, answered, and approved by somebody else."""
    clerk, officer, leader = (sign_in(name) for name in ("tiepnhan", "xuly", "lanhdao"))
    desk = Desk.open(clerk, queue="new").case(CASE["title"])
    desk.step("accept", "Tiếp nhận")
    desk.step("assign", "Giao người xử lý", {"Người xử lý": "Hoàng Văn Lý"})
    mine = Desk.open(officer, queue="mine").case(CASE["title"])
    expect(mine.main.get_by_role("link", name="khu-b.jpg")).to_be_visible()
    mine.step("start", "Bắt đầu xử lý")
    mine.write_answer(ANSWER, str(CaseOutcome.ACCEPTED_AND_FIXED.label))
    assert "approve" not in mine.steps, "nobody approves what they wrote"
    Desk.open(leader, queue="approval").case(CASE["title"]).step("approve", "Duyệt và trả lời người gửi")


def case_is_published(sign_in):
    """The officer makes the public copy and hands it to the workflow; the leader lets it out."""
    officer, leader = sign_in("xuly"), sign_in("lanhdao")
    Desk.open(officer, queue="publish").case(CASE["title"]).step("public", "Soạn bản công khai")
    draft = PageEditor(officer)
    shown = " ".join(officer.locator(f"[name={name}]").input_value() for name in ("title", "question", "answer"))
    assert "[đã che" in shown
    assert not [trace for trace in TRACES if trace in shown]
    address = draft.address
    draft.submit()
    assert PublishedCases.open(leader).entries == []
    go(leader, address)
    PageEditor(leader).approve()


def case_is_read(reader, case):
    """List, page and search show it, and never who wrote."""
    listed = PublishedCases.open(reader)
    assert CASE["title"] in listed.entries
    pages = [reader.content()]
    listed.follow(CASE["title"])
    expect(reader).to_have_url(re.compile(f"/phan-anh-kien-nghi/{case.reference}/$"))
    expect(reader.get_by_role("main")).to_contain_text("thay máy bơm")
    pages.append(reader.content())
    assert CASE["title"] in Search.open(reader, q="nha ve sinh khu b").entries
    pages.append(reader.content())
    for trace in TRACES:
        assert Search.open(reader, q=trace).entries == []
    assert not [trace for trace in TRACES for page in pages if trace in page]


def case_is_followed(citizen, code, case):
    """With the code alone: state, dates and the answer."""
    Follow.open(citizen).ask(code)
    told = Followed(citizen)
    assert told.state == "Đã trả lời"
    expect(told.main).to_contain_text(ANSWER)
    expect(told.main).to_contain_text(timezone.localtime(case.received_at).strftime("%d/%m/%Y"))
    assert code not in citizen.url


def mails_leave(case, code):
    """Receipt and answer wait in the outbox until the worker's job sends them; no mail carries the code."""
    waiting = OutboxMail.objects.filter(reference__case=case.reference, state="waiting")
    assert {"case_receipt", "case_answer"} <= set(waiting.values_list("kind", flat=True))
    mails_send_due()
    mine = [each for each in mail.outbox if each.to == [CASE["email"]]]
    assert any("Đã nhận phản ánh" in each.subject for each in mine)
    assert any(ANSWER in each.body for each in mine)
    assert not [each for each in mail.outbox if code in each.subject + each.body]
    assert not waiting.exists()
