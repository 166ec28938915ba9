"""Tells the register of consents: who agreed to what, whether it is over, what was given under it."""

import dataclasses
from datetime import datetime

from palermo import answers
from palermo.safeguards import consent
from palermo.store.case import Case


def consents(case: Case, at: datetime, number: int | None = None) -> answers.Consents:
    """Return every consent on record, withdrawn ones too, or one of them."""
    with case.catalogue.read() as connection:
        register = consent.load(connection)
        counts = consent.counted(connection)
    return answers.Consents(
        consents=[
            answers.Consent(
                **dataclasses.asdict(one) | {"given": one.given.date()},
                over=one.over(at),
                exhibits=counts.get(str(one.number), 0),
            )
            for one in register.values()
            if number in (None, one.number)
        ]
    )
