"""What the search costs at 20,000 documents with files among 100,000 entries: milliseconds of each question.

``python tests/bench_search.py [--entries 100000] [--files 20000]`` makes a database of its own, fills the index past
the pages (no kind owns the rows, so nothing is asked about them: the figures are of the index alone), measures inside
this process, and drops it again. It measures the statement without the words of files first, then with them.
Same variables as the tests (DATABASE_URL chooses PostgreSQL).
"""

import argparse
import os
import random
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import setup_test_environment, teardown_test_environment  # noqa: E402

from cms.core.models import FileText, SearchEntry, SearchEntryFile  # noqa: E402
from cms.core.search.backends import get_backend  # noqa: E402
from cms.core.search.backends.base import IndexedWords  # noqa: E402
from cms.core.search.excerpt import best_start  # noqa: E402
from cms.core.search.find import Filters, parse_query  # noqa: E402
from tests.core.search_corpus import SYLLABLES  # noqa: E402

QUERIES = (
    "học phí",
    "tuyển sinh lớp",
    "kế hoạch chuyển đổi số",
    "21/KH-GDĐT",
    '"đường dây nóng"',
    "zzz không có",
    "TTHC",
)
TYPED = ("ke", "ke ho", "tuyen s", "21/k", "tthc")
_BATCH = 500


class WithoutFiles:
    """The backend in use, as it was before files had words."""

    def __init__(self, backend):
        self.backend = type("Before", (type(backend),), {"_in_files": lambda *_args, **_more: []})()

    def find(self, *args, **more):
        return self.backend.find(*args, **more)


def fill(entries: int, files: int) -> None:
    """Write ``entries`` rows, the newest ``files`` of them with a file of about 400 words."""
    dice = random.Random(5)
    for start in range(0, entries, _BATCH):
        rows = SearchEntry.objects.bulk_create(
            SearchEntry(
                kind="bench",
                object_id=str(place),
                title=" ".join(dice.choices(SYLLABLES, k=9)),
                lead=" ".join(dice.choices(SYLLABLES, k=40)),
                date=f"{2015 + place % 12}-03-01",
                url=f"/{place}/",
            )
            for place in range(start, min(start + _BATCH, entries))
        )
        with transaction.atomic():
            told = {
                row.pk: " ".join(dice.choices([*SYLLABLES, *(f"từ{n}" for n in range(900))], k=400))
                for row in rows
                if int(row.object_id) >= entries - files
            }
            get_backend().write([IndexedWords.of(row.pk, row.title, row.lead, told.get(row.pk, "")) for row in rows])
            texts = FileText.objects.bulk_create(
                FileText(digest=f"{pk:040}", state="read", text=text) for pk, text in told.items()
            )
            SearchEntryFile.objects.bulk_create(
                SearchEntryFile(entry_id=pk, text=text, name="tệp", url="/x")
                for pk, text in zip(told, texts, strict=True)
            )
    get_backend().tidy()


def timed(ask, times: int) -> float:
    """Return the median of ``times`` tries, in milliseconds."""
    ask()
    spent = []
    for _turn in range(times):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


def measure(times: int) -> None:
    """Print a line a question."""
    backend, before = get_backend(), WithoutFiles(get_backend())
    print(f"{'câu tìm':28} {'hàng':>6} {'không tệp':>10} {'có tệp':>10}  ms giữa")
    for query in QUERIES:
        asked = parse_query(query)
        found = len(backend.find(asked, Filters()))
        old = timed(lambda asked=asked: before.find(asked, Filters()), times)
        new = timed(lambda asked=asked: backend.find(asked, Filters()), times)
        print(f"{query:28} {found:6} {old:10.1f} {new:10.1f}")
    for typed in TYPED:
        asked = parse_query(typed)
        spent = timed(lambda asked=asked: backend.begun(asked, 60), times)
        print(f"{'gõ: ' + typed:28} {len(backend.begun(asked, 60)):6} {'':10} {spent:10.1f}")
    long = " ".join(SYLLABLES * 500)[:100_000]
    asked = parse_query("zzz giếng khoan")
    spent = timed(lambda: [best_start(long, asked) for _ in range(20)], 3)
    print(f"{'trích 20 tệp 100.000 chữ':28} {'':6} {'':10} {spent:10.1f}")


def main() -> None:
    """Fill, measure, drop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=9)
    options = parser.parse_args()
    setup_test_environment()
    before = connection.settings_dict["NAME"]
    own = f"bench_search_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = (
        own if connection.vendor == "postgresql" else str(settings.VAR_DIR / f"{own}.sqlite3")
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        began = time.perf_counter()
        fill(options.entries, options.files)
        spent = time.perf_counter() - began
        print(f"{connection.vendor}: {options.entries} mục, {options.files} có tệp, ghi trong {spent:.0f} giây")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        measure(options.times)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
