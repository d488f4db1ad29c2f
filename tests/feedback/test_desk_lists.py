"""What the desk's lists and forms say in words: yes and no, days and hours, nothing chosen yet."""

import re

from django.urls import reverse
from django.utils import timezone

import pytest

from cms.core.enums import Role
from feedback import factories
from feedback.models import Case, Category, DeclineReason
from feedback.viewsets.forms import OTHER_FORMS, STEP_FORMS

pytestmark = pytest.mark.django_db
EMPTY = re.compile(r'<option value=""[^>]*>\s*([^<]*?)\s*</option>')


@pytest.fixture
def enter(client):
    def log_in(user):
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return log_in


def rows(page):
    """Return the list's table without the space around its words."""
    table = page.split('id="listing-results"')[1].split("</table>")[0]
    return re.sub(r">\s+|\s+<", lambda found: found[0].strip(), table)


def test_the_list_of_public_copies_says_yes_no_and_days(desk, enter):
    live, draft = factories.published(desk), factories.public_draft(desk, title="Việc khác")
    page = rows(enter(desk.leader).get(reverse("wagtailsnippets_feedback_publiccase:list")).content.decode())
    assert page.count(">Có<") == page.count(">Không<") == 1
    assert ">True<" not in page and ">False<" not in page
    assert page.count(f"{live.answered_on:%d/%m/%Y}") == 2
    assert "trước" not in page.lower()
    assert draft.title in page


@pytest.mark.parametrize("name", ["case_category:index", "case_profile:index", "decline_reason:index"])
def test_catalogues_say_yes_and_no(desk, enter, officer, name):
    factories.submitted(desk.unit)
    DeclineReason.objects.filter(code="loi-le").update(active=False)
    page = rows(enter(officer(Role.ADMIN)).get(reverse(name)).content.decode())
    assert ">Có<" in page or ">Không<" in page
    assert ">True<" not in page and ">False<" not in page


@pytest.mark.parametrize("name", ["calendar:index", "units:index", "ledger:index", "outbox:index", "schedule:index"])
def test_the_lists_of_the_house_say_moments_as_they_are_written(desk, enter, officer, name):
    factories.accepted(desk)
    page = rows(enter(officer(Role.ADMIN)).get(reverse(name)).content.decode())
    assert ">True<" not in page and ">False<" not in page
    assert "w-human-readable-date" not in page
    if name == "ledger:index":
        assert re.search(rf">{timezone.localtime():%d/%m/%Y} \d\d:\d\d<", page)


def test_no_list_of_choices_begins_with_a_row_of_hyphens(desk, enter):
    for case in (factories.submitted(desk.unit), factories.in_progress(desk), factories.answered(desk)):
        for who in (desk.clerk, desk.officer, desk.leader):
            page = enter(who).get(reverse("case:open", args=[case.pk])).content.decode()
            assert set(EMPTY.findall(page)) <= {"Chọn…"}


def test_every_select_of_a_step_can_stand_unchosen(desk):
    """A list that begins with its first entry chosen is answered by nobody."""
    case = factories.submitted()
    for verb, kind in {**STEP_FORMS, **OTHER_FORMS}.items():
        form = kind(case=Case.objects.get(pk=case.pk), actor=desk.leader)
        for field in form:
            if hasattr(field.field, "choices"):
                assert next(iter(field.field.choices)) == ("", "Chọn…"), (verb, field.name)


@pytest.mark.parametrize("name", ["case_category:add", "case_profile:add", "units:add", "calendar:add"])
def test_forms_that_wagtail_makes_say_it_too(desk, enter, officer, name):
    factories.submitted(desk.unit)
    page = enter(officer(Role.ADMIN)).get(reverse(name)).content.decode()
    assert "-----" not in page
    assert set(EMPTY.findall(page)) <= {"Chọn…"}
    if name == "case_category:add":
        assert "Chọn…" in EMPTY.findall(page)


def test_a_form_of_a_stored_row_still_shows_what_was_chosen(desk, enter, officer):
    case = factories.submitted(desk.unit)
    category = Category.objects.get(pk=case.category_id)
    page = enter(officer(Role.ADMIN)).get(reverse("case_category:edit", args=[category.pk])).content.decode()
    assert f'<option value="{category.profile_id}" selected' in page
