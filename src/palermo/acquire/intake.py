"""Brings in what the sources give, as far as the authority and the consents let it in."""

import dataclasses
from collections.abc import Iterator, Sequence
from pathlib import Path

from palermo import wiring
from palermo.acquire.source import Source
from palermo.progress import Progress
from palermo.safeguards import consent
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Invalid, Refused
from palermo.store.case import Case
from palermo.vocabulary import Capture, Statement


@dataclasses.dataclass(frozen=True, slots=True)
class Intake:
    """What one permit lets in; `refused` tells what it does not, and why."""

    case: Case
    gate: Gate
    permit: Permit
    refused: list[str]

    def captures(
        self, where: Sequence[str], statement: Statement, origin: str | None, progress: Progress
    ) -> Iterator[Capture]:
        """Fetch files and folders; `origin` names their source in place of this machine's paths."""
        done = 0
        with self.case.catalogue.read() as connection:
            register = consent.load(connection)
        for place in where:
            for capture in _source(place).fetch(place, statement):
                if origin is not None:
                    capture = _renamed(capture, place, origin)
                stated = consent.numbered(capture.statement.consent)
                capture.statement = dataclasses.replace(capture.statement, consent=stated)
                why_not = consent.why_not(register, stated, self.permit.at)
                try:
                    self.gate.check(
                        self.permit, origin=capture.origin, consent=stated, why_not=why_not
                    )
                except Refused as no:
                    self.refused.append(f"{capture.origin}: {no.why}. {no.next}")
                    continue
                yield capture
                done += 1
                progress("add", done, 0)


def _source(place: str) -> Source:
    sources: dict[str, Source] = wiring.plugins("sources")
    for source in sources.values():
        if source.accepts(place):
            return source
    raise Invalid(f"add {place}", "no source brings this in", "Name a file or folder")


def _renamed(capture: Capture, place: str, origin: str) -> Capture:
    base = Path(place).absolute().as_uri()
    inside = capture.origin.removeprefix(base).lstrip("/") or capture.name
    return dataclasses.replace(capture, origin=f"{origin}/{inside}")
