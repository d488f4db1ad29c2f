"""Which versions of a page readers have seen, and when each was put there."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.models import PageLogEntry, Revision

MOST_VERSIONS = 100
_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


@dataclass(frozen=True)
class Version:
    """One version that was public from ``at`` on; ``key`` is its revision's."""

    key: int
    at: datetime
    content: dict[str, Any]


def published_versions(page: Any) -> list[Version]:
    """Return the versions of ``page`` that were published, the last first; what was published twice stands once.

    Drafts that nobody published are not among them, nor revisions that were purged. Two queries.
    """
    entries = PageLogEntry.objects.filter(page=page.pk, action__in=_PUBLISHED, revision__isnull=False)
    moments = dict(entries.order_by("-timestamp").values_list("revision_id", "timestamp")[:MOST_VERSIONS])
    contents = dict(Revision.objects.filter(pk__in=moments).values_list("pk", "content"))
    versions = [Version(key, at, contents[key]) for key, at in moments.items() if key in contents]
    return sorted(versions, key=lambda version: version.at, reverse=True)
