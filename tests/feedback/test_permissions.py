"""Every door of the desk, tried by those who have no business there: nothing is shown, nothing changes."""

from django.urls import get_resolver, reverse

import pytest

from cms.core.enums import Role
from cms.core.models import LedgerEvent
from feedback import factories
from feedback.models import Answer, Case, Message, Note, PublicCase
from feedback.viewsets.forms import OTHER_FORMS, STEP_FORMS
from feedback.viewsets.routing_forms import ROUTING_FORMS
from tests.feedback.conftest import make_officer

pytestmark = pytest.mark.django_db

CANARY = "CHIMYEN"
VERBS = [*STEP_FORMS, *OTHER_FORMS, *ROUTING_FORMS, "sender"]


def log_in(client, user):
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def case(desk):
    """A case whose every private place carries a canary."""
    case = factories.submitted(
        desk.unit,
        title=f"{CANARY}-tieude",
        body=f"{CANARY}-noidung",
        name=f"{CANARY}-ten",
        address=f"{CANARY}-diachi",
        files=[factories.stored_file(name=f"{CANARY}-tep.jpg")],
    )
    Note.objects.create(case=case, author=desk.officer, body=f"{CANARY}-ghichu", created_at=case.received_at)
    return case


def fingerprint():
    rows = [list(model.objects.order_by("pk").values_list()) for model in (Case, Answer, Message, Note, PublicCase)]
    return rows, LedgerEvent.objects.count()


def strangers(other_desk):
    yield other_desk.officer
    yield other_desk.leader
    for role in set(Role) - {Role.INTAKE, Role.HANDLER, Role.LEADER}:
        yield make_officer(f"nguoi-{role}", role)
    yield make_officer("khong-vai")


def desk_urls(case):
    yield reverse("case:open", args=[case.pk])
    yield reverse("case:file", args=[case.attachments.get().pk])
    for verb in [*VERBS, "khong-co"]:
        yield reverse("case:step", args=[case.pk, verb])


def test_other_units_and_other_roles_find_no_case_at_any_address(case, other_desk, client):
    before = fingerprint()
    for user in strangers(other_desk):
        log_in(client, user)
        for url in desk_urls(case):
            for method in ("get", "head", "post", "put", "patch", "delete", "options"):
                response = getattr(client, method)(url, {"expected_version": case.version})
                if method == "options" or response.status_code == 405:
                    continue
                assert response.status_code in {302, 404}, (user, method, url)
                assert CANARY not in response.content.decode(errors="replace")
    assert fingerprint() == before


def test_a_conditional_request_for_a_file_gets_no_further(case, other_desk, client):
    url = reverse("case:file", args=[case.attachments.get().pk])
    log_in(client, other_desk.officer)
    for headers in ({"HTTP_IF_NONE_MATCH": "*"}, {"HTTP_IF_MODIFIED_SINCE": "x"}, {"HTTP_RANGE": "bytes=0-9"}):
        assert client.get(url, **headers).status_code == 404


def test_lists_of_others_are_empty(case, other_desk, client):
    for user in strangers(other_desk):
        log_in(client, user)
        for name in ("case:index", "case:index_results"):
            for query in ({}, {"queue": "all"}, {"q": CANARY}, {"q": case.reference}, {"unit": case.unit_id}):
                assert f"{CANARY}-" not in client.get(reverse(name), query).content.decode()


def test_the_desk_is_closed_to_the_public(case, client):
    for url in desk_urls(case):
        for response in (client.get(url), client.post(url)):
            assert response.status_code in {302, 405}
            if response.status_code == 302:
                assert reverse("wagtailadmin_login") in response.url


def test_a_case_cannot_be_joined_to_one_that_the_officer_may_not_see(desk, other_desk, client):
    foreign, mine = factories.accepted(other_desk), factories.accepted(desk)
    log_in(client, desk.leader)
    url = reverse("case:step", args=[mine.pk, "join"])
    response = client.post(url, {"expected_version": mine.version, "target": foreign.reference})
    assert response.status_code == 422
    assert Case.objects.get(pk=mine.pk).duplicate_of is None


def test_work_is_given_only_to_people_of_the_unit(desk, other_desk, client):
    case = factories.accepted(desk)
    log_in(client, desk.clerk)
    url = reverse("case:step", args=[case.pk, "assign"])
    for user in (other_desk.officer, desk.clerk):
        response = client.post(url, {"expected_version": case.version, "officer": user.pk})
        assert response.status_code == 422
    assert Case.objects.get(pk=case.pk).officer is None


def test_a_role_taken_away_closes_the_door_at_the_next_request(case, desk, client):
    log_in(client, desk.officer)
    url = reverse("case:open", args=[case.pk])
    assert client.get(url).status_code == 200
    desk.officer.memberships.all().delete()
    assert client.get(url).status_code == 404


# --- the public copy in Wagtail's editor ------------------------------------------------------------


def snippet_urls(copy):
    """Every address of the copy's viewset, found in the resolver, with this copy's key in it."""
    revision = copy.latest_revision_id
    values = {
        "pk": copy.pk,
        "revision_id": revision,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "action_name": "approve",
        "task_state_id": 1,
        "workflow_state_id": 1,
        "task_id": 1,
        "waiver": 1,
        "attachment": 1,
        "picture": 1,
        "page": 1,
    }
    resolver = get_resolver()
    for app in ("wagtailsnippets_feedback_publiccase",):
        names = resolver.namespace_dict[app][1].reverse_dict if app in resolver.namespace_dict else {}
        for name in [name for name in names if isinstance(name, str)]:
            needed = names.getlist(name)[0][0][0][1]
            yield name, reverse(f"{app}:{name}", kwargs={key: values[key] for key in needed})


def test_the_walk_of_snippet_addresses_finds_them(desk):
    found = dict(snippet_urls(factories.public_draft(desk)))
    assert {"list", "edit", "history", "unpublish", "workflow_action", "preview_on_edit", "revisions_view"} <= set(
        found
    )
    assert not {"add", "copy", "delete", "preview_on_add"} & set(found)


def test_other_units_find_no_public_copy_at_any_address(desk, other_desk, client):
    copy = factories.public_draft(desk, title=f"{CANARY}-tieude", body=f"{CANARY}-noidung")
    before = fingerprint()
    for user in strangers(other_desk):
        if Role.PUBLISHER in user.roles:
            continue
        log_in(client, user)
        for name, url in snippet_urls(copy):
            for method in ("get", "post"):
                response = getattr(client, method)(url, {"title": "x", "question": "x", "answer": "x", "reason": "x"})
                assert CANARY not in response.content.decode(errors="replace"), (user, name)
                if name not in {"list", "list_results"}:
                    # What takes a press alone says so to everybody, before it looks for the copy.
                    assert response.status_code in {302, 404, 405}, (user, method, name)
    assert fingerprint() == before


def test_there_is_no_chooser_of_public_copies(desk):
    factories.public_draft(desk)
    assert "wagtailsnippetchoosers_feedback_publiccase" not in get_resolver().namespace_dict
    assert not any("publiccase" in name and "chooser" in name for name in get_resolver().app_dict)
