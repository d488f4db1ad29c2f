"""The form as a citizen meets it: every page good, bad and hostile."""

from datetime import timedelta

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

import pytest

from cms.core.models import OutboxMail, RateWindow
from feedback import factories
from feedback.enums import CaseState
from feedback.models import Attachment, Case, CaseDraft, Category, Consent, DraftFile, Sender
from tests.feedback import walk

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10
HOSTILE = [
    "\x00", "a\x00b" * 10, "\ufffe" * 20, "\u200b" * 30, "\u202e" * 30, "<script>alert(1)</script>" * 500,
    "{{ 7*7 }}{% debug %}" * 10, "'; DROP TABLE feedback_case; --" * 2, "a" * 100_000, "\u0301" * 50, "９" * 5000,
]  # fmt: skip


def stored() -> int:
    return sum(model.objects.count() for model in (Case, Sender, Attachment, Consent, CaseDraft, OutboxMail))


def test_the_start_page_says_what_belongs_elsewhere_and_sets_no_cookie(client):
    answer = client.get(walk.FORM)
    assert answer.status_code == 200
    assert not answer.cookies
    text = answer.content.decode()
    for words in ("Khiếu nại", "tố cáo", "tel:111", "Bắt đầu"):
        assert words in text


def test_reading_the_first_page_keeps_nothing(client):
    walk.subject()
    assert client.get(f"{walk.FORM}linh-vuc/").status_code == 200
    assert CaseDraft.objects.count() == 0
    assert "phien" not in client.cookies


def test_a_whole_form_becomes_a_case_with_everything_in_it(client):
    answer = walk.send(client, files=[walk.picture("Ảnh cổng.jpg")], agree_contact="on")
    assert (answer.status_code, answer.url) == (302, walk.DONE)
    case = Case.objects.get()
    assert (case.state, case.title, case.body) == (CaseState.SUBMITTED, walk.CONTENT["title"], walk.CONTENT["body"])
    assert (case.sender.name, case.sender.phone_digits) == ("Nguyễn Thị Mẫu", "0912000345")
    assert set(case.sender.consents.values_list("purpose", flat=True)) == {"handle", "publish", "contact"}
    assert set(case.sender.consents.values_list("notice_version", flat=True)) == {"2026-11"}
    assert [file.name for file in case.attachments.all()] == ["Ảnh cổng.jpg"]
    assert mail.outbox == []
    assert OutboxMail.objects.get().kind == "case_receipt"


def test_nothing_typed_stays_in_the_draft_once_sent(client):
    walk.send(client, files=[walk.picture()])
    draft = walk.the_draft()
    assert (draft.data, draft.files.count()) == ({}, 0)
    assert draft.reference == Case.objects.get().reference


def test_the_receipt_shows_the_code_to_its_own_session_only_and_on_reload(client):
    walk.send(client)
    first, again = client.get(walk.DONE), client.get(walk.DONE)
    code = walk.code_of(client)
    assert len(code) == 14
    assert code in again.content.decode()
    assert first.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    stranger = Client().get(walk.DONE)
    assert stranger.status_code == 404
    assert code not in stranger.content.decode()


def test_the_receipt_goes_after_an_hour(client):
    walk.send(client)
    CaseDraft.objects.update(expires_at=timezone.now())
    assert client.get(walk.DONE).status_code == 404


def test_no_day_is_promised_for_the_answer(client):
    walk.send(client)
    case = Case.objects.get()
    assert case.due_on is None
    assert "Hạn trả lời" not in client.get(walk.DONE).content.decode()


def test_sending_twice_gives_one_case_and_one_code(client):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)
    answers, codes = [], set()
    for _press in range(5):
        answers.append(walk.post(client, "xem-lai", data))
        codes.add(walk.code_of(client))
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, walk.DONE)}
    assert Case.objects.count() == 1
    assert len(codes) == 1


def test_a_form_begun_after_another_was_sent_is_another_case(client):
    walk.send(client)
    first = walk.code_of(client)
    walk.send(client, title="Một việc khác hẳn ở trường")
    assert Case.objects.count() == 2
    assert walk.code_of(client) != first


def test_an_old_page_of_another_form_sends_nothing(client):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft) | {"form_token": "cu"}
    assert walk.post(client, "xem-lai", data).url.endswith("/xem-lai/")
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("step", "data", "words"),
    [
        ("linh-vuc", {}, "Chọn lĩnh vực"),
        ("linh-vuc", {"category": "999999"}, "không còn nhận"),
        ("linh-vuc", {"category": "abc"}, "không còn nhận"),
        ("linh-vuc", {"category": "9" * 40}, "không còn nhận"),
        ("noi-dung", {"title": "Ngắn", "body": walk.CONTENT["body"]}, "quá ngắn"),
        ("noi-dung", {"title": "t" * 151, "body": walk.CONTENT["body"]}, "151 ký tự"),
        ("noi-dung", {"title": walk.CONTENT["title"]}, "Ghi nội dung"),
        ("noi-dung", {"title": walk.CONTENT["title"], "body": "x" * 5001}, "5001 ký tự"),
        ("nguoi-gui", {**walk.SENDER, "agree_handle": ""}, "Cần đánh dấu"),
        ("nguoi-gui", {**walk.SENDER, "phone": "12"}, "Số điện thoại"),
        ("nguoi-gui", {**walk.SENDER, "email": "a@b@c"}, "Thư điện tử"),
        ("nguoi-gui", {**walk.SENDER, "email": "", "agree_contact": "on"}, "Ghi thư điện tử"),
        ("nguoi-gui", {**walk.SENDER, "name": "", "name_shown": "full"}, "Ghi họ tên"),
        ("nguoi-gui", {**walk.SENDER, "sender_kind": "quan_tri"}, "tư cách"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field_and_nothing_is_stored(client, step, data, words):
    walk.subject()
    before = stored()
    answer = walk.post(client, step, data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi:" in text
    assert 'role="alert"' in text
    assert words in text
    assert stored() == before


def test_what_was_right_stays_typed(client):
    text = walk.post(client, "noi-dung", {"title": "Ngắn", "body": walk.CONTENT["body"]}).content.decode()
    assert walk.CONTENT["body"] in text
    assert 'value="Ngắn"' in text


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("step", ["linh-vuc", "noi-dung", "tep", "nguoi-gui", "xem-lai"])
def test_hostile_words_are_no_fault_of_ours(client, step, words):
    walk.to_review(client)
    fields = ("category", "unit", "started", "title", "body", "name", "phone", "email", "address", "sender_kind", "bo")
    answer = walk.post(client, step, dict.fromkeys((*fields, "form_token", "captcha_0", "captcha_1", "doi_ma"), words))
    assert answer.status_code in {302, 404, 422}
    assert Case.objects.count() == 0


@pytest.mark.parametrize("step", ["linh-vuc", "noi-dung", "tep", "nguoi-gui", "xem-lai"])
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"title=%ED%A0%80%ED%A0%80&body=%FF%FE&name=%00&category=%ED%A0%80", "application/x-www-form-urlencoded"),
        (b"--x\r\nContent-Disposition: form-data; name=title\r\n\r\ncut off", "multipart/form-data; boundary=x"),
        (b'{"title": "x"}', "application/json"),
        (b"", "multipart/form-data"),
    ],
)
def test_a_broken_request_is_no_fault_of_ours(client, step, body, content_type):
    walk.to_review(client)
    assert client.generic("POST", f"{walk.FORM}{step}/", body, content_type).status_code in {302, 400, 422}
    assert Case.objects.count() == 0


def test_privileged_fields_are_ignored(client):
    walk.send(client, state="answered", officer="1", due_on="2020-01-01", reference="PA-2020-000001")
    case = Case.objects.get()
    assert (case.state, case.officer, case.due_on) == (CaseState.SUBMITTED, None, None)
    assert case.reference != "PA-2020-000001"


def test_words_in_two_spellings_are_stored_once_composed(client):
    walk.send(client, title="Co\u031b\u0309 sở vật cha\u0302\u0301t xuống cấp")
    assert Case.objects.get().title == "Cở sở vật chất xuống cấp"


@pytest.mark.parametrize("step", ["noi-dung", "tep", "nguoi-gui", "xem-lai"])
def test_a_page_without_a_draft_leads_to_the_start_which_says_why(client, step):
    answer = client.get(f"{walk.FORM}{step}/", follow=True)
    assert answer.redirect_chain[-1][0] == f"{walk.FORM}?het-han=1"
    assert "24 giờ" in answer.content.decode()


def test_an_expired_draft_keeps_what_is_being_typed(client):
    walk.to_review(client)
    CaseDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(f"{walk.FORM}noi-dung/", walk.CONTENT, follow=True)
    assert "đã hết hạn" in answer.content.decode()
    fresh = CaseDraft.objects.order_by("-pk").first()
    assert fresh.data == {**walk.CONTENT, "details": {}}
    assert walk.post(client, "linh-vuc", walk.subject()).url.endswith("/noi-dung/")
    assert walk.CONTENT["body"] in client.get(f"{walk.FORM}noi-dung/").content.decode()


def test_a_page_left_out_is_asked_for_before_the_review(client):
    walk.post(client, "linh-vuc", walk.subject())
    assert client.get(f"{walk.FORM}xem-lai/").url.endswith("/noi-dung/")


def test_a_category_closed_meanwhile_is_asked_again(client):
    walk.to_review(client)
    Category.objects.update(active=False)
    assert client.get(f"{walk.FORM}xem-lai/").url.endswith("/linh-vuc/")


def test_an_answer_changed_from_the_review_leads_back_to_it(client):
    walk.to_review(client)
    answer = client.post(f"{walk.FORM}noi-dung/?ve=xem-lai", {**walk.CONTENT, "title": "Tiêu đề đã sửa lại"})
    assert answer.url.endswith("/xem-lai/")
    assert "Tiêu đề đã sửa lại" in client.get(answer.url).content.decode()


def test_the_review_parts_what_the_public_may_see_from_what_it_never_does(client):
    walk.to_review(client)
    text = client.get(f"{walk.FORM}xem-lai/").content.decode()
    public, private = text.split("Công khai có thể thấy")[1].split("Chỉ cơ quan thấy")
    assert walk.CONTENT["title"] in public
    assert "0912000345" not in public
    assert "0912000345" in private


def test_without_consent_to_publish_the_review_has_no_public_half(client):
    walk.to_review(client, agree_publish=None)
    assert "Công khai có thể thấy" not in client.get(f"{walk.FORM}xem-lai/").content.decode()


def test_an_unidentified_sender_may_send_and_is_told_what_the_law_allows(client):
    answer = walk.send(client, name="", phone="", email="", address="")
    assert answer.status_code == 302
    assert Case.objects.get().sender.name == ""


def test_an_unidentified_sender_reads_the_law_on_the_review(client):
    walk.to_review(client, name="")
    assert "Nghị định 20/2008" in client.get(f"{walk.FORM}xem-lai/").content.decode()


def test_files_stay_across_steps_and_can_be_taken_off(client):
    walk.to_review(client, files=[walk.picture("mot.jpg"), walk.picture("hai.jpg")])
    first, second = DraftFile.objects.all()
    assert walk.post(client, "tep", {"bo": first.pk}).status_code == 302
    text = client.get(f"{walk.FORM}tep/").content.decode()
    assert (second.name in text, first.name in text) == (True, False)


def test_a_refused_file_does_not_take_the_good_one_with_it(client):
    walk.post(client, "linh-vuc", walk.subject())
    bad = SimpleUploadedFile("phim.exe", b"MZ" + b"\0" * 100)
    answer = walk.post(client, "tep", {"files": [walk.picture("tot.jpg"), bad]})
    assert answer.status_code == 422
    assert "phim.exe" in answer.content.decode()
    assert [file.name for file in DraftFile.objects.all()] == ["tot.jpg"]


def test_the_sixth_file_is_refused(client):
    walk.post(client, "linh-vuc", walk.subject())
    answer = walk.post(client, "tep", {"files": [walk.picture(f"{n}.jpg") for n in range(6)]})
    assert answer.status_code == 422
    assert DraftFile.objects.count() == 5


def test_a_file_of_somebody_elses_form_does_not_exist(client):
    walk.to_review(client, files=[walk.picture("cua-toi.jpg")])
    file = DraftFile.objects.get()
    stranger = Client()
    walk.to_review(stranger)
    assert client.get(f"{walk.FORM}tep/{file.pk}/").status_code == 200
    assert stranger.get(f"{walk.FORM}tep/{file.pk}/").status_code == 404
    assert Client().get(f"{walk.FORM}tep/{file.pk}/").status_code == 404
    assert walk.post(stranger, "tep", {"bo": file.pk}).status_code == 404
    assert DraftFile.objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 40, "123456789012x", "१"])
def test_a_file_to_take_off_that_is_none_is_not_found(client, number):
    walk.to_review(client)
    assert walk.post(client, "tep", {"bo": number}).status_code == 404


@pytest.mark.parametrize("pk", ["9" * 30, "0"])
def test_a_number_that_is_no_file_is_not_found(client, pk):
    walk.to_review(client)
    assert client.get(f"{walk.FORM}tep/{pk}/").status_code == 404


def test_a_draft_file_is_served_as_a_download_that_can_do_nothing(client):
    walk.to_review(client, files=[walk.picture()])
    answer = client.get(f"{walk.FORM}tep/{DraftFile.objects.get().pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_field_that_only_robots_fill_sends_the_case_to_quarantine_without_a_word(client):
    answer = walk.send(client, trap="http://spam.example")
    assert (answer.status_code, answer.url) == (302, walk.DONE)
    assert Case.objects.get().state == CaseState.QUARANTINED
    assert "Đã nhận phản ánh" in client.get(walk.DONE).content.decode()


def test_a_form_filled_faster_than_a_hand_can_goes_to_quarantine(client):
    draft = walk.to_review(client)
    CaseDraft.objects.update(started_at=timezone.now())
    assert walk.post(client, "xem-lai", walk.right_answer(client, draft)).url == walk.DONE
    assert Case.objects.get().state == CaseState.QUARANTINED


def test_the_clock_of_the_hand_starts_with_the_first_page(client):
    walk.subject()
    page = client.get(f"{walk.FORM}linh-vuc/").content.decode()
    mark = page.split('name="started" value="')[1].split('"')[0]
    walk.post(client, "linh-vuc", walk.subject(started=mark))
    assert walk.the_draft().started_at < walk.the_draft().updated_at


def test_the_same_words_again_and_again_go_to_quarantine(client):
    for _time in range(6):
        walk.send(Client())
    states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    assert states == [CaseState.SUBMITTED] * 5 + [CaseState.QUARANTINED]


def test_too_many_sendings_get_a_page_that_says_when_to_come_back(client):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)
    RateWindow.objects.all().delete()
    wrong = {**data, "captcha_1": "000"}
    answers = [walk.post(client, "xem-lai", wrong) for _time in range(31)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert CaseDraft.objects.filter(pk=draft.pk).exists()


def test_a_unit_that_takes_no_cases_is_not_offered_and_not_taken(client, desk, other_desk):
    other_desk.unit.takes_cases = False
    other_desk.unit.save()
    walk.subject()
    text = client.get(f"{walk.FORM}linh-vuc/").content.decode()
    assert (desk.unit.name in text, other_desk.unit.name in text) == (True, False)
    assert walk.post(client, "linh-vuc", walk.subject(unit=other_desk.unit.pk)).status_code == 422
    assert walk.post(client, "linh-vuc", walk.subject(unit=desk.unit.pk)).status_code == 302


def test_the_first_page_asks_as_much_for_two_units_as_for_thirty(client, desk):
    walk.subject()
    address = f"{walk.FORM}linh-vuc/"
    walk.queries(client, address)  # what is cached for everybody is cached now
    few = walk.queries(client, address)
    units = type(desk.unit).objects
    for number in range(30):
        code = f"th{number}"
        units.create(code=code, name=f"Trường {number}", slug=code, kind="primary", parent=desk.unit)
    assert walk.queries(client, address) == few
    assert max(few) <= MOST_QUERIES


@pytest.mark.parametrize("step", ["khong-co", "LINH-VUC"])
def test_an_unknown_page_is_not_found(client, step):
    assert client.get(f"{walk.FORM}{step}/").status_code == 404


def test_a_page_that_a_robot_asks_for_in_odd_ways_is_no_fault(client):
    assert client.put(f"{walk.FORM}linh-vuc/").status_code == 405
    assert client.post(walk.FORM).status_code == 405
    assert client.head(f"{walk.FORM}linh-vuc/").status_code == 200


def test_cases_of_other_people_never_show_in_the_form(client, desk):
    case = factories.submitted(desk.unit)
    walk.send(client)
    text = client.get(walk.DONE).content.decode()
    assert case.reference not in text
