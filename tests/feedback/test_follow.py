"""Following a case: what the code opens, what only the sender sees, and that a wrong code says nothing."""

import re
import secrets
import time

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest

from cms.core.models import RateWindow
from feedback import factories
from feedback.codes import grouped
from feedback.enums import CaseState
from feedback.models import Case, DeadlineProfile, Message
from feedback.services.identity import sender_matches, sender_reveal
from feedback.services.moves import NotAllowedError
from feedback.services.submission import case_submit
from feedback.services.triage import case_quarantine
from tests.feedback.walk import FOLLOW

pytestmark = pytest.mark.django_db
PHONE, MAIL, NAME = "0345", factories.ENTRY.email, factories.ENTRY.name
PRIVATE = [factories.ENTRY.name, factories.ENTRY.phone, factories.ENTRY.email, factories.ENTRY.address]


def sent(unit=None, **changes) -> tuple[Case, str]:
    """Return a case just sent, with its code."""
    made = case_submit(form_token=secrets.token_urlsafe(24), entry=factories.entry(unit, **changes))
    return made.case, grouped(made.code)


@pytest.fixture
def with_code(monkeypatch):
    """Let the factories' cases have a code that the test knows; returns case and code."""

    def make(stage, desk, **changes):
        codes = {}
        real = factories.case_submit

        def remember(**given):
            made = real(**given)
            codes[made.case.pk] = made.code
            return made

        monkeypatch.setattr(factories, "case_submit", remember)
        found = stage(desk, **changes)
        case = getattr(found, "case", found)
        return Case.objects.get(pk=case.pk), codes[case.pk]

    return make


def ask(client, code, second="", reference=""):
    return client.post(FOLLOW, {"code": code, "second": second, "reference": reference})


def test_the_page_is_not_for_searchers_nor_for_caches(client):
    answer = client.get(FOLLOW)
    assert 'content="noindex"' in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("spelt", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_the_code_alone_shows_where_the_case_stands(client, desk, spelt):
    case, code = sent(desk.unit)
    answer = ask(client, spelt(code))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    for shown in (case.reference, "Đã gửi, chờ tiếp nhận", desk.unit.name, "Chưa có ngày hẹn trả lời"):
        assert shown in text


def test_the_code_alone_shows_no_word_of_the_sender(client, desk):
    case, code = sent(desk.unit)
    text = ask(client, code).content.decode()
    assert [word for word in [*PRIVATE, case.body, case.title] if word in text] == []


@pytest.mark.parametrize("second", [PHONE, "0912 000 345", MAIL, MAIL.upper()])
def test_with_the_second_datum_the_sender_reads_their_own_words(client, desk, second):
    case, code = sent(desk.unit)
    text = ask(client, code, second).content.decode()
    assert case.body in text
    assert [word for word in PRIVATE if word in text] == []


@pytest.mark.parametrize("second", ["9999", "345", "x0345", "khac@thu.example.vn", "\x00", "٠٣٤٥"])
def test_a_wrong_second_datum_opens_nothing_more(client, desk, second):
    case, code = sent(desk.unit)
    answer = ask(client, code, second)
    assert answer.status_code in {200, 422}
    assert case.body not in answer.content.decode()


def test_a_sender_who_left_nothing_can_never_be_matched(desk):
    case, _code = sent(desk.unit, phone="", email="")
    assert not any(sender_matches(case, typed) for typed in ("", "0000", "@", " "))


def test_the_reference_when_given_must_be_the_right_one(client, desk):
    case, code = sent(desk.unit)
    other, _code = sent(desk.unit)
    assert ask(client, code, reference=case.reference.lower()).status_code == 200
    assert ask(client, code, reference=other.reference).status_code == 422


def wrong_codes(desk) -> list[tuple[str, str]]:
    _case, code = sent(desk.unit)
    other, _code = sent(desk.unit)
    wrong = "".join("Z" if letter != "Z" else "Y" for letter in code.replace("-", ""))
    return [
        (wrong, ""),
        ("ABCD-EFGH-JKLM", ""),
        ("0O1I-0O1I-0O1I", ""),
        ("x", ""),
        ("é" * 60, ""),
        (code, other.reference),
    ]


def test_all_wrong_codes_get_one_and_the_same_page(desk):
    pages = []
    for code, reference in wrong_codes(desk):
        RateWindow.objects.all().delete()
        answer = ask(Client(), code, reference=reference)
        text = answer.content.decode()
        token = text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        pages.append((answer.status_code, text.replace(token, "")))
    assert {status for status, _text in pages} == {422}
    assert len({text for _status, text in pages}) == 1


def test_every_wrong_code_costs_the_same_work(desk):
    """Time follows the queries: the same statements in the same order, whatever was typed."""
    works = set()
    ask(Client(), "ABCD-EFGH-JKLM")  # what is cached for everybody is cached now
    for code, reference in wrong_codes(desk):
        RateWindow.objects.all().delete()
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            ask(client, code, reference=reference)
        works.add(tuple(re.sub(r"'[^']*'|\d+", "?", query["sql"]) for query in asked.captured_queries))
    assert len(works) == 1


def test_the_code_never_comes_back_in_a_page(client):
    text = ask(client, "ABCD-EFGH-JKLM").content.decode()
    assert "ABCD" not in text


def test_five_wrong_codes_are_enough_even_for_a_right_one(client, desk):
    _case, code = sent(desk.unit)
    for _time in range(5):
        ask(client, "ABCD-EFGH-JKLM")
    answer = ask(client, code)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_guessing_the_second_datum_is_limited_from_any_address(desk):
    _case, code = sent(desk.unit)
    for number in range(5):
        Client(REMOTE_ADDR=f"10.0.0.{number}").post(FOLLOW, {"code": code, "second": "1111"})
    answer = Client(REMOTE_ADDR="10.0.1.1").post(FOLLOW, {"code": code, "second": PHONE})
    assert answer.status_code == 429


def test_no_code_is_told_beside_the_field_and_is_no_wrong_try(client):
    answer = ask(client, "")
    assert answer.status_code == 422
    assert "Gõ mã theo dõi" in answer.content.decode()
    assert not RateWindow.objects.filter(limit="case_wrong_code").exists()


def test_an_accepted_case_explains_its_date_day_by_day(client, desk, with_code):
    case, code = with_code(factories.accepted, desk)
    text = ask(client, code).content.decode()
    assert f"{case.due_on:%d/%m/%Y}" in text
    assert "ngày làm việc" in text
    assert "day--due" in text
    assert text.count("day--work") + text.count("day--due") >= case.category.profile.answer_days


def test_an_answer_shows_with_the_code_and_names_no_officer(client, desk, with_code):
    _case, code = with_code(factories.answered, desk)
    text = ask(client, code).content.decode()
    assert factories.ANSWER in text
    for person in (desk.clerk, desk.officer, desk.leader):
        assert person.username not in text


def test_an_answer_that_names_its_sender_needs_the_second_datum(client, desk, with_code):
    spoken = f"Kính gửi {NAME}. Nhà trường đã thay quạt trong tất cả các phòng học."
    _case, code = with_code(factories.answered, desk, answer=spoken)
    assert NAME not in ask(client, code).content.decode()
    assert NAME in ask(client, code, PHONE).content.decode()


def test_a_published_answer_is_linked(client, desk, with_code):
    case, code = with_code(factories.published, desk)
    assert f'href="/phan-anh-kien-nghi/{case.reference}/"' in ask(client, code).content.decode()


def test_a_declined_case_says_why_and_where_to_go(client, desk, with_code):
    case, code = with_code(factories.declined, desk)
    text = ask(client, code).content.decode()
    assert case.decline_reason.text in text


def test_what_is_set_aside_as_spam_looks_like_any_other(client, desk):
    case, code = sent(desk.unit)
    before = ask(client, code, PHONE).content.decode()
    case_quarantine(case=case)
    after = ask(client, code, PHONE).content.decode()
    assert without_tokens(before) == without_tokens(after)
    refused = client.post(f"{FOLLOW}rut/", {"sure": "on", "version": case.version})
    assert "thư rác" not in refused.content.decode()


def test_the_question_of_the_office_is_for_the_sender_alone(client, desk, with_code):
    case, code = with_code(factories.waiting, desk)
    question = Message.objects.get(case=case).body
    alone = ask(client, code).content.decode()
    assert question not in alone
    assert "cần bạn bổ sung" in alone
    assert question in ask(client, code, PHONE).content.decode()


def without_tokens(text: str) -> list[str]:
    return [line for line in text.splitlines() if "csrf" not in line and 'name="version"' not in line]


def reply(client, case, body="Đó là phòng 203, tầng hai.", version=None):
    return client.post(f"{FOLLOW}bo-sung/", {"body": body, "version": version or case.version})


def test_the_sender_replies_and_the_work_goes_on(client, desk, with_code):
    case, code = with_code(factories.waiting, desk)
    ask(client, code, PHONE)
    answer = reply(client, case)
    assert answer.status_code == 200
    assert "Đã nhận thông tin bổ sung" in answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.IN_PROGRESS
    assert list(case.messages.filter(from_office=False).values_list("body", flat=True)) == [
        "Đó là phòng 203, tầng hai."
    ]
    assert reply(client, case).status_code == 409
    assert case.messages.filter(from_office=False).count() == 1


def test_an_empty_reply_is_told_beside_its_field(client, desk, with_code):
    case, code = with_code(factories.waiting, desk)
    ask(client, code, PHONE)
    answer = reply(client, case, body="\u200b ")
    assert answer.status_code == 422
    assert "Ghi thông tin bổ sung" in answer.content.decode()
    assert not case.messages.filter(from_office=False).exists()


def test_the_code_alone_gives_no_right_to_act(client, desk, with_code):
    case, code = with_code(factories.waiting, desk)
    ask(client, code)
    assert reply(client, case).status_code == 302
    assert client.post(f"{FOLLOW}rut/", {"sure": "on", "version": case.version}).status_code == 302
    case.refresh_from_db()
    assert case.state == CaseState.NEED_INFO


def test_the_right_to_act_ends_after_a_quarter_of_an_hour(client, desk, with_code, monkeypatch):
    case, code = with_code(factories.waiting, desk)
    ask(client, code, PHONE)
    later = time.time() + 16 * 60
    monkeypatch.setattr("feedback.views.follow.time.time", lambda: later)
    assert reply(client, case).status_code == 302


def test_the_sender_withdraws_after_saying_so_twice(client, desk):
    case, code = sent(desk.unit)
    ask(client, code, PHONE)
    assert client.post(f"{FOLLOW}rut/", {"version": case.version}).status_code == 422
    assert client.post(f"{FOLLOW}rut/", {"sure": "on", "version": case.version}).status_code == 200
    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN


def test_who_looks_at_an_old_page_is_told_so(client, desk):
    case, code = sent(desk.unit)
    ask(client, code, PHONE)
    old = case.version
    case_quarantine(case=case)
    assert client.post(f"{FOLLOW}rut/", {"sure": "on", "version": old}).status_code == 409
    case.refresh_from_db()
    assert case.state == CaseState.QUARANTINED


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 50, "१"])
def test_an_odd_version_changes_nothing(client, desk, version):
    case, code = sent(desk.unit)
    ask(client, code, PHONE)
    assert client.post(f"{FOLLOW}rut/", {"sure": "on", "version": version}).status_code == 409
    case.refresh_from_db()
    assert case.state == CaseState.SUBMITTED


def test_files_are_for_the_sender_of_this_case_alone(client, desk, other_desk):
    file = factories.stored_file("anh.jpg", b"mau")
    made = case_submit(form_token=secrets.token_urlsafe(24), entry=factories.entry(desk.unit), files=[file])
    address = f"{FOLLOW}tep/{made.case.attachments.get().pk}/"
    assert client.get(address).status_code == 404
    ask(client, made.code)
    assert client.get(address).status_code == 404
    ask(client, made.code, PHONE)
    answer = client.get(address)
    assert b"".join(answer.streaming_content) == b"mau"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    stranger, (_case, code) = Client(), sent(other_desk.unit)
    ask(stranger, code, PHONE)
    assert stranger.get(address).status_code == 404


def test_looking_at_a_sender_leaves_a_trace_and_needs_the_right(desk, other_desk):
    case, _code = sent(desk.unit)
    assert sender_reveal(case=case, actor=desk.officer).name == NAME
    with pytest.raises(NotAllowedError):
        sender_reveal(case=case, actor=other_desk.officer)


def test_a_date_in_plain_days_is_told_without_a_calendar(client, desk, with_code):
    """A profile that counts every day has no days to explain; the page must not break on that."""
    case, code = with_code(factories.in_progress, desk)
    DeadlineProfile.objects.filter(pk=case.category.profile_id).update(working=False)
    answer = ask(client, code)
    assert answer.status_code == 200
    assert "kể từ khi tiếp nhận" in answer.content.decode()


@pytest.mark.parametrize("spelt", ["{}", " {} ", "pa 2026 000001", "PA2026000001", "PA–2026–000001"])
def test_a_reference_typed_as_the_code_is_told_apart_without_saying_whether_it_exists(client, desk, spelt):
    case, _code = sent(desk.unit)
    pages = []
    for reference in (case.reference, "PA-2099-999999"):
        typed = spelt.format(reference)
        answer = ask(client, typed)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Đây là số phản ánh" in text
        assert "Không tìm thấy" not in text
        pages.append([line.replace(typed.strip(), "") for line in without_tokens(text)])
    assert pages[0] == pages[1]
    assert not RateWindow.objects.filter(limit="case_wrong_code").exists()


def test_the_session_gets_a_new_key_when_it_may_do_more(client, desk):
    _case, code = sent(desk.unit)
    client.get("/phan-anh-kien-nghi/gui/")
    session = client.session
    session["giu"] = "lai"
    session.save()
    before = session.session_key
    ask(client, code)
    assert client.session.session_key == before
    ask(client, code, PHONE)
    assert client.session.session_key != before
    assert client.session["giu"] == "lai"
    stranger = Client()
    stranger.cookies["sessionid"] = before
    assert not stranger.session.get("theo_doi")
