"""The verb `run`: decode, extract, link and patterns over a case, and only what is new.

Each step commits as it goes: whatever kills the process, the same command goes on from there.
"""

from palermo.progress import Progress
from palermo.run import seeing
from palermo.run.counts import Counts
from palermo.run.decoding import decode
from palermo.run.extracting import extract
from palermo.run.prints import is_stale
from palermo.run.seeing import see_without
from palermo.run.sighting import sight
from palermo.safeguards.permit import Permit
from palermo.store.case import Case
from palermo.store.engine import engine

__all__ = ["Counts", "is_stale", "run", "see", "see_without"]


def run(
    case: Case, permit: Permit, progress: Progress, master: str | None = None
) -> tuple[int, Counts]:
    """Take every step, here or on the Spark of `master`; return the run's number, and what was
    new."""
    counts = Counts()
    with engine(master) as at:
        decode(case, permit, progress, counts, at)
        extract(case, permit, progress, counts, at)
        sight(case, permit)
        return seeing.see(case, permit, progress, at), counts


def see(case: Case, permit: Permit, progress: Progress) -> int:
    """Take the last step alone: what decisions have changed."""
    with engine() as at:
        return seeing.see(case, permit, progress, at)
