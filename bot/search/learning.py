"""All that `make learn` wrote, from the questions to build with."""

from typing import NamedTuple

from bot.search import learnt, meanings, second_look, wordings
from bot.search.learnt import Learnt
from bot.search.meanings import Meanings
from bot.search.second_look import SecondLook
from bot.search.wordings import Wordings


class Learning(NamedTuple):
    """What the ranking of documents adds to what they say."""

    learnt: Learnt
    wordings: Wordings = wordings.NONE
    meanings: Meanings = meanings.NONE
    second_look: SecondLook = second_look.NO_LOOK


NOTHING = Learning(learnt.NOTHING)


def read() -> Learning:
    """What was learnt, from its files; each is read once."""
    return Learning(learnt.read(), wordings.read(), meanings.read(), second_look.read())
