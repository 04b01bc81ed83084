"""The words and turns by which a text says what kind of question it is."""

import re

from bot.language.stems import stems

ARTICLE = re.compile(r"\b(articles?|reportages?)\b(?! (?:[lr] ?)?\d)")
"""« l'article de Next », but no article of a law."""
OWN_TOWN = re.compile(
    r"\b(?:(?:ma|notre|mon|my|our) (?:ville|commune|village|bled|patelin|town|city)"
    r"|chez (?:nous|moi))\b"
)
OWN_HOME = ("chez", "moi")
"""The stems of « chez moi », which is the town that is named with it, or was before."""
OTHER_PLACES = re.compile(
    r"^(?:et )?(?:ailleurs|partout|dans (?:les|d) autres? (?:villes|communes))\b"
)
SUPERLATIVE = re.compile(
    r"\b(?:villes?|communes?|city|cities|towns?|endroits?|metropoles?)\b.*"
    r"\b(?:(?:le|la|les|the) (?:plus|moins|pire)|most|least|fewest|highest|lowest)\b"
    r"|\b(?:most|least|fewest|highest|lowest|biggest|largest)\b.*\b(?:city|cities|towns?)\b"
    r"|\b(?:plus|moins|biggest|largest|most)\b.*\b(?:de france|du pays|in france|in the country)$"
    r"|\bou\b.*\b(?:le|la|les) (?:plus|moins)\b|\b(?:le|la|les) (?:plus|moins)\b.* ou$"
)
"""« la ville qui dépense le plus », « the most watched cities »: which one, among all."""
HAS = re.compile(r"\b(?:a|as|ont|avait|avaient|utilise|utilisent)\b[^?.]*\?\W*$", re.IGNORECASE)
"""« Lille a des drones ? »: it asks whether that is so."""
SECOND = re.compile(
    r" et (?=(?:qui|quoi|combien|quel|quels|quelle|quelles|ou|depuis|pourquoi|comment"
    r"|a quel|a quelle|(?:le|son|leur|c est quoi le) (?:prix|cout|budget)) )"
)
"""Between two questions asked at once: « combien de caméras et qui les regarde »."""
DEPARTEMENT = re.compile(r"\((?:\d{2,3}|2[abAB])\)")
"""« Marseille (13) », which counts nothing."""
LATEST = re.compile(
    r"\b(?:(?:le|la|les) plus recente?s?"
    r"|derni\w+ (?:chiffre|decompte|comptage|compte|nombre|releve)s?|a ce jour|latest)\b"
)
"""« le décompte le plus récent »: a figure as it is now."""
SEQUELS = (("et",), ("pareil",), ("idem",), ("meme",))
SEAT = re.compile(
    r"\b(?:tribunal(?: administratif| judiciaire)?|ta|juges?|cour(?: administrative)? d appel"
    r"|ordonnance|prefet|prefecture)(?: d(?:e|u|es)?)? "
)
"""What stands before the name of the place where an authority sits."""
POINTING = frozenset(("ca", "cela", "celui", "celle", "ce", "cette", "y", "leur", "bas"))
OWN = frozenset(("ma", "mon"))
THEIRS = frozenset(("leur", "leurs"))
ONESELF = frozenset(("je", "j", "me", "m", "moi", "mes", "nous", "nos", "on", "i", "my", "we"))
NATIONAL = frozenset(("france", "pays", "national", "nationale", "francaises", "francais"))
COMPARATIVES = frozenset(("plus", "pus", "moins", "davantage", "more", "most", "less", "fewer"))
WHICH = frozenset(("qui", "que", "qu", "quoi", "quel", "quels", "quelle", "quelles"))
SINCE = frozenset(("depuis", "since", "aujourd", "aujourdhui", "maintenant", "now", "today"))
THAN = frozenset(("que", "qu", "than"))
DATE_WORDS = frozenset(
    stems(
        "lundi mardi mercredi jeudi vendredi samedi dimanche week end weekend demain hui soir matin"
        " semaine prochaine prochain mois janvier fevrier mars avril mai juin juillet aout"
        " septembre octobre novembre decembre today tonight tomorrow prochains prochaines jour"
        " jours semaines mi debut fin printemps automne hiver nuit midi cet ces"
    )
)
