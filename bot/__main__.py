"""`python -m bot COMMAND`: reads the arguments, and nothing else."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from bot.settings import Settings, SettingsError, read_settings

KINDS = ("city", "topic", "event", "article", "vocabulary")
ADDED = ("city", "fact", "event", "article")
FAILED, MISUSED = 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its result is the process's exit status."""
    parsed = _parser().parse_args(arguments)
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, TextIOWrapper):
            # Bytes that are no text are somebody's slip: they are read as « � » and answered.
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        status = _run(parsed)
        sys.stdout.flush()  # here, where a reader that has gone is expected
        return status
    except SettingsError as error:
        return _complain(str(error), MISUSED)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever reads the output has gone: nothing more to say, and nothing to complain of.
        sys.stdout = None  # keeps the exit from flushing it
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sousveille", description="Comment votre ville vous surveille, sources à l'appui."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    commands.add_parser("run", help="le bot Telegram")
    commands.add_parser("chat", help="la même conversation dans le terminal")
    for name, argument, purpose in (
        ("ask", "QUESTION", "une réponse"),
        ("find-city", "NAME", "de quelle commune il s'agit"),
    ):
        command = commands.add_parser(name, help=purpose)
        command.add_argument("text", nargs="*", metavar=argument)
        command.add_argument("--json", action="store_true", help="un objet JSON")
        command.add_argument(
            "--batch", metavar="FILE", help="une question par ligne, un objet JSON par ligne"
        )
    commands.add_parser("check", help="tous les problèmes de la base, avec leur ligne")
    commands.add_parser("status", help="où en sont les envois")
    for name, purpose in (
        ("backup", "copier la base de données, le bot en marche ou non"),
        ("restore", "reprendre une copie ; ce qui est en retard n'est pas envoyé"),
    ):
        copying = commands.add_parser(name, help=purpose)
        copying.add_argument("file", metavar="FILE", type=Path)
    schema = commands.add_parser("schema", help="le schéma JSON d'un genre de fichier")
    schema.add_argument("kind", choices=KINDS, metavar="KIND", help=", ".join(KINDS))
    _add_curators_commands(commands)
    return parser


def _add_curators_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, purpose in (
        ("stale", "les chiffres à rafraîchir"),
        ("coverage", "ce que la base sait, ville par thème ; ce qui manque d'abord"),
        ("links", "si les pages citées sont toujours là (visite chacune d'elles)"),
    ):
        _with_json(commands.add_parser(name, help=purpose))
    preview = commands.add_parser("preview", help="ce qu'un téléphone montrerait")
    preview.add_argument("name", nargs="+", metavar="PLACE|TOPIC")
    _with_json(preview)
    diff = commands.add_parser("diff", help="ce qui a changé pour qui lit, depuis un état de git")
    diff.add_argument("revision", metavar="REV")
    _with_json(diff)
    new = commands.add_parser("new", help="pose les questions, écrit le fichier")
    new.add_argument("kind", choices=ADDED, metavar="KIND", help=", ".join(ADDED))
    formatted = commands.add_parser("format", help="met les fichiers de la base en forme")
    formatted.add_argument("--check", action="store_true", help="dit seulement lesquels changer")


def _with_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="du JSON")


def _run(parsed: argparse.Namespace) -> int:
    from bot import commands

    settings = read_settings()
    match parsed.command:
        case "run":
            return commands.run(settings)
        case "chat":
            return commands.chat(settings, sys.stdin, sys.stdout)
        case "check":
            return commands.check(settings, sys.stdout)
        case "schema":
            return commands.schema(settings, parsed.kind, sys.stdout)
        case "status":
            return commands.status(settings, sys.stdout)
        case "backup":
            return commands.backup(settings, parsed.file, sys.stdout)
        case "restore":
            return commands.restore(settings, parsed.file, sys.stdout)
        case "ask" | "find-city":
            return _asked(settings, parsed)
        case _:
            return _curate(settings, parsed)


def _curate(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot import curation
    from bot.assembly import KnowledgeError

    out = sys.stdout
    try:
        match parsed.command:
            case "stale":
                return curation.stale(settings, out, as_json=parsed.json)
            case "coverage":
                return curation.coverage(settings, out, as_json=parsed.json)
            case "links":
                return curation.links(settings, out, as_json=parsed.json)
            case "preview":
                name = " ".join(parsed.name)
                return curation.preview(settings, name, out, as_json=parsed.json)
            case "diff":
                return curation.diff(settings, parsed.revision, out, as_json=parsed.json)
            case "new":
                return curation.new(settings, parsed.kind, sys.stdin, out)
            case _:
                return curation.format_files(settings, out, only_check=parsed.check)
    except KnowledgeError as error:
        return _complain(str(error), FAILED)


def _asked(settings: Settings, parsed: argparse.Namespace) -> int:
    from bot import commands

    text = " ".join(parsed.text)
    if parsed.batch is None and not text.strip():
        return _complain(f"Il manque le texte : sousveille {parsed.command} …", MISUSED)
    command = commands.ask if parsed.command == "ask" else commands.find_city
    if parsed.batch is None:
        return command(settings, text, sys.stdout, as_json=parsed.json)
    try:
        opened = _open(parsed.batch)
    except OSError as error:
        return _complain(f"Le fichier ne se lit pas : {parsed.batch} ({error.strerror})", MISUSED)
    batch = commands.ask_batch if parsed.command == "ask" else commands.find_city_batch
    with opened as lines:
        return batch(settings, lines, sys.stdout)


def _open(name: str) -> AbstractContextManager[TextIO]:
    if name == "-":
        return nullcontext(sys.stdin)
    return Path(name).open(encoding="utf-8", errors="replace")


def _complain(sentence: str, status: int) -> int:
    sys.stderr.write(f"{sentence}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
