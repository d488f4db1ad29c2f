"""Private files: whole on disk before their row, read through a view only, never a page of the site."""

import os
import stat
from email.message import Message
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404
from django.test import RequestFactory

import pytest

from cms.media.private import private_name, private_response, private_storage, private_write


@pytest.fixture
def stored():
    name = private_write(folder="cases", extension="pdf", content=b"%PDF-1.4 bytes")
    yield name
    private_storage.delete(name)


def respond(name, **values):
    request = RequestFactory().get("/")
    return private_response(
        request, **{"name": name, "filename": "đơn.pdf", "content_type": "application/pdf", **values}
    )


class TestWriting:
    def test_the_bytes_are_there_and_readable_by_the_owner_and_the_group_only(self, stored):
        path = Path(private_storage.path(stored))
        assert path.read_bytes() == b"%PDF-1.4 bytes"
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o750

    def test_the_name_is_made_by_the_server(self):
        names = {private_name("cases", "pdf") for _turn in range(1000)}
        assert len(names) == 1000
        assert all(name.startswith("cases/") and name.endswith(".pdf") and len(name) == 45 for name in names)

    def test_bytes_and_folder_are_synchronised_before_the_name_is_given_out(self, monkeypatch):
        synced = []
        real = os.fsync

        def fsync(handle):
            synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
        private_storage.delete(private_write(folder="cases", extension="pdf", content=b"x"))
        assert synced == [False, True]

    def test_a_disk_that_refuses_is_told_to_the_caller(self, monkeypatch):
        def full(_handle):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space left"):
            private_write(folder="cases", extension="pdf", content=b"x")

    @pytest.mark.django_db
    def test_no_address_leads_to_the_folder(self, stored, client, settings):
        assert not Path(private_storage.path(stored)).is_relative_to(settings.MEDIA_ROOT)
        assert client.get(f"{settings.MEDIA_URL}{stored}").status_code == 404
        assert client.get(f"{settings.MEDIA_URL}../private/{stored}").status_code == 404


class TestAnswering:
    def test_no_page_of_the_site_and_in_no_cache(self, stored):
        response = respond(stored)
        assert b"".join(response.streaming_content) == b"%PDF-1.4 bytes"
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert policy.endswith("sandbox")
        assert "script" not in policy
        assert not {"ETag", "Last-Modified", "Expires"} & set(response.headers)

    def test_it_is_a_download_unless_shown_in_place(self, stored):
        assert respond(stored).headers["Content-Disposition"].startswith("attachment; ")
        assert respond(stored, inline=True).headers["Content-Disposition"].startswith("inline; ")

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            ("đơn xin phép.pdf", "đơn xin phép.pdf"),
            ('a"; filename="b.exe', 'a"; filename="b.exe'),
            ("a\\.pdf", "a\\.pdf"),
            ("a;b=c.pdf", "a;b=c.pdf"),
            ("a\r\nSet-Cookie: x=y.pdf", "aSet-Cookie: x=y.pdf"),
            ("a\x00b.pdf", "ab.pdf"),
            ("\u202egpj.pdf", "gpj.pdf"),
            ("\ud800a.pdf", "a.pdf"),
            ("😀.pdf", "😀.pdf"),
            ("x" * 480 + ".pdf", "x" * 480 + ".pdf"),
        ],
    )
    def test_the_shown_name_stays_one_parameter_of_one_header(self, stored, given, shown):
        header = respond(stored, filename=given).headers["Content-Disposition"]
        parsed = Message()
        parsed["Content-Disposition"] = header
        assert parsed.get_content_disposition() == "attachment"
        assert parsed.get_filename() == shown
        assert header.isascii()
        assert header.isprintable()

    def test_bytes_that_are_gone_are_not_there_rather_than_a_fault(self):
        with pytest.raises(Http404):
            respond("cases/00/gone.pdf")

    @pytest.mark.parametrize("name", ["../secrets/secret_key", "/etc/passwd", "cases/../../x"])
    def test_a_stored_name_never_leads_out_of_the_folder(self, name):
        with pytest.raises(SuspiciousFileOperation):
            respond(name)
