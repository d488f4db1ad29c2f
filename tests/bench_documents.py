"""What the register of documents costs at 20,000 rows: milliseconds and queries a page, and the plans of its questions.

``python tests/bench_documents.py [--rows 20000] [--plans] [--search]`` makes a database of its own, fills it through
the tests' factory, measures inside this process without cache or network, and drops it again. Same variables as the
tests (DATABASE_URL chooses PostgreSQL).
"""

import argparse
import io
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment  # noqa: E402

from cms.official_documents.factories import many_documents  # noqa: E402
from cms.official_documents.models import OfficialDocumentIndexPage  # noqa: E402
from tests.site import build_site  # noqa: E402

ADDRESSES = (
    *("/van-ban/", "/van-ban/?trang=25", "/van-ban/?trang=50", "/van-ban/?loai=ke-hoach", "/van-ban/?nam=2020"),
    *("/van-ban/?loai=bao-cao&nam=2019&co-quan=1", "/van-ban/?linh-vuc=1&trang=30"),
    *("/van-ban/?q=tuyen+sinh", "/van-ban/?q=cong+tac&nam=2020", "/van-ban/?q=1234/kh-sgddt", "/van-ban/thu-77/"),
)
_SLOW = 0.005  # seconds; plans are shown of statements from here on


def measure(client: Client, address: str, times: int, *, plans: bool) -> None:
    """Print one line for ``address``, and the plans of its slow statements when asked."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    asked = list(queries.captured_queries)  # the next request empties the log
    spent = []
    for _turn in range(times):
        began = time.perf_counter()
        client.get(address)
        spent.append((time.perf_counter() - began) * 1000)
    in_database = sum(float(query["time"]) for query in asked) * 1000
    line = f"{answer.status_code:5} {len(asked):9} {in_database:9.1f} {statistics.median(spent):9.1f} {max(spent):9.1f}"
    print(f"{address:46} {line}")
    for query in asked if plans else ():
        if float(query["time"]) >= _SLOW:
            explain(query["sql"])


def explain(sql: str) -> None:
    """Print what the database does for one statement."""
    with connection.cursor() as cursor:
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ANALYZE ") + sql)
        print(f"    {sql[:160]}…")
        for row in cursor.fetchall():
            print("      ", row[-1])


def main() -> None:
    """Fill, measure, drop."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--plans", action="store_true", help="kế hoạch của câu hỏi chậm")
    parser.add_argument("--search", action="store_true", help="dựng cả bảng tìm kiếm (lâu), để đo các trang có q=")
    options = parser.parse_args()
    setup_test_environment()
    before = connection.settings_dict["NAME"]
    # A name of its own: the tests of somebody else may be at work in theirs.
    own = f"bench_documents_{os.getpid()}"
    connection.settings_dict["TEST"]["NAME"] = (
        own if connection.vendor == "postgresql" else str(settings.VAR_DIR / f"{own}.sqlite3")
    )
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        build_site()
        began = time.perf_counter()
        many_documents(OfficialDocumentIndexPage.objects.get(), options.rows)
        if options.search:
            call_command("rebuild_search", stdout=io.StringIO())
        print(f"{connection.vendor}: {options.rows} văn bản, dựng trong {time.perf_counter() - began:.0f} giây")
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        print(f"{'trang':46} {'mã':>5} {'truy vấn':>9} {'ms CSDL':>9} {'ms giữa':>9} {'ms cao':>9}")
        client = Client()
        for address in ADDRESSES:
            if "q=" in address and not options.search:
                continue
            measure(client, address, options.times, plans=options.plans)
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
