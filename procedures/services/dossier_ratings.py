"""How satisfied people are with the handling of their dossier: asked by the engine of surveys, told as counts of many.

What leaves for the survey is the unit and the field of the dossier, never its code or the person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from cms.core.models import Unit
from procedures.codes import rating_token
from procedures.enums import RESULT_STATES
from procedures.models import Dossier, ProcedureField
from surveys.enums import SurveyKind
from surveys.models import Survey
from surveys.services.invitations import invitation_make, invitation_of
from surveys.services.ratings import PartRating, ratings_of_kind

KIND = str(SurveyKind.DOSSIER_RATING)


def about_of(field_id: int | str | None) -> str:
    """Return what a survey is told a rating is about: the field of work, which many dossiers share."""
    return f"linh-vuc-ho-so-{field_id or 0}"


def dossier_rating_invite(*, dossier: Dossier) -> None:
    """Let whoever got the result rate the handling once; in the transaction that notes it, and while somebody asks."""
    survey = Survey.objects.of_dossiers().open().newest().first()
    if survey is not None:
        about = about_of(dossier.field_id)
        invitation_make(survey=survey, token=rating_token(dossier.pk), unit=dossier.unit, about=about)


def dossier_rating_url(dossier: Dossier) -> str:
    """Return where the handling can be rated; empty when it was, when there is no result, or when nobody asks."""
    if dossier.state not in RESULT_STATES:
        return ""
    token = rating_token(dossier.pk)
    invitation = invitation_of(token)
    return reverse("surveys:answer", args=[invitation.survey.slug, token]) if invitation else ""


@dataclass(frozen=True)
class DossierRatings:
    """Mean levels of a period: of all dossiers, by key of unit, by key of field; keys as the counts have them."""

    total: PartRating = field(default_factory=PartRating)
    units: Mapping[str, PartRating] = field(default_factory=dict)
    fields: Mapping[str, PartRating] = field(default_factory=dict)


def dossier_ratings(months: Sequence[date] | None, *, smallest: int) -> DossierRatings:
    """Return what people said of dossiers in ``months``; of a period that is not of whole months nothing is told.

    A constant number of statements. A rating belongs to the month in which it was sent.
    """
    if not months:
        return DossierRatings()
    units = [0, *Unit.objects.in_order().values_list("pk", flat=True)]
    keys = ["", *(str(pk) for pk in ProcedureField.objects.in_order().values_list("pk", flat=True))]
    abouts = {about_of(key): key for key in keys}
    found = ratings_of_kind(KIND, months, units=units, abouts=list(abouts), smallest=smallest)
    return DossierRatings(
        total=found.total,
        units={str(key or ""): rating for key, rating in found.units.items()},
        fields={abouts[about]: rating for about, rating in found.abouts.items()},
    )
