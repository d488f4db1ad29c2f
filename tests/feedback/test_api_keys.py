"""Keys in the admin: shown once, taken back for good, by administrators alone."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from feedback.models import ApiKey
from feedback.services.api_keys import api_key_find, api_key_make, api_key_revoke
from tests.feedback.walk import queries

pytestmark = pytest.mark.django_db
FORM = {"name": "Công dân số", "holder": "Trung tâm chuyển đổi số", "contact": "", "may_attach": "on"}


@pytest.fixture
def admin(officer):
    return officer(Role.ADMIN)


@pytest.fixture
def enter(client):
    """Return a function that logs an officer in and gives back the client."""

    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def test_a_new_key_is_shown_once(admin, enter):
    client = enter(admin)
    index = client.get(reverse("api_key:index")).content.decode()
    assert "Chưa cấp khóa nào" in index
    answer = client.post(reverse("api_key:add"), FORM)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    key = re.search(r'data-testid="api-key">([^<]+)<', answer.content.decode())[1]
    row = ApiKey.objects.get()
    assert api_key_find(key) == row
    assert (row.made_by, row.may_attach) == (admin, True)
    for name, arguments in (("index", []), ("revoke", [row.pk])):
        shown = client.get(reverse(f"api_key:{name}", args=arguments)).content.decode()
        assert key not in shown
    assert row.hint in client.get(reverse("api_key:index")).content.decode()


def test_pressing_twice_makes_one_key(admin, enter):
    client = enter(admin)
    client.post(reverse("api_key:add"), FORM)
    again = client.post(reverse("api_key:add"), FORM).content.decode()
    assert "Đã có một khóa đang dùng mang tên này" in again
    assert "Trung tâm chuyển đổi số" in again
    assert ApiKey.objects.count() == 1


@pytest.mark.parametrize("changes", [{"name": ""}, {"holder": " "}, {"name": "a\0b"}, {"name": "x" * 500}])
def test_a_bad_form_makes_nothing(admin, enter, changes):
    answer = enter(admin).post(reverse("api_key:add"), {**FORM, **changes})
    assert answer.status_code == 200
    assert not ApiKey.objects.exists()


def test_a_revoked_key_stays_in_the_list_and_frees_its_name(admin, enter):
    row, key = api_key_make(actor=admin, name="Công dân số", holder="x")
    client = enter(admin)
    address = reverse("api_key:revoke", args=[row.pk])
    assert "Thu hồi khóa" in client.get(address).content.decode()
    assert ApiKey.objects.get().works
    assert client.post(address).status_code == 302
    assert api_key_find(key) is None
    assert "đã được thu hồi" in client.get(address).content.decode()
    assert client.post(address).status_code == 302
    assert "Công dân số" in client.get(reverse("api_key:index")).content.decode()
    assert client.get(reverse("api_key:revoke", args=[10**9])).status_code == 404
    api_key_make(actor=admin, name="Công dân số", holder="x")


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_else_makes_or_ends_a_key(officer, admin, enter, role):
    row, _key = api_key_make(actor=admin, name="Công dân số", holder="x")
    other = officer(role)
    with pytest.raises(PermissionDenied):
        api_key_make(actor=other, name="Khác", holder="x")
    with pytest.raises(PermissionDenied):
        api_key_revoke(key=row, actor=other)
    client = enter(other)
    for name, arguments in (("index", []), ("add", []), ("revoke", [row.pk])):
        assert client.post(reverse(f"api_key:{name}", args=arguments), FORM).status_code in {302, 403, 405}
    row.refresh_from_db()
    assert row.works
    assert ApiKey.objects.count() == 1


def test_a_taken_name_is_told_beside_it(admin):
    api_key_make(actor=admin, name="Công dân số", holder="x")
    with pytest.raises(ValidationError) as refusal:
        api_key_make(actor=admin, name="Công dân số", holder="x")
    assert "name" in refusal.value.message_dict


def test_the_slower_of_two_at_once_is_told_too(admin, enter, monkeypatch):
    client = enter(admin)
    api_key_make(actor=admin, name=FORM["name"], holder="x")
    # The quicker one was stored between the question and the answer.
    monkeypatch.setattr(type(ApiKey.objects.all()), "exists", lambda _rows: False)
    answer = client.post(reverse("api_key:add"), FORM)
    assert answer.status_code == 200
    assert "Đã có một khóa đang dùng mang tên này" in answer.content.decode()
    assert "Trung tâm chuyển đổi số" in answer.content.decode()
    assert ApiKey.objects.count() == LedgerEvent.objects.filter(verb="api_key.made").count() == 1


def test_questions_to_the_database_do_not_grow(admin, enter):
    client = enter(admin)
    api_key_make(actor=admin, name="0", holder="x")
    queries(client, reverse("api_key:index"))
    few = queries(client, reverse("api_key:index"))
    for number in range(1, 20):
        api_key_make(actor=admin, name=str(number), holder="x")
    assert queries(client, reverse("api_key:index")) == few
