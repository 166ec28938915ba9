"""What a reading, its claims and a run rest on, as digests: where one changes, that is done again."""

import hashlib
from typing import Any

import sqlalchemy as sa

from palermo import wiring
from palermo.custody.log import canonical
from palermo.decode.decoder import Decoder
from palermo.review import risk
from palermo.store import catalogue as c
from palermo.store import references
from palermo.store.case import Case


def digest(*parts: object) -> str:
    return hashlib.sha256(canonical(parts).encode()).hexdigest()[:16]


class Prints:
    """What the reading of an exhibit rests on, as a digest: decoder, authority, references.

    A table whose statement names its mapping rests on that one alone. One whose mapping is found
    by its header rests on all: a new one may fit it better.
    """

    def __init__(self, saved: dict[str, Any], scope: object) -> None:
        self.saved, self.scope = saved, scope
        self.decoders: dict[str, Decoder] = wiring.plugins("decoders")
        self.known: dict[tuple[str | None, str | None], str] = {}

    def of(self, method: str | None, mapping: str | None) -> str:
        """Digest what a reading by `method` rests on; None: no decoder understood the exhibit."""
        key = (method, mapping)
        if key not in self.known:
            self.known[key] = self._digest(method, mapping)
        return self.known[key]

    def _digest(self, method: str | None, mapping: str | None) -> str:
        mappings, sites = self.saved["mapping"], self.saved["site"]
        if method is None:
            versions = sorted((name, d.version) for name, d in self.decoders.items())
            return digest(versions, self.scope, mappings, sites)
        if method not in self.decoders:
            return ""
        own = mappings if mapping is None else {mapping: mappings.get(mapping)}
        decoder = self.decoders[method]
        rests = [
            {"mappings": own, "sites": sites}[kind] for kind in getattr(decoder, "references", ())
        ]
        return digest(decoder.version, self.scope, rests)


def inputs(case: Case) -> tuple[str, str]:
    """Return digests of what links and risks rest on, and of all that a run rests on."""
    f = c.lake_file.c
    with case.catalogue.read() as connection:
        query = sa.select(f.sha256).where(f.kind.in_(("events", "claims"))).order_by(f.sha256)
        files = list(connection.execute(query).scalars())
        made = connection.execute(sa.select(sa.func.max(c.decision.c.number))).scalar()
        lists = references.load(connection)["words"]
    matchers, patterns = (
        [(name, plugin.version) for name, plugin in wiring.plugins(group).items()]
        for group in ("matchers", "patterns")
    )
    evidence = digest(files, matchers, risk.VERSION, lists)
    return evidence, digest(evidence, made, patterns)


def is_stale(case: Case) -> bool:
    """Whether evidence or decisions have changed since the last run."""
    with case.catalogue.read() as connection:
        last = connection.execute(
            sa.select(c.run.c.inputs).order_by(c.run.c.number.desc()).limit(1)
        ).scalar()
    return last != inputs(case)[1]
