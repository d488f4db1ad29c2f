"""Sample news, with drawings, documents and readings."""

from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from wagtail.models import Collection

from cms.core.models import PageReading
from cms.core.text.subtitles import Cue, as_webvtt, transcript_of
from cms.demo.news import CREDIT, NEWS, VIDEO_FILE, VIDEO_WORDS, Story
from cms.demo.pictures import drawing
from cms.media.models import PortalDocument, PortalImage
from cms.news.models import NewsCategory, NewsDocument, NewsIndexPage, NewsPage, NewsPhoto

# One collection holds every sample picture, so that clear_demo finds them all.
COLLECTION = "Dữ liệu mẫu"
FILES = Path(__file__).resolve().parent.parent / "files"


def sample_collection() -> Collection:
    """Return the collection of sample files, made once."""
    found = Collection.objects.filter(name=COLLECTION).first()
    return found or Collection.get_first_root_node().add_child(name=COLLECTION)


def sample_picture(name: str) -> PortalImage:
    """Return the drawing called ``name`` as an image of the library, made once."""
    title = f"Tranh mẫu: {name}"
    collection = sample_collection()
    found = PortalImage.objects.filter(title=title, collection=collection).first()
    return found or PortalImage.objects.create(
        title=title, file=drawing(name), collection=collection, credit=CREDIT, description="Tranh minh họa"
    )


def sample_file(name: str, content: bytes) -> PortalDocument:
    """Return the file called ``name`` of the library of files, made once."""
    title = f"Tệp mẫu: {name}"
    collection = sample_collection()
    found = PortalDocument.objects.filter(title=title, collection=collection).first()
    if found is None:
        found = PortalDocument(title=title, file=ContentFile(content, name), collection=collection)
        found._set_document_file_metadata()
        found.save()
    return found


def sample_video(title: str) -> dict[str, Any]:
    """Return the sample video with its captions as the value of a video block."""
    cues = [Cue(start * 1000, end * 1000, words) for start, end, words in VIDEO_WORDS]
    return {
        "title": title,
        "document": sample_file(VIDEO_FILE, (FILES / VIDEO_FILE).read_bytes()),
        "poster": sample_picture("board"),
        "captions": sample_file("nop-ho-so-tai-nha.vtt", as_webvtt(cues).encode()),
        "silent": False,
        "transcript": transcript_of(cues),
    }


def news_seed() -> None:
    """Publish the sample news; those that are there stay as they are."""
    index = NewsIndexPage.objects.get()
    categories = {category.slug: category for category in NewsCategory.objects.all()}
    for story in NEWS:
        if not NewsPage.objects.child_of(index).filter(title=story.title).exists():
            page = _news(story, categories.get(story.category))
            index.add_child(instance=page)
            page.save_revision().publish()
            _readings(page, story.read)


def _news(story: Story, category: NewsCategory | None) -> NewsPage:
    return NewsPage(
        title=story.title,
        published_on=timezone.localdate() - timedelta(days=story.days_ago),
        category=category,
        lead=story.lead,
        author=story.author,
        source=story.source,
        source_url=story.source_url,
        image=sample_picture(story.picture) if story.picture else None,
        image_alt=story.alt,
        image_caption=story.caption,
        body=_body(story),
        photos=[
            NewsPhoto(image=sample_picture(name), caption=caption, alt_text=alt) for name, caption, alt in story.album
        ],
        related_documents=[NewsDocument(number=number) for number in story.documents],
    )


def _body(story: Story) -> list[tuple[str, Any]]:
    """The paragraphs, and the videos where the story has them."""
    blocks: list[tuple[str, Any]] = [("prose", "".join(f"<p>{escape(text)}</p>" for text in story.paragraphs))]
    if story.video:
        blocks.append(("video", sample_video(story.video)))
    if story.video_link:
        card = {"title": "Một cửa, một ngày", "url": story.video_link, "poster": None, "text": "Phóng sự năm phút."}
        blocks.append(("video_link", card))
    return blocks


def _readings(page: NewsPage, count: int) -> None:
    if count:
        PageReading.objects.create(page_id=page.pk, day=page.published_on, count=count)
