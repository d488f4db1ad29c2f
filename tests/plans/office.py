"""A plan between two units, with the people of each; for test classes that make it once."""

from types import SimpleNamespace

from cms.core.enums import Role
from cms.core.models import Unit
from cms.plans.factories import give, plan
from cms.plans.models import PlanIndexPage
from tests.officers import make_officer
from tests.site import build_site


def build_office(**facts):
    """Return the two units, a plan with one task of each, and officers: own, other, leaders, editor, publisher."""
    build_site()
    agency = Unit.objects.get(parent=None)
    room, other = (
        Unit.objects.create(code=code, name=name, slug=code.lower(), kind="room", parent=agency)
        for code, name in (("P-MOT", "Phòng Một"), ("P-HAI", "Phòng Hai"))
    )
    page = plan(PlanIndexPage.objects.get(), "8/KH-SGDĐT", tasks=2, owner_unit=agency, **facts)
    first, second = page.tasks.all()
    head = make_officer(Role.LEADER, username="giam-doc")
    head.memberships.create(unit=agency, with_units_below=True)
    head.email = "giam-doc@so.example.vn"
    head.save()
    return SimpleNamespace(
        agency=agency,
        room=room,
        other=other,
        page=page,
        task=give(first, room),
        other_task=give(second, other),
        officer=make_officer(Role.HANDLER, unit=room, username="phong-mot"),
        leader=make_officer(Role.LEADER, unit=room, username="truong-phong-mot"),
        stranger=make_officer(Role.HANDLER, unit=other, username="phong-hai"),
        stranger_leader=make_officer(Role.LEADER, unit=other, username="truong-phong-hai"),
        head=head,
        editor=make_officer(Role.EDITOR, username="bien-tap"),
        publisher=make_officer(Role.PUBLISHER, username="duyet-dang"),
    )
