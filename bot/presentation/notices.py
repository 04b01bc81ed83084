"""What the bot says when it asks, does not know, or introduces itself."""

from collections.abc import Sequence

from bot.answers.model import Help, NotCovered, Territory, Unknown, WhichCity, WhichOne
from bot.knowledge.model import Vocabulary
from bot.presentation import buttons
from bot.presentation.message import Message, escape
from bot.presentation.typography import typeset
from bot.presentation.wording import place

ANNOUNCE = "Vous organisez une rencontre ? Annoncez-la aux collectifs qui tiennent ce bot."

_PRIVATE = (
    "Je ne réponds à rien qui touche une personne privée. "
    "Je parle des villes, de ce qu'elles installent et de ce que cela coûte."
)
_HARM = (
    "Je n'explique pas comment abîmer ou aveugler une caméra. "
    "Je peux dire comment la contester : « comment saisir la CNIL ? »."
)
_NO_PLACE = "Je ne reconnais pas ce lieu. Vérifiez l'orthographe, ou donnez le code postal."
_NO_TOPIC = (
    "Je ne connais pas ce sujet. Essayez « VSA », « drones », « CSU » ou « /sujet » tout court."
)
_FUTURE = "Je ne prédis rien : la base dit ce qui est, ou ce qui a été annoncé."
_NOTHING = "Je ne sais pas répondre : la base n'en dit rien."
_CONTRIBUTE = "Vous savez quelque chose, source à l'appui ? La base est ouverte à tout le monde."


def which_one(answer: WhichOne) -> Message:
    """Several places may be meant, or one that is not sure."""
    shown = [buttons.to_place(territory) for territory in answer.choices]
    asked = "Laquelle voulez-vous dire ?"
    if len(answer.choices) == 1:
        asked = f"Vous cherchiez {place(answer.choices[0])} ?"
    return Message(escape(typeset(asked)), buttons.in_rows(shown, 2))


def which_city(answer: WhichCity) -> Message:
    """The question is clear, the place is not."""
    asked = "Dans quelle ville ? Écrivez son nom, ou choisissez parmi celles que la base couvre :"
    shown = [buttons.to_place(territory) for territory in answer.choices]
    return Message(typeset(asked), buttons.in_rows(shown, 2))


def not_covered(answer: NotCovered) -> Message:
    """A commune of which nothing is recorded."""
    name = place(answer.territories[0])
    blocks = [
        f"<b>{escape(typeset(f'{name} : rien de noté dans la base.'))}</b>\n"
        + typeset("Rien de noté ne veut pas dire qu'il n'y a rien : personne ne l'a encore écrit.")
    ]
    if answer.epci_name:
        told = f"Intercommunalité : {answer.epci_name}."
        blocks.append(escape(typeset(told)))
    if answer.near:
        where = "Dans la même intercommunalité" if answer.is_same_epci else "Dans le département"
        names = ", ".join(near.name for near in answer.near)
        blocks.append(escape(typeset(f"{where}, la base couvre : {names}.")))
    blocks.append(typeset(_CONTRIBUTE))
    if answer.others:
        names = " ou ".join(map(place, answer.others))
        blocks.insert(1, escape(typeset(f"Vous cherchiez {names} ?")))
    linked = list(answer.others) + ([answer.epci] if answer.epci else []) + list(answer.near)
    return Message(
        "\n\n".join(blocks), buttons.in_rows([buttons.to_card(near) for near in linked], 2)
    )


def unknown(answer: Unknown, vocabulary: Vocabulary) -> Message:
    """The base does not hold the answer: what it does hold."""
    match answer.reason:
        case "private":
            return Message(typeset(_PRIVATE))
        case "harm":
            return Message(typeset(_HARM))
        case "topic":
            return Message(typeset(_NO_TOPIC))
        case "place":
            told = _NO_PLACE
        case "future":
            return Message(typeset(_FUTURE))
        case _:
            told = _NOTHING
    if len(answer.territories) > 1:
        return _unknown_in(answer.territories)
    if answer.territories:
        return _unknown_there(answer, answer.territories[0], vocabulary)
    if answer.topics:
        told = f"{told} Elle a seulement une fiche sur le sujet :"
        offered = [buttons.to_topic(id_, topic) for id_, topic in answer.topics]
        return Message(typeset(told), buttons.in_rows(offered))
    shown = [buttons.to_card(territory) for territory in answer.choices]
    covered = "La base couvre notamment :" if shown else ""
    return Message(typeset(f"{told} {covered}".strip()), buttons.in_rows(shown))


def _unknown_in(territories: Sequence[Territory]) -> Message:
    *names, last = (territory.name for territory in territories)
    told = f"Sur {', '.join(names)} et {last}, la base n'en dit rien."
    return Message(escape(typeset(told)), buttons.in_rows(list(map(buttons.to_card, territories))))


def _unknown_there(answer: Unknown, territory: Territory, vocabulary: Vocabulary) -> Message:
    told = f"Sur {territory.name}, la base n'en dit rien."
    labels = [vocabulary.themes[tag].label.lower() for tag in answer.holds[:6]]
    if labels:
        told += f" Elle parle de : {', '.join(labels)}."
    card = buttons.to_card(territory, f"Tout sur {territory.name}")
    return Message(escape(typeset(told)), ((card,),))


def stale() -> Message:
    """For a button that leads nowhere any more."""
    return Message(typeset("Ce bouton n'est plus valable. Écrivez le nom d'une ville : je repars."))


def nothing_to_come() -> Message:
    """For a calendar of events that all are over."""
    return Message(
        typeset("Plus rien à venir ici : il n'y a pas de fichier. /agenda dit le reste.")
    )


def too_fast() -> Message:
    """The one sentence for a chat that floods."""
    return Message(typeset("Vous écrivez plus vite que je ne lis : je reprends dans une minute."))


def broken() -> Message:
    """When something of ours failed."""
    return Message(typeset("Quelque chose a cassé de mon côté. Réessayez dans un instant."))


def only_text() -> Message:
    """For pictures, voices and the like, which the bot neither opens nor keeps."""
    told = "Je ne lis que le texte, et je n'ouvre rien d'autre. Écrivez le nom d'une ville."
    return Message(typeset(told))


def no_such_command() -> Message:
    """For a command that does not exist."""
    return Message(typeset("Je ne connais pas cette commande. /aide dit ce que je sais faire."))


def help_text(answer: Help) -> Message:
    """Who the bot is, what to type, three examples."""
    first, second, third = (*answer.examples, "Nantes", "Lille", "Roubaix")[:3]
    hello = "Bonjour ! " if answer.is_welcome else ""
    lines = [
        f"{hello}Je suis <b>Sousveille</b> : je dis comment votre ville vous surveille, "
        "sources à l'appui.",
        "",
        "Écrivez le nom d'une ville ou une question :",
        f"• {escape(first)}",
        f"• combien de caméras à {escape(second)} ?",
        f"• que coûte la vidéosurveillance à {escape(third)} ?",
        "",
        "/ville NOM : une ville",
        "/sujet NOM : une technique, une entreprise, une façon d'agir",
        "/agenda : les rencontres",
        "/question TEXTE : une question, utile en groupe",
        "/abonner NOM : recevoir les nouveaux articles (dans Telegram)",
        "/rappels NOM : être prévenu·e avant une rencontre (dans Telegram)",
        "",
        "Je ne garde rien de ce que vous écrivez.",
    ]
    return Message(typeset("\n".join(lines)))
