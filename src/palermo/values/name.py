"""Names of persons and firms: kept as written, with spaces and composition tidied."""

import unicodedata


def normalise(written: str) -> str | None:
    """Return the name in NFC with single spaces; nothing else is changed, since order, case and
    script of a name are evidence."""
    return " ".join(unicodedata.normalize("NFC", written).split()) or None


def validate(value: str) -> bool:
    return normalise(value) == value
