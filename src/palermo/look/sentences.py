"""Cuts texts into sentences that may be somebody's own, without what is read in them."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

import polars as pl

from palermo.look.style import script

# Sentences that are looked for, and words that one must have to be somebody's.
SENTENCES, WORDS, LETTERS = 60, 5, 8
# Scripts that write no spaces between words.
_SPACELESS = frozenset(
    {"CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER", "TIBETAN"}
)
_CUT_WITHIN = re.compile(r"[\s，、：]+")
_CUT = re.compile(r"[.!?\n。！？।؟\u0e2f;]+")


def sentences(adverts: pl.DataFrame, filled: pl.DataFrame) -> Iterator[str]:
    """Give the different sentences of texts without what claims `filled` in, those of the most
    postings first."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for event, start, end in filled.select("event", "start", "end").drop_nulls().iter_rows():
        spans.setdefault(event, []).append((start, end))
    seen: dict[str, set[str]] = {}
    for event, posting, text in adverts.select("event", "posting", "text").iter_rows():
        for words in _cut(without(text, spans.get(event, ()))):
            seen.setdefault(words, set()).add(posting)
    ordered = sorted(seen, key=lambda words: (-len(seen[words]), words))
    yield from ordered[:SENTENCES]


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text with blanks where claims read something in it."""
    bare = list(text)
    for start, end in spans:
        bare[start:end] = " " * (min(end, len(bare)) - start)
    return "".join(bare)


def _cut(text: str) -> Iterator[str]:
    """Give the sentences of a text that are long enough to be somebody's, without signs and figures;
    of scripts that write no spaces, what stands between spaces and commas."""
    for sentence in _CUT.split(text):
        if script(sentence) in _SPACELESS:
            parts = (_letters(part) for part in _CUT_WITHIN.split(sentence))
            yield from (part for part in parts if len(part) >= LETTERS)
        elif len((words := _letters(sentence)).split()) >= WORDS:
            yield words


def _letters(text: str) -> str:
    kept = (c if unicodedata.category(c)[0] in "LM" else " " for c in text)
    return " ".join("".join(kept).split())
