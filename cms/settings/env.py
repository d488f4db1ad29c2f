"""Reading the environment: one place, one clear line when a value cannot be used."""

import secrets
import sys
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(environ.Env().str("VAR_DIR", default=str(BASE_DIR / "var")))

env = environ.Env()


class UnusableSettingError(SystemExit):
    """Stops the start; its message is the one line that people read."""

    def __init__(self, name: str, why: str):
        sys.stderr.write(f"Không khởi động được: {name} {why}\n")
        super().__init__(2)


def kept_secret(name: str) -> str:
    """Return ``name`` from the environment, or a secret made once and kept under ``var/``.

    The file is readable by its owner alone. Removing it signs everybody out and makes every
    tracking code unusable, therefore ``backup`` takes it along.
    """
    given = env.str(name, default="")
    if given:
        if len(given) < 32:
            raise UnusableSettingError(name, "phải dài ít nhất 32 ký tự.")
        return given
    path = VAR_DIR / "secrets" / name.lower()
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_text(secrets.token_urlsafe(64))
            try:
                path.hardlink_to(fresh)  # first of several processes wins, the others read its file
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text().strip()
    except OSError as error:
        raise UnusableSettingError(name, f"không đọc hoặc ghi được ở {path}: {error}") from error


def site_url() -> SplitResult:
    """Return ``SITE_URL`` split; the default is the address that ``make run`` serves."""
    port = env.str("PORT", default="8000")
    url = env.str("SITE_URL", default=f"http://127.0.0.1:{port}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
        raise UnusableSettingError("SITE_URL", f"phải có dạng https://ten-mien, không phải {url!r}.")
    return parts


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no setting written as 1/0, true/false, yes/no, on/off."""
    value = env.str(name, default="1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise UnusableSettingError(name, f"phải là 1 hoặc 0, không phải {value!r}.")
