"""The queue of updates that a bot has not confirmed yet, with the rules of getUpdates."""

from dataclasses import dataclass, field


@dataclass
class Updates:
    """Updates are kept until an offset above their number is asked for."""

    waiting: list[tuple[int, object]] = field(default_factory=list)
    allowed: frozenset[str] = frozenset()
    last_number: int = 700_000_000

    def add(self, kind: str, content: object) -> None:
        """An update that the bot did not ask for is never queued."""
        if kind in self.allowed or not self.allowed:
            number = self.next_number()
            self.waiting.append((number, {"update_id": number, kind: content}))

    def add_raw(self, update: object) -> None:
        """As it is. Without a number of its own, only a later update's number confirms it."""
        number = update.get("update_id") if isinstance(update, dict) else None
        if isinstance(number, int) and number > self.last_number:
            self.last_number = number
        else:
            self.next_number()
        self.waiting.append((self.last_number, update))

    def next_number(self) -> int:
        self.last_number += 1
        return self.last_number

    def confirm(self, offset: int) -> None:
        """A negative offset keeps that many of the last ones."""
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif offset > 0:
            self.waiting = [entry for entry in self.waiting if entry[0] >= offset]

    def first(self, limit: int) -> list[object]:
        return [update for _, update in self.waiting[:limit]]
