"""Sample materials, with drawings, files in several versions, a video and counts of downloads."""

from datetime import timedelta
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.models import Page

from cms.core.models import PageReading, Unit
from cms.core.text import slug
from cms.demo.clock import as_of, office_hour
from cms.demo.materials import MATERIALS, SampleMaterial
from cms.demo.pictures import drawing
from cms.demo.registry import SampleFile
from cms.demo.services.news import sample_collection, sample_picture, sample_video
from cms.demo.services.papers import sample_paper
from cms.library.models import MaterialFile, MaterialIndexPage, MaterialLink, MaterialPage, MaterialTopic
from cms.media.models import PortalDocument

_LAST_MONTH = 35  # days ago


def materials_seed() -> None:
    """Publish the sample materials; those that are there stay as they are."""
    index = MaterialIndexPage.objects.get()
    for sample in MATERIALS:
        if not MaterialPage.objects.child_of(index).filter(title=sample.title).exists():
            _publish(index, sample)


def _publish(index: MaterialIndexPage, sample: SampleMaterial) -> None:
    today = timezone.localdate()
    page = MaterialPage(
        title=sample.title,
        intro=sample.intro,
        published_on=today - timedelta(days=sample.days),
        image=sample_picture(sample.picture) if sample.picture else None,
        image_alt=sample.alt,
        body=_body(sample),
        key_points="\n".join(sample.points),
        author=sample.author,
        source=sample.source,
        licence=sample.licence,
        year=sample.year,
        valid_until=today + timedelta(days=sample.valid_days) if sample.valid_days is not None else None,
        owner_unit=Unit.objects.filter(code=sample.unit).first(),
        **dict.fromkeys(sample.people, True),
    )
    with as_of(office_hour(sample.days, 9)):
        index.add_child(instance=page)
        page.topics = list(MaterialTopic.objects.filter(slug__in=sample.topics))
        page.files = [MaterialFile(document=_file(file, 1), label=file[0]) for file in sample.files]
        page.links = [MaterialLink(target=target) for target in Page.objects.filter(title__in=sample.links)]
        page.save_revision().publish()
    if any(versions > 1 for *_rest, versions in sample.files):
        with as_of(office_hour(min(sample.days, 1), 10)):
            for row, file in zip(page.files.all(), sample.files, strict=True):
                row.document = _file(file, file[2]) if file[2] > 1 else row.document
            page.save_revision().publish()
    _counts(page, sample)


def _body(sample: SampleMaterial) -> list[tuple[str, Any]]:
    text = "".join(f"<p>{escape(words)}</p>" for words in sample.paragraphs)
    blocks: list[tuple[str, Any]] = [("prose", text)] if text else []
    return [*blocks, ("video", sample_video(sample.video))] if sample.video else blocks


def _file(file: tuple[str, str, int], version: int) -> PortalDocument:
    called, kind, _versions = file
    if kind != "png":
        return sample_paper(SampleFile(called, kind), version)
    picture = drawing("board")
    document = PortalDocument(
        title=called, collection=sample_collection(), file=ContentFile(picture.read(), f"{slug(called)}.png")
    )
    document._set_document_file_metadata()
    document.save()
    return document


def _counts(page: MaterialPage, sample: SampleMaterial) -> None:
    """Readings and downloads of this month and the last one."""
    days = (timezone.localdate(), timezone.localdate() - timedelta(days=_LAST_MONTH))
    for day, taken, read in zip(days, sample.taken, (sample.read, 0), strict=True):
        if taken or read:
            PageReading.objects.create(page_id=page.pk, day=day, count=read, downloads=taken)
