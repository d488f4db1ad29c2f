"""The pages of units, and the pages that show how the agency is made up."""

from .organisation import ContactsPage, LeadersPage, OrganisationChartPage, ReceptionPage
from .pages import UnitIndexPage, UnitPage
from .parts import UnitNotice, UnitPerson
from .reception import Reception, reception_of, root_unit

__all__ = [
    "ContactsPage",
    "LeadersPage",
    "OrganisationChartPage",
    "Reception",
    "ReceptionPage",
    "UnitIndexPage",
    "UnitNotice",
    "UnitPage",
    "UnitPerson",
    "reception_of",
    "root_unit",
]
