"""A one-stop desk with its clerk, an officer, a leader and somebody of another unit, for tests of dossiers."""

from dataclasses import dataclass
from typing import Any

from cms.core.enums import Role, UnitKind
from cms.core.models import Unit
from procedures.factories import procedure, way
from procedures.models import InternalStep, ProcedureIndexPage, ProcedurePage
from tests.officers import make_officer

NAME, PHONE, EMAIL = "Lương Thị Chim Yến", "0934567890", "chimyen@thu.example.vn"


@dataclass
class Desk:
    unit: Unit
    other: Unit
    clerk: Any
    officer: Any
    leader: Any
    stranger: Any
    page: ProcedurePage


def make_desk() -> Desk:
    """Return the desk, after ``build_site``."""
    units = [
        Unit.objects.create(code=code, name=name, slug=code.lower(), kind=UnitKind.ROOM)
        for code, name in (("P01", "Phòng Mẫu Một"), ("P02", "Phòng Mẫu Hai"))
    ]
    page = procedure(
        ProcedureIndexPage.objects.get(),
        "9.000101",
        title="Chuyển trường trung học phổ thông",
        ways=[way(quantity=3), way(channel="online", quantity=2)],
        internal_steps=[
            InternalStep(unit_name="Một cửa", work="Nhận hồ sơ", quantity=1, unit="working_day"),
            InternalStep(unit_name="Phòng Phổ thông", work="Thẩm định", quantity=2, unit="working_day"),
        ],
    )
    return Desk(
        *units,
        make_officer(Role.ONE_STOP, unit=units[0], username="motcua"),
        make_officer(Role.HANDLER, unit=units[0], username="xuly"),
        make_officer(Role.LEADER, unit=units[0], username="lanhdao"),
        make_officer(Role.ONE_STOP, unit=units[1], username="motcua-khac"),
        page,
    )
