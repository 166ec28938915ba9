"""Cuts large exhibits into sections, so that processes share them and what is finished is kept."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from palermo import stages
from palermo.run.keeping import finished
from palermo.run.prints import Prints
from palermo.store.case import Case
from palermo.store.engine import Engine

SECTION_BYTES = 16 << 20  # compressed or not: some ten thousand pages


@dataclass(slots=True)
class Parted:
    """An exhibit in sections: a job for each that is still to be read."""

    version: str  # what its reading rests on
    jobs: list[stages.DecodeJob]
    left: int


def divide(
    case: Case, large: Sequence[stages.DecodeJob], prints: Prints, engine: Engine
) -> dict[str, Parted]:
    """Return by exhibit what is left to read of those that can be read in sections; each job of
    `large` is one exhibit."""
    asked = [
        stages.DivideJob(blob=b, context=x, size=SECTION_BYTES)
        for [(b, x)] in (j.exhibits for j in large)
    ]
    jobs = {job.exhibits[0][1].exhibit: job for job in large}
    parted: dict[str, Parted] = {}
    for one, divided in engine.do(stages.divide, asked, SECTION_BYTES * len(asked)):
        if len(divided.sections) < 2:
            continue
        exhibit = one.context.exhibit
        version = prints.of(divided.decoder, one.context.statement.mapping)
        with case.catalogue.read() as connection:
            done = finished(connection, exhibit, version)
        left = [s for s in divided.sections if s.name not in done] or divided.sections
        made = [
            dataclasses.replace(
                jobs[exhibit],
                exhibits=[(one.blob, dataclasses.replace(one.context, section=section))],
            )
            for section in left
        ]
        parted[exhibit] = Parted(version, made, len(made))
    return parted
