"""What tests of every stage share."""

from collections.abc import Callable
from pathlib import Path

import pytest

from training import train

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """Return a file of the real material; skip the test where that is absent."""

    def find(path: str) -> Path:
        if not (SHARED / path).exists():
            pytest.skip(f"real material is absent: {SHARED / path}")
        return SHARED / path

    return find


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that holds a training investigation, run; copy it before changing it."""
    return train(tmp_path_factory.mktemp("training"))
