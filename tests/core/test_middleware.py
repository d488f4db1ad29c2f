"""Every answer carries the headers: pages, refusals, faults, files; the admin has its own policy and nobody else."""

from http import HTTPStatus
from pathlib import Path

from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client, TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

import pytest

from tests.site import build_site

PUBLIC_POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:; manifest-src 'self'; media-src 'self'; script-src 'self'; "
    "style-src 'self'"
)
# The rich-text editor writes style elements; the preview is a frame. Scripts are as strict as outside.
ADMIN_POLICY = (
    "base-uri 'self'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'self'; frame-src 'self'; img-src 'self' data: blob:; manifest-src 'self'; media-src 'self'; "
    "script-src 'self'; style-src 'self' 'unsafe-inline'"
)
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
}


def policy(response):
    return "; ".join(sorted(response.headers["Content-Security-Policy"].split("; ")))


def break_down(_request):
    raise RuntimeError("bí mật của máy chủ")


def refuse(_request):
    raise PermissionDenied


def read_the_form(request):
    request.POST["khong-co"]


def with_cookie(_request):
    response = HttpResponse("x")
    response.set_cookie("a", "b")
    return response


def tell_query(request):
    return HttpResponse(repr(dict(request.GET)))


def says_itself(_request):
    return HttpResponse("x", headers={"Cache-Control": "public, max-age=60"})


# The house's own addresses, and some that misbehave.
urlpatterns = [
    path("hong/", break_down),
    path("cam/", refuse),
    path("doc/", read_the_form),
    path("banh/", with_cookie),
    path("tu-noi/", says_itself),
    path("hoi/", tell_query),
    path("", include("cms.urls")),
]


@override_settings(ROOT_URLCONF=__name__)
class HeadersTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        build_site()

    def setUp(self):
        self.client = Client(raise_request_exception=False)

    def assert_headers(self, response, *, frame="DENY"):
        for name, value in EVERYWHERE.items():
            assert response.headers.get(name) == value, name
        assert response.headers["X-Frame-Options"] == frame
        assert not {"Server", "X-Powered-By"} & set(response.headers)

    def test_on_pages(self):
        for address in ("/", "/tin-tuc/", "/tim-kiem/", "/healthz", "/robots.txt", "/phan-anh-kien-nghi/gui/"):
            with self.subTest(address):
                response = self.client.get(address)
                self.assert_headers(response)
                assert policy(response) == PUBLIC_POLICY

    def test_what_everybody_reads_is_compressed_and_what_is_ones_own_is_not(self):
        wants = {"accept-encoding": "gzip, br"}
        for address in ("/", "/tin-tuc/", "/tim-kiem/?q=a", "/sitemap.xml", "/tin-tuc/atom.xml"):
            with self.subTest(address):
                response = self.client.get(address, headers=wants)
                assert response.headers["Content-Encoding"] == "gzip"
                assert "Accept-Encoding" in response.headers["Vary"]
                assert "Content-Encoding" not in self.client.get(address).headers
        for address in (
            "/phan-anh-kien-nghi/gui/linh-vuc/",
            "/phan-anh-kien-nghi/tra-cuu/",
            "/quan-tri/login/",
            "/hong/",
        ):
            with self.subTest(address):
                response = self.client.get(address, headers=wants)
                assert "Content-Encoding" not in response.headers
                assert "no-store" in response.headers["Cache-Control"]

    def test_on_refusals_and_faults(self):
        for status, response in (
            (HTTPStatus.FORBIDDEN, self.client.get("/cam/")),
            (HTTPStatus.NOT_FOUND, self.client.get("/khong-co/")),
            (HTTPStatus.METHOD_NOT_ALLOWED, self.client.post("/healthz")),
            (HTTPStatus.BAD_REQUEST, self.client.get("/", headers={"host": "ke-khac.example"})),
            (HTTPStatus.FORBIDDEN, Client(enforce_csrf_checks=True).post("/phan-anh-kien-nghi/gui/")),
            (HTTPStatus.INTERNAL_SERVER_ERROR, self.client.get("/hong/")),
        ):
            with self.subTest(status):
                assert response.status_code == status
                self.assert_headers(response)
                assert policy(response) == PUBLIC_POLICY
                assert "no-store" in response.headers["Cache-Control"]
                assert "bí mật" not in response.content.decode()
                assert "Traceback" not in response.content.decode()

    def test_the_admin_and_only_the_admin_has_its_own_policy(self):
        for address in ("/quan-tri/login/", "/quan-tri/", "/quan-tri/khong-co/"):
            with self.subTest(address):
                response = self.client.get(address)
                self.assert_headers(response, frame="SAMEORIGIN")
                assert policy(response) == ADMIN_POLICY
        for address in ("/quan-tri", "/Quan-Tri/", "/quan-tri.html", "/tin-tuc/?next=/quan-tri/", "//quan-tri/"):
            with self.subTest(address):
                assert policy(self.client.get(address)) == PUBLIC_POLICY

    def test_no_script_but_our_own_files_anywhere(self):
        for text in (PUBLIC_POLICY, ADMIN_POLICY):
            scripts = next(part for part in text.split("; ") if part.startswith("script-src"))
            assert scripts == "script-src 'self'"
            assert "*" not in text

    def test_an_answer_about_a_person_is_kept_out_of_every_cache(self):
        assert self.client.get("/banh/").headers["Cache-Control"] == "private, no-store"
        self.client.cookies["phien"] = "x"
        assert self.client.get("/").headers["Cache-Control"] == "private, no-store"

    def test_a_public_page_does_not_ask_who_reads_it(self):
        self.client.cookies["phien"] = "x" * 32
        for address in ("/", "/tin-tuc/", "/van-ban/", "/tim-kiem/"):
            with self.subTest(address), CaptureQueriesContext(connection) as asked:
                assert "Cookie" not in self.client.get(address).headers.get("Vary", "")
                assert not [query for query in asked if "django_session" in query["sql"]]

    def test_a_view_that_says_how_long_is_believed(self):
        assert self.client.get("/tu-noi/").headers["Cache-Control"] == "public, max-age=60"

    def test_a_static_file_is_safe_too(self):
        response = self.client.get("/media/images/khong-co.png")
        self.assert_headers(response)

    @override_settings(SECURE_SSL_REDIRECT=True, SECURE_HSTS_SECONDS=60)
    def test_over_https(self):
        redirect = self.client.get("/")
        assert (redirect.status_code, redirect.headers["Location"]) == (301, "https://testserver/")
        self.assert_headers(redirect)
        assert "max-age=60" in self.client.get("/", secure=True).headers["Strict-Transport-Security"]

    def test_what_a_database_cannot_hold_never_reaches_one(self):
        """PostgreSQL has no NUL in its text: each of these was a fault of the server there."""
        told = self.client.get("/hoi/?a=b%00c&%00d=%%000000").content.decode()
        assert told == "{'a': ['b\ufffdc'], '\ufffdd': ['%\ufffd0000']}"
        assert self.client.get("/hoi/?a=%2500").content.decode() == "{'a': ['%00']}"
        for address in ("/hoi/%00", "/tin-tuc/a%00b/"):
            with self.subTest(address), CaptureQueriesContext(connection) as asked:
                assert self.client.get(address).status_code == HTTPStatus.NOT_FOUND
                assert not [query for query in asked.captured_queries if "\0" in query["sql"]]
        assert self.client.get("/quan-tri/%00/").status_code == HTTPStatus.FOUND  # to the log-in

    def test_over_plain_http_no_promise_of_https(self):
        assert "Strict-Transport-Security" not in self.client.get("/").headers


def test_static_files_are_served_with_the_headers(client, settings, tmp_path):
    """WhiteNoise answers before most of the middleware does; ours is in front of it."""
    Path(tmp_path, "a.js").write_text("x")
    settings.STATIC_ROOT = str(tmp_path)
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = False
    response = Client().get("/static/a.js")
    assert response.status_code == 200
    for name, value in EVERYWHERE.items():
        if name != "Cross-Origin-Resource-Policy":
            assert response.headers.get(name) == value, name


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL"])
def test_headers_that_try_to_move_the_site_are_ignored(client, name):
    response = client.get("/quan-tri/", headers={name: "ke-khac.example"})
    assert "ke-khac.example" not in response.headers.get("Location", "") + response.content.decode()


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__, ADMINS=[("", "quan-tri@so.example.vn")])
def test_the_report_of_a_fault_says_nothing_of_the_person():
    """Django writes form values and cookies into the mail to ADMINS; names, codes and sessions must not leave so."""
    client = Client(raise_request_exception=False)
    client.cookies["phien"] = "phien-bi-mat"
    picture = SimpleUploadedFile("Trần Thị Sen.jpg", b"x")
    typed = {"name": "Trần Thị Sen Mẫu", "code": "ABCD-EFGH-JKLM", "files": picture}
    assert client.post("/doc/?q=0912000345", typed).status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    (report,) = mail.outbox
    assert "MultiValueDictKeyError" in report.body
    assert "read_the_form" in report.body
    told = [word for word in ("Sen", "ABCD", "phien-bi-mat", "khoa-ma-theo-doi") if word in report.body]
    assert told == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/phan-anh-kien-nghi/gui/tep/", "/quan-tri/login/", "/khong-co/"])
def test_a_request_larger_than_any_form_is_refused_unread(client, settings, address):
    settings.LARGEST_REQUEST = 1000
    body = b"x" * 1001
    answer = Client(enforce_csrf_checks=True).post(address, body, content_type="multipart/form-data; boundary=y")
    assert answer.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert "quá lớn" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
