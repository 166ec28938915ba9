"""Finds how and when something is to be paid."""

import re

from palermo.extract.claims import Hit
from palermo.extract.worded import Worded
from palermo.values.phrases import Said
from palermo.vocabulary import Kind

_BEFORE = re.compile(r"\b(\d{1,2})(?: ?x)? \Z")
_AFTER = re.compile(r" (?:em|en|in|a|de|of|по|на|:)? ?(\d{1,2})\b(?! ?(?:%|eur|usd|euro|€|\$))")


class Term(Worded):
    """Finds terms of payment: on arrival, by instalments, held and released by a code, off wages ..."""

    name = "term"
    version = "1"
    kind = Kind.TERM

    def hit(self, text: str, said: Said) -> Hit:
        """Instalments keep how many there are, where that is said."""
        hit = super().hit(text, said)
        if hit.value != "instalments":
            return hit
        count = _BEFORE.search(text, max(0, said.start - 8), said.start) or _AFTER.match(
            text, said.end
        )
        return hit._replace(details={"count": count[1]}) if count else hit
