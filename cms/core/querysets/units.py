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

    def in_kind(self, kind: str) -> "UnitQuerySet":
        return self.filter(kind=kind)

    def in_areas(self, areas: Iterable[str]) -> "UnitQuerySet":
        """Units whose area is one of these spellings."""
        return self.filter(area__in=list(areas))

    def kinds_and_areas(self) -> list[tuple[str, str]]:
        """Return every (kind, area) that occurs, for the filters of a list: one query."""
        return list(self.order_by().values_list("kind", "area").distinct())

    def in_order(self) -> "UnitQuerySet":
        """As people expect a list: the house first, then by kind, then by Vietnamese alphabet."""
        return self.order_by("order", "sort_name", "pk")

    def with_ids_below(self, ids: Iterable[int]) -> frozenset[int]:
        """Return ``ids`` and the ids of everything below them, in one query whatever the depth."""
        return self._walked(ids, "unit.parent_id = walked.id")

    def with_ids_above(self, ids: Iterable[int]) -> frozenset[int]:
        """Return ``ids`` and the ids of everything above them, in one query whatever the depth."""
        return self._walked(ids, "unit.id = walked.parent_id")

    def _walked(self, ids: Iterable[int], step: str) -> frozenset[int]:
        """Walk the tree from ``ids``; UNION ends the walk where everything has been met."""
        wanted = sorted(set(ids))
        if not wanted:
            return frozenset()
        table = connection.ops.quote_name(self.model._meta.db_table)
        marks = ", ".join(["%s"] * len(wanted))
        with connection.cursor() as cursor:
            cursor.execute(
                f"WITH RECURSIVE walked(id, parent_id) AS "  # noqa: S608
                f"(SELECT id, parent_id FROM {table} WHERE id IN ({marks}) "
                f"UNION SELECT unit.id, unit.parent_id FROM {table} unit JOIN walked ON {step}) "
                "SELECT id FROM walked",
                wanted,
            )
            return frozenset(row[0] for row in cursor.fetchall())
