"""Numbers, dates, places and sources in French."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.answers.model import Territory
from bot.knowledge.citations import Citation, figure_of
from bot.knowledge.model import Article, Figure, Indicator, Source, Vocabulary
from bot.knowledge.occurrences import DatedEvent, end_of, start_of
from bot.language.dates import parse_period
from bot.presentation.message import escape
from bot.presentation.typography import NARROW, WIDE, typeset

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_ONE_NIGHT = timedelta(hours=12)
"""Less than this over midnight is one evening, not two days."""
_QUALIFIERS = {"about": "environ ", "more_than": "plus de ", "less_than": "moins de ", None: ""}

LONGEST_POINT = 366
"""Days of the longest period that is one point in time: a year."""


def number(value: float) -> str:
    """`2459` as « 2 459 », `1.5` as « 1,5 »."""
    text = f"{value:,.2f}".rstrip("0").rstrip(".") if value % 1 else f"{value:,.0f}"
    return text.replace(",", NARROW).replace(".", ",")


def amount(value: float, unit: str) -> str:
    """A value with its unit: « 134 caméras », « 1,1 million d'euros par an »."""
    if unit.startswith("euros") and value >= 1_000_000:
        scale, word = (1e9, "milliard") if value >= 1_000_000_000 else (1e6, "million")
        plural = "s" if value >= 2 * scale else ""
        return typeset(f"{number(value / scale)} {word}{plural} d'{unit}")
    return f"{number(value)}{WIDE}{typeset(unit)}"


def figure(shown: Figure, indicator: Indicator) -> str:
    """A figure with what it counts: « plus de 300 caméras en service »."""
    qualifier = _QUALIFIERS[shown.qualifier]
    if indicator.label.split()[0] == indicator.unit.split()[0]:
        return typeset(f"{qualifier}{number(shown.value)}{WIDE}{indicator.label}")
    return typeset(f"{indicator.label} : {qualifier}{amount(shown.value, shown.unit)}")


def bare_figure(shown: Figure) -> str:
    """A figure whose unit is known already: « plus de 300 », « 1,1 million d'euros »."""
    qualifier = _QUALIFIERS[shown.qualifier]
    if shown.unit.startswith("euros"):
        return f"{qualifier}{amount(shown.value, 'euros')}"
    return f"{qualifier}{number(shown.value)}"


def labelled_figure(shown: Figure, indicator: Indicator) -> str:
    """A figure under its label: « 134 » under « Caméras en service », « 7 jours » under « Durée de
    conservation »."""
    if shown.unit.startswith("euros") or shown.unit.split()[0] in indicator.label:
        return bare_figure(shown)
    return f"{_QUALIFIERS[shown.qualifier]}{amount(shown.value, shown.unit)}"


def period(text: str) -> str:
    """`2020-02` as « février 2020 », `2020/2023` as « 2020 à 2023 »."""
    first, slash, last = text.partition("/")
    return f"{_one_date(first)} à {_one_date(last)}" if slash else _one_date(first)


def _one_date(text: str) -> str:
    year, month, day = (*text.split("-"), "", "")[:3]
    if not month:
        return year
    named = f"{MONTHS[int(month) - 1]} {year}"
    return f"{_ordinal(int(day))} {named}" if day else named


def _ordinal(day: int) -> str:
    return "1ᵉʳ" if day == 1 else str(day)


def day(moment: date) -> str:
    """« mercredi 22 juin 2022 »."""
    named = f"{_ordinal(moment.day)} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{WEEKDAYS[moment.weekday()]} {named}"


def hour(moment: datetime) -> str:
    """« 18 h », « 18 h 30 »."""
    minutes = f"{NARROW}{moment.minute:02d}" if moment.minute else ""
    return f"{moment.hour}{NARROW}h{minutes}"


def when(event: DatedEvent) -> str:
    """« mercredi 22 juin 2022 à 19 h », « du jeudi 22 septembre 2022 au samedi 24… »."""
    start, end = event.start, event.end
    if not isinstance(start, datetime):
        several_days = end is not None and _date(end) != start
        return f"du {day(start)} au {day(_date(end))}" if several_days and end else day(start)
    if isinstance(end, datetime):
        if end.date() == start.date() or end_of(event) - start_of(event) < _ONE_NIGHT:
            told = f"{day(start)}, de {hour(start)} à {hour(end)}"
        else:
            told = f"du {day(start)} à {hour(start)} au {day(end)} à {hour(end)}"
    elif end is not None and end != start.date():
        told = f"du {day(start)} au {day(end)}"
    else:
        told = f"{day(start)} à {hour(start)}"
    return told + _elsewhere(start, event.event.timezone)


def _elsewhere(start: datetime, zone: str) -> str:
    """The wall time where it takes place, when that is not the one of Paris."""
    local = start.astimezone(ZoneInfo(zone))
    if local.utcoffset() == start.utcoffset():
        return ""
    other_day = f"{day(local)} à " if local.date() != start.date() else ""
    return f", heure de Paris ({other_day}{hour(local)} sur place)"


def _date(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def place(territory: Territory) -> str:
    """« Roubaix (59) »: a commune always with its département."""
    if territory.departement is None:
        return territory.name
    return f"{territory.name} ({territory.departement})"


def source(read: Source, vocabulary: Vocabulary) -> str:
    """HTML: the publisher as a link, its kind, the date of the page."""
    details = [vocabulary.source_kinds[read.kind].label]
    if read.reprint and "repris" not in read.publisher.lower():
        details.append("reprise")
    if read.date:
        details.append(period(read.date))
    return f"{_link(read.publisher, read.url)} ({escape(typeset(', '.join(details)))})"


def sources(citation: Citation, vocabulary: Vocabulary) -> str:
    """HTML: the sources of a fact, one after the other."""
    return ", ".join(source(read, vocabulary) for read in citation.sources)


def article_source(article: Article, vocabulary: Vocabulary) -> str:
    """HTML: who published an article, of what kind, and when."""
    details = [vocabulary.source_kinds[article.kind].label]
    if article.reprint and "repris" not in article.publisher.lower():
        details.append("reprise")
    details.append(period(article.date) if article.date else "sans date")
    return f"{escape(typeset(article.publisher))} ({escape(typeset(', '.join(details)))})"


def _link(label: str, url: str | None) -> str:
    shown = escape(typeset(label))
    return f'<a href="{escape(url)}">{shown}</a>' if url else shown


def article_title(article: Article) -> str:
    """HTML: the title as a link."""
    return _link(article.title, article.url)


def sentence(citation: Citation, vocabulary: Vocabulary) -> str:
    """HTML: a fact with its sources, and its caution when it has one."""
    told = f"{escape(typeset(citation.fact.text))} {sources(citation, vocabulary)}"
    if citation.fact.note:
        told += f"\n<i>À noter{WIDE}: {escape(typeset(citation.fact.note))}</i>"
    return told


def dated(citation: Citation) -> str:
    """When a fact holds, or that no source says."""
    text = citation.fact.figure.as_of if citation.fact.figure else citation.fact.date
    return period(text) if text else "sans date"


def change(earlier: Citation, later: Citation) -> str:
    """« +149 % entre 2018 et 2019 », computed from two figures; empty when it has no meaning.

    What was spent over several years is no point in time, and « 2019 » is not after October 2019.
    """
    before, after = figure_of(earlier), figure_of(later)
    held, then = parse_period(before.as_of), parse_period(after.as_of)
    lasts = max((held.last - held.first).days, (then.last - then.first).days)
    if not before.value or held.last >= then.first or lasts > LONGEST_POINT:
        return ""
    percent = round(100 * (after.value - before.value) / before.value)
    sign = "+" if percent > 0 else "−" if percent < 0 else ""
    between = f"entre {period(before.as_of)} et {period(after.as_of)}"
    return f"{sign}{number(abs(percent))}{NARROW}% {between}"
