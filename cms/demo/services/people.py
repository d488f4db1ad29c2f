"""The sample agency: its name, its units, its people."""

from django.contrib.auth.models import Group

from cms.accounts.models import User
from cms.accounts.services import user_save
from cms.core.models import AgencySettings, Unit
from cms.core.services.units import unit_save
from cms.demo.content import AGENCY, PEOPLE, UNITS, Person


def agency_seed() -> None:
    """Name the agency and say on every page that what is seen is sample data."""
    agency = AgencySettings.load()
    for name, value in AGENCY.items():
        setattr(agency, name, value)
    agency.has_sample_data = True
    agency.full_clean()
    agency.save()


def units_seed() -> None:
    """Make the sample rooms and schools below the agency, which set-up made the first unit."""
    unit_save(code="CQ", name=AGENCY["name"], short_name=AGENCY["short_name"])
    for row in UNITS:
        unit_save(
            code=row.code,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            order=row.order,
            takes_cases=row.takes_cases,
            active=True,
            parent=Unit.objects.get(code=row.parent),
        )


def people_seed(*, password: str) -> None:
    """Make one account a role, all with the same ``password``."""
    for person in PEOPLE:
        _person(person, password)


def _person(person: Person, password: str) -> None:
    user = User.objects.filter(username=person.username).first() or User(username=person.username)
    user.last_name, user.first_name, user.position = person.last_name, person.first_name, person.position
    user.is_active = True  # clearing the samples closed it
    user.email = f"{person.username}@anhoa.example.vn"
    user_save(
        user=user,
        password=password,
        groups=[Group.objects.get(name=str(person.role.label))],
        units=[Unit.objects.get(code=person.unit)],
        with_units_below=person.with_units_below,
    )
