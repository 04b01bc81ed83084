"""What the operator is told of faults: sentences without HTML, nothing that people wrote."""

from bot.presentation.message import Message, escape
from bot.presentation.typography import typeset


def refused(notice: str, reason: str) -> str:
    """Telegram will never take a message."""
    return typeset(f"Telegram refuse « {notice} » : {reason}. Personne n’a été désabonné.")


def given_up(notice: str, tries: int, reason: str) -> str:
    """A message was tried often enough."""
    return typeset(f"« {notice} » n’est pas parti après {tries} essais : {reason}.")


def not_rendered(notice: str, error: str) -> str:
    """A message could not be put together."""
    return typeset(f"« {notice} » n’a pas pu être écrit : {error}.")


def alert_message(sentence: str) -> Message:
    """An alert as the operator reads it."""
    return Message(f"⚠️ {escape(sentence)}")
