"""Topics as messages: what it is, where it is used, what to do."""

from bot.answers.model import TopicCard, TopicsOnOffer
from bot.answers.topics import STEPS_A_PAGE
from bot.knowledge.model import Sourced, Vocabulary
from bot.presentation import buttons, wording
from bot.presentation.message import Button, Message, escape
from bot.presentation.typography import typeset

OFFERED = 24
"""Topics shown as buttons at once."""


def card(answer: TopicCard, vocabulary: Vocabulary) -> Message:
    """One page of a topic: its summary or first steps, then the rest."""
    topic = answer.topic
    title = f"<b>{escape(typeset(topic.name))}</b>"
    if answer.pages > 1 and answer.page:
        title += f" ({answer.page + 1}/{answer.pages})"
    blocks = [title]
    if answer.page == 0:
        blocks += _first_page(answer, vocabulary)
    else:
        first = answer.page * STEPS_A_PAGE
        steps = topic.steps[first : first + STEPS_A_PAGE] if not answer.citations else ()
        blocks += _steps(answer, steps, first, vocabulary)
        blocks += [f"• {wording.sentence(c, vocabulary)}" for c in answer.citations]
    return Message("\n\n".join(block for block in blocks if block), _rows(answer))


def _first_page(answer: TopicCard, vocabulary: Vocabulary) -> list[str]:
    topic = answer.topic
    cities = []
    if answer.cities:
        names = ", ".join(wording.place(territory) for territory in answer.cities)
        cities = [f"<b>Dans la base</b>{typeset(' :')} {escape(typeset(names))}"]
    blocks = cities if answer.leads_with_cities else []
    blocks.append(_sourced(topic.summary, answer, vocabulary))
    if answer.vendor is not None:
        blocks.append(f"Vendu par{typeset(' :')} {escape(typeset(answer.vendor.name))}")
    if answer.made:
        names = ", ".join(made.name for _, made in answer.made)
        blocks.append(f"Vend{typeset(' :')} {escape(typeset(names))}")
    if topic.url is not None:
        blocks.append(f'<a href="{escape(topic.url)}">{escape(topic.url)}</a>')
    blocks += _steps(answer, topic.steps[:STEPS_A_PAGE], 0, vocabulary)
    return blocks if answer.leads_with_cities else blocks + cities


def _steps(
    answer: TopicCard, steps: tuple[Sourced, ...], first: int, vocabulary: Vocabulary
) -> list[str]:
    return [
        f"<b>{first + at}.</b> {_sourced(step, answer, vocabulary)}"
        for at, step in enumerate(steps, start=1)
    ]


def _sourced(said: Sourced, answer: TopicCard, vocabulary: Vocabulary) -> str:
    read = ", ".join(
        wording.source(answer.topic.sources[key], vocabulary) for key in said.sources[:2]
    )
    return f"{escape(typeset(said.text))} {read}"


def _rows(answer: TopicCard) -> buttons.Rows:
    turning: list[Button] = []
    if answer.page > 0:
        turning.append(buttons.to_topic_page(answer, answer.page - 1, "‹ Avant"))
    if answer.page + 1 < answer.pages:
        label = "En savoir plus ›" if answer.page == 0 else "Suite ›"
        turning.append(buttons.to_topic_page(answer, answer.page + 1, label))
    rows: list[tuple[Button, ...]] = [tuple(turning)] if turning else []
    if answer.page == 0:
        linked = (*answer.made, *answer.guides)
        rows += buttons.in_rows([buttons.to_topic(id_, topic) for id_, topic in linked], 1)
        rows += buttons.in_rows([buttons.to_card(city) for city in answer.cities[:6]])
    return tuple(rows)


def offer(answer: TopicsOnOffer) -> Message:
    """Topics as buttons."""
    asked = "De quoi voulez-vous parler ?" if answer.is_menu else "Lequel de ces sujets ?"
    shown = [buttons.to_topic(id_, topic) for id_, topic in answer.topics[:OFFERED]]
    return Message(typeset(asked), buttons.in_rows(shown, 1 if len(shown) < 7 else 2))
