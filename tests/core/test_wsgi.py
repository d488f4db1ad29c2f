"""What reaches Django from outside: a stranger never chooses the codec that reads a request."""

from io import BytesIO

from django.test import RequestFactory

import pytest

from cms.wsgi import application

READ = ("/", "/phan-anh-kien-nghi/gui/?tim=%2B2AA-", "/so-nhat-ky/doi-chieu/?so=%41&dau=%2B2AA-")
SENT = ("/open311/v2/requests.json", "/phan-anh-kien-nghi/tra-cuu/", "/danh-gia/", "/quan-tri/login/")


def ask(method, path, kind, body=b""):
    """Return the status that the server itself would send."""
    environ = RequestFactory().generic(method, path, body, content_type=kind, SERVER_NAME="localhost").environ
    told = []
    environ["wsgi.input"] = BytesIO(body)
    b"".join(application(environ, lambda status, _headers, *_rest: told.append(status)))
    return int(told[0].split()[0])


# The server's own handler closes the connection of its thread: nothing here can be rolled back.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("path", READ)
def test_a_claimed_charset_is_nobodys_business(site_tree, path):
    kinds = [f"text/plain; charset={charset}" for charset in ("hex", "zlib", "utf-7", "punycode", "x" * 300, "")]
    assert [kind for kind in ("text/plain", *kinds) if ask("GET", path, kind) >= 500] == []


@pytest.mark.parametrize("path", SENT)
def test_nor_in_a_form(site_tree, path):
    body = b'--xx\r\nContent-Disposition: form-data; name="service_code"\r\n\r\n+2AA-\r\n--xx--\r\n'
    for charset in ("hex", "utf-7", "unicode_escape"):
        assert ask("POST", path, f"multipart/form-data; boundary=xx; charset={charset}", body) < 500, charset
