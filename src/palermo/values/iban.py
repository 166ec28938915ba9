"""International bank account numbers: no spaces, checksum and the country's structure right."""

from stdnum import iban as _iban
from stdnum.exceptions import ValidationError


def normalise(written: str) -> str | None:
    try:
        return str(_iban.validate(written.replace("\u00a0", " "), check_country=False))
    except (ValidationError, ValueError):
        return None


def validate(value: str) -> bool:
    return normalise(value) == value
