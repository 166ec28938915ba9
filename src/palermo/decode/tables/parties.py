"""Tells by its shape which kind of identifier a cell holds."""

import re
from collections.abc import Sequence

from stdnum import iban

from palermo.vocabulary import Kind


def holder_of(stated: str | None) -> tuple[Kind, str] | None:
    """Return kind and value of a statement's holder, "<kind>:<value>"."""
    kind, _, value = (stated or "").partition(":")
    return (Kind(kind), value) if value and kind in {known.value for known in Kind} else None


def kind_of(kinds: Sequence[Kind], text: str) -> Kind | None:
    """Return the first kind whose shape fits; the extractor `parties` checks it in full."""
    return next((kind for kind in kinds if len(kinds) == 1 or _looks_like(kind, text)), None)


def _looks_like(kind: Kind, text: str) -> bool:
    match kind:
        case Kind.IBAN:
            return bool(iban.is_valid(text))
        case Kind.EMAIL:
            return re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text) is not None
        case Kind.PHONE:
            return re.fullmatch(r"\+?[\d\s().\-/]{5,}", text) is not None
        case Kind.URL:
            return re.match(r"(?i)https?://|www\.", text) is not None
        case Kind.ACCOUNT:
            return any(letter.isdigit() for letter in text)
    return True
