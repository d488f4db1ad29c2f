"""A value that cannot be used stops the start with one clear line; a good one chooses the part it names."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

from django.conf import settings

import pytest

# The names are read in a fresh process, as the server reads them.
READ = """
import json, sys
import cms.settings.production as read
print(json.dumps({name: getattr(read, name, None) for name in sys.argv[1:]}, default=str))
"""


def start(tmp_path, *names, **environment):
    return subprocess.run(
        [sys.executable, "-c", READ, *names],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture
def read(tmp_path):
    """Return a function: the settings called so, under this environment."""

    def ask(*names, **environment):
        process = start(tmp_path, *names, **environment)
        assert process.returncode == 0, process.stderr
        assert process.stderr == ""
        found = json.loads(process.stdout)
        return found[names[0]] if len(names) == 1 else found

    return ask


UNUSABLE = {
    "DATABASE_URL": ["", "hello", "://", "mysql://u:p@h/x", "sqlite://", "sqlite:///", "postgres://", "postgres://u@h/",
                     "postgres://u:bimat@h:abc/x", "postgres://u:bimat@h:99999/x", "postgres://[::1/x"],
    "CACHE_URL": ["", "hello", "locmem", "memcached://h", "redis://", "redis://h:abc/0", "redis://h/abc", "redis://[::1"],
    "EMAIL_URL": ["", "hello", "ftp://h", "smtp://", "smtp://u:bimat@h:abc", "smtp://h:99999", "smtp://h:0", "smtp://[::1",
                  "file://", "file:relative"],
    "STORAGE_URL": ["hello", "http://h/b", "s3://", "s3://k:bimat@h", "s3://h/b", "s3://k:bimat@h:abc/b", "s3://[::1/b"],
    "SITE_URL": ["", "hello", "ftp://h", "http://", "https://h/x", "https://h?x=1", "https://h/#x", "http://h:abc",
                 "http://h:99999", "http://[::1", "https://u:p@h", "https://cổng.vn", "https://a b.vn"],
    "ALLOWED_HOSTS": ["", "http://x/", "x/y", "a b", "x:8000", "cổng.vn", "a.vn,http://b.vn"],
    "CSRF_TRUSTED_ORIGINS": ["", "abc", "https://", "ftp://h", "https://h/x", "https://h,abc", "https://h:abc"],
    "PORT": ["abc", "0", "99999", "-1", "٨٠٠٠"],
    "PROXIES": ["abc", "", "-1", "1.5", "99"],
    "DATABASE_POOL": ["abc", "0"],
    "DEMO": ["maybe", "2"],
    "LOG_LEVEL": ["LOUD", ""],
    "ADMINS": ["hello", "a@b.vn,hello"],
    "FROM_EMAIL": ["hello", "Sở <hello>"],
    "SECRET_KEY": ["short", "x" * 31],
    "TRACKING_KEY": ["short"],
    "LEDGER_KEY": ["short"],
    "VAR_DIR": ["/proc/nowhere"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in UNUSABLE.items() for value in values])
def test_an_unusable_value_stops_the_start_with_one_line(tmp_path, name, value):
    more = {"DATABASE_URL": "postgres://u@h/x"} if name == "DATABASE_POOL" else {}
    process = start(tmp_path, **{**more, name: value})
    assert process.returncode == 2
    assert process.stdout == ""
    [line] = process.stderr.splitlines()
    assert line.startswith(f"Không khởi động được: {'SECRET_KEY' if name == 'VAR_DIR' else name} ")
    assert "bimat" not in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WEB_WORKERS", "abc"),
        ("WEB_WORKERS", "0"),
        ("WEB_THREADS", "-1"),
        ("WEB_THREADS", "99999"),
        ("ACCESS_LOG", "x"),
    ],
)
def test_what_only_the_server_reads_stops_it_with_one_line_too(tmp_path, name, value):
    process = subprocess.run(
        [sys.executable, "manage.py", "run_portal", "--prepare-only"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), "PORT": "8999", name: value},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (process.returncode, process.stdout) == (2, "")
    [line] = process.stderr.splitlines()
    assert line.startswith(f"Không khởi động được: {name} ")
    assert not (tmp_path / "db.sqlite3").exists()


class TestGoodValues:
    def test_nothing_set_is_one_office_on_this_machine(self, read, tmp_path):
        found = read("DATABASES", "CACHES", "EMAIL_BACKEND", "STORAGES", "SITE_URL", "DEBUG", "DEMO", "PROXIES")
        assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
        assert found["CACHES"]["default"]["BACKEND"].endswith("LocMemCache")
        assert found["EMAIL_BACKEND"].endswith("filebased.EmailBackend")
        assert found["STORAGES"]["private"]["OPTIONS"]["location"] == str(tmp_path / "private")
        assert (found["SITE_URL"], found["DEBUG"], found["DEMO"], found["PROXIES"]) == (
            "http://127.0.0.1:8000",
            False,
            True,
            0,
        )

    def test_sqlite_waits_for_its_turn_and_keeps_what_it_acknowledged(self, read):
        options = read("DATABASES", DATABASE_URL="sqlite:////srv/cong/db.sqlite3")["default"]["OPTIONS"]
        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] == 20
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            assert f"PRAGMA {pragma};" in options["init_command"]

    @pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
    def test_postgresql(self, read, scheme):
        database = read("DATABASES", DATABASE_URL=f"{scheme}://cong:p%40ss@db.local:5433/cong")["default"]
        assert database["ENGINE"] == "django.db.backends.postgresql"
        assert [database[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
            "cong",
            "p@ss",
            "db.local",
            5433,
            "cong",
        ]
        assert database["OPTIONS"]["pool"]["max_size"] == 8

    @pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/1", "rediss://u:p@cache.local/0"])
    def test_redis(self, read, url):
        cache = read("CACHES", CACHE_URL=url)["default"]
        assert (cache["BACKEND"], cache["LOCATION"]) == ("django.core.cache.backends.redis.RedisCache", url)

    @pytest.mark.parametrize(
        ("url", "port", "ssl", "tls"),
        [
            ("smtp://thu.local", 25, False, False),
            ("smtps://ng%40:m%3At@thu.local", 465, True, False),
            ("smtp+tls://thu.local:2525", 2525, False, True),
        ],
    )
    def test_smtp(self, read, url, port, ssl, tls):
        found = read("EMAIL_HOST", "EMAIL_PORT", "EMAIL_USE_SSL", "EMAIL_USE_TLS", "EMAIL_HOST_PASSWORD", EMAIL_URL=url)
        assert found["EMAIL_HOST"] == "thu.local"
        assert [found[name] for name in ("EMAIL_PORT", "EMAIL_USE_SSL", "EMAIL_USE_TLS")] == [port, ssl, tls]
        assert found["EMAIL_HOST_PASSWORD"] == ("m:t" if "@thu" in url else "")

    def test_mail_on_the_screen(self, read):
        assert read("EMAIL_BACKEND", EMAIL_URL="console://").endswith("console.EmailBackend")

    def test_object_store_keeps_public_and_private_apart(self, read):
        found = read("STORAGES", STORAGE_URL="s3://khoa:mat%2Fkhau@kho.local:9000/cong?region=vn-1&tls=0")
        public, private = found["default"]["OPTIONS"], found["private"]["OPTIONS"]
        assert (public["location"], private["location"]) == ("media", "private")
        assert private["default_acl"] == "private"
        assert public["endpoint_url"] == "http://kho.local:9000"
        assert (public["secret_key"], public["region_name"]) == ("mat/khau", "vn-1")
        assert not private["querystring_auth"]

    def test_the_port_moves_the_address(self, read):
        assert read("SITE_URL", PORT="8123") == "http://127.0.0.1:8123"

    @pytest.mark.parametrize("url", ["https://cong.example.vn", "https://cong.example.vn/", "http://[::1]:8000"])
    def test_addresses_of_the_site(self, read, url):
        assert read("WAGTAILADMIN_BASE_URL", SITE_URL=url) == url

    def test_mail_addresses(self, read):
        found = read("ADMINS", "DEFAULT_FROM_EMAIL", ADMINS="a@so.vn,b@so.vn", FROM_EMAIL="Sở Giáo dục <cong@so.vn>")
        assert found["ADMINS"] == [["", "a@so.vn"], ["", "b@so.vn"]]
        assert found["DEFAULT_FROM_EMAIL"] == "Sở Giáo dục <cong@so.vn>"

    @pytest.mark.parametrize(("value", "meant"), [("0", False), ("no", False), ("", False), ("1", True), ("On", True)])
    def test_yes_and_no(self, read, value, meant):
        assert read("DEMO", DEMO=value) is meant


class TestKeptSecrets:
    NAMES = ("SECRET_KEY", "TRACKING_KEY", "LEDGER_KEY")

    def test_made_once_and_read_by_the_owner_alone(self, read, tmp_path):
        first = read(*self.NAMES)
        assert len(set(first.values())) == 3
        assert all(len(secret) >= 64 for secret in first.values())
        folder = tmp_path / "secrets"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
            name.lower(): 0o600 for name in self.NAMES
        }
        assert read(*self.NAMES) == first

    def test_processes_that_start_together_read_the_same(self, tmp_path):
        environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
        processes = [
            subprocess.Popen(
                [sys.executable, "-c", READ, *self.NAMES],
                cwd=settings.BASE_DIR,
                env=environment,
                stdout=subprocess.PIPE,
                text=True,
            )
            for _turn in range(4)
        ]
        answers = {process.communicate(timeout=60)[0] for process in processes}
        assert [process.returncode for process in processes] == [0] * 4
        assert len(answers) == 1
        assert len(list((tmp_path / "secrets").iterdir())) == 3

    def test_the_environment_wins_and_nothing_is_written(self, read, tmp_path):
        given = {name: f"{name}-" + "x" * 40 for name in self.NAMES}
        assert read(*self.NAMES, **given) == given
        assert not (tmp_path / "secrets").exists()

    def test_a_file_that_a_power_cut_emptied_is_told_not_used(self, read, tmp_path):
        read("SECRET_KEY")
        Path(tmp_path, "secrets", "ledger_key").write_text("")
        process = start(tmp_path)
        assert process.returncode == 2
        assert process.stderr.count("\n") == 1
        assert "LEDGER_KEY" in process.stderr


class TestScheme:
    NAMES = (
        "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SECURE_PROXY_SSL_HEADER",
    )  # fmt: skip

    def test_https_ties_the_cookies_to_this_host(self, read):
        found = read(*self.NAMES, SITE_URL="https://cong.example.vn")
        assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("__Host-phien", "__Host-csrf")
        assert found["SESSION_COOKIE_SECURE"]
        assert found["CSRF_COOKIE_SECURE"]
        assert found["SECURE_SSL_REDIRECT"]
        assert found["SECURE_HSTS_SECONDS"] == 365 * 24 * 3600
        assert found["ALLOWED_HOSTS"] == ["cong.example.vn", "localhost", "127.0.0.1"]
        assert found["CSRF_TRUSTED_ORIGINS"] == ["https://cong.example.vn"]

    def test_plain_http_works_without(self, read):
        found = read(*self.NAMES)
        assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("phien", "csrf")
        assert not found["SESSION_COOKIE_SECURE"]
        assert not found["CSRF_COOKIE_SECURE"]
        assert not found["SECURE_SSL_REDIRECT"]
        assert found["SECURE_HSTS_SECONDS"] == 0

    def test_a_proxy_is_believed_only_when_there_is_one(self, read):
        assert read("SECURE_PROXY_SSL_HEADER", SITE_URL="https://cong.example.vn") is None
        assert read("SECURE_PROXY_SSL_HEADER", SITE_URL="https://cong.example.vn", PROXIES="1") == [
            "HTTP_X_FORWARDED_PROTO",
            "https",
        ]


@pytest.mark.parametrize("more", [{}, {"DEMO": "0", "PROXIES": "2"}])
def test_the_deploy_check_is_clean(tmp_path, more):
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "cms.settings.production",
            "SITE_URL": "https://cong.example.vn",
            **more,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert "0 silenced" in process.stdout + process.stderr
