"""In order inside a chat, side by side between chats. Nothing here sleeps: events are awaited."""

import asyncio

from bot.chat.lanes import AT_ONCE, WAITING, Lanes, Work


def noting(noted: list[str], word: str) -> Work:
    async def work() -> None:
        await asyncio.sleep(0)
        noted.append(word)

    return work


def waiting(event: asyncio.Event) -> Work:
    async def work() -> None:
        await event.wait()

    return work


async def others_run() -> None:
    """Lets all other tasks do what they can without waiting."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_the_work_of_one_chat_is_done_in_order() -> None:
    lanes, noted = Lanes(), list[str]()
    for number in range(20):
        await lanes.put(1, noting(noted, str(number)))
    await lanes.close(5)
    assert noted == [str(number) for number in range(20)]


async def test_a_slow_chat_holds_back_nobody_else() -> None:
    lanes, noted, slow, done = Lanes(), list[str](), asyncio.Event(), asyncio.Event()

    async def last() -> None:
        done.set()

    await lanes.put(1, waiting(slow))
    await lanes.put(1, noting(noted, "slow"))
    await lanes.put(2, noting(noted, "quick"))
    await lanes.put(2, last)
    async with asyncio.timeout(5):
        await done.wait()
    assert noted == ["quick"]
    slow.set()
    await lanes.close(5)
    assert noted == ["quick", "slow"]


async def test_no_more_chats_are_served_at_once_than_connections_are_wanted() -> None:
    lanes, go, full, busy, most = Lanes(), asyncio.Event(), asyncio.Event(), 0, 0

    async def work() -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        if busy == AT_ONCE:
            full.set()
        await go.wait()
        busy -= 1

    for chat in range(AT_ONCE * 3):
        await lanes.put(chat, work)
    async with asyncio.timeout(5):
        await full.wait()
    await others_run()
    go.set()
    await lanes.close(5)
    assert (most, busy) == (AT_ONCE, 0)


async def test_too_much_waiting_work_makes_its_giver_wait() -> None:
    lanes, go = Lanes(), asyncio.Event()
    for _ in range(WAITING):
        await lanes.put(1, waiting(go))
    one_more = asyncio.create_task(lanes.put(1, waiting(go)))
    await others_run()
    assert not one_more.done()
    go.set()
    async with asyncio.timeout(5):
        await one_more
    await lanes.close(5)


async def test_a_lane_that_was_emptied_takes_work_again() -> None:
    lanes, noted = Lanes(), list[str]()
    for word in ("one", "two"):
        await lanes.put(1, noting(noted, word))
        await others_run()
    assert noted == ["one", "two"]
    await lanes.close(5)


async def test_closing_cancels_what_cannot_end_in_time() -> None:
    lanes, noted, cancelled = Lanes(), list[str](), asyncio.Event()

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    await lanes.put(1, endless)
    await lanes.put(1, noting(noted, "never"))
    async with asyncio.timeout(5):
        await lanes.close(0.01)
    assert cancelled.is_set()
    assert noted == []


async def test_closing_what_has_nothing_to_do_ends_at_once() -> None:
    async with asyncio.timeout(5):
        await Lanes().close(60)
