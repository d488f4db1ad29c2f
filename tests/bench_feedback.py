"""Which pages of feedback are measured: every list, search and figure page, for the public and at the desk."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from cms.core.querysets.keys import write_key

BASE = "/phan-anh-kien-nghi/"
# What DESIGN and the house promise of every one of them at 100,000 cases.
MOST = 300  # milliseconds at the median
WORDS = ("quat+tran", "viec+so+4711", "thu+vien+kho+tim", "khong+tim+thay+gi", "PA-2024-000123")
QUEUES = ("", "new", "mine", "soon", "late", "approval", "waiting", "publish", "quarantine", "all")


def public() -> Iterator[str]:
    """Yield the addresses that everybody may ask for."""
    newest = apps.get_model("feedback", "PublicCase").objects.public().newest()
    copy = newest.first()
    middle = newest[newest.count() // 2]
    yield from (f"{BASE}{query}" for query in ("", "?trang=2", "?trang=300", "?trang=999999"))
    yield f"{BASE}?sau={write_key(middle.answered_on, middle.pk)}"
    yield from (f"{BASE}?{query}" for query in ("chu-de=hoc-phi", "nam=2024", "chu-de=hoc-phi&nam=2024&trang=9"))
    yield from (f"{BASE}?{query}" for query in ("thu-tu=cu", "thu-tu=gui", "thu-tu=tre&trang=300"))
    if copy.unit:
        yield from (
            f"{BASE}?don-vi={copy.unit.slug}",
            f"{BASE}?don-vi={copy.unit.slug}&q=quat",
            f"/don-vi/{copy.unit.slug}/",
        )
    yield from (f"{BASE}?q={words}" for words in WORDS)
    yield from (f"{BASE}{copy.reference}/", f"{BASE}atom.xml", f"{BASE}du-lieu/", f"{BASE}du-lieu.json?moi-trang=100")
    yield f"{BASE}du-lieu.json?sau={middle.answered_on:%Y%m%d}-{middle.pk}"
    yield from (f"{BASE}thong-ke/{query}" for query in ("", "?ky=2024", "?ky=2025-Q1", "?tu=2023-02-03&den=2025-10-20"))
    yield from (f"{BASE}thong-ke/du-lieu.json", f"{BASE}thong-ke/du-lieu.csv")
    yield from (
        "/tim-kiem/?q=quat+tran",
        "/tim-kiem/?q=quat&loai=public_case",
    )
    yield from ("/open311/v2/requests.json", "/open311/v2/services.json", f"/open311/v2/requests/{copy.reference}.json")
    yield from ("/api/v1/phan-anh/", f"/api/v1/phan-anh/?sau={middle.pk}", "/api/v1/phan-anh/?chu-de=hoc-phi&nam=2024")
    yield from ("/api/v1/so-lieu/phan-anh/", "/du-lieu-mo/", "/so-nhat-ky/", "/")


def desk() -> Iterator[str]:
    """Yield the addresses of the office's own lists and of one case."""
    cases = apps.get_model("feedback", "Case").objects
    index = reverse("case:index")
    yield reverse("wagtailadmin_home")
    yield from (f"{index}?queue={name}" if name else index for name in QUEUES)
    yield from (
        f"{index}?queue=all&{query}" for query in ("p=2", "p=1000", "year=2024", "category=2", "ordering=received_at")
    )
    middle = cases.newest()[cases.count() // 2]
    yield f"{index}?queue=all&p=sau-{write_key(middle.received_at, middle.pk)}"
    yield from (f"{index}?queue=all&q={words}" for words in (*WORDS, "0912004711", "nguyen+van", "le+mau+mau+an"))
    yield reverse("case:open", args=[cases.order_by("-pk").first().pk])
    yield f"{reverse('case:open', args=[cases.open().newest().first().pk])}?hang=queue%3Dsoon"
    copies = reverse("wagtailsnippets_feedback_publiccase:list")
    yield from (f"{copies}{query}" for query in ("", "?p=1000", "?q=quat+tran", "?q=khong+tim+thay+gi", "?live=true"))


def officer(name: str) -> Client:
    """Return a client in which the sample officer ``name`` is logged in."""
    client = Client()
    user: Any = get_user_model().objects.get(username=name)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
