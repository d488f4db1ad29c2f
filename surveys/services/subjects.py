"""Where people answer about a subject of another app, such as a procedure: for the page of that subject."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from surveys.models import Channel

# A subject with a longer name is named by its beginning.
ABOUT_LENGTH = Channel._meta.get_field("about").max_length or 0
_MOST = 5


@dataclass(frozen=True)
class SubjectWay:
    """An open way to answer about a subject; ``place`` names its unit or counter, if it is about one of many."""

    url: str
    place: str
    survey: str


def ways_about(slugs: Collection[str]) -> list[SubjectWay]:
    """Return the ways that everybody may answer by on the web today about any of ``slugs``; one statement.

    Those of surveys whose page is before the public, as on the pages of units.
    """
    wanted = [slug for slug in slugs if slug]
    ways = Channel.objects.open(timezone.localdate()).kind_web().on_pages().named().about_any(wanted)
    return [
        SubjectWay(
            url=reverse("surveys:answer_channel", args=[way.survey.slug, way.code]),
            place=", ".join(filter(None, [way.counter, way.unit.name if way.unit else ""])),
            survey=way.survey.title,
        )
        for way in ways.select_related("survey", "unit").in_order()[:_MOST]
    ]
