"""What is kept, why, how long; showing it, and erasing it."""

from collections.abc import Mapping
from typing import Any

from bot.presentation.message import Button, Message, escape
from bot.presentation.subscriptions import Change
from bot.presentation.typography import typeset


def policy() -> Message:
    """`/confidentialite`"""
    told = (
        "<b>Ce que je garde</b>\n"
        "Rien de vos questions. Le fil d'une conversation reste dix minutes en mémoire, "
        "puis disparaît.\n\n"
        "Si vous suivez une ville : le numéro de cette conversation, ce qu'elle suit, ses "
        "réglages (mots exclus compris) et la liste de ce qui lui a été envoyé, pour ne rien "
        "envoyer deux fois. Cette liste s'efface d'elle-même.\n\n"
        "Je ne garde ni nom, ni pseudo, ni qui va à quelle rencontre : il n'y a pas de bouton "
        "« J'y vais », exprès. Telegram, lui, voit passer les messages.\n\n"
        "/mesdonnees montre tout ce que je garde ici, /oublier l'efface."
    )
    return Message(typeset(told))


def held(data: Mapping[str, Any]) -> Message:
    """`/mesdonnees`, above the file that holds everything."""
    if data["settings"] is None and not data["notices"]:
        return Message(typeset("Je ne garde rien sur cette conversation."))
    follows, notices = len(data["follows"]), len(data["notices"])
    told = (
        "<b>Ce que je garde sur cette conversation</b>\n"
        f"Son numéro : {data['chat']}\n"
        f"Ce qu'elle suit : {follows}\n"
        f"Mots exclus : {len(data['excluded'])}\n"
        f"Rappels des rencontres : {'réglés' if data['reminders'] else 'jamais réglés'}\n"
        f"Envois notés : {notices}\n"
        "Tout est dans le fichier joint."
    )
    return Message(typeset(told))


def asks_to_forget() -> Message:
    """`/oublier`, before anything is erased."""
    told = (
        "Tout effacer de cette conversation : ce qu'elle suit, ses réglages, ses envois ? "
        "Cela ne se défait pas."
    )
    rows = (
        (
            Button("Tout effacer", Change("forget", "yes").data()),
            Button("Ne rien effacer", Change("forget", "no").data()),
        ),
    )
    return Message(typeset(told), rows)


def forgotten() -> Message:
    """After everything was erased."""
    return Message(typeset("C'est effacé. Je ne garde plus rien sur cette conversation."))


def not_forgotten() -> Message:
    """After the question was answered by no."""
    return Message(escape(typeset("Rien n'est effacé.")))
