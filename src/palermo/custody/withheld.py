"""Exhibits that stay sealed and are not read: in quarantine, or given with a consent that is over."""

from datetime import datetime

import sqlalchemy as sa

from palermo.custody import quarantine
from palermo.custody.forgetting import forget
from palermo.custody.log import Act
from palermo.safeguards import consent
from palermo.safeguards.permit import Permit
from palermo.store import catalogue as c
from palermo.store.case import Case


def withheld(connection: sa.Connection, at: datetime) -> dict[str, str]:
    """Return by exhibit why it is not read."""
    why = dict.fromkeys(quarantine.held(connection), "known material, in quarantine")
    return consent.held(connection, at) | why


def take_out(case: Case, permit: Permit) -> None:
    """Take what is withheld and was read before out of the lake and the index, with all that was
    seen from it; what lay in a file with it is read again without it.

    Only the case's one writer may call it.
    """
    with case.catalogue.write() as connection:
        why = consent.still_read(connection, permit.at)
        if not why:
            return
        forget(case, connection, why)
        problems = sa.delete(c.problem).where(c.among(c.problem.c.exhibit, why))
        connection.execute(problems)
        acts = [
            Act(
                act="withhold",
                actor=permit.actor,
                permit=permit.number,
                subject=exhibit,
                detail={"why": reason},
                rows={"problem": [exhibit]},
            )
            for exhibit, reason in sorted(why.items())
        ]
        case.log.append(connection, *acts)
    with case.catalogue.read() as connection:
        case.lake.sweep(connection)
