"""``DATABASE_URL``: SQLite for one office, PostgreSQL for more."""

from typing import Any

from .env import VAR_DIR, UnusableSettingError, env

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
    try:
        config: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
    except (ValueError, KeyError) as error:
        raise UnusableSettingError("DATABASE_URL", f"không hiểu được: {error}") from error
    engine = config["ENGINE"]
    if engine.endswith("sqlite3"):
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        }
        # Tests use a file too: an in-memory database has neither WAL nor a second connection.
        config["TEST"] = {"NAME": str(VAR_DIR / f"test{env.str('TEST_DB_SUFFIX', default='')}.sqlite3")}
    elif engine.endswith("postgresql"):
        config["CONN_MAX_AGE"] = 0  # the pool keeps connections open; Django forbids both
        config["CONN_HEALTH_CHECKS"] = True
        config["OPTIONS"] = {
            **config.get("OPTIONS", {}),
            "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL", default=8), "timeout": 10},
            "connect_timeout": 5,
        }
    else:
        raise UnusableSettingError("DATABASE_URL", "phải bắt đầu bằng sqlite:// hoặc postgres://.")
    return config
