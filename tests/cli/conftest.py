"""The command line as a function, and a case to use it on."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import linked_case
from palermo.ui.cli.main import main


@dataclass(frozen=True)
class Told:
    """What a command did: its exit code, standard output and standard error."""

    code: int
    out: str
    err: str


@pytest.fixture
def palermo(capsys: pytest.CaptureFixture[str]) -> Callable[..., Told]:
    """Run a command in this process, as `palermo WORDS` would."""

    def run(*words: object) -> Told:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in words])
        assert isinstance(ended.value.code, int)
        told = Told(ended.value.code, *capsys.readouterr())
        # What nobody foresaw is told so: in a test it is a fault.
        assert "report this fault" not in told.out + told.err, told
        return told

    return run


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return linked_case.make(tmp_path_factory.mktemp("cli"))


@pytest.fixture
def case(made: Path, tmp_path: Path) -> Path:
    """A case of one's own, run."""
    return Path(shutil.copytree(made, tmp_path / "case"))


PALERMO = [sys.executable, "-m", "palermo"]
