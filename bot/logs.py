"""Logs for the operator: an outcome, a chat id, never a text and never a token."""

import logging
import re
import sys

_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{20,}")
_THIRD_PARTIES = (
    "httpx",
    "httpcore",
    "telegram",
    "tornado",
    "asyncio",
    "sqlalchemy",
    "aiosqlite",
    "alembic",
)


class TokenFilter(logging.Filter):
    """Rewrites any record that holds something of the form of a token."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through."""
        message = record.getMessage()
        if record.exc_info:
            message += "\n" + logging.Formatter().formatException(record.exc_info)
            record.exc_info = record.exc_text = None
        record.msg, record.args = _TOKEN.sub("[jeton]", message), None
        return True


def set_up_logs(level: str) -> None:
    """Our own logs at `level`; those of the libraries, which hold texts, from WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(TokenFilter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _THIRD_PARTIES:
        logging.getLogger(name).setLevel(logging.WARNING)
