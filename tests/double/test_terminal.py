import asyncio
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup


async def test_a_developer_types_messages_and_presses_buttons() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.double", stdin=PIPE, stdout=PIPE, cwd=Path(__file__).parents[2]
    )
    assert process.stdin is not None
    assert process.stdout is not None

    async def read() -> str:
        assert process.stdout is not None
        async with asyncio.timeout(20):
            return (await process.stdout.readline()).decode().strip()

    url = (await read()).removeprefix("TELEGRAM_API_URL=")
    token = (await read()).removeprefix("TELEGRAM_TOKEN=")
    async with Bot(token, base_url=f"{url}/bot") as bot:
        process.stdin.write(b"/ville roubaix\n")
        (update,) = await bot.get_updates(timeout=20)
        assert update.message is not None
        assert update.message.text == "/ville roubaix"
        await update.message.reply_text(
            "Roubaix\nhier",
            reply_markup=InlineKeyboardMarkup([[InlineKeyboardButton("Coûts", callback_data="c")]]),
        )
        assert [await read() for _ in range(4)] == ["bot:", "| Roubaix", "| hier", "#1 [Coûts]"]
        process.stdin.write(b"#1\n")
        (update,) = await bot.get_updates(offset=update.update_id + 1, timeout=20)
        assert update.callback_query is not None
        assert update.callback_query.data == "c"
        await update.callback_query.edit_message_text("Coûts")
        assert [await read() for _ in range(2)] == ["bot (edited):", "| Coûts"]
    process.stdin.close()
    async with asyncio.timeout(20):
        assert await process.wait() == 0
