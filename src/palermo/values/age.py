"""Ages in full years."""

LEAST, MOST = 1, 99


def normalise(written: str) -> str | None:
    """Return the years without leading zeros for digits of any script, or None."""
    text = written.strip()
    if not text or not all(c.isdecimal() for c in text) or len(text) > 3:
        return None
    years = int(text)
    return str(years) if LEAST <= years <= MOST else None


def validate(value: str) -> bool:
    return normalise(value) == value
