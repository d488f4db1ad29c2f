"""A form that no longer stands at the moment it is sent: the right page with its sentence, and everything else kept."""

from django.core.exceptions import ValidationError

import pytest

from feedback.models import Case, CaseDraft, Category
from feedback.views import form
from tests.feedback import walk

pytestmark = pytest.mark.django_db


def _meanwhile(monkeypatch, happens):
    """Let something happen between the last look at the form and its way to the office."""
    real = form.draft_send

    def send(**given):
        happens()
        return real(**given)

    monkeypatch.setattr(form, "draft_send", send)


def test_a_field_of_work_that_closes_at_the_last_moment_leads_back_to_its_page(client, monkeypatch):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)
    _meanwhile(monkeypatch, lambda: Category.objects.filter(pk=draft.data["category"]).update(active=False))
    answer = walk.post(client, "xem-lai", data)
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert page.status_code == 200
    assert "Lĩnh vực này không còn nhận phản ánh" in page.content.decode()
    assert not Case.objects.exists()
    kept = walk.the_draft().data
    assert (kept["title"], kept["name"]) == (walk.CONTENT["title"], walk.SENDER["name"])
    other = Category.objects.active().in_order().first()
    onward = client.post(answer.url, {"category": other.pk, "unit": ""})
    assert (onward.status_code, onward.url) == (302, f"{walk.FORM}xem-lai/")
    assert walk.CONTENT["title"] in client.get(onward.url).content.decode()


def test_a_form_that_another_window_emptied_leads_back_to_its_page(client, monkeypatch):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)
    _meanwhile(
        monkeypatch, lambda: CaseDraft.objects.filter(pk=draft.pk).update(data={**draft.data, "body": "", "title": ""})
    )
    answer = walk.post(client, "xem-lai", data)
    page = client.get(answer.url).content.decode()
    assert answer.url.startswith(f"{walk.FORM}noi-dung/")
    assert 'id="id_title_loi"' in page
    assert not Case.objects.exists()


def test_a_refusal_that_no_page_explains_is_said_on_the_review(client, monkeypatch):
    draft = walk.to_review(client)
    data = walk.right_answer(client, draft)

    def refuse():
        raise ValidationError({"title": ["Tiêu đề này không nhận được."]})

    _meanwhile(monkeypatch, refuse)
    answer = walk.post(client, "xem-lai", data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Tiêu đề này không nhận được." in text
    assert walk.CONTENT["title"] in text
