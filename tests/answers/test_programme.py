"""Which questions are of meetings."""

import pytest

from bot.answers.answering import Answering
from bot.answers.model import Agenda
from tests.small_base import paris

NOW = paris("2026-11-22T12:00")


@pytest.mark.parametrize(
    "question",
    [
        "prochaine manif ou réunion anti caméras a montpellier ?",
        "ya un truc prévu a lille contre les cameras?",
        "une réunion à Roubaix sur les caméras ce mois-ci ?",
        "perpignan réunion publique juin 2025 ou ça",
        "colloque surveillance nancy c'était quel jour",
        "brest un débat sur les caméras prevu cette semaine ?",
        "c kan le prochain truc anti cam a montpellier",
        "Salon Milipol de novembre 2025 à Villepinte : quelles dates exactes ?",
        "Milipol 2025 c'était du combien au combien ?",
        "on se retrouve où à Rennes pour parler des caméras ?",
        "Quand siège le conseil municipal de Lille en décembre ?",
    ],
)
def test_meetings_to_come_or_that_alone_are_asked_for_are_told(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert isinstance(answer, Agenda)


@pytest.mark.parametrize(
    "question",
    [
        "combien de caméras prévues à Lille ?",
        "jusqu'à quand la vsa est prolongée à Cannes ?",
        "Il y a quelqu'un qui regarde les caméras le soir au Mans ?",
        "dans les classes des écoles on peut filmer ?",
    ],
)
def test_what_is_to_come_and_is_no_meeting_is_none(
    published_answering: Answering, question: str
) -> None:
    answer, _ = published_answering.reply(question, NOW)
    assert not isinstance(answer, Agenda)
