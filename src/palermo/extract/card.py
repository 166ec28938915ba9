"""Finds payment card numbers in text, by Luhn's check digit and the issuers' ranges."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Hit, TextExtractor
from palermo.values import card
from palermo.vocabulary import Kind

_CUE = re.compile(
    r"(?:card|carta|karte|tarjeta|carte|visa|master|карт|卡|บัตร|بطاقة|thẻ)[^\n\d]{0,24}\Z", re.I
)
_GROUPED = re.compile(
    r"\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{1,3})?\Z|\d{4}([ -])\d{6}\2\d{4,5}\Z"
)
_OTHER = re.compile(
    r"(?:imei|isbn|ean|gtin|mmsi|iccid|tracking|order)\W{0,3}(?:no\W?|number\W?)?\Z|"
    r"[A-Za-z0-9][.,-]?\Z|\+\Z",
    re.I,
)


class Card(TextExtractor):
    """Finds payment cards whose check digit and issuer's range are right."""

    name = "card"
    version = "1"
    pattern = r"[0-9](?:[ -]?[0-9]){11,18}"

    def read(self, text: str, start: int, end: int, region: str | None) -> Iterator[Hit]:
        lead, written = text[max(0, start - 30) : start], text[start:end]
        if _OTHER.search(lead) or (end < len(text) and text[end].isalnum() and text[end].isascii()):
            return
        value = card.normalise(written)
        if value is None:
            return
        if _CUE.search(lead):
            confidence, reason = 0.97, "a card is spoken of"
        elif _GROUPED.match(written):
            confidence, reason = 0.9, "grouped as on a card"
        else:
            confidence, reason = 0.6, "one in ten numbers passes this check by chance"
        brand = card.brand(value) or ""
        yield Hit(Kind.CARD, value, start, end, confidence, reason, {"brand": brand})
