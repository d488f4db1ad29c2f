"""Which pages of dossiers are measured: figures and their files for the public, lists and numbers at the desk."""

from collections.abc import Iterator

from django.apps import apps
from django.urls import reverse

from cms.core.querysets.keys import write_key

FIGURES = "/thong-ke-ho-so/"
QUEUES = ("", "today", "soon", "late", "registered", "waiting", "result", "all")
NUMBERS = ("received", "resolved", "late", "in_progress_late", "carried_over")


def public() -> Iterator[str]:
    """Yield the addresses that everybody may ask for."""
    yield "/tra-cuu-ho-so/"
    yield from (f"{FIGURES}{query}" for query in ("", "?ky=2025", "?ky=2025-Q1", "?tu=2023-02-03&den=2025-10-20"))
    yield from ("/thu-xin-loi/", "/thu-xin-loi/?loai=late&ky=2025")
    yield from (f"{FIGURES}du-lieu.json", f"{FIGURES}du-lieu.csv", "/api/v1/so-lieu/ho-so/", "/")


def looked_up() -> dict[str, str]:
    """Return what is sent to look up a dossier in the middle of the register."""
    rows = apps.get_model("procedures", "Dossier").objects.newest()
    return {"code": rows[rows.count() // 2].code, "second": ""}


def desk() -> Iterator[str]:
    """Yield the addresses of the desk's lists, of one dossier, and of the numbers with their rows."""
    rows = apps.get_model("procedures", "Dossier").objects.newest()
    middle = rows[rows.count() // 2]
    index, numbers = reverse("dossier:index"), reverse("dossier_figures_desk:index")
    yield from (f"{index}?queue={name}" if name else index for name in QUEUES)
    yield from (f"{index}?queue=all&{query}" for query in ("p=2", "p=1000", "channel=online", "ordering=due_on"))
    yield f"{index}?queue=all&p=sau-{write_key(middle.filed_at, middle.pk)}"
    yield from (f"{index}?queue=all&q={words}" for words in (middle.code, "chuyen+truong", "khong+tim+thay+gi"))
    yield reverse("dossier:open", args=[middle.pk])
    unit = f"don-vi={middle.unit_id}"
    yield from (reverse("wagtailadmin_home"), reverse("apology:index"))
    yield from (numbers, f"{numbers}?ky=2025&{unit}")
    yield from (f"{reverse('dossier_figures_desk:rows')}?ky=2025&{unit}&do={name}" for name in NUMBERS)
