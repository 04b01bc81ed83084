"""The communes of France as values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.language.folding import glue
from bot.places.index import Index, Kind, open_index


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune; `departement` is a code such as 59, 2A or 974, `epci` a SIREN code."""

    insee: str
    name: str
    departement: str
    departement_name: str
    region_name: str
    population: int  # 0 where INSEE gives none
    postcodes: tuple[str, ...]
    epci: str | None
    epci_name: str | None
    former_names: tuple[str, ...]  # former names, and those of associated or delegated communes


def label(commune: Commune) -> str:
    """The name with its département, as it is always shown: « Saint-Denis (93) »."""
    return f"{commune.name} ({commune.departement})"


class Communes:
    """All communes. A rank counts them from 0, the most populous first."""

    def __init__(self, index: Index) -> None:
        self.index = index
        regions = dict(index.described["régions"])
        self._departements: dict[str, tuple[str, str]] = {
            code: (name, regions[region]) for code, name, region in index.described["départements"]
        }
        self._epci_names: dict[str, str] = dict(index.described["epci"])
        self._read: dict[int, Commune] = {}

    @classmethod
    def load(cls, knowledge: Path, cache: Path) -> "Communes":
        """From the folder that holds `communes.tsv`, through an index kept in `cache`.

        Raises OSError or ValueError when there is no index and the folder cannot be read.
        """
        return cls(open_index(knowledge, cache))

    def __len__(self) -> int:
        return self.index.commune_count

    def __iter__(self) -> Iterator[Commune]:
        return map(self.ranked, range(len(self)))

    def ranked(self, rank: int) -> Commune:
        """The commune of this rank. Raises IndexError beyond the last."""
        known = self._read.get(rank)
        if known is None:
            code, name, departement, population, postcodes, epci, former = self.index.row(rank)
            departement_name, region_name = self._departements[departement]
            known = self._read[rank] = Commune(
                insee=code,
                name=name,
                departement=departement,
                departement_name=departement_name,
                region_name=region_name,
                population=int(population or 0),
                postcodes=tuple(postcodes.split()),
                epci=epci or None,
                epci_name=self._epci_names[epci] if epci else None,
                former_names=tuple(former.split("|")) if former else (),
            )
        return known

    def get(self, insee: str) -> Commune | None:
        """The present commune of this INSEE code."""
        for kind, rank in self.index.hits(insee.lower()):
            if kind == Kind.INSEE:
                return self.ranked(rank)
        return None

    def in_epci(self, siren: str) -> list[Commune]:
        """The members of an intercommunalité, most populous first; none for an unknown code."""
        return [self.ranked(rank) for rank in self._ranks_by_epci.get(siren, ())]

    def in_departement(self, code: str) -> list[Commune]:
        """The communes of a département, most populous first; none for an unknown code."""
        return [self.ranked(rank) for rank in self._ranks_by_departement.get(code, ())]

    def near(self, commune: Commune) -> list[Commune]:
        """The others of the same EPCI, then of the same département, most populous first."""
        members = self.in_epci(commune.epci) if commune.epci else []
        around = self.in_departement(commune.departement)
        return [other for other in dict.fromkeys((*members, *around)) if other != commune]

    def has_departement(self, code: str) -> bool:
        """Whether this is the code of a département: 59, 2A, 974."""
        return code in self._departements

    def departement_code(self, number: int) -> str:
        """The code of the département of this number in the index."""
        return str(self.index.described["départements"][number][0])

    def departement_name(self, code: str) -> str:
        """« Nord » for 59. Raises KeyError for an unknown code."""
        return self._departements[code][0]

    def epci_name(self, siren: str) -> str | None:
        """The name of an intercommunalité, « Nantes Métropole »."""
        return self._epci_names.get(siren)

    def find_epci(self, text: str) -> list[str]:
        """SIREN codes of the intercommunalités that bear this name, their kind said or not."""
        numbers = [n for kind, n in self.index.hits(glue(text)) if kind == Kind.EPCI]
        return [str(self.index.described["epci"][number][0]) for number in numbers]

    @cached_property
    def _ranks_by_epci(self) -> dict[str, list[int]]:
        return self._ranks_by_field(5)

    @cached_property
    def _ranks_by_departement(self) -> dict[str, list[int]]:
        return self._ranks_by_field(2)

    def _ranks_by_field(self, field: int) -> dict[str, list[int]]:
        ranks: dict[str, list[int]] = {}
        for rank in range(len(self)):
            ranks.setdefault(self.index.row(rank)[field], []).append(rank)
        return ranks
