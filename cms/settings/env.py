"""Reading the environment: one place, one clear line when a value cannot be used."""

import re
import secrets
import sys
from email.utils import parseaddr
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
        kept = path.read_text().strip()
    except OSError as error:
        raise UnusableSettingError(name, f"không đọc hoặc ghi được ở {path}: {error}") from error
    if len(kept) < 32:
        raise UnusableSettingError(name, f"bị hỏng ở {path}: lấy lại tệp này từ bản sao lưu.")
    return kept


def address(name: str, *, default: str) -> SplitResult:
    """Return the setting ``name``, an address, split; its port has been checked."""
    try:
        parts = urlsplit(env.str(name, default=default))
        if parts.port == 0:
            raise ValueError("port 0")
    except ValueError as error:
        raise UnusableSettingError(name, "không phải là một địa chỉ (xem cổng và dấu ngoặc).") from error
    return parts


def site_url() -> SplitResult:
    """Return ``SITE_URL`` split; the default is the address that ``make run`` serves."""
    parts = address("SITE_URL", default=f"http://127.0.0.1:{number('PORT', default=8000, at_least=1, at_most=65535)}")
    wanted = f"{parts.scheme}://{parts.netloc}"
    plain = re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:\d+)?", wanted)
    if not plain or parts.geturl().rstrip("/") != wanted:
        raise UnusableSettingError("SITE_URL", f"phải có dạng https://ten-mien, không phải {parts.geturl()!r}.")
    return parts


def hosts(name: str, *, default: list[str]) -> list[str]:
    """Return the names of machines in a setting, parted by commas: ``a.vn``, ``.a.vn`` for all below, ``[::1]``."""
    return _parted(
        name, default, r"\*|\.?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?|\[[0-9A-Fa-f:.]+\]", "tên máy, ví dụ so.gov.vn"
    )


def origins(name: str, *, default: list[str]) -> list[str]:
    """Return the origins in a setting, parted by commas: ``https://a.vn``, ``https://*.a.vn``, ports too."""
    host = r"(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\]"
    return _parted(name, default, rf"https?://({host})(:[0-9]{{1,5}})?", "địa chỉ gốc, ví dụ https://so.gov.vn")


def _parted(name: str, default: list[str], pattern: str, wanted: str) -> list[str]:
    given = [part.strip() for part in env.str(name, default=",".join(default)).split(",")]
    given = [part for part in given if part]
    for part in given:
        if not re.fullmatch(pattern, part):
            raise UnusableSettingError(name, f"phải là {wanted}, cách nhau dấu phẩy, không phải {part!r}.")
    if not given:
        raise UnusableSettingError(name, f"phải là {wanted}, không để trống.")
    return given


def number(name: str, *, default: int, at_least: int = 0, at_most: int = 1_000_000) -> int:
    """Return a setting that is a whole number within its bounds."""
    given = env.str(name, default=str(default)).strip()
    if not re.fullmatch(r"[0-9]{1,9}", given) or not at_least <= int(given) <= at_most:
        raise UnusableSettingError(name, f"phải là số từ {at_least} đến {at_most}, không phải {given!r}.")
    return int(given)


def one_of(name: str, *choices: str, default: str) -> str:
    """Return a setting that is one of ``choices``."""
    given = env.str(name, default=default).strip().upper()
    if given not in choices:
        raise UnusableSettingError(name, f"phải là một trong {', '.join(choices)}, không phải {given!r}.")
    return given


def mail_address(name: str, given: str) -> str:
    """Return ``given``, a mail address with or without a name before it."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(given)[1]):
        raise UnusableSettingError(name, f"phải là địa chỉ thư điện tử, không phải {given!r}.")
    return given


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no setting written as 1/0, true/false, yes/no, on/off."""
    value = env.str(name, default="1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise UnusableSettingError(name, f"phải là 1 hoặc 0, không phải {value!r}.")
