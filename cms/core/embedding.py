"""Which other sites may show a page of ours in a frame: read strictly, because each goes into a policy header."""

import re
from urllib.parse import urlsplit

# What a host may be written with; nothing here can end a directive of the policy or name more than one host.
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")
_PORTS = range(1, 65_536)


def embedding_sites(text: str) -> tuple[list[str], list[str]]:
    """Return the sites of ``text``, one a line, as origins without doubles; and the lines that are none.

    A host in Vietnamese letters becomes its ASCII form. A path, a user name or a star makes a line wrong: the
    office should know that a whole site, and only that site, is meant.
    """
    sites: dict[str, None] = {}
    wrong = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        origin = _origin(line)
        if origin:
            sites[origin] = None
        else:
            wrong.append(line)
    return list(sites), wrong


def _origin(line: str) -> str:
    try:
        parts = urlsplit(line)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except (ValueError, UnicodeError):
        return ""
    rest = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if parts.scheme not in {"http", "https"} or rest or not _HOST.fullmatch(host):
        return ""
    if port is None or port == {"http": 80, "https": 443}[parts.scheme]:
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}" if port in _PORTS else ""
