"""``make bench``: what a page costs on this machine – queries, bytes and milliseconds of one process.

It asks the site in ``var/`` (run ``make run`` once before) inside this process, without network, cache
or second thread; so it compares two states of the code on one machine, and no two machines.

The pages of feedback, of dossiers and of surveys are to be measured with many rows: ``manage.py seed_demo --cases
100000 --dossiers 200000 --responses 50000`` adds them. Those that take longer than the house promises are named at
the end, and the command fails.
"""

import argparse
import gzip
import os
import statistics
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from tests import bench_feedback, bench_procedures, bench_surveys  # noqa: E402

ADDRESSES = [
    *("/", "/tin-tuc/", "/van-ban/", "/van-ban/?q=cai+cach", "/cai-cach-hanh-chinh/", "/hoc-lieu/"),
    *("/phan-anh-kien-nghi/gui/", "/phan-anh-kien-nghi/tra-cuu/", "/tim-kiem/?q=ke+hoach"),
]


def measure(client: Client, address: str, times: int, form: dict[str, str] | None = None) -> tuple[str, float]:
    """Return one line of the table for ``address``, and the milliseconds at the median; ``form`` is sent by POST.

    The cache is emptied before every turn: what is measured is the work of making the answer.
    """
    fixed = {"HTTP_HOST": settings.ALLOWED_HOSTS[0], "secure": settings.SECURE_SSL_REDIRECT}

    def ask() -> Any:
        return client.get(address, **fixed) if form is None else client.post(address, form, **fixed)

    def forget() -> None:
        cache.clear()
        apps.get_model("core", "RateWindow").objects.all().delete()  # nobody is refused for measuring

    ask()  # templates and what the process itself keeps are warm afterwards
    forget()
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
        asked_database = len(queries)
    spent, worked = [], []
    for _turn in range(times):
        forget()
        began, at_work = time.perf_counter(), time.process_time()
        answer = ask()
        content = answer.getvalue()
        spent.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - at_work) * 1000)
    packed = len(gzip.compress(content)) / 1024
    line = (
        f"{address[:60]:60} {answer.status_code:5} {asked_database:9} {packed:9.1f} "
        f"{statistics.median(spent):9.1f} {max(spent):9.1f} {statistics.median(worked):9.1f}"
    )
    return line, statistics.median(spent)


def table(title: str, client: Client, addresses: Iterable[str], times: int) -> list[str]:
    """Print the lines of ``addresses``; return those that are slower than promised."""
    print(
        f"\n{title}\n{'trang':60} {'mã':>5} {'truy vấn':>9} {'kB (gzip)':>9} {'ms giữa':>9} {'ms cao':>9} {'ms CPU':>9}"
    )
    slow = []
    for address in addresses:
        line, median = measure(client, address, times)
        print(line, flush=True)
        if median > bench_feedback.MOST:
            slow.append(f"{address}: {median:.0f} ms")
    return slow


def dossiers(times: int) -> list[str]:
    """Print the tables of dossiers, when there are any; return those that are slower than promised."""
    total = apps.get_model("procedures", "Dossier").objects.count()
    if not total:
        return []
    slow = table(f"Hồ sơ, mọi người xem ({total} hồ sơ)", Client(), bench_procedures.public(), times)
    line, median = measure(Client(), "/tra-cuu-ho-so/", times, bench_procedures.looked_up())
    print(f"{line}  (gửi mã)", flush=True)
    if median > bench_feedback.MOST:
        slow.append(f"/tra-cuu-ho-so/, gửi mã: {median:.0f} ms")
    for name in ("motcua", "lanhdao"):
        client = bench_feedback.officer(name)
        slow += table(f"Hồ sơ, bàn việc của “{name}”", client, bench_procedures.desk(), times)
    return slow


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", nargs="*")
    parser.add_argument("--times", type=int, default=15, help="số lần đo mỗi trang (tối đa 1000)")
    options = parser.parse_args()
    times = min(options.times, 1000)
    if options.addresses:
        table("Các trang được hỏi", Client(), options.addresses, times)
        return 0
    table("Cổng", Client(), ADDRESSES, times)
    total = apps.get_model("feedback", "Case").objects.count()
    slow = table(f"Phản ánh, mọi người xem ({total} phản ánh)", Client(), bench_feedback.public(), times)
    for name in ("tiepnhan", "lanhdao"):
        client = bench_feedback.officer(name)
        slow += table(f"Phản ánh, bàn việc của “{name}”", client, bench_feedback.desk(), times)
    slow += dossiers(times)
    if bench_surveys.there_are_many():
        total = apps.get_model("surveys", "Response").objects.count()
        slow += table(f"Khảo sát, mọi người xem ({total} phiếu)", Client(), bench_surveys.public(), times)
        client = bench_feedback.officer("khaosat")
        slow += table("Khảo sát, màn hình của “khaosat”", client, bench_surveys.desk(), times)
    if slow:
        print(f"\nChậm hơn {bench_feedback.MOST} ms:", *slow, sep="\n  ")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
