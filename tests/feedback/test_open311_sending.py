"""Other software sends cases with a key: by the rules of the form, private like every case, and nothing twice."""

import json
import urllib.request
from datetime import timedelta
from urllib.parse import urlencode
from xml.etree import ElementTree

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import georeport
import jsonschema
import pytest
import time_machine

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from cms.core.services.limits import LIMITS, Limit
from feedback import factories
from feedback.codes import code_digest, normalise_code
from feedback.enums import CaseMatter, CaseSource, CaseState, QuestionKind
from feedback.models import ApiArrival, ApiKey, Case, CaseDetail, Category, ExtraQuestion
from feedback.services.api_keys import api_key_make, api_key_revoke
from feedback.services.catalogue import catalogue_seed
from tests.feedback.test_open311 import BASE, schema
from tests.media.files import picture

pytestmark = pytest.mark.django_db
SEND = f"{BASE}requests.json"
BODY = "Phòng học tầng hai có bốn quạt, ba cái đã hỏng từ tháng trước."
FORM = {
    "service_code": "co-so-vat-chat",
    "description": BODY,
    "last_name": "Trần Thị",
    "first_name": "Sen Mẫu",
    "phone": "0912000345",
    "email": "sen.mau@thu.example.vn",
    "attribute[dong-y][]": ["handle", "publish"],
}


@pytest.fixture
def admin(officer):
    catalogue_seed()
    return officer(Role.ADMIN)


@pytest.fixture
def key(admin):
    return api_key_make(actor=admin, name="Công dân số", holder="Trung tâm chuyển đổi số", may_attach=True)[1]


def send(client, key, status=200, **changes):
    """Post the form with changes; None leaves a field out."""
    form = {name: value for name, value in {**FORM, "api_key": key, **changes}.items() if value is not None}
    answer = client.post(SEND, form)
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/json"
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    return json.loads(answer.content)


class TestSending:
    def test_a_case_comes_in_as_from_the_form(self, client, key, mailoutbox):
        [told] = send(client, key)
        case = Case.objects.get()
        assert (case.state, case.source, case.category.code) == (CaseState.SUBMITTED, CaseSource.API, "co-so-vat-chat")
        assert case.title == BODY
        assert (case.sender.name, case.sender.phone) == ("Trần Thị Sen Mẫu", "0912000345")
        assert set(case.sender.consents.values_list("purpose", flat=True)) == {"handle", "publish"}
        assert all(case.sender.consents.values_list("notice_version", flat=True))
        assert case.code_digest == code_digest(normalise_code(told["tracking_code"]))
        assert told["tracking_code"] in told["service_notice"]
        assert LedgerEvent.objects.filter(verb="case.submit", subject_key=case.reference).exists()

    def test_it_stays_private(self, client, key):
        [told] = send(client, key)
        reference = Case.objects.get().reference
        assert client.get(f"{BASE}requests/{reference}.json").status_code == 404
        listed = client.get(f"{BASE}requests.json?service_request_id={reference}").content.decode()
        assert json.loads(listed) == []
        assert reference not in json.dumps(told)

    def test_the_token_leads_to_the_reference(self, client, key):
        [told] = send(client, key)
        answer = client.get(f"{BASE}tokens/{told['token']}.json")
        assert json.loads(answer.content) == [
            {"token": told["token"], "service_request_id": Case.objects.get().reference}
        ]
        xml = ElementTree.fromstring(client.get(f"{BASE}tokens/{told['token']}.xml").content)
        assert xml.findtext("request/service_request_id") == Case.objects.get().reference
        assert told["token"] not in ApiArrival.objects.get().token_digest

    @pytest.mark.parametrize("token", ["0" * 40, "x", "PA-2026-000001", "A" * 40, "0" * 5000])
    def test_any_other_token_leads_nowhere(self, client, key, token):
        send(client, key)
        assert client.get(f"{BASE}tokens/{token}.json").status_code == 404

    def test_the_same_mark_sends_once(self, client, key):
        first = send(client, key, request_token="lan-1")
        assert send(client, key, request_token="lan-1") == first
        form = urlencode({**FORM, "api_key": key}, doseq=True)
        kind = "application/x-www-form-urlencoded"
        header = client.post(SEND, form, content_type=kind, headers={"Idempotency-Key": "lan-1"})
        assert json.loads(header.content) == first
        assert Case.objects.count() == ApiArrival.objects.count() == 1
        assert send(client, key, request_token="lan-2") != first

    def test_the_same_mark_of_another_key_is_another_case(self, client, key, admin):
        other = api_key_make(actor=admin, name="Khác", holder="Khác")[1]
        assert send(client, key, request_token="lan-1") != send(client, other, request_token="lan-1")
        assert Case.objects.count() == 2

    def test_one_mark_with_other_words_hands_nobody_anothers_code(self, client, key):
        [first] = send(client, key, request_token="1")
        refused = send(
            client, key, 400, request_token="1", description="Một việc khác hẳn của người khác, ở phòng số 2."
        )
        assert first["tracking_code"] not in json.dumps(refused)
        assert "đã dùng cho một phản ánh khác" in json.dumps(refused, ensure_ascii=False)
        assert Case.objects.count() == 1
        send(client, key, 400, request_token="x" * 201)

    def test_a_retry_stores_its_files_once(self, client, key):
        for _turn in range(2):
            send(client, key, request_token="a", media=SimpleUploadedFile("anh.jpg", picture("JPEG")))
        assert Case.objects.get().attachments.count() == 1

    def test_answers_to_extra_questions_are_kept(self, client, key):
        more = {
            "attribute[loai-viec]": CaseMatter.EXTRA_PAPERS.value,
            "attribute[giay-to-nao-extra-papers]": "Bản sao hộ khẩu",
            "attribute[ngay-xay-ra-extra-papers]": "2026-11-20T00:00:00+07:00",
            "attribute[tieu-de]": "Bị đòi thêm bản sao hộ khẩu",
        }
        send(client, key, **more)
        assert dict(CaseDetail.objects.values_list("code", "value")) == {
            "giay-to-nao-extra-papers": "Bản sao hộ khẩu",
            "ngay-xay-ra-extra-papers": "20/11/2026",
        }
        assert Case.objects.get().title == "Bị đòi thêm bản sao hộ khẩu"

    def test_lists_take_several_keys(self, client, key):
        ExtraQuestion.objects.create(
            code="buoi", label="Buổi nào", kind=QuestionKind.SOME_OF, choices="Sáng\nChiều\nTối",
            category=Category.objects.get(code="co-so-vat-chat"),
        )  # fmt: skip
        send(client, key, **{"attribute[buoi][0]": "sang", "attribute[buoi][1]": "toi"})
        send(client, key, **{"attribute[buoi]": ["sang", "toi"]})
        assert list(CaseDetail.objects.values_list("value", flat=True)) == ["Sáng; Tối"] * 2

    def test_a_school_is_named_by_its_code(self, client, key, desk):
        send(client, key, **{"attribute[don-vi]": desk.unit.code})
        assert Case.objects.get().unit == desk.unit

    def test_the_same_words_again_and_again_are_set_aside(self, client, key):
        for turn in range(7):
            send(client, key, request_token=str(turn))
        states = set(Case.objects.values_list("state", flat=True))
        assert states == {CaseState.SUBMITTED, CaseState.QUARANTINED}

    def test_xml_is_answered_in_xml(self, client, key):
        answer = client.post(f"{BASE}requests.xml", {**FORM, "api_key": key})
        assert ElementTree.fromstring(answer.content).findtext("request/token")
        wrong = client.post(f"{BASE}requests.xml", {"api_key": key})
        assert wrong.status_code == 400
        assert ElementTree.fromstring(wrong.content).findtext("error/description")


BAD = {
    "no service": ({"service_code": None}, "service_code"),
    "unknown service": ({"service_code": "khong-co"}, "service_code"),
    "a service of signs": ({"service_code": "a\0'--" * 9}, "service_code"),
    "no words": ({"description": None}, "description"),
    "too few words": ({"description": "Hỏng."}, "description"),
    "too many words": ({"description": "dài " * 3000}, "description"),
    "signs": ({"description": "\0" * 30}, "description"),
    "mail": ({"email": "khong-phai"}, "email"),
    "phone": ({"phone": "một hai ba"}, "phone"),
    "long name": ({"last_name": "A" * 500}, "last_name, first_name"),
    "no consent": ({"attribute[dong-y][]": None}, "attribute[dong-y]"),
    "wrong consent": ({"attribute[dong-y][]": ["handle", "moi-thu"]}, "attribute[dong-y]"),
    "unknown unit": ({"attribute[don-vi]": "XXX"}, "attribute[don-vi]"),
    "unknown matter": ({"attribute[loai-viec]": "xxx"}, "attribute[loai-viec]"),
    "unasked": ({"attribute[mau-xe]": "đỏ"}, "attribute[mau-xe]"),
    "asked of others": ({"attribute[giay-to-nao-extra-papers]": "x"}, "attribute[giay-to-nao-extra-papers]"),
    "no date": (
        {"attribute[loai-viec]": "extra_papers", "attribute[ngay-xay-ra-extra-papers]": "hôm qua"},
        "attribute[ngay-xay-ra-extra-papers]",
    ),
    "short title": ({"attribute[tieu-de]": "Hỏng"}, "attribute[tieu-de]"),
    "no name to show": (
        {"attribute[hien-ten]": "full", "last_name": None, "first_name": None},
        "last_name, first_name",
    ),
    "wrong way to show": ({"attribute[hien-ten]": "to"}, "attribute[hien-ten]"),
    "mail without address": ({"attribute[dong-y][]": ["handle", "contact"], "email": None}, "email"),
}


class TestRefusals:
    @pytest.mark.parametrize("name", BAD)
    def test_what_the_form_refuses_is_refused_here(self, client, key, name):
        changes, field = BAD[name]
        errors = send(client, key, 400, **changes)
        assert {error["code"] for error in errors} == {400}
        assert [error for error in errors if error["description"].startswith(f"{field}: ")], errors
        assert not Case.objects.exists()

    def test_every_wrong_field_is_named_at_once(self, client, key):
        errors = send(client, key, 400, service_code=None, description=None, email="x")
        assert {error["description"].split(":")[0] for error in errors} >= {"service_code", "description", "email"}

    @pytest.mark.parametrize("content", [b"khong phai tep", b"", b"\x89PNG\r\n\x1a\n"])
    def test_a_bad_file_takes_nothing_in(self, client, key, content):
        [error] = send(client, key, 400, media=SimpleUploadedFile("anh.png", content))
        assert error["description"].startswith("media: ")
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("kind", "content"),
        [
            ("multipart/form-data", b"x"),
            ("multipart/form-data; boundary=b", b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n\xff'),
            ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
            ("application/json", b'{"service_code": "hoc-phi"}'),
            ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(3000))),
            ("application/x-www-form-urlencoded", b"description=%ff%fe%00&service_code=%c3%28"),
            ("text/plain; charset=khong-co", b"\xff"),
            ("", b""),
        ],
    )
    def test_what_cannot_be_read_is_told_in_the_shape_of_the_standard(self, client, key, kind, content):
        answer = client.generic("POST", SEND, content, content_type=kind, headers={"X-Api-Key": key})
        assert answer.status_code == 400
        assert json.loads(answer.content)[0]["description"]
        assert not Case.objects.exists()

    def test_a_required_question_is_asked_here_too(self, client, key):
        ExtraQuestion.objects.create(
            code="phong", label="Phòng nào", required=True, category=Category.objects.get(code="co-so-vat-chat")
        )
        [error] = send(client, key, 400)
        assert error["description"].startswith("attribute[phong]: ")


class TestKeys:
    @pytest.mark.parametrize("wrong", [None, "", "pakn_" + "x" * 43, "sai", "pakn_", "pakn_" + "y" * 5000])
    def test_without_a_working_key_nothing_comes_in(self, client, key, wrong):
        [error] = send(client, wrong, 403)
        assert error["code"] == 403
        assert not Case.objects.exists()

    def test_a_revoked_key_ends(self, client, key, admin):
        send(client, key)
        row = api_key_revoke(key=ApiKey.objects.get(), actor=admin)
        again = api_key_revoke(key=row, actor=admin)
        assert again.revoked_at == row.revoked_at
        send(client, key, 403)
        assert Case.objects.count() == 1
        assert list(LedgerEvent.objects.filter(subject_type="api_key").values_list("verb", flat=True)) == [
            "api_key.made",
            "api_key.revoked",
        ]

    def test_the_key_may_stand_in_a_header_but_never_in_the_address(self, client, key):
        answer = client.post(SEND, FORM, headers={"X-Api-Key": key})
        assert answer.status_code == 200
        refused = client.post(f"{SEND}?api_key={key}", FORM)
        assert refused.status_code == 403
        assert Case.objects.count() == 1

    def test_the_key_is_nowhere_but_in_the_hands_of_who_got_it(self, key):
        row = ApiKey.objects.get()
        kept = " ".join(str(getattr(row, field.attname)) for field in ApiKey._meta.concrete_fields)
        assert key not in kept
        assert row.hint == key[:9]
        assert key not in json.dumps(list(LedgerEvent.objects.values_list("subject_key", "data")), default=str)

    def test_only_the_day_of_use_is_kept(self, client, key):
        send(client, key)
        assert ApiKey.objects.get().last_used_on == timezone.localdate()
        with time_machine.travel(timezone.now() + timedelta(days=3)):
            send(client, key, request_token="x")
            assert ApiKey.objects.get().last_used_on == timezone.localdate()

    def test_a_key_for_words_alone_takes_no_file(self, client, admin):
        words = api_key_make(actor=admin, name="Chỉ chữ", holder="Phường")[1]
        [error] = send(client, words, 403, media=SimpleUploadedFile("anh.jpg", picture("JPEG")))
        assert "tệp" in error["description"]
        assert not Case.objects.exists()

    def test_one_key_cannot_flood_the_office_and_another_goes_on(self, client, key, admin, monkeypatch):
        monkeypatch.setitem(LIMITS, "api_send", Limit(2, timedelta(minutes=10)))
        send(client, key)
        send(client, key)
        answer = client.post(SEND, {**FORM, "api_key": key})
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 0
        assert json.loads(answer.content)[0]["code"] == 429
        send(client, api_key_make(actor=admin, name="Khác", holder="Khác")[1])

    def test_who_tries_keys_is_stopped(self, client, key, monkeypatch):
        monkeypatch.setitem(LIMITS, "api_wrong_key", Limit(3, timedelta(minutes=10)))
        for _turn in range(3):
            send(client, "sai", 403)
        assert send(client, key, 429)[0]["code"] == 429


class TestDefinition:
    def test_every_question_of_the_form_is_an_attribute(self, client, admin, desk):
        ExtraQuestion.objects.create(
            code="buoi", label="Buổi nào", kind=QuestionKind.ONE_OF, choices="Sáng\nChiều", required=True,
            category=Category.objects.get(code="hoc-phi"), help_text="Chọn một buổi",
        )  # fmt: skip
        ExtraQuestion.objects.create(code="cu", label="Cũ", active=False, category=Category.objects.get(code="hoc-phi"))
        services = {each["service_code"]: each for each in json.loads(client.get(f"{BASE}services.json").content)}
        assert services["hoc-phi"]["metadata"] is True
        found = json.loads(client.get(f"{BASE}services/hoc-phi.json").content)
        jsonschema.validate(found, schema("service-definition"))
        attributes = {each["code"]: each for each in found["attributes"]}
        assert attributes["buoi"]["required"] is True
        assert attributes["buoi"]["values"] == [{"key": "sang", "name": "Sáng"}, {"key": "chieu", "name": "Chiều"}]
        assert attributes["dong-y"]["required"] is True
        assert attributes["giay-to-nao-extra-papers"]["required"] is False
        assert "extra_papers" in attributes["giay-to-nao-extra-papers"]["description"]
        assert {"key": desk.unit.code, "name": desk.unit.name} in attributes["don-vi"]["values"]
        assert "cu" not in attributes
        assert [each["order"] for each in found["attributes"]] == list(range(1, len(attributes) + 1))
        assert "buoi" not in client.get(f"{BASE}services/khac.json").content.decode()

    def test_xml_carries_the_lists(self, client, admin):
        top = ElementTree.fromstring(client.get(f"{BASE}services/hoc-phi.xml").content)
        consent = top.find("attributes/attribute")
        assert consent.findtext("code") == "dong-y"
        assert [each.findtext("key") for each in consent.findall("values/value")] == ["handle", "publish", "contact"]

    @pytest.mark.parametrize("code", ["dong-y", "don-vi", "tieu-de"])
    def test_no_question_takes_the_code_of_a_field(self, admin, code):
        question = ExtraQuestion(code=code, label="x", category=Category.objects.first())
        with pytest.raises(Exception, match="đặt mã khác"):
            question.full_clean()


@pytest.mark.django_db(transaction=True)
def test_strangers_software_sends_and_reads_over_the_wire(live_server, officer):
    """The reader's client knows no POST: the request goes out as the standard writes it."""
    catalogue_seed()
    factories.submitted()
    key = api_key_make(actor=officer(Role.ADMIN), name="Công dân số", holder="Trung tâm")[1]
    form = urlencode({**FORM, "api_key": key, "jurisdiction_id": "so.example.vn"}, doseq=True).encode()
    with urllib.request.urlopen(f"{live_server.url}{SEND}", form, timeout=10) as answer:
        [told] = json.loads(answer.read())
    city = georeport.GeoReport(f"{live_server.url}{BASE}")
    definition = city.get_service_definition("co-so-vat-chat")
    assert {each["code"] for each in definition["attributes"]} >= {"dong-y", "tieu-de"}
    with urllib.request.urlopen(f"{live_server.url}{BASE}tokens/{told['token']}.json", timeout=10) as answer:
        [found] = json.loads(answer.read())
    assert found["service_request_id"] == Case.objects.get(source=CaseSource.API).reference
