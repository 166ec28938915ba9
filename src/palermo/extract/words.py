"""Finds in the words of many texts at once those that the gazetteer knows; a part of `place`."""

from collections.abc import Sequence

import numpy as np
import polars as pl
import pyarrow as pa

from palermo.values import place
from palermo.values.ordinary import WORDS

LONGEST = 4  # words in a name
_WORD = r"[\p{L}\p{M}]+(?:['’ʼ][\p{L}\p{M}]+)*"
_SMALL = 20_000  # people of the smallest town that is told by its name in small letters


class Words:
    """The words of texts as codes: each word is folded and looked up once, however often it stands.

    `telling` leads from a text's index to the positions of words that a name may begin with;
    `names` from codes, `longer` from codes of words in a row, to names of the gazetteer.
    """

    def __init__(self, texts: pl.Series) -> None:
        found = texts.str.extract_all(_WORD)
        self._bounds = np.append(0, found.list.len().cum_sum().to_numpy()).astype(np.int64)
        encoded = found.explode(empty_as_null=False).drop_nulls().to_arrow()
        encoded = encoded.cast(pa.large_string()).dictionary_encode()
        self._codes: np.ndarray = encoded.indices.to_numpy()
        self.words: list[str] = encoded.dictionary.to_pylist()
        folded = pl.DataFrame({"word": pl.Series(encoded.dictionary)}, schema={"word": pl.String})
        keys = folded.select(place.key(pl.col("word"))).to_series()
        self.keys: list[str] = keys.to_list()
        self.names = self._single(keys)
        self.longer: dict[tuple[int, ...], int] = {}
        self.reach: dict[int, int] = {}  # of a code, how many words the names have that it begins
        tells = np.zeros(len(self.words), dtype=bool)
        tells[list(self.names)] = True
        at = np.flatnonzero(tells[self._codes] | self._begins(keys))
        self.telling = self._by_text(at)
        named = place.gazetteer().countries
        firsts = {word for name in named for word in (name, name.partition(" ")[0])}
        lands = np.array([key in firsts for key in self.keys], dtype=bool)
        self.countries = set(self._texts_of(np.flatnonzero(lands[self._codes])).tolist())
        self.shouting = self._shouting()

    def of(self, index: int) -> list[int]:
        """Return the codes of a text's words."""
        codes: list[int] = self._codes[self._bounds[index] : self._bounds[index + 1]].tolist()
        return codes

    def _shouting(self) -> set[int]:
        """Return the texts of which most words have a capital, so that one says nothing."""
        firsts = [word[0] for word in self.words]
        cased = self._counted([letter.lower() != letter.upper() for letter in firsts])
        capitals = self._counted(
            [letter.lower() != letter.upper() and letter.isupper() for letter in firsts]
        )
        return set(np.flatnonzero((cased > 2) & (capitals > 0.6 * cased)).tolist())

    def _counted(self, marked: Sequence[bool]) -> np.ndarray:
        """Return how many words of each text are marked, given the marks of the different words."""
        counts = np.append(0, np.cumsum(np.array(marked, dtype=bool)[self._codes]))
        return np.diff(counts[self._bounds])

    def _texts_of(self, at: np.ndarray) -> np.ndarray:
        return np.searchsorted(self._bounds, at, side="right") - 1

    def _by_text(self, at: np.ndarray) -> dict[int, list[int]]:
        """Return positions among all words as positions in their texts."""
        texts = self._texts_of(at)
        inside = (at - self._bounds[texts]).tolist()
        by_text: dict[int, list[int]] = {}
        for text, position in zip(texts.tolist(), inside, strict=True):
            by_text.setdefault(text, []).append(position)
        return by_text

    def _single(self, keys: pl.Series) -> dict[int, int]:
        """Return the words that are names by themselves, but for those never taken for one: in
        small letters an ordinary word, or a small town's."""
        gazetteer = place.gazetteer()
        found = gazetteer.names.find(keys)
        names = dict(zip(found["at"].to_list(), found["name"].to_list(), strict=True))
        return {code: name for code, name in names.items() if self._may_be_named(code, name)}

    def _may_be_named(self, code: int, name: int) -> bool:
        word = self.words[code]
        if not word.islower():
            return True
        cities, names = place.gazetteer().cities, place.gazetteer().names
        big = any(cities[city].population >= _SMALL for city in names[name])
        return big and len(word) > 3 and self.keys[code] not in WORDS

    def _begins(self, keys: pl.Series) -> np.ndarray:
        """Return at which of all words a name of several words begins; and note the names."""
        names = place.gazetteer().names
        begins = np.zeros(len(self._codes), dtype=bool)
        last = np.zeros(len(self._codes), dtype=bool)  # of its text
        last[self._bounds[1:][np.diff(self._bounds) > 0] - 1] = True
        at = np.flatnonzero(names.begin(keys)[self._codes] & ~last)
        pairs = self._codes[at].astype(np.int64) << 32 | self._codes[at + (len(self._codes) > 1)]
        unique, where = np.unique(pairs, return_inverse=True)
        firsts = keys.gather((unique >> 32).astype(np.uint32))
        seconds = keys.gather((unique & 0xFFFFFFFF).astype(np.uint32))
        at = at[names.begin(firsts + " " + seconds)[where]]
        ends = self._bounds[self._texts_of(at) + 1]
        codes = self._codes.tolist() if len(at) else []
        grams = {
            tuple(codes[first : first + n]): None
            for first, end in zip(at.tolist(), ends.tolist(), strict=True)
            for n in range(2, min(LONGEST, end - first) + 1)
        }
        listed = list(grams)
        joined = pl.Series(
            [" ".join(self.keys[c] for c in gram) for gram in listed], dtype=pl.String
        )
        found = names.find(joined)
        for gram, name in zip(found["at"].to_list(), found["name"].to_list(), strict=True):
            self.longer[listed[gram]] = name
            first = listed[gram][0]
            self.reach[first] = max(self.reach.get(first, 1), len(listed[gram]))
        known = set(self.longer)
        for first in at.tolist():
            begins[first] = any(
                tuple(codes[first : first + n]) in known for n in range(2, LONGEST + 1)
            )
        return begins
