"""Fees: a price with what it is for, ``fare:900.00 EUR/person``; and per whom, where that is told."""

from palermo.values import price

PURPOSES = ("fare", "wage", "deposit", "balance", "instalment", "document", "lodging", "fee")
PERSONS = ("adult", "child", "family", "attempt")


def compose(purpose: str, amount: str, per: str | None = None) -> str:
    """Return a fee of a price's value; `per` counts only where the price says nothing of it."""
    return f"{purpose}:{amount}" + (f"/{per}" if per and "/" not in amount else "")


def normalise(written: str) -> str | None:
    """Return a fee in its one form, or None."""
    purpose, _, amount = written.strip().partition(":")
    amount, _, per = amount.partition("/")
    if purpose not in PURPOSES or not amount:
        return None
    person = per in PERSONS
    value = price.normalise(amount if person or not per else f"{amount}/{per}")
    return compose(purpose, value, per if person else None) if value else None


def validate(value: str) -> bool:
    return normalise(value) == value
