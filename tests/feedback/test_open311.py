"""Open311 as strangers use it: their schemas, their client, the filters and errors of the standard."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import georeport
import jsonschema
import pytest

from feedback import factories
from feedback.models import Category, PublicCase
from feedback.services.publication import public_case_withdraw
from tests.feedback.test_published import CANARY, copies
from tests.feedback.walk import queries
from tests.files.real import real_file

pytestmark = pytest.mark.django_db
BASE = "/open311/v2/"
FAR = "start_date=2026-01-01T00:00:00Z&end_date=2026-03-31T00:00:00Z"


def schema(name):
    return json.loads(real_file(f"open311/{name}.json").read_text())


def read(client, address, status=200):
    answer = client.get(BASE + address)
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    return json.loads(answer.content)


def test_every_answer_fits_the_public_schemas(client, desk):
    copy = factories.published(desk)
    found = {
        "service": read(client, "services.json"),
        "request": read(client, "requests.json") + read(client, f"requests/{copy.reference}.json"),
    }
    for name, records in found.items():
        assert records
        for record in records:
            jsonschema.validate(record, schema(name))
    code = found["service"][0]["service_code"]
    jsonschema.validate(read(client, f"services/{code}.json"), schema("service-definition"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_strangers_client_reads_everything(live_server, desk, form):
    copy = factories.published(desk)
    city = georeport.GeoReport(f"{live_server.url}{BASE}", output_format=form)
    services = city.get_service_list()
    assert {each["service_code"] for each in services} == set(Category.objects.values_list("code", flat=True))
    assert city.get_service_definition("hoc-phi")["service_code"] == "hoc-phi"
    found = city.get_service_requests(service_request_id=copy.reference)
    found = found if isinstance(found, list) else [found]
    assert [each["service_request_id"] for each in found] == [copy.reference]
    single = city.get_service_request(copy.reference)
    assert (single["service_request_id"], single["status"]) == (copy.reference, "closed")


def test_xml_says_the_same(client, desk):
    copy = factories.published(desk)
    for address, root, item in (
        ("services.xml", "services", "service"),
        ("requests.xml", "service_requests", "request"),
        (f"requests/{copy.reference}.xml", "service_requests", "request"),
    ):
        answer = client.get(BASE + address)
        assert answer.headers["Content-Type"] == "text/xml"
        top = ElementTree.fromstring(answer.content)
        assert top.tag == root
        told = [{child.tag: child.text for child in each} for each in top.findall(item)]
        same = read(client, address.replace(".xml", ".json"))
        assert [list(record) for record in told] == [list(record) for record in same]
        assert told[0].get("service_request_id") == same[0].get("service_request_id")
    assert ElementTree.fromstring(client.get(f"{BASE}discovery.xml").content).findtext("endpoints/endpoint/url")


def test_signs_that_xml_forbids_break_nothing(client, desk):
    copy = factories.published(desk)
    PublicCase.objects.filter(pk=copy.pk).update(question="một\x01hai\x0b <ba> & \ufffe")
    assert ElementTree.fromstring(client.get(f"{BASE}requests.xml").content).findtext("request/description")


def test_discovery_leads_to_where_it_stands(client):
    found = read(client, "discovery.json")
    [endpoint] = found["endpoints"]
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"


def test_nothing_private_is_ever_told(client, desk):
    words = "Con tôi tên Hồ Gia Bảo Canary học lớp 3A, xin gọi 0987 654 321."
    factories.published(desk, **CANARY, body=f"Phòng học tầng hai có bốn quạt đã hỏng. {words}")
    waiting = factories.proposed(desk, **CANARY, title="Chuyện chưa công khai canary")
    gone = factories.published(desk, title="Bản đã gỡ canary")
    public_case_withdraw(public_case=gone, actor=desk.leader, reason="Lý do canary")
    ids = f"service_request_id={waiting.reference},{gone.reference}"
    for address in ("requests.json", "requests.xml", f"requests.json?{ids}", "services.json", "discovery.json"):
        text = client.get(BASE + address).content.decode()
        private = [*CANARY.values(), "0987 654 321", waiting.reference, gone.reference, "canary", desk.officer.username]
        assert [word for word in private if word in text] == [], address
    answers = [client.get(f"{BASE}requests/{each}.json") for each in (waiting.reference, gone.reference, "PA-1", "x")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


@pytest.mark.parametrize("query", ["service_request_id=PA 2026 1", "service_code=học-phí", "status=open;closed"])
def test_what_is_no_word_never_finds_everything(client, desk, query):
    factories.published(desk)
    assert client.get(f"/open311/v2/requests.json?{query}").status_code == 400


def test_filters_narrow_and_pages_cover_everything(client, desk):
    copy = factories.published(desk)
    copies(copy, 25)
    fees = Category.objects.get(code="hoc-phi")
    PublicCase.objects.filter(title__in=["Việc số 1", "Việc số 2"]).update(category=fees)
    seen = []
    for page in (1, 2, 3, 4):
        seen += [row["service_request_id"] for row in read(client, f"requests.json?{FAR}&page_size=10&page={page}")]
    assert len(seen) == len(set(seen)) == PublicCase.objects.filter(title__startswith="Việc số").count()
    assert len(read(client, f"requests.json?{FAR}&service_code=hoc-phi,khac")) == 2
    assert read(client, f"requests.json?{FAR}&status=open") == []
    assert len(read(client, f"requests.json?{FAR}&status=open,closed")) == 25
    [one] = read(client, f"requests.json?service_request_id={copy.reference}&service_code=khac")
    assert one["service_request_id"] == copy.reference


def test_an_end_at_midnight_is_the_end_of_that_day(client, desk):
    copy = factories.published(desk)
    day = copy.asked_on
    query = f"start_date={day - timedelta(days=3)}T00:00:00Z&end_date={day}T00:00:00Z"
    assert len(read(client, f"requests.json?{query}")) == 1


@pytest.mark.parametrize(
    "query",
    [
        *("status=done", "start_date=x", "start_date=2026-02-30T00:00:00Z", "page=0", "page=x", "page_size=-1"),
        *("start_date=2026-03-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", "page=٣", "end_date=%00"),
        "start_date=2025-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z",
        "service_request_id=" + ",".join(f"PA-2026-{number:06d}" for number in range(60)),
    ],
)
def test_what_cannot_be_is_told_in_the_shape_of_the_standard(client, query):
    [error] = read(client, f"requests.json?{query}", 400)
    assert error["code"] == 400
    assert error["description"]
    answer = client.get(f"{BASE}requests.xml?{query}")
    assert answer.status_code == 400
    assert ElementTree.fromstring(answer.content).findtext("error/code") == "400"


@pytest.mark.parametrize("query", ["end_date=0001-01-01", "start_date=9999-12-31", "page=99999"])
def test_the_ends_of_time_are_only_empty(client, query):
    assert read(client, f"requests.json?{query}") == []


def test_an_unknown_service_and_format_are_not_found(client):
    read(client, "services/khong-co.json", 404)
    assert client.get(f"{BASE}services.yaml").status_code == 404


def test_what_is_there_to_be_read_takes_nothing_in(client, desk):
    for address in ("services.json", "discovery.json", "services/hoc-phi.json", "requests/PA-2026-000001.json"):
        answer = client.post(BASE + address, {"service_code": "hoc-phi", "description": "x"})
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD"
        assert json.loads(answer.content)[0]["code"] == 405


def test_questions_to_the_database_do_not_grow(client, desk):
    copy = factories.published(desk)
    addresses = (f"{BASE}requests.json?{FAR}", f"{BASE}services.json", f"{BASE}requests/{copy.reference}.json")
    few = queries(client, *addresses)
    copies(copy, 30)
    assert queries(client, *addresses) == few
