"""Telegram: the only room that knows python-telegram-bot."""

import os

# The library gives durations as `timedelta` from its next major version on, and warns until it is
# asked to do so now.
os.environ.setdefault("PTB_TIMEDELTA", "1")
