"""Every row of the matrix as every role: within reach, out of reach, without a unit, and after a role is gone."""

import tomllib
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured

import pytest

from cms.core import permissions
from cms.core.enums import Role, Scope
from cms.core.models import CalendarDay, Unit
from cms.core.permissions import can, capabilities, capability_text, scope_of
from cms.core.permissions.policy import MatrixPolicy

ROWS = tomllib.loads(permissions.MATRIX_FILE.read_text())
OWN_UNIT, OTHER_UNIT = 1, 2
ME, SOMEBODY = 10, 11


@dataclass
class Officer:
    """A person as the matrix sees one."""

    roles: frozenset[Role]
    unit_ids: frozenset[int] = frozenset({OWN_UNIT})
    pk: int = ME
    is_authenticated: bool = True
    is_active: bool = True


@dataclass
class Target:
    unit_id: int | None = None
    author_id: int | None = None


def officer(*roles, **values):
    return Officer(frozenset(roles), **values)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("capability", ROWS)
class TestEveryCell:
    """The expectation is read from the file itself, not through the code under test."""

    def test_target_of_the_own_unit_and_by_the_own_hand(self, capability, role):
        assert can(officer(role), capability, Target(OWN_UNIT, ME)) == (role in ROWS[capability]["roles"])

    def test_target_of_another_unit(self, capability, role):
        reach = ROWS[capability]["roles"].get(role)
        assert can(officer(role), capability, Target(OTHER_UNIT, ME)) == (reach in {"all", "own"})

    def test_target_without_a_unit(self, capability, role):
        reach = ROWS[capability]["roles"].get(role)
        assert can(officer(role), capability, Target(None, ME)) == (reach in {"all", "own"})

    def test_somebody_elses_work(self, capability, role):
        reach = ROWS[capability]["roles"].get(role)
        assert can(officer(role), capability, Target(OWN_UNIT, SOMEBODY)) == (reach in {"all", "unit"})

    def test_an_officer_without_a_unit(self, capability, role):
        reach = ROWS[capability]["roles"].get(role)
        nowhere = officer(role, unit_ids=frozenset())
        assert can(nowhere, capability, Target(OWN_UNIT, ME)) == (reach in {"all", "own"})
        assert can(nowhere, capability, Target(None, ME)) == (reach in {"all", "own"})

    def test_without_a_target_the_question_is_at_all(self, capability, role):
        assert can(officer(role), capability) == (role in ROWS[capability]["roles"])

    def test_a_closed_account_may_nothing(self, capability, role):
        assert not can(officer(role, is_active=False), capability)
        assert not can(officer(role, is_active=False), capability, Target(OWN_UNIT, ME))


# What the law and reliability.md, part 4, fix; the file may change in other cells, never in these.
@pytest.mark.parametrize(
    ("capability", "roles"),
    [
        ("case_identity", {"handler", "leader"}),
        ("case_view", {"intake", "handler", "leader"}),
        ("case_list", {"intake", "handler", "leader"}),
        ("case_notes", {"intake", "handler", "leader"}),
        ("case_handle", {"handler", "leader"}),
        ("case_approve", {"leader"}),
        ("public_case_publish", {"publisher", "leader"}),
        ("public_case_withdraw", {"publisher", "leader", "admin"}),
        ("page_publish", {"publisher"}),
        ("user_edit", {"admin"}),
        ("outbox_view", {"admin"}),
    ],
)
def test_cells_that_are_fixed(capability, roles):
    assert set(ROWS[capability]["roles"]) == roles


def test_handlers_and_leaders_never_reach_past_their_unit_in_case_work():
    wide = [
        f"{name}: {role}"
        for name, row in ROWS.items()
        if name.startswith(("case_", "public_case_"))
        for role in ("handler", "leader")
        if row["roles"].get(role) == "all"
    ]
    assert wide == []


def test_nobody_is_allowed_everything():
    for role in Role:
        assert any(role not in row["roles"] for row in ROWS.values()), role


@pytest.mark.parametrize("capability", ROWS)
def test_every_row_says_in_words_what_it_allows(capability):
    assert capability_text(capability)
    assert capabilities()[capability]


@pytest.mark.parametrize("capability", ROWS)
def test_citizens_have_no_capability(capability):
    assert scope_of(AnonymousUser(), capability) is None
    assert not can(AnonymousUser(), capability, Target(OWN_UNIT, ME))


@pytest.mark.parametrize("person", [officer(*Role), AnonymousUser(), officer(is_active=False), None])
def test_a_slip_of_the_pen_opens_no_door(person):
    with pytest.raises(ImproperlyConfigured, match="case_veiw"):
        can(person, "case_veiw")


def test_the_widest_of_several_roles_counts():
    assert scope_of(officer(Role.HANDLER, Role.INTAKE), "case_list") is Scope.ALL
    assert scope_of(officer(Role.HANDLER, Role.REPORTER), "case_list") is Scope.UNIT
    assert scope_of(officer(Role.REPORTER), "case_list") is None
    assert scope_of(officer(), "case_list") is None


@pytest.mark.parametrize(
    "text",
    [
        'x = { text = "a", roles = { director = "all" } }',
        'x = { text = "a", roles = { leader = "everywhere" } }',
        'x = { text = "a" }',
        'x = { roles = { leader = "all" } }',
    ],
)
def test_a_mistake_in_the_file_stops_the_start(text, tmp_path, monkeypatch):
    broken = tmp_path / "matrix.toml"
    broken.write_text(text)
    monkeypatch.setattr(permissions, "MATRIX_FILE", broken)
    with pytest.raises(ImproperlyConfigured, match=r"matrix\.toml"):
        capabilities.__wrapped__()


class TestMatrixPolicy:
    """Wagtail's own views ask the same matrix."""

    policy = MatrixPolicy(Unit, {"add": "unit_edit", "change": "unit_edit"})

    def test_an_action_that_is_named_asks_its_capability(self):
        assert self.policy.user_has_permission(officer(Role.ADMIN), "add")
        assert not self.policy.user_has_permission(officer(Role.LEADER), "add")

    def test_an_action_that_is_not_named_is_denied_to_all(self):
        assert not self.policy.user_has_permission(officer(*Role), "delete")
        assert not self.policy.user_has_permission_for_instance(officer(*Role), "delete", Unit())

    def test_any_of_several_actions(self):
        assert self.policy.user_has_any_permission(officer(Role.ADMIN), ["delete", "add"])
        assert not self.policy.user_has_any_permission(officer(Role.ADMIN), ["delete"])

    def test_the_instance_decides_where_the_reach_is_a_unit(self):
        progress = MatrixPolicy(CalendarDay, {"change": "plan_progress"})
        handler = officer(Role.HANDLER)
        assert progress.user_has_any_permission_for_instance(handler, ["change"], Target(OWN_UNIT))
        assert not progress.user_has_any_permission_for_instance(handler, ["change"], Target(OTHER_UNIT))

    @pytest.mark.django_db
    def test_rows_are_all_or_none(self):
        Unit.objects.create(code="CQ", name="Cơ quan", slug="co-quan", kind="department")
        assert self.policy.instances_user_has_any_permission_for(officer(Role.ADMIN), ["change"]).count() == 1
        assert self.policy.instances_user_has_any_permission_for(officer(Role.LEADER), ["change"]).count() == 0


@pytest.mark.django_db
class TestRealAccounts:
    """The same questions with people from the database."""

    def test_a_superuser_keeps_house_but_reads_no_cases(self, django_user_model):
        superuser = django_user_model.objects.create_superuser("goc", password="x")
        reading = [name for name in ROWS if name.startswith("case_")]
        assert reading
        assert [name for name in reading if can(superuser, name)] == []
        assert not can(superuser, "public_case_edit")
        assert can(superuser, "user_edit")

    def test_being_staff_gives_nothing(self, django_user_model):
        staff = django_user_model.objects.create_user("nhanvien", password="x", is_staff=True)
        assert [name for name in ROWS if can(staff, name)] == []

    def test_who_may_is_asked_of_active_people_only(self, django_user_model):
        superuser = django_user_model.objects.create_superuser("goc", password="x")
        django_user_model.objects.create_superuser("cu", password="x", is_active=False)
        django_user_model.objects.create_user("khach", password="x")
        policy = MatrixPolicy(Unit, {"change": "unit_edit"})
        assert list(policy.users_with_any_permission(["change"])) == [superuser]
