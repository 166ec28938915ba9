"""When a journey begins: a date as of `values/date`, a day of the week, or a day told in words."""

from palermo.values import date

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TOLD = ("today", "tomorrow", "this_week", "next_week", "daily", "weekly")


def normalise(written: str) -> str | None:
    """Return ``2026-03-12``, ``--03-12``, ``friday``, ``every:friday`` or a word of `TOLD`; or None."""
    text = written.strip()
    if text in TOLD or text.removeprefix("every:") in DAYS:
        return text
    return date.normalise(text)


def validate(value: str) -> bool:
    return normalise(value) == value
