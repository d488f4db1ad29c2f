"""``DATABASE_URL``: SQLite for one office, PostgreSQL for more."""

from typing import Any

from .env import VAR_DIR, UnusableSettingError, address, env, number

# IMMEDIATE: a transaction that reads and then writes waits for its turn instead of failing.
# FULL: what was acknowledged survives a power cut.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=FULL;"
    "PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-16000;"
)


def database() -> dict[str, Any]:
    """Return Django's DATABASES entry; stops the start when the address cannot be used."""
    default = f"sqlite:///{VAR_DIR / 'db.sqlite3'}"
    if address("DATABASE_URL", default=default).scheme not in {"sqlite", "postgres", "postgresql"}:
        raise UnusableSettingError("DATABASE_URL", "phải bắt đầu bằng sqlite:// hoặc postgres://.")
    try:
        config: dict[str, Any] = env.db_url("DATABASE_URL", default=default)
    except (ValueError, KeyError) as error:
        raise UnusableSettingError("DATABASE_URL", "không hiểu được.") from error
    if config.get("NAME") in {None, "", ":memory:"}:
        raise UnusableSettingError("DATABASE_URL", "phải chỉ rõ tệp (sqlite:////thu-muc/tep) hoặc tên cơ sở dữ liệu.")
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
        # Tests use a file too: an in-memory database has neither WAL nor a second connection.
        config["TEST"] = {"NAME": str(VAR_DIR / f"test{env.str('TEST_DB_SUFFIX', default='')}.sqlite3")}
    else:
        config["CONN_MAX_AGE"] = 0  # the pool keeps connections open; Django forbids both
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": number("DATABASE_POOL", default=8, at_least=1), "timeout": 10},
            "connect_timeout": 5,
        }
    return config
