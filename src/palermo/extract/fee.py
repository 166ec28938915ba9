"""Finds what a price is for: a journey, a wage, a deposit, an instalment; and per whom."""

import re
from collections.abc import Iterator, Sequence

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.extract.price import Price
from palermo.values import fee
from palermo.values.phrases import Said
from palermo.vocabulary import Kind

_FAR = 60  # beyond it, in characters with breaks counted as `_BREAK`, words tell nothing of a price
_NEAR = 15  # so near, words tell of this price whatever else the text speaks of
_BREAK = 18
_STOP = re.compile(r"[.!?](?=\s|\Z)|[\n。！？]")
_COMMA = re.compile(r"[,;،؛，；、]|\s[-–—|]\s")
_COUNT = re.compile(r"(\d{1,2}) ?x? ?\Z")
# What a price per such a time can be for; one without any may be for all.
_UNITS = {
    "wage": {"hour", "day", "week", "month", "year"},
    "lodging": {"day", "night", "week", "month", "person"},
    "fare": {*fee.PERSONS, "person", ""},
    "deposit": {"person", ""},
    "balance": {""},
    "document": {"person", ""},
}
_EACH = {"person", "adult", "child", "family", "attempt"}
_PER = "per."


class Fee(TextExtractor):
    """Finds fees in many languages: a price, what it is for, and per whom."""

    name = "fee"
    version = "1"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        said = {index: (text, own) for index, text, own in batch.said(self.name)}
        for index, price in batch.hits(Price()):
            if index in said and (found := _fee(price, *said[index])):
                yield index, found


def _fee(price: Hit, text: str, said: Sequence[Said]) -> Hit | None:
    unit = price.value.partition("/")[2]
    ranked = sorted(_distances(price, text, said), key=lambda pair: pair[0])
    per = next((s for _, s in ranked if s.phrase.value.startswith(_PER)), None)
    if per and not unit:
        unit = per.phrase.value.removeprefix(_PER)
    purposes = [(d, s) for d, s in ranked if _fits(s, unit)]
    chosen = purposes[0] if purposes else None
    if chosen and chosen[0] > _NEAR and chosen[1].phrase.value == "lodging":
        # "room included, 500 a week": where work is offered, it is the wage
        work = [s for s in said if s.phrase.value == "wage" and _fits(s, unit)]
        chosen = (_FAR, work[0]) if work else chosen
    if chosen is None and unit in _EACH:
        chosen = next(((0, s) for s in said if s.phrase.value == "fare"), None)
    if chosen is None and (per is None or unit not in fee.PERSONS):
        return None
    purpose = chosen[1].phrase.value if chosen else "fee"
    value = fee.compose(purpose, price.value, unit or None)
    details = dict(price.details)
    if purpose == "instalment" and chosen:
        count = _COUNT.search(text, max(0, chosen[1].start - 5), chosen[1].start)
        details |= {"count": count[1]} if count else {}
    whose = [text[s.start : s.end].strip() for s in (chosen and chosen[1], per) if s]
    reason = f"a price beside “{'” and “'.join(whose)}”"
    sure = price.confidence * (0.9 if chosen and not chosen[1].phrase.weak else 0.7)
    return Hit(Kind.FEE, value, price.start, price.end, round(sure, 3), reason, details)


def _fits(said: Said, unit: str) -> bool:
    value, weak = said.phrase.value, said.phrase.weak
    if value.startswith(_PER):
        return False
    units = _UNITS.get(value)
    if units is None:
        return True
    if not unit:
        return (value in ("wage", "lodging") and not weak) or "" in units
    return unit in units


def _distances(price: Hit, text: str, said: Sequence[Said]) -> Iterator[tuple[int, Said]]:
    """Yield how far phrases stand from a price, those of its own sentence."""
    for one in said:
        before = one.end <= price.start
        gap = (one.end, price.start) if before else (price.end, one.start)
        if gap[0] > gap[1]:  # within the price, as the unit may be
            gap = (one.start, one.start)
        if gap[1] - gap[0] > _FAR or _STOP.search(text, *gap):
            continue
        breaks = len(_COMMA.findall(text[slice(*gap)]))
        distance = gap[1] - gap[0] + _BREAK * breaks + (0 if before else 4)
        far = _NEAR + _BREAK if one.phrase.value.startswith(_PER) else _FAR
        if distance <= far:
            yield distance, one
