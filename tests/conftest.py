"""What tests of every stage share."""

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from offline import sitecustomize
from training import train

# A slow machine is no fault of what is tested.
settings.register_profile("palermo", deadline=None)
settings.load_profile("palermo")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"

# Every process that a test starts is kept off the network too: see tests/offline.
_folder = tempfile.TemporaryDirectory(prefix="palermo-network-")
_noted = Path(_folder.name) / "noted"
os.environ[sitecustomize.NOTED] = str(_noted)
_path = [str(Path(sitecustomize.__file__).parent), os.environ.get("PYTHONPATH", "")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, _path))


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """Fail a test that reached for the network, even where it went on without."""
    yield
    if _noted.exists():
        told = _noted.read_text(encoding="utf-8")
        _noted.unlink()
        pytest.fail(f"the network was used:\n{told}")


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
