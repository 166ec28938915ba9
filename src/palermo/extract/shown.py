"""Reads texts as they look to a reader: in plain letters, and without what cannot be seen."""

from collections.abc import Iterator

from palermo.extract.claims import Batch, Hit, TextExtractor


class ShownExtractor(TextExtractor):
    """Its `pattern` and `read` are given shown texts; the spans of its hits are the texts' own."""

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        texts, places = batch.shown
        for index, text, spans in batch.candidates(self.pattern, texts=texts):
            region = batch.regions[index]
            at = places.get(index)
            for first, last in spans:
                for hit in self.read(text, first, last, region):
                    if at:
                        hit = hit._replace(start=at[hit.start], end=at[hit.end - 1] + 1)
                    yield index, hit
