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
# A ligature stands for several letters; from `SPAN` on, each kind of span has a number of its own.
NOTHING, LETTER, NUMBER, HAN, ABUGIDA, NONE, LIGATURE, UNSEEN, SPAN = range(9)
# How many words a piece stands for: a word itself, a pair of Chinese or Japanese characters, a pair
# of Thai, Lao, Khmer, Burmese or Tibetan ones (words of 1.5 to 2 characters, and of 4 to 5).
TENTHS = (10, 6, 3)
WORTH = np.array(TENTHS) / 10
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
# The sort of a piece, by the third byte of its code.
_SORT_OF_PLANE = bytes(max(plane - 1, 0) >> _BITS - 16 for plane in range(256))
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
            if self.what[point] != NONE:  # a sign adds nothing to the word before it
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
    bounds = _bounds(texts)
    what = _alphabet.what[points]
    if (what == UNSEEN).any():
        _alphabet.learn(np.unique(points[what == UNSEEN]).tolist())
        what = _alphabet.what[points]
    if spans is not None and len(spans):
        ordered = spans.sort("kind", descending=True)  # what is written last stands
        start, end = (ordered[name].to_numpy().astype(np.int64) for name in ("start", "end"))
        where = ranges(bounds[ordered["row"].to_numpy()] + start, end - start)
        what[where] = np.repeat(ordered["kind"].to_numpy().astype(np.uint8) + SPAN, end - start)
    return _joined(_cut(points, what, bounds))


def _cut(points: Ints, what: Bytes, bounds: Ints) -> Pieces:
    """Cut where the sort of character changes; what is nothing, as a joiner or a mark, cuts not."""
    at = np.arange(len(points))
    if (what == LIGATURE).any():
        points, counts = _lengthened(points, np.flatnonzero(what == LIGATURE))
        at = np.repeat(at, counts)
        what = np.repeat(np.where(what == LIGATURE, np.uint8(LETTER), what), counts)
    if (what == NOTHING).any():
        kept = np.flatnonzero(what != NOTHING)
        at, points, what = at[kept], points[kept], what[kept]
    fresh = np.empty(len(what) + 1, dtype=bool)
    fresh[1:-1] = (what[1:] != what[:-1]) | (what[1:] == HAN) | (what[1:] == ABUGIDA)
    fresh[np.searchsorted(at, bounds)] = fresh[0] = fresh[-1] = True
    said = what != NONE
    begins, ends = np.flatnonzero(fresh[:-1] & said), np.flatnonzero(fresh[1:] & said) + 1
    first, last = at[begins], np.append(at, bounds[-1])[ends]  # a last letter has its marks with it
    starts = np.searchsorted(first, bounds)
    counts = np.diff(starts)
    last = np.minimum(last, np.repeat(bounds[1:], counts))
    offset = np.repeat(bounds[:-1], counts)
    what = what[begins]
    sorts = (what == HAN).view(np.uint8) + 2 * (what == ABUGIDA).view(np.uint8)
    slot = (what == NUMBER).view(np.uint8) + (what >= SPAN) * (what - np.uint8(SPAN - 2))
    hashes = _hashed(points, begins)
    return Pieces(starts, hashes, sorts, slot, first - offset, last - offset)


def _hashed(points: Ints, begins: Ints) -> Hashes:
    """Return the hash of each piece; what stands between two pieces adds nothing."""
    if not len(begins):
        return np.empty(0, dtype=np.uint64)
    power, inverse = _powers(len(points))
    return mix(np.add.reduceat(_alphabet.hashes[points] * power, begins) * inverse[begins])


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


def _joined(cut: Pieces) -> Pieces:
    """Make one slot of those that stand side by side, of whose kinds the highest names it, and
    pairs of neighbouring characters of scripts without spaces."""
    keep = np.ones(len(cut.slot), dtype=bool)
    inside = np.ones(len(cut.slot) + 1, dtype=bool)  # of a text: not its first piece
    inside[cut.starts] = False
    slots = np.flatnonzero(cut.slot)
    follows = (np.diff(slots) == 1) & inside[slots[1:]]
    if follows.any():
        run = np.flatnonzero(np.append(True, ~follows))
        begins, ends = slots[run], slots[np.append(run[1:], len(slots)) - 1]
        cut.slot[begins] = np.maximum.reduceat(cut.slot[slots], run)
        cut.last[begins] = cut.last[ends]
        keep[slots[1:][follows]] = False
    spaceless = cut.sorts > 0
    if spaceless.any():
        pair = np.flatnonzero(spaceless[1:] & spaceless[:-1] & inside[1:-1])
        cut.hashes[pair] = mix(cut.hashes[pair] * np.uint64(3) + cut.hashes[pair + 1])
        cut.last[pair] = cut.last[pair + 1]
        keep[pair + 1] = False  # the last of a run, but for what begins a pair itself
        keep[pair] = True
    return cut if keep.all() else cut.take(keep)


def codes(cut: Pieces) -> list[str]:
    """Return each text as a string of one character a word, slots left out."""
    words = np.flatnonzero(cut.slot == 0)
    whole = characters(cut)[words].tobytes().decode("utf-32-le")
    bounds = np.searchsorted(words, cut.starts).tolist()
    return [whole[a:b] for a, b in pairwise(bounds)]


def characters(cut: Pieces) -> NDArray[np.uint32]:
    """Return the character that stands for each piece."""
    points = np.uint32(_CODES) + (cut.sorts.astype(np.uint32) << np.uint32(_BITS))
    return points + (cut.hashes.astype(np.uint32) & np.uint32((1 << _BITS) - 1))


def points(coded: list[str]) -> tuple[NDArray[np.uint32], Ints, Bytes]:
    """Return the characters of coded texts end to end, their bounds, and their sorts."""
    whole = np.frombuffer("".join(coded).encode("utf-32-le"), dtype=np.uint32)
    sorts = ((whole - np.uint32(_CODES)) >> np.uint32(_BITS)).astype(np.uint8)
    return whole, _bounds(coded), sorts


def _bounds(texts: list[str]) -> Ints:
    out = np.zeros(len(texts) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=out[1:])
    return out


def tenths(coded: str) -> int:
    """Return how many tenths of a word a coded text is worth: a whole number, so that whether a text
    has enough words does not hang on how a sum was rounded."""
    sorts = coded.encode("utf-32-le")[2::4].translate(_SORT_OF_PLANE)
    word, han, abugida = TENTHS
    return word * sorts.count(0) + han * sorts.count(1) + abugida * sorts.count(2)


def ranges(starts: Ints, sizes: Ints) -> Ints:
    """Return starts[0], starts[0]+1, ... for each start and size, end to end."""
    ends = np.cumsum(sizes)
    within = np.arange(ends[-1] if len(ends) else 0, dtype=np.int64)
    out: Ints = within + np.repeat(starts - (ends - sizes), sizes)
    return out
