"""Facts that answer a question, and figures side by side, as messages."""

from bot.answers.model import Comparison, FactAnswer, Row, SourcesOf
from bot.knowledge.citations import Citation, Series, figure_of
from bot.knowledge.model import Vocabulary
from bot.presentation import buttons, wording
from bot.presentation.message import Message, escape
from bot.presentation.typography import typeset

OTHERS = 2
"""Other towns told that may have been meant."""
_WITHIN = {"departement": "ce département", "region": "cette région"}
EARLIER = 5
"""Past values told in one line."""


def fact(answer: FactAnswer, vocabulary: Vocabulary) -> Message:
    """The fact that answers, first; then what must be read beside it."""
    if not answer.citations:
        return _articles_only(answer, vocabulary)
    lead = answer.citations[0]
    change = _change(answer.series, lead) if answer.shows_change and answer.series else ""
    blocks = [_opening(answer, lead) + _told(lead, vocabulary, change)]
    others = [f"• {wording.sentence(other, vocabulary)}" for other in answer.citations[1:2]]
    earlier = [] if answer.series is None else _beside(answer.series, lead, vocabulary)
    blocks += [*others, *earlier] if _is_newer(answer, vocabulary) else [*earlier, *others]
    if answer.choices:
        blocks.append(_meant(answer))
    return Message("\n\n".join(block for block in blocks if block), _rows(answer))


def _is_newer(answer: FactAnswer, vocabulary: Vocabulary) -> bool:
    """Whether what is told second counts, later, what shows that the first is out of date."""
    if len(answer.citations) < 2:
        return False
    first, second = answer.citations[:2]
    if first.fact.figure is None or second.fact.figure is None:
        return False
    shows = vocabulary.indicators[second.fact.figure.indicator].shows
    return shows == first.fact.figure.indicator and second.is_later_than(first)


def _meant(answer: FactAnswer) -> str:
    """Of which town of that name it is, and which others may have been meant."""
    told = wording.place(answer.territories[0])
    others = " ou ".join(map(wording.place, answer.choices[:OTHERS]))
    return escape(typeset(f"C'est pour {told}. Vous parliez de {others} ?"))


def _opening(answer: FactAnswer, lead: Citation) -> str:
    if answer.verdict == "yes":
        return "<b>Oui.</b> "
    if answer.verdict == "no":
        return "<b>Non.</b> "
    match answer.missing:
        case "year" if answer.year is not None:
            return typeset(f"Rien de noté pour {answer.year.year}. Le plus proche :\n")
        case "figure":
            return typeset("La base ne donne pas de chiffre. Elle dit :\n")
        case "date":
            return typeset("La base ne dit pas quand. Elle dit :\n")
        case "reason" if lead.fact.figure is not None:
            return typeset("Ce que dit la base, sans en donner la raison :\n")
        case _:
            return ""


def _told(citation: Citation, vocabulary: Vocabulary, change: str = "") -> str:
    """The sentence under its figure, or under its date when it does not say it itself.

    Between them, how the figure changed if that was asked.
    """
    told = wording.sentence(citation, vocabulary)
    shown = citation.fact.figure
    if shown is None:
        date = wording.dated(citation)
        is_said = citation.fact.date is None or date in typeset(citation.fact.text)
        return told if is_said else f"<b>{escape(date)}</b>\n{told}"
    named = wording.figure(shown, vocabulary.indicators[shown.indicator])
    title = typeset(f"{citation.owner.name} : {named}")
    return f"<b>{escape(title)}</b> ({wording.period(shown.as_of)})\n{change}{told}"


def _change(series: Series, lead: Citation) -> str:
    """How a figure changed since the first one known, on a line; empty when it has no meaning.

    No percentage of « plus de 300 »: it would be more exact than the figure.
    """
    first = series.points[-1]
    if first == lead or not (told := wording.change(first, lead)):
        return ""
    figures = figure_of(first), figure_of(lead)
    values = [escape(wording.bare_figure(shown)) for shown in figures]
    if any(shown.qualifier in ("more_than", "less_than") for shown in figures):
        dates = [wording.period(shown.as_of) for shown in figures]
        return f"De {values[0]} ({dates[0]}) à {values[1]} ({dates[1]}).\n"
    return f"De {values[0]} à {values[1]}{typeset(' :')} {escape(told)}.\n"


def _beside(series: Series, lead: Citation, vocabulary: Vocabulary) -> list[str]:
    same_date = [
        point
        for point in series.points
        if point != lead
        and figure_of(point).as_of == figure_of(lead).as_of
        and figure_of(point).value != figure_of(lead).value
    ]
    blocks = [
        f"<b>Autre chiffre pour la même date{typeset(' :')}</b> "
        f"{escape(wording.bare_figure(figure_of(point)))}, {wording.sources(point, vocabulary)}"
        for point in same_date[:2]
    ]
    others = [point for point in series.points if point != lead and point not in same_date]
    later = [p for p in others if p.period and lead.period and p.period.last > lead.period.last]
    earlier = [point for point in others if point not in later]
    if earlier:
        blocks.append(f"Avant{typeset(' :')} {_listed(earlier[:EARLIER])}.")
    if later:
        blocks.append(f"Depuis{typeset(' :')} {_listed(later[:EARLIER])}.")
    return blocks


def _listed(points: list[Citation]) -> str:
    return ", ".join(
        f"{escape(wording.bare_figure(figure_of(p)))} ({wording.period(figure_of(p).as_of)})"
        for p in points
    )


def _rows(answer: FactAnswer) -> buttons.Rows:
    covered = [territory for territory in answer.territories if territory.id is not None]
    others = [buttons.to_place(other) for other in answer.choices[:OTHERS]]
    return buttons.in_rows([*map(buttons.to_card, covered), *others])


def _articles_only(answer: FactAnswer, vocabulary: Vocabulary) -> Message:
    blocks = []
    for one in answer.articles:
        title = f"<b>{wording.article_title(one.article)}</b>"
        told = escape(typeset(one.article.summary))
        blocks.append(f"{title}\n{told}\n{wording.article_source(one.article, vocabulary)}")
    return Message("\n\n".join(blocks), _rows(answer))


def sources_of(answer: SourcesOf, vocabulary: Vocabulary) -> Message:
    """Where the last answer was read, page by page."""
    pages = dict.fromkeys(source for one in answer.citations for source in one.sources)
    lines = [
        f"• {escape(typeset(page.title))}\n{wording.source(page, vocabulary)}" for page in pages
    ]
    return Message(f"<b>Source{'s' if len(lines) > 1 else ''}</b>\n" + "\n".join(lines))


def comparison(answer: Comparison, vocabulary: Vocabulary) -> Message:
    """One line for each territory or year: its figure, else its fact."""
    ranked = answer.shape in ("most first", "least first")
    lines = [
        f"{f'{rank}. ' if ranked else '• '}{_row(row, answer, vocabulary)}"
        for rank, row in enumerate(answer.rows, start=1)
    ]
    blocks = [_title(answer, vocabulary) + "\n".join(lines)]
    if answer.shape != "side by side" and answer.total > 1:
        there = f" dans {_WITHIN[answer.within]}" if answer.within else ""
        caution = (
            f"Parmi les {answer.total} territoires de la base qui ont ce chiffre{there}, "
            "et eux seuls. Les dates diffèrent."
        )
        blocks.append(typeset(caution))
    elif answer.within:
        blocks.append(
            typeset(f"C'est la seule ville de {_WITHIN[answer.within]} dont la base a ce chiffre.")
        )
    if answer.is_cut:
        told = f"Seules les {len(answer.rows)} premières villes sont comparées."
        blocks.append(typeset(told))
    same_place = len(answer.territories) == 1 and len(answer.rows) == 2
    if same_place and answer.rows[0].citation and answer.rows[1].citation:
        pair = sorted((row.citation for row in answer.rows if row.citation), key=_date)
        blocks.append(escape(wording.change(pair[0], pair[1])))
    cards = [buttons.to_card(territory) for territory in answer.territories if territory.id]
    return Message("\n\n".join(block for block in blocks if block), buttons.in_rows(cards))


def _date(citation: Citation) -> str:
    return figure_of(citation).as_of


def _title(answer: Comparison, vocabulary: Vocabulary) -> str:
    """What is counted, on a line; empty where facts stand beside figures."""
    if answer.indicator is None or _is_mixed(answer):
        return ""
    label = vocabulary.indicators[answer.indicator].label
    label = label[0].upper() + label[1:]
    if answer.shape == "per inhabitant":
        label += " pour 1 000 habitant·es"
    return f"<b>{escape(typeset(label))}</b>\n"


def _is_mixed(answer: Comparison) -> bool:
    """Whether some line tells something else than the figure compared."""
    told = (row for row in answer.rows if row.is_told)
    return not all(row.citation and _counts(row.citation, answer) for row in told)


def _counts(citation: Citation, answer: Comparison) -> bool:
    return citation.fact.figure is not None and citation.fact.figure.indicator == answer.indicator


def _row(row: Row, answer: Comparison, vocabulary: Vocabulary) -> str:
    name = escape(typeset(row.territory.name))
    if row.article is not None:
        article = row.article.article
        told = f"{escape(typeset(article.summary))} {wording.article_title(article)}"
        return f"<b>{name}{typeset(' :')}</b> {told}, {wording.article_source(article, vocabulary)}"
    if row.citation is None:
        is_of_figure = answer.indicator is not None and not _is_mixed(answer)
        missing = "chiffre non noté" if is_of_figure else "rien de noté"  # other things may be
        return f"{name}{typeset(' :')} {missing}"
    if not _counts(row.citation, answer):
        verdict = {"yes": "oui. ", "no": "non. ", None: ""}[row.verdict]
        told = wording.sentence(row.citation, vocabulary)
        return f"<b>{name}{typeset(' :')}</b> {verdict}{told}"
    shown = figure_of(row.citation)
    indicator = vocabulary.indicators[shown.indicator]
    source = wording.source(row.citation.sources[0], vocabulary)
    value = escape(
        wording.figure(shown, indicator)
        if _is_mixed(answer)
        else wording.labelled_figure(shown, indicator)
    )
    if row.per_thousand is not None:
        people = wording.number(row.territory.population or 0)
        inputs = f"{value} pour {people} habitant·es"
        ratio = escape(wording.number(round(row.per_thousand, 2)))
        if 0 < row.per_thousand < 1_000 and shown.unit == "caméras":
            each = wording.number(round(1_000 / row.per_thousand))
            inputs = f"une pour {each} : {value} caméras pour {people} habitant·es"
        inputs = typeset(inputs)
        date = wording.period(shown.as_of)
        return f"{name}{typeset(' :')} <b>{ratio}</b> ({inputs}, {date}) {source}"
    return f"{name}{typeset(' :')} <b>{value}</b>, {wording.period(shown.as_of)}. {source}"
