import errno
import hashlib
import io
import logging
import os
import secrets
import socket
import time
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, connections, transaction
from django.utils.translation import gettext as _

from cms.core.processes import Child, Household
from cms.core.services.planner import planner_statistics_renew
from cms.settings.env import VAR_DIR, env, flag, number, site_url

# Threads that run Python in one web process; more only lengthen each other's answers.
WEB_THREADS = min(8, 2 * (os.cpu_count() or 1) + 1)
# Connections one web process holds; the rest wait in the system's backlog instead of in memory.
WEB_CONNECTIONS = 512
# Seconds that requests, and then the whole household, have to end after a stop was asked for.
WEB_PATIENCE, PATIENCE = 10, 20


class Command(BaseCommand):
    help = _("Chuẩn bị mọi thứ rồi chạy cổng thông tin: máy chủ web và bộ xử lý việc nền.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("--prepare-only", action="store_true", help=_("Chỉ chuẩn bị, không chạy máy chủ."))

    def handle(self, *args, prepare_only, **options):
        self.host = env.str("HOST", default="127.0.0.1")
        self.port = self._port()
        # Read before anything is begun, so that a slip is told in one line and not half a minute later.
        self.workers = number("WEB_WORKERS", default=min(2, os.cpu_count() or 1), at_least=1, at_most=64)
        self.threads = number("WEB_THREADS", default=WEB_THREADS, at_least=1, at_most=256)
        self.access_log = flag("ACCESS_LOG", default=False)
        try:
            if not prepare_only:
                self._require_free_port()
            self._prepare()
        except KeyboardInterrupt:
            raise CommandError(_("Đã dừng giữa lúc chuẩn bị; lần chạy sau làm tiếp."), returncode=130) from None
        if not prepare_only:
            self._serve()

    # --- what must be there before the first request --------------------------------------

    def _prepare(self) -> None:
        with self._step(_("Kiểm tra cấu hình")):
            call_command("check", stdout=io.StringIO())
            self._require_parts()
        with self._step(_("Cơ sở dữ liệu (lần đầu khoảng nửa phút)")):
            call_command("migrate", interactive=False, verbosity=0)
            planner_statistics_renew()  # a table that a migration made anew is one that nobody has counted
        if fingerprint := self._changed_static():
            with self._step(_("Tệp tĩnh: gom, băm, nén (lần đầu khoảng nửa phút)")):
                call_command("collectstatic", interactive=False, verbosity=0)
                self._static_stamp.write_text(fingerprint)
        if apps.get_model("home", "HomePage").objects.exists():
            with self._step(_("Cây trang, vai trò, danh mục: bổ sung phần còn thiếu")):
                call_command("setup_site", verbosity=0, stdout=io.StringIO())
        else:
            self._first_content()

    def _require_parts(self) -> None:
        """Stop with one line when the database or the cache that was chosen does not answer."""
        try:
            connection.ensure_connection()
        except DatabaseError as error:
            raise CommandError(_("Không khởi động được: DATABASE_URL không kết nối được: %s") % error) from error
        try:
            cache.get("run_portal")
        except Exception as error:  # each cache backend has errors of its own
            raise CommandError(_("Không khởi động được: CACHE_URL không kết nối được: %s") % error) from error

    def _first_content(self) -> None:
        """Make the page tree and, in demo mode, the sample content: both or nothing."""
        logging.getLogger("wagtail").setLevel(logging.WARNING)  # not a line a page
        password = env.str("DEMO_PASSWORD", default="") or secrets.token_urlsafe(9)
        with transaction.atomic():
            with self._step(_("Nội dung ban đầu: cây trang, vai trò, danh mục")):
                call_command("setup_site", verbosity=0, stdout=io.StringIO())
            if settings.DEMO:
                with self._step(_("Nội dung mẫu (DEMO=0 để không có)")):
                    call_command("seed_demo", password=password, verbosity=0, stdout=io.StringIO())
        if settings.DEMO:
            self._show_accounts(password)
        else:
            self.stdout.write(_("Chưa có tài khoản nào; tạo tài khoản đầu tiên: python manage.py createsuperuser"))

    def _show_accounts(self, password: str) -> None:
        names = apps.get_model(settings.AUTH_USER_MODEL).objects.filter(is_active=True).order_by("pk")
        text = _("\nTài khoản dùng thử (chỉ hiện lần này): %(names)s\nMật khẩu chung: %(password)s") % {
            "names": " ".join(names.values_list("username", flat=True)),
            "password": password,
        }
        self.stdout.write(self.style.WARNING(text))

    @property
    def _static_stamp(self):
        return VAR_DIR / "static.stamp"

    def _changed_static(self) -> str:
        """Return the fingerprint of the static sources unless it is that of what was collected."""
        digest = hashlib.sha256()
        for finder in get_finders():
            for path, storage in sorted(finder.list([]), key=lambda item: item[0]):
                status = os.stat(storage.path(path))
                digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        fresh = digest.hexdigest()
        collected = (settings.STATIC_ROOT / "staticfiles.json").exists() and self._static_stamp.exists()
        return "" if collected and self._static_stamp.read_text() == fresh else fresh

    @contextmanager
    def _step(self, what: str):
        began = time.monotonic()
        self.stdout.write(f"  {what} …", ending=" ")
        self.stdout.flush()
        try:
            yield
        except BaseException:
            self.stdout.write(_("không xong"))
            raise
        self.stdout.write(_("xong (%(seconds).1f giây)") % {"seconds": time.monotonic() - began})
        self.stdout.flush()

    # --- the address ----------------------------------------------------------------------

    def _port(self) -> int:
        value = env.str("PORT", default="8000")
        if not value.isdecimal() or not 0 < int(value) < 65536:
            raise CommandError(_("Không khởi động được: PORT phải là số từ 1 đến 65535, không phải %r.") % value)
        return int(value)

    def _require_free_port(self) -> None:
        try:
            family, kind, _proto, _name, address = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
            with socket.socket(family, kind) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(address)
        except OSError as error:
            why = {
                errno.EADDRINUSE: _("cổng %(port)d đã có chương trình khác dùng; chọn cổng khác, ví dụ PORT=8001."),
                errno.EACCES: _("cổng %(port)d cần quyền quản trị; chọn cổng từ 1024 trở lên."),
            }.get(error.errno or 0, _("địa chỉ HOST=%(host)s không có trên máy này."))
            text = why % {"host": self.host, "port": self.port}
            raise CommandError(_("Không khởi động được: %s") % text) from error

    def _url(self) -> str:
        given = site_url()
        return given.geturl() if env.str("SITE_URL", default="") else f"http://{given.hostname}:{self.port}"

    # --- serving --------------------------------------------------------------------------

    def _serve(self) -> None:
        connections.close_all()
        household = Household(patience=PATIENCE)
        household.listen()
        for name, arguments in (
            (_("Máy chủ web"), ["-m", "granian", *self._web_options(), "cms.wsgi:application"]),
            (_("Bộ xử lý việc nền"), ["manage.py", "run_worker"]),
        ):
            household.children.append(Child.start(name, *arguments, folder=settings.BASE_DIR))
        died = household.watch(until=self._answers)
        if not (died or household.stopping):
            self._show_address()
            died = household.watch()
        if not died:
            self.stdout.write(_("\nĐang dừng…"))
        for child in household.stop():
            self.stderr.write(_("%(name)s không dừng kịp, đã buộc dừng.") % {"name": child.name})
        if died:
            raise CommandError(
                _("%(name)s dừng bất ngờ (mã %(code)s); đã dừng phần còn lại.")
                % {"name": died.name, "code": died.process.returncode}
            )
        self.stdout.write(_("Đã dừng."))

    def _answers(self) -> bool:
        """Whether somebody answers at the address: then it is worth telling."""
        try:
            socket.create_connection((self.host, self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def _show_address(self) -> None:
        url = self._url()
        self.stdout.write(self.style.SUCCESS(_("\nCổng thông tin: %(url)s") % {"url": url}))
        self.stdout.write(_("Quản trị:       %(url)s/quan-tri/\nDừng:           Ctrl-C\n") % {"url": url})
        self.stdout.flush()

    def _web_options(self) -> list[str]:
        workers, threads = self.workers, self.threads
        return [
            *("--interface", "wsgi", "--no-ws", "--host", self.host, "--port", str(self.port)),
            *("--workers", str(workers), "--blocking-threads", str(threads)),
            *("--backpressure", str(WEB_CONNECTIONS), "--workers-kill-timeout", str(WEB_PATIENCE)),
            *("--respawn-failed-workers", "--log-level", "warning"),
            "--access-log" if self.access_log else "--no-access-log",
        ]
