"""`python -m bot COMMAND`: reads the arguments, and nothing else."""

import argparse
import sys
from collections.abc import Sequence

COMMANDS = {"check": "tous les problèmes de la base, avec leur ligne"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; its result is the process's exit status."""
    parser = argparse.ArgumentParser(prog="sousveille")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMANDE")
    for name, purpose in COMMANDS.items():
        commands.add_parser(name, help=purpose)
    parser.parse_args(arguments)
    from datetime import date
    from pathlib import Path

    from bot.knowledge.checking import read_knowledge

    _, problems = read_knowledge(Path("knowledge"), date.today())  # noqa: DTZ011
    for problem in problems:
        sys.stdout.write(f"knowledge/{problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
