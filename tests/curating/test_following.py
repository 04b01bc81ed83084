"""People go on being answered while the base under the bot changes, breaks and is repaired."""

import asyncio
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from bot.answers.answering import Answering
from bot.assembly import KnowledgeError, load_base, load_places
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.reading import Reader
from bot.language.dates import PARIS
from bot.presentation.conversation import Conversation
from bot.presentation.message import visible
from bot.reloading import follow_base
from bot.settings import Settings

NOW = datetime(2026, 11, 22, 12, tzinfo=PARIS)
PUBLISHED = Settings().knowledge_dir
SENTENCE = "En 2026, Wissant vote l'achat d'un phare à caméras."


async def test_a_conversation_follows_the_files_and_survives_their_faults(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(PUBLISHED, folder)
    settings = Settings(knowledge_dir=folder)
    knowledge = load_base(settings, NOW.date())
    places = load_places(settings, knowledge)
    conversation = Conversation(knowledge, Answering(knowledge, places))
    stop = asyncio.Event()
    new: asyncio.Queue[Knowledge] = asyncio.Queue()
    bad: asyncio.Queue[list[Problem]] = asyncio.Queue()

    async def on_new(read: Knowledge, answering: Answering) -> None:
        conversation.renew(read, answering)
        await new.put(read)

    following = asyncio.create_task(
        follow_base(Reader(folder), knowledge, places, on_new, bad.put, stop, today=NOW.date)
    )

    def asked() -> str:
        return visible(conversation.says("un phare à caméras à Wissant ?", 1, NOW))

    assert "phare à" not in asked()
    file = folder / "cities" / "wissant.yaml"
    text = await asyncio.to_thread(file.read_text, "utf-8")
    source = text.partition("sources:\n  ")[2].partition(":")[0]
    fact = f"  phare-2026:\n    text: {SENTENCE}\n    theme: politique\n    sources: [{source}]\n"
    await asyncio.to_thread(file.write_text, text + fact.replace("[", "[nulle-part, "), "utf-8")
    async with asyncio.timeout(30):
        (problem,) = await bad.get()
    assert problem.code == "E13"
    assert "phare à" not in asked()
    await asyncio.to_thread(file.write_text, text + fact, "utf-8")
    async with asyncio.timeout(30):
        assert "phare-2026" in (await new.get()).cities["wissant"].facts
    assert "phare à" in asked()
    stop.set()
    await following


def test_a_base_with_errors_is_refused_with_its_lines_and_without_its_warnings(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(PUBLISHED, folder)
    file = folder / "cities" / "wissant.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("name: Wissant", "name: Calais"), encoding="utf-8")
    with pytest.raises(KnowledgeError) as refused:
        load_base(Settings(knowledge_dir=folder), NOW.date())
    assert [problem.code for problem in refused.value.problems] == ["E21"]
    assert "cities/wissant.yaml:" in str(refused.value)
