"""Cuts texts of any script into words, and writes each text as one character a word.

Words are told apart by hashes of our own, so that the same texts give the same codes on every
machine. Scripts that write no spaces are cut into overlapping pairs of characters.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.values.text import plain

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Bytes = NDArray[np.uint8]

# What a code point is to a text.
# A ligature stands for several letters.
NOTHING, LETTER, NUMBER, HAN, ABUGIDA, NONE, LIGATURE, UNSEEN = range(8)
# How many words a piece stands for: a word itself, a pair of Chinese or Japanese characters, a pair
# of Thai, Lao, Khmer, Burmese or Tibetan ones (words of 1.5 to 2 characters, and of 4 to 5).
WORTH = np.array([1.0, 0.6, 0.3])
_HAN = (
    (0x3005, 0x3008), (0x3041, 0x3100), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00),
    (0x20000, 0x31350),
)  # fmt: skip
_ABUGIDA = (
    (0x0E01, 0x0E3B), (0x0E40, 0x0E4F), (0x0E80, 0x0EE0), (0x0F40, 0x0FBD), (0x1000, 0x10A0),
    (0x1780, 0x17D4), (0x1950, 0x19E0), (0xA9E0, 0xAA80),
)  # fmt: skip

CHUNK = 120  # texts whose code points stay in a core's cache
# A code is a code point: two bits for the sort of piece, 18 bits of its hash, above 0x10000.
_CODES, _BITS = 0x10000, 18
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))


def mix(x: Hashes) -> Hashes:
    """Spread bits over the whole word (the finaliser of SplitMix64, Steele et al. 2014)."""
    x = (x + _GOLDEN) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of texts end to end: words, pairs of characters, and slots.

    `starts` has one more than there are texts. `first` and `last` are code points of the text as
    given. `slot` is 0 for a word, 1 for digits, and 2 + the kind's number for a span.
    """

    starts: Ints
    hashes: Hashes
    sorts: Bytes  # an index of `WORTH`
    slot: Bytes
    first: Ints
    last: Ints

    def take(self, keep: NDArray[np.bool_]) -> "Pieces":
        at = np.flatnonzero(keep)
        return Pieces(
            np.searchsorted(at, self.starts),
            self.hashes[at],
            self.sorts[at],
            self.slot[at],
            self.first[at],
            self.last[at],
        )


@dataclass(slots=True)
class _Alphabet:
    """What each code point is, and the hash of what it folds to; learned when it is first met."""

    what: Bytes = field(default_factory=lambda: np.full(0x110000, UNSEEN, dtype=np.uint8))
    hashes: Hashes = field(default_factory=lambda: np.zeros(0x110000, dtype=np.uint64))
    longer: dict[int, str] = field(default_factory=dict)  # what folds to several: ligatures

    def learn(self, points: Iterable[int]) -> None:
        for point in points:
            folded = plain(chr(point))
            kinds = {_what(ord(c)) for c in folded} - {NOTHING}
            self.what[point] = NUMBER if _what(point) == NUMBER else max(kinds, default=NOTHING)
            letters = folded if LETTER in kinds and len(kinds) == 1 else folded[:1]
            if len(letters) > 1:
                self.longer[point], self.what[point] = letters, LIGATURE
                self.learn(o for c in letters if self.what[o := ord(c)] == UNSEEN)
            number = np.array([ord(letters) if len(letters) == 1 else point], dtype=np.uint64)
            self.hashes[point] = mix(number)[0]


def _what(point: int) -> int:
    category = unicodedata.category(chr(point))
    if category in ("Cf", "Mn", "Me"):
        return NOTHING
    if category[0] in "LM":
        for kind, ranges_ in ((HAN, _HAN), (ABUGIDA, _ABUGIDA)):
            if any(start <= point < end for start, end in ranges_):
                return kind
        return LETTER
    return NUMBER if category[0] == "N" else NONE


_alphabet = _Alphabet()


def pieces(texts: list[str], spans: pl.DataFrame | None = None) -> Pieces:
    """Cut texts; `spans` (row, start, end, kind: a number) become slots, as runs of digits do.

    Where spans overlap the lower kind stands. Slots that only signs part are one.
    """
    whole = "".join(texts)
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.int64)
    bounds = np.cumsum([0, *map(len, texts)])
    what = _alphabet.what[points]
    if (what == UNSEEN).any():
        _alphabet.learn(np.unique(points[what == UNSEEN]).tolist())
        what = _alphabet.what[points]
    slot = (what == NUMBER).astype(np.uint8)
    if spans is not None and len(spans):
        ordered = spans.sort("kind", descending=True)  # what is written last stands
        start, end = (ordered[name].to_numpy().astype(np.int64) for name in ("start", "end"))
        where = ranges(bounds[ordered["row"].to_numpy()] + start, end - start)
        slot[where] = np.repeat(ordered["kind"].to_numpy().astype(np.uint8) + 2, end - start)
        what[where] = NUMBER
    return _paired(_merged(_cut(points, what, slot, bounds)))


def _cut(points: Ints, what: Bytes, slot: Bytes, bounds: Ints) -> Pieces:
    """Cut where the sort of character changes; what is nothing, as a joiner or a mark, cuts not."""
    at = np.arange(len(points), dtype=np.int32)
    if (what == LIGATURE).any():
        points, counts = _lengthened(points, np.flatnonzero(what == LIGATURE))
        at, slot = np.repeat(at, counts), np.repeat(slot, counts)
        what = np.repeat(np.where(what == LIGATURE, np.uint8(LETTER), what), counts)
    if (what == NOTHING).any():
        kept = np.flatnonzero(what != NOTHING)
        at, points, what, slot = at[kept], points[kept], what[kept], slot[kept]
    edges = np.searchsorted(at, bounds)
    fresh = np.empty(len(what) + 1, dtype=bool)
    fresh[1:-1] = (what[1:] != what[:-1]) | (what[1:] == HAN) | (what[1:] == ABUGIDA)
    fresh[1:-1] |= slot[1:] != slot[:-1]
    fresh[edges] = fresh[0] = fresh[-1] = True
    cuts = np.flatnonzero(fresh)
    begins, ends = cuts[:-1], cuts[1:]
    power, inverse = _powers(len(points))
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(_alphabet.hashes[points] * power)])
    hashes = mix((sums[ends] - sums[begins]) * inverse[begins])
    starts = np.searchsorted(begins, edges)
    row = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    after = np.append(at, bounds[-1])[ends]  # a word's last letter has its marks with it
    first, last = at[begins] - bounds[row], np.minimum(after, bounds[row + 1]) - bounds[row]
    cut = Pieces(starts, hashes, what[begins], slot[begins], first, last)
    return cut.take(cut.sorts != NONE)


def _lengthened(points: Ints, long: Ints) -> tuple[Ints, Ints]:
    """Write ligatures out; return the points and how many came of each."""
    counts = np.ones(len(points), dtype=np.int64)
    texts = [_alphabet.longer[int(point)] for point in points[long]]
    counts[long] = [len(text) for text in texts]
    out = np.repeat(points, counts)
    out[ranges((np.cumsum(counts) - counts)[long], counts[long])] = [
        ord(c) for text in texts for c in text
    ]
    return out, counts


_known: list[tuple[Hashes, Hashes]] = [(np.empty(0, np.uint64), np.empty(0, np.uint64))]


def _powers(n: int) -> tuple[Hashes, Hashes]:
    """Return powers 0 to n - 1 of an odd number and of its inverse, modulo 2 to the 64th."""
    if len(_known[0][0]) < n:
        both = []
        for base in (_GOLDEN, _INVERSE):
            steps = np.full(2 * n, base, dtype=np.uint64)
            steps[0] = 1
            both.append(np.cumprod(steps, dtype=np.uint64))
        _known[0] = (both[0], both[1])
    return _known[0][0][:n], _known[0][1][:n]


def _merged(cut: Pieces) -> Pieces:
    """Make one slot of those that stand side by side; of their kinds the highest names it."""
    follows = np.zeros(len(cut.slot), dtype=bool)
    follows[1:] = (cut.slot[1:] > 0) & (cut.slot[:-1] > 0)
    follows[cut.starts[:-1][cut.starts[:-1] < len(follows)]] = False
    if not follows.any():
        return cut
    begins = np.flatnonzero(~follows)
    ends = np.append(begins[1:], len(follows)) - 1
    slot, last = cut.slot.copy(), cut.last.copy()
    slot[begins] = np.maximum.reduceat(cut.slot, begins)
    last[begins] = cut.last[ends]
    return Pieces(cut.starts, cut.hashes, cut.sorts, slot, cut.first, last).take(~follows)


def _paired(cut: Pieces) -> Pieces:
    """Put neighbouring characters of scripts without spaces together in pairs."""
    spaceless = (cut.sorts == HAN) | (cut.sorts == ABUGIDA)
    sorts = np.where(cut.sorts == HAN, 1, np.where(cut.sorts == ABUGIDA, 2, 0)).astype(np.uint8)
    if not spaceless.any():
        return Pieces(cut.starts, cut.hashes, sorts, cut.slot, cut.first, cut.last)
    before = np.zeros(len(spaceless), dtype=bool)  # the piece before is such a character too
    before[1:] = spaceless[1:] & spaceless[:-1]
    before[cut.starts[:-1][cut.starts[:-1] < len(before)]] = False
    pair = np.flatnonzero(before) - 1
    hashes, last = cut.hashes.copy(), cut.last.copy()
    hashes[pair] = mix(hashes[pair] * np.uint64(3) + hashes[pair + 1])
    last[pair] = last[pair + 1]
    after = np.append(before[1:], False)
    whole = Pieces(cut.starts, hashes, sorts, cut.slot, cut.first, last)
    return whole.take(after | ~before)


def codes(cut: Pieces) -> list[str]:
    """Return each text as a string of one character a word, slots left out."""
    words = cut.take(cut.slot == 0)
    points = np.uint32(_CODES) + (words.sorts.astype(np.uint32) << np.uint32(_BITS))
    points += (words.hashes & np.uint64((1 << _BITS) - 1)).astype(np.uint32)
    whole = points.tobytes().decode("utf-32-le")
    bounds = words.starts.tolist()
    return [whole[a:b] for a, b in pairwise(bounds)]


def points(coded: list[str]) -> tuple[NDArray[np.uint32], Ints, Bytes]:
    """Return the characters of coded texts end to end, their bounds, and their sorts."""
    whole = np.frombuffer("".join(coded).encode("utf-32-le"), dtype=np.uint32)
    sorts = ((whole - np.uint32(_CODES)) >> np.uint32(_BITS)).astype(np.uint8)
    return whole, np.cumsum([0, *map(len, coded)]), sorts


def worth(coded: list[str]) -> NDArray[np.float64]:
    """Return how many words each coded text has, about."""
    _, bounds, sorts = points(coded)
    sums = np.concatenate([[0.0], np.cumsum(WORTH[sorts])])
    out: NDArray[np.float64] = sums[bounds[1:]] - sums[bounds[:-1]]
    return out


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return starts[0], starts[0]+1, ... for each start and size, end to end."""
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0, dtype=np.int64)
    out: Ints = within + np.repeat(starts - (ends - sizes), sizes)
    return out
