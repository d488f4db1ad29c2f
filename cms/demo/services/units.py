"""Sample pages of units: contacts, people, notices; one without a picture, one with a long name, one closed."""

from datetime import timedelta
from html import escape

from django.utils import timezone

from cms.core.models import Unit
from cms.core.services.units import unit_save
from cms.core.text import slug
from cms.demo.schools import MORE_UNITS, SAMPLE_UNITS, SampleNotice, SamplePerson, SampleUnit
from cms.demo.services.news import sample_picture
from cms.news.models import NewsPage
from cms.units.models import UnitNotice, UnitPage, UnitPerson
from cms.units.services.pages import unit_pages_make


def unit_pages_seed() -> None:
    """Fill the directory and the pages of the sample units; pages that have words already stay as they are."""
    for more in MORE_UNITS:
        unit_save(
            code=more.code,
            name=more.name,
            short_name=more.short_name,
            kind=more.kind,
            active=more.active,
            parent=Unit.objects.get(code=more.parent),
            **more.facts,
        )
    for code, sample in SAMPLE_UNITS.items():
        unit_save(code=code, **sample.facts)
    unit_pages_make(units=Unit.objects.all().in_order(), publish=True)
    for code, sample in SAMPLE_UNITS.items():
        page = UnitPage.objects.get(unit__code=code)
        if not page.intro and sample.intro:
            _fill(page, sample)
        _own_news(page.unit, sample.news)


def _fill(page: UnitPage, sample: SampleUnit) -> None:
    page.intro = sample.intro
    if sample.picture:
        page.picture, page.picture_caption = sample_picture(sample.picture), "Trường, tranh minh họa."
    page.body = [block for heading, text in sample.story for block in _part(heading, text)]
    page.people = [_person(place, each) for place, each in enumerate(sample.people)]
    page.notices = [_notice(place, each) for place, each in enumerate(sample.notices)]
    page.save_revision().publish()


def _part(heading: str, text: str) -> list[tuple[str, object]]:
    return [
        ("heading", {"text": heading, "size": "h2", "anchor": slug(heading)}),
        ("prose", f"<p>{escape(text)}</p>"),
    ]


def _person(place: int, sample: SamplePerson) -> UnitPerson:
    return UnitPerson(
        sort_order=place,
        name=sample.name,
        position=sample.position,
        duties=sample.duties,
        leads=sample.leads,
        biography=sample.biography,
        phone=sample.phone,
        email=sample.email,
        portrait=sample_picture(sample.portrait) if sample.portrait else None,
    )


def _notice(place: int, sample: SampleNotice) -> UnitNotice:
    today = timezone.localdate()
    return UnitNotice(
        sort_order=place,
        title=sample.title,
        text=sample.text,
        posted_on=today - timedelta(days=sample.days_ago),
        until=None if sample.days_left is None else today + timedelta(days=sample.days_left),
    )


def _own_news(unit: Unit, beginning: str) -> None:
    """Give the unit the sample piece of news that tells of it."""
    if beginning:
        for story in NewsPage.objects.filter(title__startswith=beginning, owner_unit=None):
            story.owner_unit = unit
            story.save_revision().publish()
