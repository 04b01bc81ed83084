"""The compiled index: one read-only file, mapped into memory, that opens in milliseconds.

It is made of what `knowledge/` holds and of nothing else, lives in the user's cache folder, and
bears a digest of its sources and of the code that built it, in its name and at its head: when
either changes another is built beside it, so that two checkouts do not undo each other's.
"""

import json
import mmap
import os
import struct
import sys
import tempfile
import zlib
from bisect import bisect_left
from enum import IntEnum
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

SOURCES = ("communes.tsv", "nicknames.yaml", "demonyms.yaml", "words.yaml")
_HERE = Path(__file__).parent
_MODULES = ("index", "indexing", "nearness", "likeness", "slips", "spelling", "demonyms", "forms")
_CODE = [_HERE / f"{name}.py" for name in _MODULES]
_CODE.append(_HERE.parent / "language" / "folding.py")
MOST_KNOWN = 10_000  # names and words whose hits are kept once they were read from the file
KEPT = 3  # index files, the newest
OPENING = 7  # letters: nearly no words of a sentence that name nothing open as a name does
_LAST = chr(sys.maxunicode)  # sorts after every letter
_HEAD = struct.Struct("<32sI")  # digest, length of the JSON description that follows


class Kind(IntEnum):
    """What a spelling is; the number that goes with it counts in the table named here."""

    CURRENT = 0  # communes, most populous first, as in the six kinds below
    FORMER = 1
    NICKNAME = 2
    DEMONYM = 3
    REDUCED = 4  # a name without its small words
    SHORTENED = 5  # the first word of the name of a large city
    POSTCODE = 6
    INSEE = 7
    DEPARTEMENT = 8  # départements, in the order of their codes
    EPCI = 9  # EPCI, in the order of their codes
    SOUND = 10  # spellings
    WORD = 11  # no table: an everyday word
    FOREIGN = 12  # no table: a place that is not a French commune
    FIRST_NAME = 13  # no table
    WRAPPER = 14  # no table: a word that people put around the name of a place
    NEAR = 15  # communes: another, larger one that may be meant where this is typed


def digest(knowledge: Path) -> bytes:
    """32 bytes that change when a source, the building code or the byte order does."""
    state = blake2b(digest_size=32, person=sys.byteorder.encode())
    for path in [knowledge / name for name in SOURCES] + _CODE:
        content = path.read_bytes()
        state.update(len(content).to_bytes(8, "little"))
        state.update(content)
    return state.digest()


def grams(key: str) -> set[str]:
    """Pairs of neighbouring letters, and of letters one apart, of the key between boundaries."""
    framed = f"^{key}$"
    pairs = {framed[i : i + 2] for i in range(len(framed) - 1)}
    pairs.update(f"{a}_{c}" for a, c in zip(framed, framed[2:], strict=False))
    return pairs


def shortened(key: str) -> list[str]:
    """The key, and the key without each of its letters.

    Two spellings one slip apart (a letter lost, added, changed, or swapped with the next) have
    one of these in common.
    """
    return [key, *(key[:at] + key[at + 1 :] for at in range(len(key)))]


def pack(description: dict[str, Any], sections: dict[str, bytes], mark: bytes) -> bytes:
    """The bytes of an index: head, description with the place of each section, sections."""
    offset, places = 0, {}
    for name, content in sections.items():
        places[name] = (offset, len(content))
        offset += -(-len(content) // 8) * 8
    described = json.dumps({**description, "sections": places}).encode()
    described += b" " * (-(_HEAD.size + len(described)) % 8)
    padded = (content + bytes(-len(content) % 8) for content in sections.values())
    return b"".join((_HEAD.pack(mark, len(described)), described, *padded))


class Index:
    """Exact look-ups in microseconds, and what the fuzzy search needs."""

    def __init__(self, content: bytes | mmap.mmap) -> None:
        view = memoryview(content)
        _, length = _HEAD.unpack_from(view)
        self.described: dict[str, Any] = json.loads(bytes(view[_HEAD.size : _HEAD.size + length]))
        start = _HEAD.size + length
        sections = self.described["sections"]

        def section(name: str) -> memoryview:
            offset, size = sections[name]
            return view[start + offset : start + offset + size]

        self._rows, self._row_ends = section("rows"), section("row_ends").cast("I")
        self._keys, self._key_ends = section("keys"), section("key_ends").cast("I")
        self._openings = section("openings")
        self._hits, self._hit_ends = section("hits").cast("I"), section("hit_ends").cast("I")
        self._slots = section("slots").cast("I")
        self.populations = section("populations")  # a byte a fuzzy spelling, a log scale
        self._sorted = section("sorted").cast("I")
        self._near, self._near_ends = section("near").cast("I"), section("near_ends").cast("I")
        self._bitsets = section("bitsets")
        self._bitset_numbers: dict[str, int] = self.described["bitsets"]
        self._bitset_size: int = self.described["bitset_size"]
        self._known_bitsets: dict[str, int] = {}
        self._known_hits: dict[str, list[tuple[int, int]]] = {}
        self._mask = len(self._slots) - 1
        self._longest: int = self.described["longest"]
        self.fuzzy_count: int = self.described["fuzzy_count"]

    @property
    def commune_count(self) -> int:
        return len(self._row_ends) - 1

    def row(self, ordinal: int) -> list[str]:
        """The fields of the commune as in `communes.tsv`, from the INSEE code on."""
        start, end = self._row_ends[ordinal], self._row_ends[ordinal + 1]
        return str(self._rows[start:end], "utf-8").split("\t")

    @cached_property
    def keys(self) -> list[str]:
        """The keys of the fuzzy spellings, most populous first."""
        return str(self._keys[: self._key_ends[self.fuzzy_count]], "utf-8").split("\n")

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first `OPENING` letters of every name, of places abroad too: of few words else."""
        return frozenset(str(self._openings, "utf-8").split("\n"))

    def hits_of(self, spelling: int) -> list[tuple[int, int]]:
        """(kind, number) of all that this spelling may mean, by kind, most populous first."""
        packed = self._hits[self._hit_ends[spelling] : self._hit_ends[spelling + 1]]
        return [(hit >> 24, hit & 0xFFFFFF) for hit in packed]

    def find(self, key: str) -> int:
        """The number of the spelling that is exactly `key`, or -1."""
        sought = key.encode()
        slots, mask, ends, keys = self._slots, self._mask, self._key_ends, self._keys
        slot = zlib.crc32(sought) & mask
        sought += b"\n"
        while found := slots[slot]:
            if keys[ends[found - 1] : ends[found]] == sought:
                return found - 1
            slot = (slot + 1) & mask
        return -1

    def hits(self, key: str) -> list[tuple[int, int]]:
        """(kind, number) of all that the exact `key` may mean; empty when nothing."""
        known = self._known_hits.get(key)
        if known is not None:
            return known
        spelling = self.find(key)
        if spelling < 0:
            return []
        if len(self._known_hits) == MOST_KNOWN:
            self._known_hits.clear()
        hits = self._known_hits[key] = self.hits_of(spelling)
        return hits

    def near(self, key: str) -> set[int]:
        """The fuzzy spellings one slip away from `key`, and a few that are not."""
        near, ends, mask = self._near, self._near_ends, len(self._near_ends) - 2
        found: set[int] = set()
        for variant in shortened(key):
            bucket = zlib.crc32(variant.encode()) & mask
            found.update(near[ends[bucket] : ends[bucket + 1]])
        return found

    def starting_with(self, prefix: str, limit: int) -> list[int]:
        """Fuzzy spellings that start with `prefix`, most populous first, at most `limit`."""
        spelled = self.keys.__getitem__
        start = bisect_left(self._sorted, prefix, key=spelled)
        if start == len(self._sorted) or not spelled(self._sorted[start]).startswith(prefix):
            return []
        end = bisect_left(self._sorted, f"{prefix}{_LAST}", start, key=spelled)
        return sorted(self._sorted[start:end])[:limit]

    def of_length(self, shortest: int, longest: int) -> int:
        """The fuzzy spellings of so many letters, as a bit set."""
        name = f"{shortest}#{longest}"
        known = self._known_bitsets.get(name)
        if known is None:
            shorter = self.bitset(f"#{min(shortest - 1, self._longest)}") if shortest > 0 else 0
            known = self.bitset(f"#{min(longest, self._longest)}") & ~shorter
            self._known_bitsets[name] = known
        return known

    def bitset(self, name: str) -> int:
        """The fuzzy spellings that have the gram `name`, one bit each, most populous lowest."""
        known = self._known_bitsets.get(name)
        if known is None:
            number = self._bitset_numbers.get(name)
            if number is None:
                return 0
            start = number * self._bitset_size
            known = int.from_bytes(self._bitsets[start : start + self._bitset_size], "little")
            self._known_bitsets[name] = known
        return known


def open_index(knowledge: Path, cache: Path) -> Index:
    """The index of `knowledge`, mapped from `cache`, built first when there is none yet.

    Where `cache` cannot be written the index is built in memory. Raises what building raises.
    """
    mark = digest(knowledge)
    path = cache / f"places-{mark[:8].hex()}.index"
    try:
        return Index(_mapped(path, mark))
    except (OSError, ValueError):
        from bot.places.indexing import build  # building needs PyYAML, opening must not

        content = build(knowledge)
    try:
        _write(path, content)
        return Index(_mapped(path, mark))
    except OSError:
        return Index(content)


def _mapped(path: Path, mark: bytes) -> mmap.mmap:
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    if mapped[: len(mark)] != mark:
        raise ValueError("the index was built from other sources")
    return mapped


def _write(path: Path, content: bytes) -> None:
    """At once or not at all, so that two processes may build at the same time; old ones go."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    for old in sorted(path.parent.glob("places-*.index"), key=_modified, reverse=True)[KEPT:]:
        old.unlink(missing_ok=True)


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # another process has just removed it
        return 0.0
