"""An answer as the JSON object of `ask --json`."""

from typing import Any

from bot.answers.model import Answer
from bot.presentation.message import Message, plain


def as_json(question: str, answer: Answer, message: Message, elapsed_us: int) -> dict[str, Any]:
    """The object that the public surface describes; `city` is a list when several are meant."""
    codes = [territory.insee for territory in answer.territories if territory.insee]
    return {
        "question": question,
        "kind": answer.kind,
        "text": plain(message),
        "html": message.html,
        "city": codes[0] if len(codes) == 1 else codes or None,
        "facts": [citation.id for citation in answer.citations],
        "choices": [territory.insee for territory in answer.choices if territory.insee],
        "elapsed_us": elapsed_us,
    }
