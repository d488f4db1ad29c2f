"""What must not stand in a log."""

import logging
import re

_SECRET = re.compile(r"(/tra-loi/)[A-Za-z0-9_-]{8,64}")


class HideTokens(logging.Filter):
    """Take the secret of an invitation out of addresses: Django logs the path of every refusal."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without secrets."""
        if isinstance(record.args, tuple):
            record.args = tuple(_SECRET.sub(r"\1…", each) if isinstance(each, str) else each for each in record.args)
        return True
