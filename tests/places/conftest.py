from pathlib import Path

import pytest

from bot.places.communes import Communes
from bot.places.resolving import Places

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


@pytest.fixture(scope="session")
def communes(tmp_path_factory: pytest.TempPathFactory) -> Communes:
    return Communes.load(KNOWLEDGE, tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session")
def places(communes: Communes) -> Places:
    return Places(communes)
