"""`python -m tests.double`: Telegram in a terminal, to play with a bot by hand.

A line is a message from one person in a private chat; `#2` presses the second button of the last
message; an empty line or the end of the input ends.
"""

import asyncio
import sys

from tests.double import Double, Message, PrivateChat


def show(message: Message, edited: bool) -> None:
    lines = [f"  | {line}" for line in message.text.splitlines()]
    lines += [f"  <{url}>" for url in message.links]
    lines += [f"  #{n} [{button.text}] {button.url}" for n, button in enumerate(message.buttons, 1)]
    head = "bot (edited)" if edited else "bot"
    sys.stdout.write("\n".join([f"{head}:", *lines]) + "\n")
    sys.stdout.flush()


async def watch(double: Double, chat: PrivateChat) -> None:
    sent = edited = told = 0

    def is_new() -> bool:
        return (len(chat.sent), len(chat.edited), len(double.violations)) != (sent, edited, told)

    while True:
        await double.changes.until(is_new, timeout_seconds=None)
        for message in chat.sent[sent:]:
            show(message, edited=False)
        for message in chat.edited[edited:]:
            show(message, edited=True)
        for violation in double.violations[told:]:
            sys.stdout.write(f"violation: {violation}\n")
        sent, edited, told = len(chat.sent), len(chat.edited), len(double.violations)


async def play() -> None:
    async with Double() as double:
        sys.stdout.write(f"TELEGRAM_API_URL={double.url}\nTELEGRAM_TOKEN={double.token}\n")
        sys.stdout.flush()
        chat = double.private_chat(double.person("Camille"))
        watching = asyncio.create_task(watch(double, chat))
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if not line.startswith("#"):
                await chat.says(line)
                continue
            try:
                await chat.presses(chat.sent[-1], int(line[1:]) - 1)
            except (AssertionError, IndexError, ValueError) as error:
                sys.stdout.write(f"{error}\n")
        watching.cancel()


if __name__ == "__main__":
    asyncio.run(play())
