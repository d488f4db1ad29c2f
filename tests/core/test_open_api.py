"""``/api/v1/`` as a stranger's program uses it: what the description promises is what the answers are."""

import csv
import gzip
import json
import re
from datetime import date, timedelta

from django.urls import reverse

from wagtail.models import Page

import jsonschema
import pytest

from cms.core.api import ApiError, ApiFilter, declared, register_open_data
from cms.core.api.openapi import record_schema
from cms.core.models import Unit
from cms.official_documents import factories as documents
from cms.official_documents.models import OfficialDocumentIndexPage
from cms.plans import factories as plans
from cms.plans.models import PlanIndexPage
from feedback import factories
from feedback.models import PublicCase
from feedback.services.publication import public_case_withdraw
from procedures.factories import procedure, way
from procedures.models import ProcedureIndexPage
from tests.feedback.conftest import make_desk
from tests.feedback.test_published import CANARY, copies
from tests.feedback.walk import queries
from tests.procedures.late import public_apology

pytestmark = pytest.mark.django_db
BASE, PAGE = "/api/v1/", "/du-lieu-mo/"


@pytest.fixture
def desk(site_tree):
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


@pytest.fixture
def full(desk):
    """A portal with one of everything; returns the published case."""
    documents.document(OfficialDocumentIndexPage.objects.get())
    public_apology(procedure(ProcedureIndexPage.objects.get(), ways=[way()]), desk.unit)
    plans.plan(PlanIndexPage.objects.get())
    return factories.published(desk)


def read(client, address, status=200):
    answer = client.get(address if address.startswith("/") else BASE + address)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    return json.loads(answer.content)


def checked(schema, data, whole):
    """Validate ``data`` by ``schema`` of the document ``whole``, formats included."""
    jsonschema.Draft202012Validator(
        {**schema, "components": whole["components"]}, format_checker=jsonschema.FormatChecker()
    ).validate(data)


def schema_of(path):
    return path["get"]["responses"]["200"]["content"]["application/json"]["schema"]


class TestDescription:
    def test_every_described_path_answers_as_it_says(self, client, full):
        whole = read(client, "openapi.json")
        assert whole["openapi"].startswith("3.1")
        assert whole["servers"] == [{"url": "http://testserver/api/v1"}]
        lists = [path for path in whole["paths"] if "{" not in path]
        singles = [path for path in whole["paths"] if "{" in path]
        assert len(singles) == len(declared.resources)
        for path in lists:
            data = read(client, f"{BASE}{path.lstrip('/')}")
            checked(schema_of(whole["paths"][path]), data, whole)
            if path.count("/") == 2 and "items" in data:
                assert data["items"], f"{path} has nothing to be checked"
        for path in singles:
            name, key = re.fullmatch(r"/([a-z-]+)/\{(\w+)\}/", path).groups()
            first = read(client, f"{name}/")["items"][0]
            single = read(client, f"{name}/{first[key]}/")
            assert single == first
            checked(schema_of(whole["paths"][path]), single, whole)

    def test_every_answer_of_the_views_is_described(self, client, full):
        paths = read(client, "openapi.json")["paths"]
        told = {entry["url"].removeprefix("http://testserver/api/v1") for entry in read(client, "")["items"]}
        assert told == {path for path in paths if "{" not in path and path != "/"}

    def test_the_document_is_well_formed(self, client, full):
        whole = read(client, "openapi.json")
        names = [path["get"]["operationId"] for path in whole["paths"].values()]
        assert len(set(names)) == len(names)
        for schema in whole["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
        for reference in re.findall(r'"\$ref": "([^"]+)"', json.dumps(whole)):
            found = whole
            for part in reference.removeprefix("#/").split("/"):
                found = found[part]
            assert found
        for path, item in whole["paths"].items():
            assert set(item) == {"get"}, "only reading is described"
            asked = {each["name"] for each in item["get"].get("parameters", []) if each["in"] == "path"}
            assert asked == set(re.findall(r"\{(\w+)\}", path))

    def test_every_example_of_a_parameter_is_understood(self, client, full):
        for path, item in read(client, "openapi.json")["paths"].items():
            for each in item["get"].get("parameters", []):
                if each["in"] == "query" and each["name"] not in {"tu", "den"}:
                    read(client, f"{BASE}{path.lstrip('/')}?{each['name']}={each['example']}")

    def test_a_record_that_is_not_described_fails(self):
        schema = record_schema(declared.resources["don-vi"].fields)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({"code": "x"}, schema)

    def test_a_list_is_described_down_to_the_facts_of_its_rows(self):
        shapes = record_schema(declared.resources["thu-tuc"].fields)["properties"]
        assert (shapes["levels"]["type"], shapes["levels"]["items"]) == ("array", {"type": "string"})
        time = shapes["time"]["items"]
        assert time["required"] == ["channel", "audience", "quantity", "unit", "words"]
        assert time["properties"]["quantity"]["type"] == ["integer", "null"]

    def test_one_name_is_handed_in_once(self):
        cases = declared.resources["phan-anh"]
        register_open_data(cases)
        with pytest.raises(Exception, match="handed in twice"):
            register_open_data(type(cases)(**{**vars(cases), "label": "khác"}))


class TestReading:
    def test_pages_cover_everything_once(self, client, full):
        copies(full, 25)
        seen, address = [], f"{BASE}phan-anh/?moi-trang=10"
        while address:
            page = read(client, address.removeprefix("http://testserver"))
            seen += [each["reference"] for each in page["items"]]
            address = page["next"]
        assert len(seen) == len(set(seen)) == PublicCase.objects.public().count() == 26

    def test_what_comes_between_two_pages_moves_nothing(self, client, full):
        copies(full, 6)
        first = read(client, "phan-anh/?moi-trang=3")
        copies(full, 9)
        second = read(client, first["next"].removeprefix("http://testserver"))
        assert not {each["reference"] for each in first["items"]} & {each["reference"] for each in second["items"]}

    def test_it_says_what_the_file_says(self, client, full):
        [item] = read(client, "phan-anh/")["items"]
        [same] = json.loads(client.get("/phan-anh-kien-nghi/du-lieu.json").content)["items"]
        assert item == same
        figures = read(client, "so-lieu/phan-anh/")
        told = json.loads(client.get("/phan-anh-kien-nghi/thong-ke/du-lieu.json").content)
        assert {**told, "counted_at": None} == {**figures, "counted_at": None}

    def test_filters_narrow(self, client, full):
        reference = full.reference
        for query in (
            f"chu-de={full.category.code}", f"don-vi={full.unit.code}", f"nam={full.answered_on.year}",
            f"dang-tu={date.today() - timedelta(days=2)}",
        ):  # fmt: skip
            assert [each["reference"] for each in read(client, f"phan-anh/?{query}")["items"]] == [reference], query
        for query in ("chu-de=khac", "don-vi=X", "nam=1999", "dang-tu=2999-01-01"):
            assert read(client, f"phan-anh/?{query}")["items"] == [], query
        assert {each["code"] for each in read(client, "don-vi/?loai=department")["items"]} >= {full.unit.code}
        assert read(client, "don-vi/?loai=khac-nua")["items"] == []

    def test_a_closed_unit_and_a_draft_are_not_there(self, client, full):
        unit = Unit.objects.create(code="CU", name="Cũ", slug="cu", kind="room", active=False)
        read(client, f"don-vi/{unit.code}/", 404)
        for name in ("van-ban", "ke-hoach"):
            number = read(client, f"{name}/")["items"][0]["id"]
            Page.objects.get(pk=number).specific.unpublish()
            read(client, f"{name}/{number}/", 404)
            assert read(client, f"{name}/")["items"] == []

    def test_nothing_private_is_told(self, client, desk):
        words = "Con tôi tên Hồ Gia Bảo Canary học lớp 3A, xin gọi 0987 654 321."
        factories.published(desk, **CANARY, body=f"Phòng học tầng hai có bốn quạt đã hỏng. {words}")
        waiting = factories.proposed(desk, **CANARY, title="Chuyện chưa công khai canary")
        gone = factories.published(desk, title="Bản đã gỡ canary")
        public_case_withdraw(public_case=gone, actor=desk.leader, reason="Lý do canary")
        private = [*CANARY.values(), "0987 654 321", desk.officer.username, waiting.reference, gone.reference, "canary"]
        for address in ("", "openapi.json", *(f"{name}/" for name in declared.resources), "so-lieu/phan-anh/"):
            text = client.get(BASE + address).content.decode()
            assert [word for word in private if word in text] == [], address
        answers = {client.get(f"{BASE}phan-anh/{each}/").content for each in (waiting.reference, gone.reference, "x")}
        assert len(answers) == 1


class TestAsking:
    @pytest.mark.parametrize(
        "address",
        [
            *("phan-anh/?sau=x", "phan-anh/?sau=٣", "phan-anh/?moi-trang=0", "phan-anh/?moi-trang=-1"),
            *("phan-anh/?nam=abc", "phan-anh/?nam=99999", "phan-anh/?dang-tu=hom-qua", "phan-anh/?chu-de=%00"),
            *("phan-anh/?chu-dee=hoc-phi", "don-vi/?q=x", "?q=1", "so-lieu/phan-anh/?ky=2026-Q9"),
            *("so-lieu/phan-anh/?tu=2026-01-01", "so-lieu/phan-anh/?kyy=2026", "phan-anh/?sau=" + "9" * 30),
            *("phan-anh/?chu-de=' OR 1=1", "phan-anh/PA-2026-000001/?x=1", "phan-anh/?dang-tu=2026-02-30"),
        ],
    )
    def test_what_cannot_be_meant_is_told_in_a_sentence(self, client, desk, address):
        assert read(client, address, 400)["error"]

    @pytest.mark.parametrize("address", ["khong-co/", "so-lieu/x/", "khong-co/1/", "phan-anh/%00/", "van-ban/0/"])
    def test_what_is_not_there_is_told_in_json(self, client, desk, address):
        assert read(client, address, 404)["error"]

    @pytest.mark.parametrize("address", ["", "openapi.json", "phan-anh/", "phan-anh/PA-2026-000001/"])
    def test_nothing_is_taken_in(self, client, desk, address):
        for method in ("post", "put", "delete", "patch"):
            answer = getattr(client, method)(BASE + address)
            assert answer.status_code == 405
            assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"

    def test_a_page_of_another_site_may_ask_with_its_mark(self, client, full):
        asked = {"origin": "https://khac.example.vn", "access-control-request-headers": "if-none-match"}
        answer = client.options(f"{BASE}phan-anh/", headers=asked)
        assert answer.status_code == 204
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
        assert "Access-Control-Allow-Credentials" not in answer.headers

    def test_who_has_the_answer_gets_no_second_one_until_it_changes(self, client, full, desk):
        for address in ("", "phan-anh/", f"phan-anh/{full.reference}/", "so-lieu/phan-anh/", "don-vi/", "van-ban/"):
            etag = client.get(BASE + address).headers["ETag"]
            known = {"if-none-match": etag}
            again = client.get(BASE + address, headers=known)
            assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag), address
            assert again.headers["Access-Control-Allow-Origin"] == "*"
        etag = client.get(f"{BASE}phan-anh/").headers["ETag"]
        public_case_withdraw(public_case=full, actor=desk.leader, reason="Có chi tiết cần xem lại")
        fresh = client.get(f"{BASE}phan-anh/", headers={"if-none-match": etag})
        assert (fresh.status_code, json.loads(fresh.content)["items"]) == (200, [])

    def test_a_long_answer_travels_compressed(self, client, full):
        copies(full, 30)
        answer = client.get(f"{BASE}phan-anh/", headers={"accept-encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(json.loads(gzip.decompress(answer.content))["items"]) == 31

    def test_head_says_what_get_says(self, client, full):
        assert client.head(f"{BASE}phan-anh/").headers["ETag"] == client.get(f"{BASE}phan-anh/").headers["ETag"]

    def test_questions_to_the_database_do_not_grow(self, client, full):
        addresses = [f"{BASE}{name}/" for name in declared.resources]
        queries(client, *addresses)
        few = queries(client, *addresses)
        copies(full, 30)
        Unit.objects.bulk_create(
            Unit(code=f"U{number}", name=f"U {number}", slug=f"u{number}", kind="room", parent=full.unit)
            for number in range(20)
        )
        for _turn in range(5):
            documents.document(OfficialDocumentIndexPage.objects.get())
            plans.plan(PlanIndexPage.objects.get())
        assert queries(client, *addresses) == few

    @pytest.mark.parametrize(("kind", "typed"), [("date", "2026-13-01"), ("integer", "0"), ("text", "có dấu")])
    def test_a_value_of_another_kind_is_refused(self, kind, typed):
        with pytest.raises(ApiError):
            ApiFilter("x", "", "", kind).read(typed)


class TestPage:
    def test_people_read_what_programs_read(self, client, full):
        html = client.get(PAGE).content.decode()
        for each in declared:
            assert str(each.label) in html
            assert [field.name for field in each.fields if f"<code>{field.name}</code>" not in html] == []
            parts = [f"{field.name}[].{part.name}" for field in each.fields for part in field.parts]
            assert [name for name in parts if f"<code>{name}</code>" not in html] == []
            for file in each.files:
                assert f'href="{file.address()}"' in html
                assert client.get(file.address()).status_code == 200
        assert "http://testserver/api/v1/openapi.json" in html

    def test_a_portal_without_anything_has_its_page_too(self, client, site_tree):
        assert client.get(PAGE).status_code == 200
        assert read(client, "phan-anh/") == {"items": [], "next": None}

    def test_the_board_of_a_plan_opens_from_its_record(self, client, full):
        [item] = read(client, "ke-hoach/")["items"]
        table = client.get(item["tasks_csv"].removeprefix("http://testserver"))
        assert list(csv.reader(table.content.decode("utf-8-sig").splitlines()))
        assert reverse("open_data") == PAGE
