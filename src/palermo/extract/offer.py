"""Finds documents that are offered: which, of which country, said to be how, sent how."""

import re
from collections.abc import Iterator

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values.denial import denied
from palermo.values.phrases import Said
from palermo.vocabulary import Kind

_SENTENCE = re.compile(r"[.!?\n。！？]")
_SAID = "said."
_SELLING = frozenset({"said.genuine", "said.registered", "said.copy", "said.parcel", "offered"})


class Offer(TextExtractor):
    """Finds documents on offer, in many languages; one that is only asked for or kept is none."""

    name = "offer"
    version = "1"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        for index, text, said in batch.said(self.name):
            for sentence in _sentences(text, said):
                for hit in _offered(text, sentence):
                    yield index, hit


def _sentences(text: str, said: list[Said]) -> Iterator[list[Said]]:
    """Give the phrases sentence by sentence."""
    own: list[Said] = []
    for one in said:
        if own and _SENTENCE.search(text, own[-1].end, one.start):
            yield own
            own = []
        own.append(one)
    yield own


def _offered(text: str, said: list[Said]) -> Iterator[Hit]:
    """An offer says more than the document: how good it is, that it is sold or sent; or it lists
    several. What speaks of a demand outweighs."""
    around = {one.phrase.value for one in said}
    documents = [
        one
        for one in said
        if one.phrase.value not in _SELLING | {"demanded"} and not denied(text, one.start, one.end)
    ]
    several = len({one.phrase.value for one in documents}) > 1
    if "demanded" in around or not (around & _SELLING or several):
        return
    told = sorted(value.removeprefix(_SAID) for value in around if value.startswith(_SAID))
    details = {"said": ", ".join(told)} if told else {}
    why = "with words of an offer" if around & _SELLING else "in a list of documents"
    for one in documents:
        reason = f"a document {why} ({one.phrase.language})"
        sure = 0.85 if around & _SELLING else 0.6
        yield Hit(Kind.SERVICE, one.phrase.value, one.start, one.end, sure, reason, details)
