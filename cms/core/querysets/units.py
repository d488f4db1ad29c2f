"""Questions to the tree of units."""

from collections.abc import Iterable

from django.db import connection, models

from cms.core.enums import SCHOOL_KINDS, UnitKind


class UnitQuerySet(models.QuerySet):
    def active(self) -> "UnitQuerySet":
        """Units that still exist; closed ones stay for the archive."""
        return self.filter(active=True)

    def taking_cases(self) -> "UnitQuerySet":
        """Units that a sender may choose when sending a phản ánh, kiến nghị."""
        return self.filter(takes_cases=True)

    def schools(self) -> "UnitQuerySet":
        return self.filter(kind__in=SCHOOL_KINDS)

    def departments(self) -> "UnitQuerySet":
        return self.filter(kind=UnitKind.DEPARTMENT)

    def in_order(self) -> "UnitQuerySet":
        """As people expect a list: the house first, then by kind, then by Vietnamese alphabet."""
        return self.order_by("order", "sort_name", "pk")

    def with_ids_below(self, ids: Iterable[int]) -> frozenset[int]:
        """Return ``ids`` and the ids of everything below them, in one query whatever the depth."""
        wanted = sorted(set(ids))
        if not wanted:
            return frozenset()
        table = connection.ops.quote_name(self.model._meta.db_table)
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE below(id) AS (SELECT id FROM {table} WHERE id IN ({marks}) "  # noqa: S608
                f"UNION SELECT child.id FROM {table} child JOIN below ON child.parent_id = below.id) "
                "SELECT id FROM below",
                wanted,
            )
            return frozenset(row[0] for row in cursor.fetchall())
