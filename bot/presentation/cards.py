"""Each answer as a message: the key figure first, and never more than a phone screen."""

from bot.answers.model import (
    Agenda,
    Answer,
    CityCard,
    Comparison,
    DatedEvent,
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
from bot.presentation import buttons, facts, notices, topics, wording
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
            return _agenda(answer)
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
        told = "\n".join(event_line(event) for event in card.upcoming)
        return f"<b>À venir</b>\n{told}"
    if card.last is not None:
        return f"Aucune rencontre annoncée. La dernière est passée{typeset(' :')}\n" + event_line(
            card.last
        )
    return "Aucune rencontre annoncée."


def event_line(event: DatedEvent) -> str:
    """HTML: when, what and where, in one line."""
    told = f"{wording.when(event)}{typeset(' :')} {_event_title(event)}"
    where = ", ".join(part for part in (event.event.place, event.event.address) if part)
    if where:
        told += f" ({escape(typeset(where))})"
    if event.event.status == "cancelled":
        told = f"<b>Annulé.</b> {told}"
    elif event.event.status == "moved":
        told = f"<b>Déplacé.</b> {told}"
    return told


def _event_title(event: DatedEvent) -> str:
    url = next((source.url for source in event.event.sources.values() if source.url), None)
    title = escape(typeset(event.event.title))
    return f'<a href="{escape(url)}">{title}</a>' if url else title


def event_block(event: DatedEvent) -> str:
    """HTML: everything that is announced of an event, the day first."""
    told = event.event
    lines = [f"<b>{wording.when(event)}</b>", _event_title(event)]
    if told.status != "confirmed":
        lines[0] += " — annulé" if told.status == "cancelled" else " — déplacé"
    where = ", ".join(part for part in (told.place, told.address) if part)
    if where:
        lines.append(f"Lieu{typeset(' :')} {escape(typeset(where))}")
    if told.organisers:
        lines.append(f"Organisé par{typeset(' :')} {escape(typeset(', '.join(told.organisers)))}")
    if told.guests:
        lines.append(f"Avec{typeset(' :')} {escape(typeset(', '.join(told.guests)))}")
    if told.note:
        lines.append(f"<i>{escape(typeset(told.note))}</i>")
    publishers = dict.fromkeys(source.publisher for source in told.sources.values())
    lines.append(f"Source{typeset(' :')} {escape(typeset(', '.join(publishers)))}")
    return "\n".join(lines)


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
    blocks += [event_block(event) for event in page.events]
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
    rows = buttons.in_rows([buttons.to_section(territory, section) for section in others])
    back = (buttons.to_card(territory, f"↩ {territory.name}"),)
    return Message("\n\n".join(blocks), ((tuple(turning),) if turning else ()) + (*rows, back))


def _source_line(citation: Citation, vocabulary: Vocabulary) -> str:
    return ", ".join(
        f"{escape(typeset(source.title))}, {wording.source(source, vocabulary)}"
        for source in citation.sources
    )


def _agenda(agenda: Agenda) -> Message:
    where = ""
    if agenda.territories:
        where = f" ({', '.join(territory.name for territory in agenda.territories)})"
    if agenda.upcoming:
        title = f"<b>À venir{escape(typeset(where))}</b>"
        blocks = [title, *(event_block(event) for event in agenda.upcoming)]
    elif agenda.past:
        title = f"<b>Rien d’annoncé pour le moment{escape(typeset(where))}.</b>"
        last = "Pour mémoire, ce qui a déjà eu lieu :"
        blocks = [title, typeset(last), *(event_block(event) for event in agenda.past)]
    else:
        blocks = [f"<b>Rien d’annoncé{escape(typeset(where))}.</b>", typeset(notices.ANNOUNCE)]
    target = agenda.territories[0].id if agenda.territories else ""
    turning: list[Button] = []
    if agenda.page > 0:
        turning.append(buttons.to_agenda(target or "", agenda.page - 1, "‹ Avant"))
    if agenda.page + 1 < agenda.pages:
        turning.append(buttons.to_agenda(target or "", agenda.page + 1, "Suite ›"))
    cards = [buttons.to_card(territory) for territory in agenda.territories if territory.id]
    return Message(
        "\n\n".join(blocks), ((tuple(turning),) if turning else ()) + buttons.in_rows(cards)
    )
