"""What a reader of one material sees beside its text. Numbers of queries do not grow with what hangs on it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property

from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from cms.core.files import FileReading
from cms.core.querysets.pages import outside_closed_sections
from cms.library.enums import Audience, Level

HANDOUT_PART = "to-in"
_MOST_RELATED = 3


class MaterialReading(FileReading):
    """The reading side of ``MaterialPage``; its columns are there."""

    files_relation = "files"

    @path(f"{HANDOUT_PART}/", name="handout")
    def handout(self, request: HttpRequest) -> HttpResponse:
        """Show the one sheet of A4 for a class: what matters, and the QR code of the page."""
        return self.render(request, context_overrides={"noindex": True}, template="pages/library/handout.html")

    @property
    def handout_url(self) -> str:
        return f"{self.url}{HANDOUT_PART}/"

    @property
    def summary(self) -> str:
        return super().summary or self.intro

    @property
    def picture(self) -> Any:
        """The image that stands for this material in lists."""
        return self.listing_image or self.image

    @property
    def share_picture(self) -> Any:
        return self.picture

    @property
    def listed_on(self) -> Any:
        """The day beside this material in short lists."""
        return self.published_on

    @cached_property
    def topic_rows(self) -> list[Any]:
        """Its topics, asked for once."""
        return list(self.topics.all())

    @property
    def level_names(self) -> list[str]:
        """The schools it is for; none when it fits all."""
        return [str(level.label) for level in Level if getattr(self, level.column)]

    @property
    def audience_names(self) -> list[str]:
        """The people it is for; none when it is for everybody."""
        return [str(audience.label) for audience in Audience if getattr(self, audience.column)]

    @property
    def is_over(self) -> bool:
        """Whether its time of use has ended; the last day still counts."""
        return self.valid_until is not None and self.valid_until < timezone.localdate()

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.key_points.splitlines() if line.strip()]

    @property
    def file_types(self) -> list[str]:
        """The types of its files as people say them, each once."""
        return list(dict.fromkeys(line.file_type for line in self.file_lines))

    @property
    def link_lines(self) -> list[dict[str, str]]:
        """The pages that belong to it and that anybody may read; two queries."""
        rows = list(self.links.all())
        pages = Page.objects.live().filter(outside_closed_sections()).in_bulk([row.target_id for row in rows])
        found = ((row, pages[row.target_id]) for row in rows if row.target_id in pages)
        return [{"text": row.label or page.title, "url": page.url or ""} for row, page in found]

    def json_ld(self, request: HttpRequest) -> dict[str, Any]:
        """A learning resource, in the words of schema.org."""
        facts = {
            "@type": "LearningResource",
            "name": self.title,
            "description": self.summary,
            "about": [topic.name for topic in self.topic_rows],
            "educationalLevel": self.level_names,
            "audience": [{"@type": "EducationalAudience", "educationalRole": name} for name in self.audience_names],
            "datePublished": self.published_on,
            "dateModified": self.last_published_at,
            "expires": self.valid_until,
            "author": self.author and {"@type": "Person", "name": self.author},
            "copyrightYear": self.year,
            "usageInfo": self.get_licence_display(),
            "isAccessibleForFree": True,
            "encoding": [
                {"@type": "MediaObject", "name": line.called, "contentUrl": request.build_absolute_uri(line.href)}
                for line in self.file_lines
            ],
        }
        return {name: value for name, value in facts.items() if value}

    def neighbour_pages(self) -> tuple[Any, Any]:
        """The material before this one in time, and the one after."""
        others = type(self).objects.readable()
        return others.before(self).first(), others.after(self).first()

    def related_pages(self) -> list[Any]:
        """The newest that share a topic with this one."""
        topics = [topic.pk for topic in self.topic_rows]
        others = type(self).objects.readable().exclude(pk=self.pk)
        return list(others.on_topics(topics).newest().for_lists()[:_MOST_RELATED]) if topics else []
