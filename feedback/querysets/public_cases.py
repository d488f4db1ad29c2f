"""What the public reads. Every public surface starts from :meth:`PublicCaseQuerySet.public`."""

from typing import Any

from django.db import models

from cms.core.enums import Scope
from cms.core.permissions import scope_of
from cms.core.text import fold

LONGEST_QUERY = 200


class PublicCaseQuerySet(models.QuerySet):
    def public(self) -> "PublicCaseQuerySet":
        """Copies that are live; nothing else exists for the public."""
        return self.filter(live=True)

    def withdrawn(self) -> "PublicCaseQuerySet":
        """Copies that were public once; their address answers with the reason."""
        return self.filter(live=False).exclude(withdrawn_reason="")

    def newest(self) -> "PublicCaseQuerySet":
        return self.order_by("-answered_on", "-pk")

    def filtered(
        self, *, category: str = "", unit: str = "", year: int | None = None, q: str = ""
    ) -> "PublicCaseQuerySet":
        """Narrow by category code, unit slug, year of the answer and folded words; an empty value narrows nothing."""
        rows = self
        if category:
            rows = rows.filter(category__code=category)
        if unit:
            rows = rows.filter(unit__slug=unit)
        if year:
            rows = rows.filter(answered_on__year=year)
        for word in fold(q[:LONGEST_QUERY]).split():
            rows = rows.filter(search_text__contains=word)
        return rows

    def with_list_data(self) -> "PublicCaseQuerySet":
        return self.select_related("category", "unit")

    def visible_to(self, user: Any) -> "PublicCaseQuerySet":
        """Copies that an officer may open in the admin; whoever may only withdraw sees what is live."""
        scopes = {scope_of(user, name) for name in ("public_case_edit", "public_case_publish")}
        if Scope.ALL in scopes:
            return self.all()
        if Scope.UNIT in scopes:
            return self.filter(unit_id__in=user.unit_ids)
        return self.public() if scope_of(user, "public_case_withdraw") is Scope.ALL else self.none()
