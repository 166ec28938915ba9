"""Finds when a journey begins: dates, days of the week and days told in words, beside words of
leaving or of travel."""

import re
from collections.abc import Iterator, Sequence

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.extract.date import Date
from palermo.values.departure import DAYS, TOLD
from palermo.values.phrases import Said
from palermo.vocabulary import Kind

_FAR = 32  # characters between words of leaving and a day
_STOP = re.compile(r"[.!?](?=\s|\Z)|[\n。！？]")
_CUES = ("leaving", "travel")
_REPEATED = ("every", "daily", "weekly")
# Days of the week in forms that mean each of them: "Fridays", "freitags", "по пятницам".
_EACH = re.compile(
    r"(?:days|dis|dimanches|(?:seg|ter|quar|quin|sex)\w*as|sabados|domingos|tags|wochs|ам|ям)\Z|щ|每"
)


class Departure(TextExtractor):
    """Finds dates of travel, also as days of the week and as “tonight” and “every Friday”."""

    name = "departure"
    version = "1"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        said = {
            index: (text, own)
            for index, text, own in batch.said(self.name)
            if any(one.phrase.value in _CUES for one in own)
        }
        for index, (text, own) in said.items():
            for hit in _days(text, own):
                yield index, hit
        for index, date in batch.hits(Date()):
            if index in said and (beside := _beside(date.start, date.end, *said[index])):
                yield index, _departure(date, beside)


def _days(text: str, said: Sequence[Said]) -> Iterator[Hit]:
    for n, one in enumerate(said):
        value, start = one.phrase.value, one.start
        if value not in DAYS and value not in TOLD:
            continue
        if value in DAYS:
            last = said[n - 1] if n else None
            joined = last is not None and not text[last.end : one.start].strip()
            if joined and last and last.phrase.value in _REPEATED:
                value, start = f"every:{value}", last.start
            elif _EACH.search(text[one.start : one.end]):
                value = f"every:{value}"
        elif _before_a_day(text, said, n):
            continue
        if beside := _beside(start, one.end, text, said):
            hit = Hit(Kind.DEPARTURE, value, start, one.end, 0.9, "")
            yield _departure(hit, beside)


def _before_a_day(text: str, said: Sequence[Said], n: int) -> bool:
    """Whether "every day" or "every week" is but the beginning of "every Friday"."""
    following = said[n + 1] if n + 1 < len(said) else None
    return (
        following is not None
        and following.phrase.value in DAYS
        and not text[said[n].end : following.start].strip()
    )


def _beside(start: int, end: int, text: str, said: Sequence[Said]) -> Said | None:
    """Return the word of leaving near a day, or one of travel in its sentence."""
    for cue in _CUES:
        for one in said:
            if one.phrase.value != cue:
                continue
            gap = (one.end, start) if one.end <= start else (end, one.start)
            near = gap[1] - gap[0] <= (_FAR if cue == "leaving" else 3 * _FAR)
            if near and gap[0] <= gap[1] and not _STOP.search(text, *gap):
                return one
    return None


def _departure(hit: Hit, beside: Said) -> Hit:
    leaving = beside.phrase.value == "leaving"
    reason = "a day beside words of leaving" if leaving else "a day where travel is spoken of"
    sure = round(hit.confidence * (0.95 if leaving else 0.7), 3)
    return Hit(Kind.DEPARTURE, hit.value, hit.start, hit.end, sure, reason, hit.details)
