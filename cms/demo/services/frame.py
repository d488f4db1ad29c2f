"""Sample notices above the pages (running in one section, still to come, over), and a promoted result of searches."""

from datetime import timedelta

from django.utils import timezone

from wagtail.models import Page

from cms.demo.content import NOTICES, PROMOTIONS, SampleNotice
from cms.home.enums import NoticeScope
from cms.home.models import PromotedPage, SearchPromotion, SiteNotice


def notices_seed() -> None:
    """Publish the sample notices; those that are there stay as they are."""
    for sample in NOTICES:
        if not SiteNotice.objects.filter(heading=sample.heading).exists():
            notice = _notice(sample)
            notice.full_clean()
            notice.save()
            notice.save_revision().publish()


def promotions_seed() -> None:
    """Put the sample pages above the results of their searches; those that are there stay as they are."""
    for sample in PROMOTIONS:
        if SearchPromotion.objects.answering(sample.words[0]).exists():
            continue
        promotion = SearchPromotion(words="\n".join(sample.words))
        promotion.pages = [
            PromotedPage(page=page, note=note, sort_order=place)
            for place, (slug, note) in enumerate(sample.pages)
            if (page := Page.objects.live().filter(slug=slug).first())
        ]
        promotion.full_clean()
        promotion.save()


def _notice(sample: SampleNotice) -> SiteNotice:
    day = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    section = Page.objects.filter(slug=sample.section, depth=3).first() if sample.section else None
    return SiteNotice(
        heading=sample.heading,
        text=sample.text,
        level=sample.level,
        link_url=sample.link,
        scope=NoticeScope.SECTION if section else NoticeScope.SITE,
        section=section,
        starts_at=day + timedelta(days=sample.begins_in),
        ends_at=day + timedelta(days=sample.begins_in + sample.lasts),
        live=False,
    )
