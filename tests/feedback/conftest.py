"""An office with two units, its people, and nothing else: rules of cases need no pages."""

from django.contrib.auth.models import Group, Permission

import pytest

from cms.accounts.models import User
from cms.core.enums import Role, UnitKind
from cms.core.models import Unit
from feedback.factories import Desk


def make_unit(code: str, name: str, parent: Unit | None = None) -> Unit:
    kind = UnitKind.PRIMARY if parent else UnitKind.DEPARTMENT
    return Unit.objects.create(code=code, name=name, slug=code, kind=kind, parent=parent)


def make_officer(name: str, *roles: Role, unit: Unit | None = None, below: bool = False) -> User:
    """An officer with roles and a place; the groups are those that setup_site makes."""
    user = User.objects.create_user(
        name, f"{name}@so.example.vn", "mat-khau-thu-1", last_name="Cán bộ", first_name=name
    )
    for role in roles:
        group = Group.objects.get_or_create(name=str(role.label))[0]
        group.permissions.add(Permission.objects.get(codename="access_admin"))
        user.groups.add(group)
    if unit:
        user.memberships.create(unit=unit, with_units_below=below)
    return user


def make_desk(code: str, name: str, parent: Unit | None = None) -> Desk:
    unit = make_unit(code, name, parent)
    return Desk(
        unit=unit,
        clerk=make_officer(f"{code}-tiepnhan", Role.INTAKE, unit=unit),
        officer=make_officer(f"{code}-xuly", Role.HANDLER, unit=unit),
        leader=make_officer(f"{code}-lanhdao", Role.LEADER, unit=unit),
    )


@pytest.fixture
def desk(db) -> Desk:
    """The people of one school."""
    return make_desk("truong-a", "Trường Tiểu học Mẫu A")


@pytest.fixture
def other_desk(db) -> Desk:
    """The people of another school, who have no business here."""
    return make_desk("truong-b", "Trường Tiểu học Mẫu B")
