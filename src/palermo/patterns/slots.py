"""Writes near texts down as one template: the words that most keep, and slots with their values.

Every text is aligned with one of them, so that a slot is a place, not a word; all clusters are
aligned at once, as most of the work is done on arrays.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq
from rapidfuzz.process import cdist

from palermo.link.codes import CHUNK, Ints, Pieces, characters, pieces, ranges
from palermo.link.likeness import brief

# A word is constant where fewer than a fifth of the texts have something else.
DIFFER = 0.2
# Texts among which the one that is like the others most is looked for, as base of the alignment.
TRIED = 6
# A slot is named by the kind of value that at least half of its values hold.
NAMED = 0.5
_SLOT = 0xE000  # stands for any slot in an aligned text
_EDGES = " \t\r\n,;:.!?、。，：؛،"


# Where a slot of the base begins, its own words begin and end (-1: it has none there), and it ends.
_Spot = tuple[int, int, int, int]


class Template(NamedTuple):
    """`text` is readable, each slot as "{its name}"; `values` has a row a text, a value a slot."""

    text: str
    slots: tuple[str, ...]
    values: list[tuple[str, ...]]


def templates(
    clusters: Sequence[Sequence[str]], spans: pl.DataFrame | None, kinds: Sequence[str]
) -> list[Template]:
    """Write the template of each cluster of near texts.

    `spans`: row (of the texts counted through all clusters), start, end, kind (a number, named by
    `kinds`): values that were read in the texts.
    """
    out: list[Template] = []
    for first, batch in _batches(clusters):
        own = None
        if spans is not None:
            last = first + sum(map(len, batch)) - 1
            own = spans.filter(pl.col("row").is_between(first, last))
            own = own.with_columns(pl.col("row").cast(pl.Int64) - first)
        out += _Alignment(batch, own).written(kinds)
    return out


def _batches(clusters: Sequence[Sequence[str]]) -> Iterator[tuple[int, list[Sequence[str]]]]:
    """Yield clusters of about `CHUNK` texts together, and the row of the first text."""
    batch: list[Sequence[str]] = []
    row = size = 0
    for cluster in clusters:
        if batch and size + len(cluster) > CHUNK:
            yield row, batch
            row, size, batch = row + size, 0, []
        batch.append(cluster)
        size += len(cluster)
    if batch:
        yield row, batch


class _Alignment:
    """Texts of some clusters, end to end, each aligned with its cluster's base.

    A column is a piece of a base. Columns of all bases have one numbering; each base has a column
    before its first piece and one after its last, which every text has: its ends.
    """

    def __init__(self, clusters: Sequence[Sequence[str]], spans: pl.DataFrame | None) -> None:
        self.sizes = np.array([len(cluster) for cluster in clusters])
        self.texts = [text for cluster in clusters for text in cluster]
        self.cut = pieces(self.texts, spans)
        words = _with_slots(self.cut)
        self.cluster = np.repeat(np.arange(len(clusters)), self.sizes)
        begins = np.cumsum(self.sizes) - self.sizes
        self.base = np.array(
            [b + _best(words[b : b + n]) for b, n in zip(begins, self.sizes, strict=True)]
        )
        self.lengths = np.diff(self.cut.starts)
        self.points = np.array([len(text) for text in self.texts])
        self.columns = np.concatenate([[0], np.cumsum(self.lengths[self.base] + 2)])
        self.row, self.column, self.place = self._aligned(words)
        self.constant = self._constants()

    def _aligned(self, words: list[str]) -> tuple[Ints, Ints, Ints]:
        """Return text, column and place of every piece that stands in the base too, in order; the
        ends have places -1 and the text's length."""
        blocks: list[int] = []  # row, column, place, length; end to end
        for row, (text, of) in enumerate(zip(words, self.base[self.cluster].tolist(), strict=True)):
            base = words[of]
            blocks += (row, -1, -1, 1)
            if text == base:
                blocks += (row, 0, 0, len(text))
            else:
                for i, j, n in LCSseq.editops(base, text).as_matching_blocks()[:-1]:
                    blocks += (row, i, j, n)
            blocks += (row, len(base), len(text), 1)
        table = np.array(blocks, dtype=np.int64).reshape(-1, 4)
        rows = np.repeat(table[:, 0], table[:, 3])
        columns = ranges(table[:, 1] + 1 + self.columns[self.cluster[table[:, 0]]], table[:, 3])
        return rows, columns, ranges(table[:, 2], table[:, 3])

    def _constants(self) -> NDArray[np.bool_]:
        """Say of each column whether it is constant: kept by most texts, and no slot."""
        often = np.bincount(self.column, minlength=self.columns[-1])
        of = np.repeat(np.arange(len(self.sizes)), np.diff(self.columns))
        constant = often > (1 - DIFFER) * self.sizes[of]
        first, last = self.columns[:-1], self.columns[1:] - 1
        inner = np.ones(len(often), dtype=bool)
        inner[first] = inner[last] = False
        own = self.cut.starts[self.base]
        slot = self.cut.slot[ranges(own, self.lengths[self.base])] > 0
        constant[np.flatnonzero(inner)[slot]] = False
        constant[~inner] = True
        return constant

    def written(self, kinds: Sequence[str]) -> list[Template]:
        rank = _before(self.constant)  # of constant columns, and so of the gaps after them
        kept = self.constant[self.column]
        row, gap, place = self.row[kept], rank[self.column[kept]], self.place[kept]
        together = row[1:] == row[:-1]
        row, start, end = row[1:][together], gap[:-1][together], gap[1:][together]
        after, before = place[:-1][together], place[1:][together]
        slot = self._slots(rank, start[(end == start + 1) & (before > after + 1)])
        # a text may lack a constant word: what stands between those it has fills the first slot
        number = _before(slot)
        filled = np.flatnonzero(number[start] < number[end])
        nth = number[start[filled]]
        values = self._values(row[filled], after[filled], before[filled])
        names = self._names(
            row[filled], nth, after[filled], before[filled], (int(slot.sum()), kinds)
        )
        firsts = number[rank[self.columns[:-1]]]
        counts = np.diff(np.append(firsts, slot.sum())).tolist()
        table = [[""] * counts[cluster] for cluster in self.cluster.tolist()]
        offset = nth - firsts[self.cluster[row[filled]]]
        for text, at, value in zip(row[filled].tolist(), offset.tolist(), values, strict=True):
            table[text][at] = value
        return self._read(np.flatnonzero(self.constant), slot, firsts, (names, table))

    def _slots(self, rank: Ints, inserted: Ints) -> NDArray[np.bool_]:
        """Say of each gap between constant columns whether it is a slot: where the base has other
        words, or enough texts have words that the base has not."""
        columns = np.flatnonzero(self.constant)
        apart = np.diff(columns, append=columns[-1:] + 1) > 1
        often = np.bincount(inserted, minlength=len(columns))
        of = np.searchsorted(self.columns, columns, "right") - 1
        slot = apart | ((often > 0) & (often >= DIFFER * self.sizes[of]))
        slot[rank[self.columns[1:] - 1]] = False  # nothing stands after the end
        out: NDArray[np.bool_] = slot
        return out

    def _values(self, row: Ints, after: Ints, before: Ints) -> list[str]:
        starts, ends = self._bounds(row, after, before)
        return [
            self.texts[text][start:end].strip(_EDGES)
            for text, start, end in zip(row.tolist(), starts.tolist(), ends.tolist(), strict=True)
        ]

    def _bounds(self, row: Ints, after: Ints, before: Ints) -> tuple[Ints, Ints]:
        """Return where in a text what stands between two of its pieces begins and ends."""
        begin, size = self.cut.starts[row], self.lengths[row]
        start, end = np.zeros(len(row), dtype=np.int64), self.points[row]
        inner = after >= 0
        start[inner] = self.cut.last[(begin + after)[inner]]
        inner = before < size
        end[inner] = self.cut.first[(begin + before)[inner]]
        return start, end

    def _names(
        self, row: Ints, nth: Ints, after: Ints, before: Ints, named: tuple[int, Sequence[str]]
    ) -> list[str]:
        """Name each slot by the kind that most of its values hold."""
        count, kinds = named
        begin = self.cut.starts[row]
        inside = ranges(begin + after + 1, before - after - 1)
        which = np.repeat(np.arange(len(row)), before - after - 1)
        held = self.cut.slot[inside].astype(np.int64)
        several = len(kinds) + 2
        each = which[held > 0] * several + held[held > 0]
        each.sort()
        each = each[np.append(True, each[1:] != each[:-1])] if len(each) else each
        often = np.bincount(
            nth[each // several] * several + each % several, minlength=count * several
        )
        often = often.reshape(count, several)
        often[:, 1] -= 1  # digits that nothing was read from name a slot where nothing else does
        most, all_ = often.argmax(axis=1), np.bincount(nth, minlength=count)
        words = ["", "number", *kinds]
        good = often[np.arange(count), most] >= NAMED * all_ - (most == 1)
        return [
            words[k] if yes else "" for k, yes in zip(most.tolist(), good.tolist(), strict=True)
        ]

    def _read(
        self,
        constants: Ints,
        slot: NDArray[np.bool_],
        firsts: Ints,
        found: tuple[list[str], list[list[str]]],
    ) -> list[Template]:
        names, table = found
        out, text = [], 0
        spots, bounds = self._spots(constants, slot), [*firsts.tolist(), len(names)]
        for (first, last), base, size in zip(
            pairwise(bounds), self.base.tolist(), self.sizes.tolist(), strict=True
        ):
            own = _distinct(names[first:last])
            values = [tuple(row) for row in table[text : text + size]]
            out.append(
                Template(_shown(self.texts[base], spots[first:last], own), tuple(own), values)
            )
            text += size
        return out

    def _spots(self, constants: Ints, slot: NDArray[np.bool_]) -> list[_Spot]:
        of = np.searchsorted(self.columns, constants, "right") - 1
        places, gaps = constants - self.columns[of] - 1, np.flatnonzero(slot)
        row, after, before = self.base[of[gaps]], places[gaps], places[gaps + 1]
        start, end = self._bounds(row, after, before)
        filled = before > after + 1
        begin = self.cut.starts[row[filled]]
        left, right = np.full(len(gaps), -1), np.full(len(gaps), -1)
        left[filled] = np.maximum(start[filled], self.cut.first[begin + after[filled] + 1])
        right[filled] = np.minimum(end[filled], self.cut.last[begin + before[filled] - 1])
        columns = (start, left, np.maximum(left, right), end)
        return list(zip(*(column.tolist() for column in columns), strict=True))


def _shown(text: str, spots: Sequence[_Spot], names: Sequence[str]) -> str:
    """Write a text with its slots open; the signs around a slot stay."""
    out, at = [], 0
    for (start, left, right, end), name in zip(spots, names, strict=True):
        out.append(text[at:start])
        if left < 0:
            out += [" {", name, "}", text[start:end] or " "]
        else:
            out += [text[start:left], "{", name, "}", text[right:end]]
        at = max(end, start)
    return " ".join("".join([*out, text[at:]]).split())


def _distinct(names: list[str]) -> list[str]:
    """Number slots without a name, and those whose name others have too."""
    out: list[str] = []
    for place, name in enumerate(names, 1):
        before = names[: place - 1].count(name)
        out.append(str(place) if not name else f"{name} {before + 1}" if before else name)
    return out


def _before(flags: NDArray[np.bool_]) -> Ints:
    """Return how many are true before each."""
    out: Ints = np.cumsum(flags) - flags
    return out


def _with_slots(cut: Pieces) -> list[str]:
    """Return texts as `codes` does, with slots."""
    whole = np.where(cut.slot > 0, np.uint32(_SLOT), characters(cut)).tobytes().decode("utf-32-le")
    bounds = cut.starts.tolist()
    return [whole[a:b] for a, b in pairwise(bounds)]


def _best(words: list[str]) -> int:
    if len(words) < 3:
        return 0
    some = [brief(text) for text in words[:TRIED]]
    return int(cdist(some, some, scorer=Indel.normalized_similarity).sum(axis=1).argmax())
