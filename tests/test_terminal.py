"""The conversation on a terminal: lines in, messages and numbered buttons out."""

import io
import re
from collections.abc import Iterable

from bot.presentation.conversation import Conversation
from bot.terminal import WELCOME, chat
from tests.command_line import CommandLine
from tests.questions.judging import NOW


def spoken(conversation: Conversation, lines: Iterable[str]) -> list[str]:
    """What is said after each of these lines, the greeting left out."""
    heard: list[str] = []
    out = io.StringIO()

    def typed() -> Iterable[str]:
        for line in lines:
            heard.append(out.getvalue())
            out.seek(0)
            out.truncate()
            yield f"{line}\n"

    chat(conversation, typed(), out, lambda: NOW)
    return [*heard[1:], out.getvalue()]


def buttons(shown: str) -> dict[str, str]:
    """The numbers shown, by the label beside them."""
    return {label: number for number, label in re.findall(r"^  \[(\d+)\] (.+)$", shown, re.M)}


def test_a_piped_chat_greets_answers_and_ends_with_its_input(sousveille: CommandLine) -> None:
    chatted = sousveille("chat", typed="combien de caméras à nantes ?\net à lille ?\n")
    assert (chatted.returncode, chatted.stderr) == (0, "")
    assert chatted.stdout.startswith(WELCOME)
    greeting, nantes, lille = chatted.stdout.index("Sousveille"), 0, 0
    nantes = chatted.stdout.index("Nantes : ".replace(" :", "\u00a0:"), greeting)
    lille = chatted.stdout.index("Lille\u00a0: ", nantes)
    assert greeting < nantes < lille


def test_a_piped_number_presses_the_button_that_was_shown(sousveille: CommandLine) -> None:
    shown = sousveille("chat", typed="roubaix\n").stdout
    number = buttons(shown)["Coûts"]
    chatted = sousveille("chat", typed=f"roubaix\n{number}\n")
    assert "Roubaix\u00a0: coûts" in chatted.stdout


def test_a_number_presses_only_the_buttons_of_the_last_message(conversation: Conversation) -> None:
    card, page, back = spoken(conversation, ["roubaix", "1", "1000"])
    assert buttons(card)["Chiffres"] == "1"
    assert "Roubaix\u00a0: chiffres" in page
    assert "Roubaix\u00a0: chiffres" not in back


def test_a_slash_opens_a_command(conversation: Conversation) -> None:
    card, help_, unknown = spoken(conversation, ["/ville roubaix", "/AIDE", "/danse"])
    assert "Roubaix (59)" in card
    assert "/ville NOM" in help_
    assert "Je ne connais pas cette commande" in unknown


def test_an_empty_line_ends_the_chat(conversation: Conversation) -> None:
    out = io.StringIO()
    left = iter(["\n", "roubaix\n"])
    chat(conversation, left, out, lambda: NOW)
    assert list(left) == ["roubaix\n"]


def test_what_follows_is_understood_from_what_was_said(conversation: Conversation) -> None:
    _, lille = spoken(conversation, ["combien de caméras à nantes ?", "et à lille ?"])
    assert lille.strip().startswith("Lille\u00a0: ")
