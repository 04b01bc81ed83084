from dataclasses import replace

import pytest

from bot.answers.talk import Talk
from bot.knowledge.speech import SmallTalk
from bot.search.lexicon import Lexicon
from tests.small_base import VOCABULARY, base

SPOKEN = replace(
    VOCABULARY,
    fillers=(*VOCABULARY.fillers, "et", "je", "vous", "une", "tu", "es", "t", "la", "de", "ou"),
    asides=("donc",),
    addressing=("tu", "t", "vous"),
    bot_names=("bot",),
    requests=("peux", "avez"),
    smalltalk={
        "hello": SmallTalk(words=("bonjour",), reply="Bonjour."),
        "thanks": SmallTalk(words=("merci", "merci bien"), reply="De rien.", leads=True),
        "who": SmallTalk(words=("t'es un robot", "tu es la police"), reply="Un bot.", itself=True),
        "bye": SmallTalk(words=("bonne soirée",), reply="Salut."),
    },
)
TALK = Talk(SPOKEN, Lexicon(replace(base({}), vocabulary=SPOKEN), (), lambda _: False))


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("Bonjour", "Bonjour."),
        ("bonjourrrr", "Bonjour."),
        ("Merci bien et bonne soirée !", "Salut."),
        ("merci, vous zigouillez", "De rien."),
        ("t'es donc un robot ?", "Un bot."),
        ("tu es zinzin ?", "Un bot."),
        ("qui paie ce bot ?", "Un bot."),
    ],
)
def test_what_asks_nothing_of_the_base_gets_its_line(text: str, reply: str) -> None:
    assert TALK.reply(text) == reply


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour combien de caméras",
        "merci, ta source ?",
        "bonjour les drones",
        "vous avez zigouillé ?",
        "tu peux zigouiller ?",
        "tu es pour les caméras ?",
        "zigouiller",
    ],
)
def test_what_asks_something_gets_none(text: str) -> None:
    assert TALK.reply(text) is None
