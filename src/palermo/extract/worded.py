"""Reads claims off lists of phrases; shared by the extractors whose values are such lists."""

from collections.abc import Iterator

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values.denial import denied
from palermo.values.phrases import Said
from palermo.vocabulary import Kind

SURE, WEAK = 0.85, 0.5


class Worded(TextExtractor):
    """Finds the phrases of the list of its name; one that is denied ("no ...") says nothing."""

    kind: Kind

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        for index, text, said in batch.said(self.name):
            for one in said:
                if not denied(text, one.start, one.end):
                    yield index, self.hit(text, one)

    def hit(self, text: str, said: Said) -> Hit:
        """Return what a phrase of a folded text is worth."""
        value, language, weak, _ = said.phrase
        reason = f"words for “{value.replace('_', ' ')}” ({language})"
        reason += "; they are of other trades too" if weak else ""
        confidence = WEAK if weak else SURE
        return Hit(self.kind, value, said.start, said.end, confidence, reason)
