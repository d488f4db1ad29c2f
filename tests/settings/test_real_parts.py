"""The parts an office may exchange by environment, as real servers on this machine: object store, mail server."""

import json
import os
import socket
import subprocess
import sys
from email import message_from_bytes
from email.header import decode_header, make_header

from django.conf import settings

import pytest

from cms.core.ports import MailKind, RenderedMail, mail_kinds
from cms.core.services.outbox import mail_queue, mails_send_due

# The product's own doors to its storages, in a fresh process that knows only STORAGE_URL.
ROUND_TRIP = """
import json, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.production"
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from cms.media.private import private_storage, private_write
name = private_write(folder="cases", extension="pdf", content=b"rieng tu")
again = private_write(folder="cases", extension="pdf", content=b"rieng tu")
picture = default_storage.save("images/anh.png", ContentFile(b"cong khai"))
second = default_storage.save("images/anh.png", ContentFile(b"khac"))
with private_storage.open(name) as stored:
    private = stored.read().decode()
with default_storage.open(picture) as stored:
    public = stored.read().decode()
out = {"name": name, "again": again, "private": private, "public": public, "picture": picture, "second": second,
       "exists": private_storage.exists(name), "url": default_storage.url(picture)}
private_storage.delete(name)
out["gone"] = not private_storage.exists(name)
print(json.dumps(out))
"""


@pytest.fixture(scope="module")
def object_store():
    """An S3 server with one empty bucket; returns its STORAGE_URL and a client."""
    server_module = pytest.importorskip("moto.server")
    boto3 = pytest.importorskip("boto3")
    server = server_module.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id="khoa",
        aws_secret_access_key="mat-khau",
        region_name="us-east-1",
    )
    client.create_bucket(Bucket="cong")
    yield f"s3://khoa:mat-khau@{host}:{port}/cong?region=us-east-1&tls=0", client
    server.stop()


def test_files_go_to_an_object_store_by_environment_alone(object_store, tmp_path):
    address, client = object_store
    process = subprocess.run(
        [sys.executable, "-c", ROUND_TRIP],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "STORAGE_URL": address},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout)
    assert found["private"] == "rieng tu"
    assert found["public"] == "cong khai"
    assert found["name"] != found["again"], "a private file never takes another's name"
    assert found["picture"] != found["second"], "a public file never overwrites another"
    assert found["exists"] and found["gone"]
    assert "Signature" not in found["url"]
    keys = {item["Key"] for item in client.list_objects_v2(Bucket="cong")["Contents"]}
    assert {key.split("/")[0] for key in keys} == {"media", "private"}
    assert f"private/{found['again']}" in keys
    assert not (tmp_path / "private").exists(), "nothing is left on the local disk"


class Inbox:
    """What an SMTP server took in."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, server, session, envelope):
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def mail_server(settings):
    """A real SMTP server on loopback, with the site's mail pointed at it."""
    controller_module = pytest.importorskip("aiosmtpd.controller")
    inbox = Inbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = controller_module.Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    yield inbox
    controller.stop()


@pytest.fixture
def letter():
    """A kind of mail with Vietnamese in its head and body."""
    kind = MailKind(
        "thu-that",
        "Thư thật",
        lambda reference: RenderedMail("nguoi.nhan@thu.example.vn", "Đã tiếp nhận phản ánh", f"Mã {reference['ma']}"),
    )
    mail_kinds.register(kind)
    yield kind
    mail_kinds.items.pop(kind.name)


@pytest.mark.django_db
def test_mail_leaves_through_a_real_server(mail_server, letter):
    queued = mail_queue(kind=letter.name, reference={"ma": "PA-2026-000001"}, dedupe_key="that-1")
    assert mails_send_due() == 1
    [(sender, recipients, message)] = mail_server.taken
    assert recipients == ["nguoi.nhan@thu.example.vn"]
    assert sender == settings.DEFAULT_FROM_EMAIL
    assert message["Message-ID"] == queued.message_id
    assert str(make_header(decode_header(message["Subject"]))) == "Đã tiếp nhận phản ánh"
    assert message.get_payload(decode=True).decode().strip() == "Mã PA-2026-000001"
