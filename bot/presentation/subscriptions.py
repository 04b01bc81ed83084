"""Following as messages and panels of buttons: what is followed, how often, when to be quiet."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.following import Interest, Wishes
from bot.answers.model import Territory
from bot.knowledge.citations import DatedArticle
from bot.knowledge.model import Vocabulary
from bot.presentation import wording
from bot.presentation.message import Button, Message, escape
from bot.presentation.typography import typeset

SHOWN = 20
"""Subscriptions shown as buttons at once."""
WEEKDAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
QUIET = ((None, None, "Jamais"), (1320, 480, "22 h – 8 h"), (1200, 540, "20 h – 9 h"))
HOURS = (8, 12, 18)
FREQUENCIES = (
    ("instant", "Tout de suite"),
    ("daily", "Une fois par jour"),
    ("weekly", "Une fois par semaine"),
)


class Change(NamedTuple):
    """A button that changes what is kept on a chat."""

    action: str
    value: str = ""

    def data(self) -> str:
        """The change as callback data: at most 64 bytes."""
        return f"!{self.action}:{self.value}"


def parse_change(data: str) -> Change | None:
    """The change that callback data asks for; None for other buttons."""
    if not data.startswith("!"):
        return None
    action, _, value = data[1:].partition(":")
    return Change(action, value)


def interest_value(interest: Interest) -> str:
    """An interest inside callback data."""
    return "|".join(interest)


def parse_interest(value: str) -> Interest | None:
    """The interest that callback data holds."""
    parts = value.split("|")
    return Interest(*parts) if len(parts) == 3 else None


class Settings(NamedTuple):
    """What a chat has set, as the panel shows it. Hours are wall time; a digest comes on
    `weekday` (Monday is 0) when weekly."""

    frequency: str
    hour: int
    weekday: int
    silent: bool
    paused: bool
    quiet_from: int | None
    quiet_until: int | None
    excluded: tuple[str, ...] = ()


def followed(
    new: Sequence[tuple[Interest, str]],
    known: Sequence[str],
    wishes: Wishes,
    latest: DatedArticle | None,
    vocabulary: Vocabulary,
    settings: Settings,
) -> Message:
    """What is followed from now on, what will come and when, and the latest thing at once."""
    blocks = []
    if new:
        names = ", ".join(label for _, label in new)
        blocks.append(f"<b>{escape(typeset(f'C’est noté : {names}.'))}</b>\n" + _when(settings))
    if known:
        blocks.append(escape(typeset(f"Vous suivez déjà : {', '.join(known)}.")))
    if wishes.not_understood:
        strange = ", ".join(f"« {part} »" for part in wishes.not_understood)
        blocks.append(escape(typeset(f"Je n'ai pas compris {strange}.")))
    if wishes.doubtful:
        blocks.append(typeset("Plusieurs communes portent ce nom : laquelle suivre ?"))
    if new and latest is not None:
        told = article(latest, vocabulary)
        blocks.append(f"{typeset('Le dernier article sur ce sujet :')}\n{told}")
    elif new:
        blocks.append(typeset("Aucun article n'est encore noté là-dessus : le premier viendra."))
    rows: list[tuple[Button, ...]] = [(_choice(territory),) for territory in wishes.doubtful[:6]]
    if new:
        undo = [
            Button("Annuler", Change("undo", interest_value(interest)).data())
            for interest, _ in new[:1]
        ]
        rows.append((*undo, Button("Réglages", Change("settings").data())))
    return Message("\n\n".join(blocks), tuple(rows))


def _choice(territory: Territory) -> Button:
    value = interest_value(Interest(territory.code))
    return Button(typeset(wording.place(territory)), Change("follow", value).data())


def _when(settings: Settings) -> str:
    if settings.frequency == "daily":
        return typeset(f"Les nouveaux articles viendront chaque jour à {settings.hour} h.")
    if settings.frequency == "weekly":
        day = wording.WEEKDAYS[settings.weekday]
        return typeset(f"Les nouveaux articles viendront chaque {day} à {settings.hour} h.")
    return typeset("Chaque nouvel article viendra dès qu'il est noté dans la base.")


def _quiet(settings: Settings) -> list[str]:
    if settings.silent or settings.quiet_from is None or settings.quiet_until is None:
        return []
    hours = f"De {settings.quiet_from // 60} h à {settings.quiet_until // 60} h"
    return [typeset(f"{hours}, silence : seul un rappel qui ne peut attendre vient, sans un son.")]


def how_to_follow() -> Message:
    """For `/abonner` alone."""
    told = (
        "Que voulez-vous suivre ? Par exemple :\n"
        "/abonner Roubaix\n/abonner Lille drones, Nantes\n/abonner BriefCam\n/abonner tout"
    )
    return Message(typeset(told))


def listed(follows: Sequence[tuple[Interest, str]], *, has_channels: bool = False) -> Message:
    """Everything that is followed, each with a button to stop it."""
    channels = ((Button("Mes canaux", Change("target").data()),),) if has_channels else ()
    if not follows:
        told = typeset("Rien n'est suivi ici. « /abonner Roubaix » pour commencer.")
        return Message(told, channels)
    rows: list[tuple[Button, ...]] = [
        (Button(f"✕ {label}", Change("unfollow", interest_value(interest)).data()),)
        for interest, label in follows[:SHOWN]
    ]
    rows.append(
        (
            Button("Tout arrêter", Change("unfollow-all").data()),
            Button("Réglages", Change("settings").data()),
        )
    )
    told = "<b>Ce qui est suivi ici</b>\n" + "\n".join(f"• {escape(label)}" for _, label in follows)
    if len(follows) > SHOWN:
        told += typeset(
            f"\n\nLes {SHOWN} premiers ont un bouton ; /desabonner NOM pour les autres."
        )
    return Message(typeset(told), (*rows, *channels))


def unfollowed(labels: Sequence[str]) -> Message:
    """What is not followed any more."""
    if not labels:
        return Message(typeset("Vous ne suiviez pas cela."))
    return Message(escape(typeset(f"C'est arrêté : {', '.join(labels)}.")))


def panel(settings: Settings) -> Message:
    """The settings, each with its buttons; what is chosen has a mark."""
    state = "En pause : rien ne part." if settings.paused else _when(settings)
    excluded = ", ".join(settings.excluded) or "aucun"
    told = [
        "<b>Réglages</b>",
        state,
        *(_quiet(settings) or [typeset("Avec un son." if not settings.silent else "Sans un son.")]),
        escape(typeset(f"Mots exclus : {excluded}.")),
        typeset(
            "Pour exclure un mot : « /reglages sans football » ; "
            "pour le remettre : « /reglages avec football »."
        ),
    ]
    rows = [
        tuple(
            _mark(settings.frequency == tag, label, Change("frequency", tag))
            for tag, label in FREQUENCIES
        )
    ]
    if settings.frequency != "instant":
        rows.append(
            tuple(_mark(settings.hour == h, f"{h} h", Change("hour", str(h))) for h in HOURS)
        )
    if settings.frequency == "weekly":
        days = enumerate(WEEKDAYS)
        rows.append(tuple(_mark(settings.weekday == n, d, Change("day", str(n))) for n, d in days))
    if settings.frequency == "instant":
        rows.append(
            tuple(
                _mark(
                    (settings.quiet_from, settings.quiet_until) == (start, end),
                    f"Silence : {label}" if start is None else label,
                    Change(
                        "quiet", f"{'' if start is None else start}-{'' if end is None else end}"
                    ),
                )
                for start, end, label in QUIET
            )
        )
    sound = Button("Couper le son", Change("silent", "1").data())
    if settings.silent:
        sound = Button("Remettre le son", Change("silent", "0").data())
    pause = Button("Pause", Change("pause", "1").data())
    if settings.paused:
        pause = Button("Reprendre", Change("pause", "0").data())
    rows.append((sound, pause))
    return Message("\n".join(told), tuple(rows))


def _mark(is_chosen: bool, label: str, change: Change) -> Button:
    return Button(f"✓ {label}" if is_chosen else label, change.data())


def article(one: DatedArticle, vocabulary: Vocabulary) -> str:
    """HTML: the title as a link, who publishes it, two lines."""
    told = one.article
    lines = [f"<b>{wording.article_title(told)}</b>", wording.article_source(told, vocabulary)]
    lines.append(escape(typeset(told.summary)))
    if told.note:
        lines.append(f"<i>{escape(typeset(f'À noter : {told.note}'))}</i>")
    return "\n".join(lines)


def push(one: DatedArticle, cities: str, reason: str, vocabulary: Vocabulary) -> Message:
    """One new article, and why it comes."""
    blocks = [article(one, vocabulary)]
    if cities:
        blocks.append(escape(typeset(cities)))
    blocks.append(f"<i>{escape(typeset(f'Vous suivez : {reason}.'))}</i>")
    rows = (
        (
            Button("Moins", Change("less").data()),
            Button("Pause", Change("pause", "1").data()),
            Button("Stop", Change("list").data()),
        ),
    )
    return Message("\n\n".join(blocks), rows)


def correction(one: DatedArticle, vocabulary: Vocabulary) -> Message:
    """What was told has changed."""
    told = typeset("Correction d'un article que je vous ai signalé :")
    return Message(f"<b>{told}</b>\n{article(one, vocabulary)}")


def digest(articles: Sequence[DatedArticle], vocabulary: Vocabulary) -> Message:
    """What was gathered, the latest first; its length stays within one message."""
    title = typeset(f"Ce qui est paru ({len(articles)})")
    blocks = [f"<b>{title}</b>"]
    for one in articles[:12]:
        source = wording.article_source(one.article, vocabulary)
        blocks.append(f"• {wording.article_title(one.article)}\n{source}")
    if len(articles) > 12:
        blocks.append(typeset(f"Et {len(articles) - 12} autres."))
    return Message("\n\n".join(blocks), ((Button("Réglages", Change("settings").data()),),))


def admins_only() -> Message:
    """For a member of a group who asks for a change."""
    return Message(typeset("Seuls les admins du groupe peuvent changer cela."))


def too_many(limit: int) -> Message:
    """The limit of a chat is reached."""
    return Message(typeset(f"C'est complet : {limit} au plus. /abonnements permet d'en retirer."))


def cannot_tell() -> Message:
    """Telegram did not say whether somebody is an admin."""
    return Message(typeset("Telegram ne me dit pas si vous êtes admin. Réessayez dans un instant."))


def welcome_group() -> Message:
    """What the bot says once, when a group adds it."""
    told = (
        "Bonjour ! Je suis <b>Sousveille</b> : je dis comment une ville surveille les gens, "
        "sources à l'appui.\n\n"
        "Ici je ne lis que les commandes, les réponses à mes messages et les mentions ; "
        "je ne garde rien de ce que vous écrivez.\n\n"
        "Quelle ville suivre ? Un·e admin peut écrire « /abonner Roubaix », et "
        "« /rappels Roubaix » pour que le groupe soit prévenu avant chaque rencontre."
    )
    return Message(typeset(told))


def cannot_write(title: str) -> Message:
    """For the admin of a group or channel where the bot has not the right to write."""
    told = (
        f"Je n'ai pas le droit d'écrire dans « {title} » : rien n'y arrivera. Pour y remédier : "
        "les réglages du groupe ou du canal, Administrateurs ou Permissions, puis donnez-moi le "
        "droit d'envoyer des messages."
    )
    return Message(escape(typeset(told)))


def channel_ready(title: str) -> Message:
    """For who made the bot an admin of a channel, in private."""
    told = f"Le canal « {title} » est prêt. Pour choisir ce qu'il reçoit : /abonnements."
    return Message(escape(typeset(told)))


def channels(names: Sequence[tuple[int, str]], current: int | None) -> Message:
    """The chats that a private chat sets up."""
    rows = [(_mark(current is None, "Cette conversation", Change("target")),)]
    rows += [(_mark(current == id_, name, Change("target", str(id_))),) for id_, name in names]
    return Message(typeset("Régler quoi ? Le choix tient dix minutes."), tuple(rows))


def asks_operator(sentence: str, token: str) -> Message:
    """More articles than usual would be pushed; `token` stands for exactly these."""
    rows = (
        (
            Button("Annoncer", Change("announce", f"{token}-tell").data()),
            Button("Ne rien dire", Change("announce", f"{token}-quiet").data()),
        ),
    )
    return Message(escape(sentence), rows)


def operator_answered(rows: int) -> Message:
    """What came of the operator's answer."""
    return Message(typeset(f"Entendu : {rows} messages à envoyer."))
