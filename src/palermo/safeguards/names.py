"""Finds known names in texts, however they are written there: in any order and case, with or without
marks, broken over lines or over the codes of a bank's fields."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from palermo.safeguards.masking import Span
from palermo.values.alike import unmixed
from palermo.values.ordinary import WORDS
from palermo.values.text import fold

_TOKEN = re.compile(r"[^\W\d_]+")
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670\u0640\u200b-\u200f\u00ad"
# What may stand between two letters of one name: blanks and signs, or a subfield's code.
_GAP = re.compile(rf"[\s{_MARKS}\-‐‑–—_.,;:'’·/]{{0,5}}|\s{{0,4}}[?>&+<]\d\d\s{{0,4}}")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")
_HEAD = 3  # letters by which names are looked up
_SHORT = 6  # letters of a name that is looked for only where a gap parts its words
_LONGEST = 40  # letters back in which a word before a name is looked for
_LONE = 4  # letters of a name's word that is masked by itself


class _Spread(NamedTuple):
    """The folded letters of a text, the place of each, and where words begin and end."""

    letters: str
    at: list[int]
    starts: list[int]  # positions in `letters`, of each word
    ends: list[int]


class Names:
    """Names of the case, each with its node, ready to be looked for."""

    def __init__(self, people: Iterable[tuple[str, str]], places: Iterable[str] = ()) -> None:
        """`people`: a name as written or as normalised, and its node. `places`: what the case writes
        of places; a firm's name can hold one, which does not stand for the firm."""
        self._places = {"".join(map(_folded, _TOKEN.findall(place))) for place in places}
        self._keys: dict[str, set[str]] = defaultdict(set)  # folded letters of a name → nodes
        self._words: dict[str, set[str]] = defaultdict(set)  # node → folded words
        self._together: dict[str, set[str]] = defaultdict(set)  # written without spaces → nodes
        for name, node in people:
            self._add(name, node)
        # What a place of a text is asked first: few places begin like a name.
        self._heads = {key[:_HEAD] for key in self._keys}
        self._longest = max(map(len, self._keys), default=0)
        self._sizes = sorted({*map(len, self._together)})

    def _add(self, name: str, node: str) -> None:
        words = [folded for word in _TOKEN.findall(name) if (folded := _folded(word))]
        self._words[node] |= {*words}
        if len(words) == 1 and len(name) > 2 and _SPACELESS.fullmatch(name):
            self._together[name].add(node)
        if not 1 < len(words) < 8:
            return
        orders = {(a, b) for a, b in itertools.permutations(words, 2)} | {tuple(words)}
        for order in orders:
            key = "".join(order)
            if len(order) < len(words) and {key, "".join(reversed(order))} & self._places:
                continue
            if len(key) >= _HEAD + 1 and max(map(len, order)) > 1:
                self._keys[key].add(node)

    def unlike(self, other: "Names") -> tuple[list[str], list[str]]:
        """Return by what texts are told that these names and others may find different spans in: one
        of the first among a text's `letters`, or of the second in the text itself."""
        return _differing(self._keys, other._keys), _differing(self._together, other._together)

    def spans(self, text: str) -> list[Span]:
        """Return where a text writes a name with two of its words or more."""
        found = [*self._unspaced(text)] if self._together else []
        if not self._keys:
            return found
        spread = _spread(text)
        for word, start in enumerate(spread.starts):
            if spread.letters[start : start + _HEAD] not in self._heads:
                continue
            for end in itertools.islice(spread.ends, word, None):
                if end - start > self._longest:
                    break
                nodes = self._keys.get(spread.letters[start:end])
                if nodes and _whole(text, spread, start, end):
                    found += self._grown(text, spread, start, end, nodes)
        return found

    def _unspaced(self, text: str) -> Iterator[Span]:
        """Give the names of a script without spaces, which stand anywhere in its runs."""
        for run in _SPACELESS.finditer(text):
            for start in range(run.start(), run.end()):
                for size in self._sizes:
                    if start + size > run.end():
                        break
                    for node in self._together.get(text[start : start + size], ()):
                        yield Span(start=start, end=start + size, node=node)

    def _grown(
        self, text: str, spread: _Spread, start: int, end: int, nodes: set[str]
    ) -> Iterator[Span]:
        """Give the spans of a name, with its other words on either side."""
        for node in nodes:
            first, last = spread.at[start], spread.at[end - 1] + 1
            words = self._words[node]
            while (more := _TOKEN.search(text, last)) and _joins(
                text, last, more.start(), words, more
            ):
                last = more.end()
            while (less := _last_token(text, first)) and _joins(
                text, less.end(), first, words, less
            ):
                first = less.start()
            yield Span(start=first, end=last, node=node)


class Held:
    """Many words, of which a text is asked at once which it holds, each with whose word it is."""

    def __init__(self, words: Iterable[tuple[str, tuple[str, str]]]) -> None:
        # By one run of a word's letters: wherever the word stands, a token holds that run.
        self._by_run: dict[str, set[tuple[str, tuple[str, str]]]] = defaultdict(set)
        for word, person in words:
            self._by_run[max(_TOKEN.findall(word), key=len, default="")].add((word, person))
        self._sizes = sorted({*map(len, self._by_run)} - {0})
        self._known: dict[str, set[str]] = {}  # a case writes few different tokens

    def within(self, text: str) -> set[tuple[str, tuple[str, str]]]:
        runs = {""} & self._by_run.keys()
        for token in _TOKEN.findall(text) if self._sizes else ():
            if token not in self._known:
                self._known[token] = {
                    token[at : at + size]
                    for size in self._sizes
                    for at in range(len(token) - size + 1)
                } & self._by_run.keys()
            runs |= self._known[token]
        return {pair for run in runs for pair in self._by_run[run] if pair[0] in text}


class Lone:
    """A few people, each looked for by one word of a name.

    A word in small letters that is also an ordinary word is none, unless the name is written so.
    """

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._words: dict[str, set[str]] = defaultdict(set)  # folded word → nodes
        written = []
        for name, node in people:
            words = {name, *(word for word in name.split() if len(word) >= _LONE)} - {""}
            written += [(word, (name, node)) for word in words]
            for word in _TOKEN.findall(name):
                if len(word) >= _LONE:
                    self._words[_folded(word)].add(node)
        self._written = Held(written)

    def spans(self, text: str) -> list[Span]:
        """Return where a text names one of them."""
        found = []
        for word, (_, node) in self._written.within(text):
            at = text.find(word)
            while at >= 0:
                found.append(Span(start=at, end=at + len(word), node=node))
                at = text.find(word, at + len(word))
        for token in _TOKEN.finditer(text) if self._words else ():
            nodes = self._words.get(folded := _folded(token[0]))
            if nodes and not (token[0].islower() and folded in WORDS):
                found += [Span(start=token.start(), end=token.end(), node=node) for node in nodes]
        return sorted(found, key=lambda span: span.node)


def letters(text: str) -> str:
    """Return the folded letters of a text, in which names are looked for."""
    return _spread(text).letters


def _differing(a: dict[str, set[str]], b: dict[str, set[str]]) -> list[str]:
    return sorted(key for key in a.keys() | b.keys() if a.get(key) != b.get(key))


def _joins(text: str, start: int, end: int, words: set[str], token: re.Match[str]) -> bool:
    return _GAP.fullmatch(text, start, end) is not None and _folded(token[0]) in words


def _last_token(text: str, end: int) -> re.Match[str] | None:
    return next(reversed([*_TOKEN.finditer(text, max(0, end - _LONGEST), end)]), None)


def _spread(text: str) -> _Spread:
    parts: list[str] = []
    at: list[int] = []
    starts, ends = [], []
    for token in _TOKEN.finditer(text):
        starts.append(len(at))
        word = token[0]
        if word.isascii():
            parts.append(word.lower())
            at += range(token.start(), token.end())
        else:
            for place, letter in enumerate(unmixed(word), token.start()):
                folded = _folded(letter)
                parts.append(folded)
                at += [place] * len(folded)
        ends.append(len(at))
    return _Spread("".join(parts), at, starts, ends)


def _whole(text: str, spread: _Spread, start: int, end: int) -> bool:
    """Whether words that spell a name have no more than a name's gaps between them."""
    gaps = 0
    for a, b in itertools.pairwise(spread.at[start:end]):
        if b - a > 1:
            gaps += 1
            if not _GAP.fullmatch(text, a + 1, b):
                return False
    return gaps > 0 or end - start > _SHORT


@lru_cache(maxsize=1 << 16)
def _folded(word: str) -> str:
    return "".join(c for c in fold(unmixed(word)) if c.isalpha())
