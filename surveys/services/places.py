"""Places at which people answer: a unit, a counter, a subject; each with an address of its own for posters."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cms.core.models import Unit
from cms.core.permissions import can
from cms.core.services.ledger import event_record
from surveys.enums import BY_INVITATION, ChannelKind
from surveys.models import Channel, Survey
from surveys.services.questionnaires import SUBJECT, SurveyRefusedError

# The code of a place is printed; everything else may be put right.
_FIELDS = ("kind", "unit", "counter", "about", "about_label", "stratum")
_TAILS = {ChannelKind.WEB: "", ChannelKind.QR: "-qr", ChannelKind.KIOSK: "-quay", ChannelKind.PAPER: "-giay"}


@transaction.atomic
def place_save(*, survey: Survey, actor: Any, code: str, place: Channel | None = None, **values: Any) -> Channel:
    """Make a place, or put one right; its code stays, for it stands on posters. Raises PermissionDenied.

    Raises ValidationError by field: a code that is taken, another kind once something came in by the place.
    """
    _allow(survey, actor)
    if place is None:
        if Channel.objects.filter(survey=survey, code=code).exists():
            raise ValidationError({"code": _("Khảo sát này đã có điểm mang mã ấy.")})
        place = Channel(survey=survey, code=code)
    elif values.get("kind", place.kind) != place.kind and place.responses.exists():
        raise ValidationError({"kind": _("Điểm này đã có phiếu nên cách trả lời được giữ. Hãy lập điểm khác.")})
    verb = "survey.place_changed" if place.pk else "survey.place_made"
    for name in _FIELDS:
        setattr(place, name, values.get(name, getattr(place, name)))
    place.full_clean()
    place.save()
    _event(survey, verb, actor, place=place.code)
    return place


@transaction.atomic
def places_make(*, survey: Survey, actor: Any, units: Iterable[Unit], kind: str) -> list[Channel]:
    """Make a place of ``kind`` for every unit that has none of it yet; return the new ones."""
    _allow(survey, actor)
    have = set(
        Channel.objects.named().filter(survey=survey, kind=kind, counter="", about="").values_list("unit", flat=True)
    )
    taken = set(Channel.objects.filter(survey=survey).values_list("code", flat=True))
    made = [
        Channel(survey=survey, kind=kind, unit=unit, code=code)
        for unit in units
        if unit.pk not in have and (code := f"{unit.slug[:34]}{_TAILS[ChannelKind(kind)]}") not in taken
    ]
    made = Channel.objects.bulk_create(made)
    if made:
        _event(survey, "survey.places_made", actor, places=len(made), kind=kind)
    return made


@transaction.atomic
def place_switch(*, place: Channel, actor: Any, active: bool) -> Channel:
    """Take a place out of use, or into use again; what came in by it stays."""
    _allow(place.survey, actor)
    place.active = active
    place.save(update_fields=["active"])
    _event(place.survey, "survey.place_opened" if active else "survey.place_closed", actor, place=place.code)
    return place


def _allow(survey: Survey, actor: Any) -> None:
    """Check, and hold the survey: one at a time, and its kind does not change meanwhile."""
    if not can(actor, "survey_edit"):
        raise PermissionDenied
    kept = Survey.objects.select_for_update(no_key=True).get(pk=survey.pk)
    if kept.kind in BY_INVITATION:
        raise SurveyRefusedError(_("Khảo sát này chỉ đến bằng liên kết trong thư, không có điểm nào."))


def _event(survey: Survey, verb: str, actor: Any, **data: Any) -> None:
    event_record(subject_type=SUBJECT, subject_key=survey.slug, verb=verb, actor=actor, data=data)
