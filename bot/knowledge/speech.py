"""How people speak, as far as the vocabulary says: small talk, English, talk of persons.

Part of the schema, like `model`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from bot.knowledge.shapes import STRICT, Text


@dataclass(frozen=True, kw_only=True)
class SmallTalk:
    """What people say without asking anything."""

    __pydantic_config__: ClassVar = STRICT

    words: tuple[Text, ...]
    """Ce que les gens disent."""
    reply: Text
    """La réponse, en une ligne."""
    leads: bool = False
    """Vrai quand le dire suffit : le reste du message, s'il n'est d'aucun sujet, l'accompagne."""
    itself: bool = False
    """Vrai pour la réponse à ce qui parle du bot sans que l'on en sache plus."""


@dataclass(frozen=True, kw_only=True)
class Persons:
    """How people speak of those around them, and ask who somebody is."""

    __pydantic_config__: ClassVar = STRICT

    kin: tuple[Text, ...] = ()
    """Des proches : « mon voisin ». Ce qui les touche ne se dit pas."""
    hearsay: tuple[Text, ...] = ()
    """Ce qui, après un proche, ne fait que rapporter : « mon voisin dit que »."""
    naming: tuple[Text, ...] = ()
    """Ce qui demande qui est quelqu'un ou comment le joindre : « le nom », « l'adresse »."""
    roles: tuple[Text, ...] = ()
    """Les gens que cela désigne : « agent », « directrice »."""


@dataclass(frozen=True, kw_only=True)
class English:
    """What it takes to read a question in English as the same one in French."""

    __pydantic_config__: ClassVar = STRICT

    marks: tuple[Text, ...] = ()
    """Les mots qu'aucune phrase française n'emploie : un seul suffit pour lire de l'anglais."""
    opening: tuple[Text, ...] = ()
    """Les verbes qui, au début, ouvrent une question par oui ou non."""
    words: Mapping[Text, tuple[Text, ...]] = field(default_factory=dict)
    """Un mot ou une tournure en français, et ce qui se dit ainsi en anglais."""
