import subprocess
import sys
from pathlib import Path

import yaml

from bot.language.folding import fold
from bot.places.communes import Communes, label
from bot.places.index import OPENING, open_index
from bot.places.spelling import expand
from tests.places.conftest import KNOWLEDGE


def test_every_commune_is_there_the_most_populous_first(communes: Communes) -> None:
    assert len(communes) == 34_969
    populations = [commune.population for commune in communes]
    assert populations == sorted(populations, reverse=True)
    assert next(iter(communes)).name == "Paris"


def test_a_commune_knows_its_territories(communes: Communes) -> None:
    roubaix = communes.get("59512")
    assert roubaix is not None
    assert label(roubaix) == "Roubaix (59)"
    assert roubaix.postcodes == ("59100",)
    assert roubaix.departement_name == "Nord"
    assert roubaix.region_name == "Hauts-de-France"
    assert roubaix.epci_name == "Métropole Européenne de Lille"


def test_an_unknown_code_is_no_commune(communes: Communes) -> None:
    assert communes.get("99999") is None
    assert communes.in_epci("0") == []


def test_near_communes_are_of_the_same_intercommunality_first(communes: Communes) -> None:
    roubaix = communes.get("59512")
    assert roubaix is not None
    near = communes.near(roubaix)
    assert near[0].name == "Lille"
    assert roubaix not in near
    epcis = [commune.epci for commune in near]
    same = epcis.count(roubaix.epci)
    assert set(epcis[:same]) == {roubaix.epci}
    assert {commune.departement for commune in near} == {"59"}


def test_an_intercommunality_is_found_by_its_name(communes: Communes) -> None:
    assert communes.find_epci("métropole européenne de lille") == ["200093201"]
    assert communes.find_epci("MEL") == ["200093201"]
    assert communes.find_epci("roubaix") == []


def test_nicknames_and_demonyms_belong_to_present_communes(communes: Communes) -> None:
    for name in ("nicknames.yaml", "demonyms.yaml"):
        said = yaml.safe_load((KNOWLEDGE / name).read_text("utf-8"))
        assert len(said) >= 150
        assert all(communes.get(code) for code in said)


def test_the_index_is_built_again_when_a_source_changes(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    table = (KNOWLEDGE / "communes.tsv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in table if not line.startswith("commune") or "\tRoubaix\t" in line]
    (knowledge / "communes.tsv").write_text("".join(kept), "utf-8")
    for name in ("nicknames.yaml", "demonyms.yaml"):
        (knowledge / name).write_text('"59512": [rbx]\n', "utf-8")
    words = "words: [un]\nfirst_names: [zoé]\nforeign: [gand]\nwrappers: [de]\n"
    (knowledge / "words.yaml").write_text(words, "utf-8")
    assert not open_index(knowledge, tmp_path / "cache").hits("robe")
    (index,) = (tmp_path / "cache").iterdir()
    built = index.stat().st_mtime_ns
    open_index(knowledge, tmp_path / "cache")
    assert index.stat().st_mtime_ns == built
    (knowledge / "nicknames.yaml").write_text('"59512": [robe]\n', "utf-8")
    assert open_index(knowledge, tmp_path / "cache").hits("robe")
    assert index.exists()  # another checkout may still want it
    for nickname in ("rbe", "rob", "roro"):
        (knowledge / "nicknames.yaml").write_text(f'"59512": [{nickname}]\n', "utf-8")
        assert open_index(knowledge, tmp_path / "cache").hits(nickname)
    assert len(list((tmp_path / "cache").iterdir())) == 3


def test_a_cut_index_is_built_again_and_an_unwritable_cache_is_no_obstacle(tmp_path: Path) -> None:
    open_index(KNOWLEDGE, tmp_path)
    (index,) = tmp_path.iterdir()
    index.write_bytes(b"not an index")
    assert open_index(KNOWLEDGE, tmp_path).hits("roubaix")
    (tmp_path / "a file").touch()
    assert open_index(KNOWLEDGE, tmp_path / "a file").hits("roubaix")


def test_an_exact_name_loads_nothing_heavy(communes: Communes, tmp_path: Path) -> None:
    del communes
    script = (
        "import sys; from pathlib import Path\n"
        "from bot.places.communes import Communes\n"
        "from bot.places.resolving import Places\n"
        "places = Places(Communes.load(Path(sys.argv[1]), Path(sys.argv[2])))\n"
        "assert places.resolve('ville de Roubaix').commune\n"
        "print(sorted({'yaml', 'pydantic', 'rapidfuzz', 'numpy'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, str(KNOWLEDGE), str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)  # builds the index, with PyYAML
    second = subprocess.run(command, check=True, capture_output=True, text=True)
    assert second.stdout.strip() == "[]"


def test_every_name_opens_as_the_index_says(communes: Communes) -> None:
    index = communes.index
    names = {name for one in communes for name in (one.name, *one.former_names)}
    names |= {"Los Angeles", "Seine-Saint-Denis", "59100", "la ville rose"}
    keys = {"".join(expand(fold(name).split())) for name in names}
    assert not [key for key in keys if key[:OPENING] not in index.openings]
    assert "combiendecameras"[:OPENING] not in index.openings
