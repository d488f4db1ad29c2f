"""A citizen who fills in the form, page by page, with Django's test client."""

import io
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from captcha.models import CaptchaStore
from PIL import Image

from feedback.models import CaseDraft, Category
from feedback.services.catalogue import catalogue_seed

FORM = "/phan-anh-kien-nghi/gui/"
DONE = f"{FORM}xong/"
FOLLOW = "/phan-anh-kien-nghi/tra-cuu/"

CONTENT = {
    "title": "Cổng trường không có gờ giảm tốc",
    "body": "Xe máy chạy nhanh qua cổng vào giờ tan học. Đề nghị làm gờ giảm tốc.",
}
SENDER = {
    "sender_kind": "citizen",
    "name": "Nguyễn Thị Mẫu",
    "phone": "0912 000 345",
    "email": "mau@thu.example.vn",
    "address": "Số 1 phố Mẫu",
    "name_shown": "hidden",
    "agree_handle": "on",
    "agree_publish": "on",
}


def picture(name="anh.jpg", size=(8, 8), colour="green") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def subject(**changes) -> dict:
    catalogue_seed()
    return {"category": Category.objects.active().in_order().first().pk, "unit": "", **changes}


def post(client, step, data):
    return client.post(f"{FORM}{step}/", data)


def the_draft() -> CaseDraft:
    return CaseDraft.objects.get()


def to_review(client, **changes) -> CaseDraft:
    """Fill in every page up to the review, with a hand that takes its time; return the draft."""
    before = set(CaseDraft.objects.values_list("pk", flat=True))
    answers = [post(client, "linh-vuc", subject())]
    answers.append(post(client, "noi-dung", {**CONTENT, **{k: v for k, v in changes.items() if k in CONTENT}}))
    answers.append(post(client, "tep", {"files": changes.pop("files", [])}))
    sender = {k: v for k, v in {**SENDER, **changes}.items() if k not in CONTENT and v is not None}
    answers.append(post(client, "nguoi-gui", sender))
    assert [answer.status_code for answer in answers] == [302] * 4
    draft = CaseDraft.objects.exclude(pk__in=before).get()
    CaseDraft.objects.filter(pk=draft.pk).update(started_at=timezone.now() - timedelta(minutes=2))
    return draft


def right_answer(client, draft: CaseDraft) -> dict:
    """Open the review and read the picture."""
    assert client.get(f"{FORM}xem-lai/").status_code == 200
    draft.refresh_from_db()
    answer = CaptchaStore.objects.get(hashkey=draft.captcha_key).response
    return {"form_token": draft.form_token, "captcha_0": draft.captcha_key, "captcha_1": answer}


def send(client, **changes):
    """Send a whole form; return the answer to the last press."""
    trap = changes.pop("trap", "")
    draft = to_review(client, **changes)
    return post(client, "xem-lai", {**right_answer(client, draft), "ghi_chu_them": trap})


def code_of(client) -> str:
    """Return the tracking code that this client's receipt shows."""
    html = client.get(DONE).content.decode()
    return html.split('data-testid="tracking-code">')[1].split("<")[0]


def queries(client, *addresses: str) -> list[int]:
    """Return how many questions each page asks the database."""
    counted = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counted.append(len(asked))
    return counted
