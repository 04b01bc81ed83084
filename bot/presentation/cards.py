"""Each answer as a message: the key figure first, and never more than a phone screen."""

from bot.answers.model import (
    Agenda,
    Answer,
    CityCard,
    Comparison,
    FactAnswer,
    Help,
    NotCovered,
    SectionPage,
    SmallTalk,
    SourcesOf,
    TopicCard,
    TopicsOnOffer,
    Unknown,
    WhichCity,
    WhichOne,
)
from bot.knowledge.citations import Citation, figure_of
from bot.knowledge.model import Vocabulary
from bot.presentation import buttons, events, facts, notices, topics, wording
from bot.presentation.message import Button, Message, escape, visible
from bot.presentation.typography import typeset

SCREEN = 1_000
"""Characters that a phone shows without scrolling much."""


def present(answer: Answer, vocabulary: Vocabulary) -> Message:
    """The message for any answer."""
    match answer:
        case CityCard():
            return _city(answer, vocabulary)
        case SectionPage():
            return _section(answer, vocabulary)
        case FactAnswer():
            return facts.fact(answer, vocabulary)
        case Comparison():
            return facts.comparison(answer, vocabulary)
        case SourcesOf():
            return facts.sources_of(answer, vocabulary)
        case TopicCard():
            return topics.card(answer, vocabulary)
        case TopicsOnOffer():
            return topics.offer(answer)
        case Agenda():
            return events.agenda(answer)
        case WhichOne():
            return notices.which_one(answer)
        case WhichCity():
            return notices.which_city(answer)
        case NotCovered():
            return notices.not_covered(answer)
        case Unknown():
            return notices.unknown(answer, vocabulary)
        case SmallTalk():
            return Message(escape(typeset(answer.reply)))
        case Help():
            return notices.help_text(answer)
        case _:
            raise TypeError(type(answer).__name__)


def _city(card: CityCard, vocabulary: Vocabulary) -> Message:
    territory = card.territories[0]
    title = f"<b>{escape(typeset(wording.place(territory)))}</b>"
    figures = [_key_figure(series.latest, vocabulary) for series in card.key_series]
    blocks = ["\n".join([title, *figures])]
    blocks += [wording.sentence(citation, vocabulary) for citation in card.highlights]
    contested = [wording.sentence(citation, vocabulary) for citation in card.contested]
    if contested:
        contested[0] = f"<b>Ce qui fait débat</b>\n{contested[0]}"
    event = _next_event(card)
    rows = buttons.in_rows([buttons.to_section(territory, section) for section in card.sections])
    message = Message("\n\n".join([*blocks, *contested, event]), rows)
    while len(visible(message)) > SCREEN and (len(contested) > 1 or len(blocks) > 2):
        (contested if len(contested) > 1 else blocks).pop()
        message = Message("\n\n".join([*blocks, *contested, event]), rows)
    return message


def _key_figure(citation: Citation, vocabulary: Vocabulary) -> str:
    shown = figure_of(citation)
    told = wording.figure(shown, vocabulary.indicators[shown.indicator])
    told = escape(told[0].upper() + told[1:])
    date = wording.period(shown.as_of)
    return f"• <b>{told}</b>, {date}. {_first_source(citation, vocabulary)}"


def _first_source(citation: Citation, vocabulary: Vocabulary) -> str:
    return wording.source(citation.sources[0], vocabulary)


def _next_event(card: CityCard) -> str:
    if card.upcoming:
        told = "\n".join(events.line(event) for event in card.upcoming)
        return f"<b>À venir</b>\n{told}"
    if card.last is not None:
        return f"Aucune rencontre annoncée. La dernière est passée{typeset(' :')}\n" + events.line(
            card.last
        )
    return "Aucune rencontre annoncée."


def _section(page: SectionPage, vocabulary: Vocabulary) -> Message:
    territory = page.territories[0]
    label = buttons.LABELS[page.section].lower()
    title = f"<b>{escape(typeset(f'{territory.name} : {label}'))}</b>"
    if page.pages > 1:
        title += f" ({page.page + 1}/{page.pages})"
    blocks = [title]
    if page.section == "sources":
        blocks.append("\n".join(f"• {_source_line(c, vocabulary)}" for c in page.citations))
    else:
        blocks += [f"• {wording.sentence(c, vocabulary)}" for c in page.citations]
    blocks += [events.block(event) for event in page.events]
    blocks += [
        f"• {wording.article_title(one.article)}\n{wording.article_source(one.article, vocabulary)}"
        for one in page.articles
    ]
    turning: list[Button] = []
    if page.page > 0:
        turning.append(buttons.to_section(territory, page.section, page.page - 1, "‹ Avant"))
    if page.page + 1 < page.pages:
        turning.append(buttons.to_section(territory, page.section, page.page + 1, "Suite ›"))
    others = [s for s in page.sections if s != page.section]
    shown = [buttons.to_calendar_of(territory)] if page.has_upcoming else []
    shown += [buttons.to_section(territory, section) for section in others]
    rows = buttons.in_rows(shown)
    back = (buttons.to_card(territory, f"↩ {territory.name}"),)
    return Message("\n\n".join(blocks), ((tuple(turning),) if turning else ()) + (*rows, back))


def _source_line(citation: Citation, vocabulary: Vocabulary) -> str:
    return ", ".join(
        f"{escape(typeset(source.title))}, {wording.source(source, vocabulary)}"
        for source in citation.sources
    )
