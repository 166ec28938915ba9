from pathlib import Path

import pytest

from palermo.simulate import simulate


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One small case, written once for all tests here."""
    folder = tmp_path_factory.mktemp("case") / "a"
    simulate(folder, 11, "small")
    return folder
