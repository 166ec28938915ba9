"""The fictional case, whole and empty, as tests of every format take it."""

import pytest

from dossier import make
from palermo.share.format import Dossier
from palermo.vocabulary import EVENTS


@pytest.fixture(scope="session")
def dossier() -> Dossier:
    return make()


@pytest.fixture(scope="session")
def empty() -> Dossier:
    """A case in which nothing was found and nothing decided."""
    full = make()
    tables = {
        name: getattr(full, name).slice(0, 0)
        for name in ("exhibits", "events", "claims", "links", "findings", "identities",
                     "decisions", "persons", "disclosure", "problems")
    }  # fmt: skip
    assert tables["events"].schema.names == [*EVENTS.names, "exhibit_number"]
    return make(**tables, withheld={})
