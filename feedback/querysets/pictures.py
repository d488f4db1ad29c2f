"""Pictures of public copies."""

from collections.abc import Iterable
from typing import Any

from django.db import models


class PublicPictureQuerySet(models.QuerySet):
    def of_copy(self, copy: Any, keys: Iterable[int]) -> "PublicPictureQuerySet":
        """Those of ``keys`` that were made for ``copy``; with the people who made them."""
        return self.filter(public_case=copy, pk__in=list(keys)).select_related("made_by")
