"""Looking a dossier up: what the code alone tells, what the second datum adds, and that a wrong code says nothing."""

import re
from datetime import date, time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
import time_machine

from cms.core.models import AgencySettings, RateWindow
from procedures.enums import DossierState, PauseKind
from procedures.models import Dossier, DossierApplicant, DossierStep, ProcedurePlace, ReceivingPlace
from tests.procedures.counted import at, row, store
from tests.procedures.late import NAME as LATE_NAME
from tests.procedures.late import NOW, LateSite

pytestmark = pytest.mark.django_db
PAGE = "/tra-cuu-ho-so/"
CODE = "000.00.12.H26-260302-0001"
NAME, PHONE, MAIL, ADDRESS = "Trần Thị Bưởi", "0912 345 678", "buoi@thu.example.vn", "12 ngõ Mẫu"
PRIVATE = (NAME, "Bưởi", "345 678", "345678", MAIL, ADDRESS)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-03-05 09:00 +0700", tick=False):
        yield


def kept(received: date = date(2026, 3, 2), due: date | None = date(2026, 3, 16), **fields) -> Dossier:
    """Return a stored dossier with its applicant and two inner steps, the first of them done."""
    store(row(received, due=due, code=CODE, papers="Đơn xin chuyển trường\nHọc bạ", **fields))
    dossier = Dossier.objects.get(code=CODE)
    DossierApplicant.objects.create(dossier=dossier, name=NAME, phone=PHONE, email=MAIL, address=ADDRESS)
    done = {"started_at": at(received), "ended_at": at(date(2026, 3, 3))}
    DossierStep.objects.create(dossier=dossier, number=1, unit_name="Bộ phận Một cửa", work="Nhận hồ sơ", **done)
    DossierStep.objects.create(dossier=dossier, number=2, unit_name="Phòng Trung học", work="Thẩm định")
    return dossier


def ask(client: Client, code: str, second: str = ""):
    return client.post(PAGE, {"code": code, "second": second})


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_page_asks_for_the_code_and_is_never_stored(client):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Mã hồ sơ" in text_of(answer)


def test_the_receipt_leads_here_with_the_field_filled_and_nothing_told(client):
    kept()
    answer = client.get(PAGE, {"ma": CODE})
    assert f'value="{CODE}"' in text_of(answer)
    assert "Thẩm định" not in text_of(answer)
    assert client.get(PAGE, {"ma": '"><b>' + "x" * 500}).status_code == 200


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE} ", CODE.replace("-", "–"), CODE.replace("-", " - ")])
def test_the_code_alone_shows_state_steps_and_the_day_with_its_reason(client, typed):
    kept()
    answer = ask(client, typed)
    text = text_of(answer)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    for shown in ("Đang xử lý", "16/03/2026", "Đã xong 1 trên 2 bước", "Xong ngày 03/03/2026", "Phòng Trung học"):
        assert shown in text
    assert [word for word in (*PRIVATE, "Học bạ") if word in text] == []


def test_a_dossier_that_is_over_is_not_told_to_have_its_steps_before_it(client):
    over = kept(state=DossierState.RETURNED, ended=date(2026, 3, 4))
    text = text_of(ask(client, CODE))
    assert "Xong ngày 03/03/2026" in text
    assert "Không ghi ngày" in text
    assert "Chưa làm" not in text
    over.steps.update(started_at=None, ended_at=None)
    text = text_of(ask(client, CODE))
    assert "Thẩm định" not in text
    assert "trên 2 bước" not in text


def test_a_computed_day_is_explained_day_by_day(client):
    dossier = kept(time_quantity=5, time_unit="working_day")
    Dossier.objects.filter(pk=dossier.pk).update(due_on=date(2026, 3, 9), due_source="computed")
    text = text_of(ask(client, CODE))
    assert text.count("day--work") + text.count("day--due") == 5
    assert "thứ Hai, 09/03/2026" in text.replace("Thứ Hai", "thứ Hai") or "09/03/2026" in text


def test_with_the_phone_one_reads_what_was_asked_but_never_who(client):
    dossier = kept(state=DossierState.NEED_SUPPLEMENT)
    dossier.pauses.create(
        kind=PauseKind.SUPPLEMENT, asked="Bản sao học bạ có chứng thực", began_at=at(date(2026, 3, 4))
    )
    alone = text_of(ask(client, CODE))
    assert "Cơ quan đang chờ người nộp" in alone
    assert "có chứng thực" not in alone
    for second in ("5678", "56 78", "0912.345.678"):
        text = text_of(ask(client, CODE, second))
        assert "có chứng thực" in text
        assert "Học bạ" in text
        assert [word for word in PRIVATE if word in text] == []


@pytest.mark.parametrize("second", ["9999", "678", "x5678", "٥٦٧٨", "\x00", MAIL])
def test_a_wrong_phone_opens_nothing_more_and_says_so(client, second):
    kept(end_reason="Thiếu học bạ bản chính", state=DossierState.REFUSED, ended=date(2026, 3, 4))
    text = text_of(ask(client, CODE, second))
    assert "Thiếu học bạ bản chính" not in text
    assert "Thiếu học bạ bản chính" in text_of(ask(client, CODE, "5678"))


def test_whoever_was_erased_is_never_matched(client):
    DossierApplicant.objects.filter(dossier=kept()).delete()
    assert "Giấy tờ đã nộp" not in text_of(ask(client, CODE, "5678"))


def test_a_new_appointment_is_said_with_the_first_one(client):
    kept(reappointed_on=date(2026, 3, 20))
    text = text_of(ask(client, CODE))
    assert "Cơ quan xin lỗi và hẹn lại" in text
    assert "16/03/2026" in text
    assert "20/03/2026" in text


WRONG = (
    "000.00.12.H26-260302-0002",
    "000.00.12.H26-260302",
    "0001",
    "x",
    "é" * 60,
    "'; drop table",
    "000.00.12.H26-260302-0001 %",
)


def wrong_pages():
    pages, works = set(), set()
    kept()
    ask(Client(), "khong-co")  # what is cached for everybody is cached now
    for code in WRONG:
        RateWindow.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            answer = ask(Client(), code)
        text = re.sub(r'(csrfmiddlewaretoken" value=|name="code" value=)"[^"]*"', r"\1", text_of(answer))
        pages.add((answer.status_code, text))
        works.add(tuple(re.sub(r"'(?:[^']|'')*'|\d+", "?", query["sql"]) for query in asked.captured_queries))
    return pages, works


def test_all_wrong_codes_get_one_page_for_the_same_work():
    pages, works = wrong_pages()
    assert [status for status, _text in pages] == [422]
    assert "Không tìm thấy hồ sơ nào" in next(iter(pages))[1]
    assert len(works) == 1


def test_no_code_is_told_beside_the_field_and_is_no_wrong_try(client):
    answer = ask(client, " ")
    assert answer.status_code == 422
    assert "Gõ mã hồ sơ" in text_of(answer)
    assert not RateWindow.objects.filter(limit="dossier_wrong_code").exists()


def test_trying_codes_in_a_row_is_stopped_even_for_a_right_one(client):
    kept()
    for number in range(15):
        ask(client, f"000.00.12.H26-260302-{number + 500:04d}")
    answer = ask(client, CODE)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_guessing_the_phone_is_limited_from_any_address():
    kept()
    for number in range(5):
        ask(Client(REMOTE_ADDR=f"10.0.0.{number}"), CODE, "1111")
    assert ask(Client(REMOTE_ADDR="10.0.1.1"), CODE, "5678").status_code == 429
    assert ask(Client(REMOTE_ADDR="10.0.1.1"), CODE).status_code == 200


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DossierState.REGISTERED, "Chưa có ngày hẹn trả"),
        (DossierState.COMPLETED, "Mang giấy tiếp nhận"),
        (DossierState.WITHDRAWN, "không có kết quả để nhận"),
    ],
)
def test_every_state_says_what_to_do(client, state, said):
    ended = None if state == DossierState.REGISTERED else date(2026, 3, 4)
    kept(state=state, ended=ended)
    assert said in text_of(ask(client, CODE))


class WhereToComeTest(LateSite):
    """On a phone, before a closed door or a form that came back: where, until when, whom to call."""

    def shown(self, state):
        Dossier.objects.filter(pk=self.dossier.pk).update(state=state, completed_at=at(date(2026, 3, 4)))
        return text_of(ask(self.client, self.dossier.code))

    def test_whoever_must_come_reads_where_and_when_and_may_call(self):
        place = ReceivingPlace.objects.create(name="Quầy số 7", address="Số 7", hours="Sáng 7h30", phone="0299 1")
        ProcedurePlace.objects.create(page=self.page, place=place)
        for state in (DossierState.NEED_SUPPLEMENT, DossierState.NEED_PAYMENT, DossierState.COMPLETED):
            text = self.shown(state)
            assert [words for words in ("Quầy số 7", "Sáng 7h30", 'href="tel:02991"') if words not in text] == [], state
        assert "Quầy số 7" not in self.shown(DossierState.IN_PROGRESS)
        self.page.unpublish()
        assert "Quầy số 7" not in self.shown(DossierState.COMPLETED), "the page of the procedure is not public"

    def test_nobody_is_asked_to_come_for_what_is_sent(self):
        place = ReceivingPlace.objects.create(name="Quầy số 7", address="Số 7")
        ProcedurePlace.objects.create(page=self.page, place=place)
        for channel, said in (("post", "sẽ được gửi qua bưu chính"), ("online", "được trả trên mạng")):
            Dossier.objects.filter(pk=self.dossier.pk).update(return_channel=channel)
            text = self.shown(DossierState.COMPLETED)
            assert said in text
            assert [words for words in ("mời đến nhận", "Mang giấy tiếp nhận", "Quầy số 7") if words in text] == []

    def test_without_a_known_place_the_office_is_called(self):
        agency = AgencySettings.load()
        agency.phone = "0299 2"
        agency.save()
        assert f'{agency.one_stop_name}. Điện thoại: <a href="tel:02992">' in self.shown(DossierState.COMPLETED)
        assert '<a href="tel:02992">0299 2</a></p></section>' in text_of(self.client.get(PAGE))


def test_an_hour_of_the_appointment_is_told(client):
    kept(due_time=time(10, 30))
    assert "16/03/2026 lúc 10:30" in text_of(ask(client, CODE))


@time_machine.travel(NOW, tick=False)
class ApologyTest(LateSite):
    def test_an_apology_that_went_out_is_told_with_its_reason_and_never_the_person(self):
        assert "Cơ quan xin lỗi" not in text_of(ask(self.client, self.dossier.code))
        self.sent(blame_note="KIN-TRACHNHIEM")
        text = text_of(ask(self.client, self.dossier.code))
        assert "Cơ quan xin lỗi và hẹn lại" in text
        assert "Trường nơi chuyển đến chưa trả lời." in text
        assert [word for word in (LATE_NAME, "KIN-TRACHNHIEM") if word in text] == []
