"""``make bench``: what a page costs on this machine – queries, bytes and milliseconds of one process.

It asks the site in ``var/`` (run ``make run`` once before) inside this process, without network, cache
or second thread; so it compares two states of the code on one machine, and no two machines.
"""

import argparse
import gzip
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

ADDRESSES = [
    *("/", "/tin-tuc/", "/van-ban/", "/van-ban/?q=cai+cach", "/cai-cach-hanh-chinh/"),
    *("/phan-anh-kien-nghi/", "/phan-anh-kien-nghi/gui/", "/phan-anh-kien-nghi/tra-cuu/", "/tim-kiem/?q=ke+hoach"),
]


def measure(client: Client, address: str, times: int) -> str:
    """Return one line of the table for ``address``."""
    asked = {"HTTP_HOST": settings.ALLOWED_HOSTS[0], "secure": settings.SECURE_SSL_REDIRECT}
    client.get(address, **asked)  # templates and caches of the process are warm afterwards
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, **asked)
        asked_database = len(queries)
    spent = []
    for _turn in range(times):
        began = time.perf_counter()
        client.get(address, **asked)
        spent.append((time.perf_counter() - began) * 1000)
    packed = len(gzip.compress(answer.content)) / 1024
    return (
        f"{address:32} {answer.status_code:5} {asked_database:9} {packed:9.1f} "
        f"{statistics.median(spent):9.1f} {max(spent):9.1f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("addresses", nargs="*", default=ADDRESSES)
    parser.add_argument("--times", type=int, default=30, help="số lần đo mỗi trang (tối đa 1000)")
    options = parser.parse_args()
    print(f"{'trang':32} {'mã':>5} {'truy vấn':>9} {'kB (gzip)':>9} {'ms giữa':>9} {'ms cao':>9}")
    client = Client()
    for address in options.addresses:
        print(measure(client, address, min(options.times, 1000)))


if __name__ == "__main__":
    main()
