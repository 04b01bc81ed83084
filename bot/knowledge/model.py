"""The curated base as values, and its only schema.

These plain dataclasses are what pydantic validates in `reading` and what `schema` turns into
JSON Schema; the order of their fields is the order in which files are written. They import
nothing heavy, so that a base read from its cache needs no pydantic.
The text under each field is in French: it is the hover help that contributors see.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal

from bot.knowledge.shapes import (
    STRICT,
    Id,
    MomentText,
    PeriodText,
    RuleText,
    Shape,
    Text,
    Url,
    WarningCode,
    ZoneText,
)
from bot.knowledge.speech import English, Persons, SmallTalk

Intent = Literal[
    "private", "act", "card", "source", "ratio", "ranking", "evolution", "compare", "definition",
    "upcoming", "how-many", "when", "where", "vendor", "who", "why", "list", "lawful",
    "yes-no", "gone",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact was read."""

    __pydantic_config__: ClassVar = STRICT

    title: Text
    """Le titre de la page. Entre crochets quand il a été reconstitué."""
    publisher: Text
    """Qui publie : le journal, l'administration, le collectif, l'entreprise."""
    kind: Id
    """La nature de qui publie : une étiquette de `source_kinds` dans vocabulary.yaml."""
    url: Url | None = None
    """L'adresse de la page."""
    date: PeriodText | None = None
    """La date de publication, quand la page la dit."""
    reprint: bool = False
    """Vrai quand la page reprend un texte publié d'abord ailleurs."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number that can be compared, drawn and contradicted."""

    __pydantic_config__: ClassVar = STRICT

    indicator: Id
    """Ce qui est compté : une étiquette de `indicators` dans vocabulary.yaml."""
    value: int | float
    """La valeur, sans espace ni unité : 2459, 3000000, 1.5."""
    qualifier: Literal["about", "more_than", "less_than"] | None = None
    """« environ », « plus de », « moins de » : seulement si la source le dit."""
    unit: Text
    """L'unité, telle que l'indicateur la donne dans vocabulary.yaml."""
    as_of: PeriodText
    """Quand le chiffre était vrai : "2019", "2020-02" ou "2020-02-13" ; "2020/2023" pour un total
    sur plusieurs années. Entre guillemets."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One sentence that stands alone, with at least one source."""

    __pydantic_config__: ClassVar = STRICT

    text: Text
    """Une seule phrase, qui se comprend seule : elle nomme la ville et la date.
    « Selon … » pour un chiffre de militants, d'élu·es d'opposition ou d'entreprise."""
    theme: Id
    """De quoi il s'agit : une étiquette de `themes` dans vocabulary.yaml."""
    figure: Figure | None = None
    """Le chiffre que la phrase donne, s'il correspond à un indicateur et s'il est daté."""
    date: PeriodText | None = None
    """Quand c'est arrivé, pour un fait sans `figure`."""
    about: tuple[Id, ...] = ()
    """Les sujets (technologies, fournisseurs…) dont la phrase parle : des noms de fichiers de
    topics/."""
    in_use: bool | None = None
    """Vrai si la phrase établit que la ville emploie ou a employé ce que nomme `about` (ou le
    thème) ; faux si elle établit que non ; absent si elle ne tranche pas."""
    contested: bool = False
    """Vrai quand la légalité, l'efficacité ou le chiffre est disputé."""
    sources: tuple[Id, ...]
    """Les sources de ce fait : des clés de `sources` dans ce fichier."""
    note: Text | None = None
    """Une précaution pour qui lit : ce que la source ne dit pas, ce qui reste à vérifier."""
    accepted: Mapping[WarningCode, Text] = field(default_factory=dict)
    """Les avertissements de `check` qui sont vus et gardés, chacun avec sa raison : personne
    d'autre que les contributeurs ne la lit."""


@dataclass(frozen=True, kw_only=True)
class City:
    """One territory: most often a commune, sometimes the territory above it."""

    __pydantic_config__: ClassVar = STRICT

    name: Text
    """Le nom officiel. Le nom du fichier en découle : « Saint-Herblain » donne
    saint-herblain.yaml."""
    kind: Literal["commune", "epci", "departement"] = "commune"
    """Une commune, une intercommunalité (epci) ou un département."""
    insee: Annotated[str, Shape(r"\d[0-9AB]\d{3}", "cinq caractères entre guillemets")] | None = (
        None
    )
    """Le code INSEE de la commune, entre guillemets."""
    siren: Annotated[str, Shape(r"\d{9}", "neuf chiffres entre guillemets")] | None = None
    """Le numéro SIREN de l'intercommunalité, entre guillemets."""
    also: tuple[Text, ...] = ()
    """Les autres façons de nommer ce territoire : « MEL », « métropole lilloise »."""
    sources: Mapping[Id, Source]
    """Les pages lues, chacune sous une clé que les faits citent."""
    facts: Mapping[Id, Fact]
    """Les faits, chacun sous une clé qui ne change plus."""


@dataclass(frozen=True, kw_only=True)
class Sourced:
    """A text with its sources."""

    __pydantic_config__: ClassVar = STRICT

    text: Text
    """Une ou deux phrases qui se comprennent seules."""
    sources: tuple[Id, ...]
    """Des clés de `sources` dans ce fichier."""


@dataclass(frozen=True, kw_only=True)
class Topic:
    """One national subject: a technology, a vendor, the law, a way to act, a resource."""

    __pydantic_config__: ClassVar = STRICT

    name: Text
    """Le nom, en toutes lettres."""
    kind: Literal["technology", "vendor", "law", "guide", "resource"]
    """technology : une technique ; vendor : une entreprise ; law : le droit, les études ;
    guide : comment agir, pas à pas ; resource : une page ou une carte utile."""
    also: tuple[Text, ...] = ()
    """Les autres façons de le dire ou de l'écrire : « VSA », « caméras intelligentes »."""
    vendor: Id | None = None
    """Pour un logiciel : le fichier de topics/ de l'entreprise qui le vend."""
    url: Url | None = None
    """Le site, pour une ressource ou une entreprise."""
    cities: tuple[Id, ...] = ()
    """Les territoires dont la ressource parle : des noms de fichiers de cities/."""
    act: tuple[Id, ...] = ()
    """Que faire à ce sujet : des guides de topics/."""
    summary: Sourced
    """Ce que c'est, en deux phrases."""
    steps: tuple[Sourced, ...] = ()
    """Pour un guide : que faire, dans l'ordre."""
    sources: Mapping[Id, Source]
    """Les pages lues, chacune sous une clé que les faits citent."""
    facts: Mapping[Id, Fact] = field(default_factory=dict)
    """Les faits, chacun sous une clé qui ne change plus."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """One public meeting."""

    __pydantic_config__: ClassVar = STRICT

    title: Text
    """Ce qui est annoncé."""
    start: MomentText
    """Le jour, ou le jour et l'heure du lieu : "2022-06-21" ou "2022-06-21T18:00"."""
    end: MomentText | None = None
    """La fin, écrite de même, si elle est annoncée. Sans heure : le dernier jour, compris."""
    timezone: ZoneText = "Europe/Paris"
    """Le fuseau de ces heures : "Indian/Reunion", "America/Guadeloupe"…"""
    recurrence: RuleText | None = None
    """La règle d'une rencontre qui revient (RRULE de la RFC 5545), à partir de `start` et avec une
    fin : "FREQ=MONTHLY;BYDAY=1TU;UNTIL=20261231" pour le premier mardi du mois jusqu'à fin 2026,
    "FREQ=WEEKLY;COUNT=6" pour six semaines de suite."""
    exceptions: tuple[MomentText, ...] = ()
    """Les dates de la règle où rien n'a lieu, écrites comme `start`."""
    cities: tuple[Id, ...] = ()
    """Où : des noms de fichiers de cities/. Vide pour une rencontre en ligne."""
    place: Text | None = None
    """Le lieu, avec la salle et l'étage."""
    address: Text | None = None
    """L'adresse postale."""
    online: Url | None = None
    """L'adresse où suivre la rencontre en ligne."""
    organisers: tuple[Text, ...] = ()
    """Qui organise."""
    guests: tuple[Text, ...] = ()
    """Qui intervient, si l'annonce publique le dit."""
    themes: tuple[Id, ...] = ()
    """Des étiquettes de `themes` dans vocabulary.yaml."""
    topics: tuple[Id, ...] = ()
    """Des noms de fichiers de topics/."""
    price: Text | None = None
    """Ce que coûte l'entrée : « gratuit », « prix libre », « 5 € »."""
    accessibility: Text | None = None
    """L'accès, si l'annonce le dit : « plain-pied », « traduction en LSF »."""
    language: Text | None = None
    """La langue, si ce n'est pas le français : « anglais »."""
    status: Literal["confirmed", "moved", "cancelled"] = "confirmed"
    """confirmed, moved (date ou lieu changés) ou cancelled. Le fichier garde son nom."""
    sequence: int = 0
    """Combien de fois l'annonce a changé de date, de lieu ou de statut : à augmenter de un."""
    note: Text | None = None
    """Une précaution : heure non annoncée, inscription nécessaire…"""
    sources: Mapping[Id, Source]
    """Où la rencontre est annoncée."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """One article worth announcing."""

    __pydantic_config__: ClassVar = STRICT

    title: Text
    """Le titre. Entre crochets quand il a été reconstitué."""
    publisher: Text
    """Qui publie."""
    kind: Id
    """La nature de qui publie : une étiquette de `source_kinds`."""
    url: Url
    """L'adresse de l'article."""
    date: PeriodText | None = None
    """La date de publication. Absente si la page ne la dit pas : le bot n'annonce pas l'article,
    et son fichier commence par sans-date."""
    summary: Text
    """Ce que l'article apporte, en une ou deux phrases."""
    cities: tuple[Id, ...] = ()
    """Les territoires concernés : des noms de fichiers de cities/. Vide : toute la France."""
    themes: tuple[Id, ...] = ()
    """Des étiquettes de `themes`."""
    topics: tuple[Id, ...] = ()
    """Des noms de fichiers de topics/."""
    reprint: bool = False
    """Vrai quand la page reprend un texte publié d'abord ailleurs."""
    note: Text | None = None
    """Une précaution pour qui lit."""


@dataclass(frozen=True, kw_only=True)
class Tag:
    """One entry of a closed list."""

    __pydantic_config__: ClassVar = STRICT

    label: Text
    """Comment le bot l'écrit."""
    definition: Text
    """Ce que l'étiquette couvre, et ce qu'elle ne couvre pas."""
    words: tuple[Text, ...] = ()
    """Les mots des gens pour le dire."""


@dataclass(frozen=True, kw_only=True)
class Subject(Tag):
    """One thing that facts speak of."""

    hints: tuple[Text, ...] = ()
    """Les mots qui y font penser sans être le sujet de la question : « par an », « en tout »."""


@dataclass(frozen=True, kw_only=True)
class Theme(Subject):
    """What a fact speaks of."""

    section: Literal["figures", "costs", "technologies", "debates"]
    """Le bouton de la carte d'une ville sous lequel ce thème se trouve."""


@dataclass(frozen=True, kw_only=True)
class Indicator(Subject):
    """One thing that is counted."""

    theme: Id
    """Le thème auquel l'indicateur appartient."""
    unit: Text
    """L'unité, au pluriel : « caméras », « euros »."""
    key: bool = False
    """Vrai pour les chiffres que la carte d'une ville montre d'abord."""
    planned: bool = False
    """Vrai pour une prévision, une promesse, un objectif : sa date peut être à venir."""
    lifetime_months: int | None = None
    """Au bout de combien de mois le dernier chiffre est à rafraîchir. Absent pour ce qui arrive une
    fois et ne vieillit pas : un achat, un vote, une promesse."""
    part_of: Id | None = None
    """L'indicateur dont celui-ci ne compte qu'une partie : il ne peut le dépasser à la même
    date."""
    shows: Id | None = None
    """L'indicateur dont celui-ci tient lieu quand il est plus récent et plus grand : les caméras
    fixes montrent combien une ville en a au moins."""
    implied: tuple[Text, ...] = ()
    """Les mots qui le comparent sans le nommer : « la ville la plus filmée »."""


@dataclass(frozen=True, kw_only=True)
class IntentTag(Tag):
    """One thing that a question can want."""

    suits: tuple[Text, ...] = ()
    """Les mots d'un fait qui convient à cette demande : « ouvrir » pour « depuis quand »."""
    covers: bool = False
    """Vrai quand ses mots ne parlent de rien d'autre : « fiche de Lens » n'est pas un fichier."""


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The closed lists, and the words with which people ask."""

    __pydantic_config__: ClassVar = STRICT

    themes: Mapping[Id, Theme]
    """De quoi un fait parle."""
    indicators: Mapping[Id, Indicator]
    """Ce qu'un chiffre compte."""
    source_kinds: Mapping[Id, Tag]
    """Qui parle."""
    intents: Mapping[Intent, IntentTag]
    """Ce que l'on demande. La première intention reconnue, dans l'ordre du fichier, l'emporte."""
    spellings: Mapping[str, Text]
    """Les mots écrits vite, et comment les lire."""
    english: English = field(default_factory=English)
    """Ce que les mots anglais veulent dire."""
    fillers: tuple[Text, ...]
    """Les mots qui ne portent pas la question."""
    synonyms: tuple[tuple[Text, ...], ...] = ()
    """Les mots que les gens et les sources emploient l'un pour l'autre."""
    unheld: tuple[Text, ...] = ()
    """Ce que la base ne dit jamais : une question qui le demande n'a pas de réponse, sauf si un
    fait emploie ce mot."""
    at_work: tuple[Text, ...] = ()
    """Ce qui dit que l'on parle du travail, dont ni la base ni la loi de la rue ne disent rien."""
    regions: Mapping[str, tuple[Text, ...]] = field(default_factory=dict)
    """Les noms des régions, d'hier et d'aujourd'hui, et les codes de leurs départements."""
    excluding: tuple[Text, ...] = ()
    """Ce qui met de côté les lieux nommés : « à part », « en dehors de »."""
    persons: Persons = field(default_factory=Persons)
    """Comment l'on parle de personnes privées, sur lesquelles le bot ne dit rien."""
    harmful: tuple[Text, ...] = ()
    """Les gestes que le bot n'explique pas, tels quels : « casser », mais pas « cassée »."""
    bygone: tuple[Text, ...] = ()
    """Ce qui dit qu'une rencontre a eu lieu : « avait lieu », « l'an dernier »."""
    coming: tuple[Text, ...] = ()
    """Ce qui dit qu'une rencontre est à venir : « prochaine », « prévue »."""
    using: tuple[Text, ...] = ()
    """Ce que font d'une technique les villes qui l'ont : « qui utilise BriefCam ? » veut ces
    villes."""
    acquiring: tuple[Text, ...] = ()
    """Comment elles l'ont eue : « quelles villes ont acheté BriefCam ? » ; mais « qui en achète ? »
    peut demander chez qui."""
    asides: tuple[Text, ...] = ()
    """Les mots qui se glissent n'importe où dans une politesse sans la changer : « au juste »."""
    addressing: tuple[Text, ...] = ()
    """Ce qui s'adresse au bot : « tu », « vous »."""
    bot_names: tuple[Text, ...] = ()
    """Les noms que l'on donne au bot : ce que l'on en dit n'est pas dans la base."""
    requests: tuple[Text, ...] = ()
    """Les verbes qui, à côté, lui demandent autre chose : « tu peux », « avez-vous »."""
    smalltalk: Mapping[Id, SmallTalk]
    """Les politesses, et ce que le bot y répond."""


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """The whole base. Every mapping is keyed by the file's name without its ending."""

    vocabulary: Vocabulary
    cities: Mapping[str, City]
    topics: Mapping[str, Topic]
    events: Mapping[str, Event]
    articles: Mapping[str, Article]
