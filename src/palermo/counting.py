"""Says how many there are of something, in English."""


def many(number: int, one: str, more: str = "") -> str:
    """Return "1 exhibit", "2,000 exhibits"; `more` where that is not `one` and an s."""
    return f"{number:,} {one if number == 1 else more or f'{one}s'}"
