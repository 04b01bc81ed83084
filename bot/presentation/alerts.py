"""What the operator is told of faults: sentences without HTML, nothing that people wrote."""

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


def mass_change(pushes: int) -> str:
    """Many articles would be announced at once."""
    return typeset(f"{pushes} articles seraient annoncés d’un coup. Les annoncer ?")


def bad_base(problems: str) -> str:
    """A change of the base cannot be used; the former one goes on answering."""
    return (
        typeset("La base a des problèmes ; la précédente continue de répondre.") + f"\n{problems}"
    )
