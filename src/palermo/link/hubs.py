"""Gathers near texts around hubs, so that a day's new texts cost in proportion to the day.

A text's number is drawn by its own words, and numbers decide who is a hub: in their order, a text
joins the hub before it that shares most keys with it and is near it, and is a hub where none is.
So the result depends on the set of texts alone, never on when they came; every member is near its
hub itself; and a new text disturbs few others, as it comes before the hub of a cluster of n only
once in n times (Y. Censor-Hillel, E. Haramaty, Z. Karnin, "Optimal dynamic distributed MIS", PODC
2016). Only the first hubs of a key are looked at: what more of them bear tells nobody apart.
"""

import hashlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import chain

import numpy as np
import polars as pl
from numpy.typing import NDArray

from palermo.link.codes import Hashes
from palermo.link.kept import KEYS, TEXTS, Kept, Run, compacted, indexed
from palermo.link.likeness import brief, exact, seem_near
from palermo.link.sketch import keys

# Hubs of a key that are looked at, and keys that a text must share with a hub. Sentences that a trade
# has in common stand in hundreds of templates: of a million simulated adverts with 15 % of the words
# changed 0.76 of the Thai ones were found when 8 were looked at, 0.94 with 32 and 0.98 with 64.
FIRST, SHARED = 64, 2
# Hubs that share 2 to 3 keys rank below those that share 4 to 7, and so on; among equals the first
# comes first, so that changed words break no cluster in two.
_RANKS = np.array([count.bit_length() for count in range(256)])
# Texts that are settled at a time when all are: what bounds the memory.
BATCH = 250_000


def number(coded: str) -> int:
    """Return the number of a text as `codes.codes` writes it: equal texts have equal numbers."""
    return int.from_bytes(hashlib.blake2b(coded.encode(), digest_size=8).digest(), "little")


def gather(texts: pl.DataFrame) -> list[Run]:
    """Return all texts (text: its number, words: as coded) around hubs, from nothing.

    They are taken in order of number, so that no later one disturbs what is settled.
    """
    texts = texts.unique("text").sort("text")
    runs: list[Run] = []
    for part in texts.iter_slices(BATCH):
        runs = compacted([*runs, extend(runs, part)])
    return runs


def extend(runs: Sequence[Run], texts: pl.DataFrame) -> Run:
    """Return what new `texts` (text, words) change: a run to put after those of the texts before.

    Of its `texts` those already in `runs` are such as went over to another hub.
    """
    kept = Kept(runs)
    fresh = texts.select("text", "words").unique("text").sort("text")
    fresh = fresh.filter(~pl.Series(kept.has(fresh["text"].to_numpy()), dtype=pl.Boolean))
    return _Settling(kept, fresh).run()


@dataclass(slots=True)
class Place:
    """Where a text belongs: its hub (itself, of a hub), how like it is, and the keys they share."""

    hub: int
    likeness: float = 1.0
    shared: int = 0


class _Settling:
    """Settles fresh texts, and old ones again that they disturb, in the order of their numbers."""

    def __init__(self, kept: Kept, fresh: pl.DataFrame) -> None:
        self._kept = kept
        self._ids = fresh["text"].to_numpy()
        self._words: list[str] = fresh["words"].to_list()
        self._counts, self._keys = keys(self._words)
        self._places: dict[int, Place] = {}  # of old texts that are settled again
        self._hub_words: dict[int, tuple[str, bytes]] = {}  # and in brief
        self._dirty: list[int] = []
        self._marked: set[int] = set()  # what `_dirty` holds
        self._old: dict[int, tuple[str, list[int]]] = {}  # words and keys of old texts
        self._new_hubs: list[int] = []  # old texts
        distinct, back, often = np.unique(self._keys, return_inverse=True, return_counts=True)
        known = kept.bearers(distinct)
        self._lists: dict[int, list[int]] = kept.hubs(distinct)
        self._disturbing = set(distinct[known].tolist())
        listed = np.isin(distinct, np.fromiter(self._lists, np.uint32, len(self._lists)))
        # a key that no other text has leads nowhere
        matters = ((often > 1) | known | listed)[back]
        self._ends = np.cumsum(self._counts)
        self._own = np.append(0, np.cumsum(matters))[self._ends].tolist()  # where a text's end
        self._mattering = self._keys[matters].tolist()

    def run(self) -> Run:
        found = list(chain.from_iterable(self._settle(rows) for rows in self._parts()))
        while self._dirty:
            self._again()
        return self._laid_out(found)

    def _parts(self) -> Iterable[range]:
        step = 10_000
        return (range(i, min(i + step, len(self._ids))) for i in range(0, len(self._ids), step))

    def _settle(self, rows: range) -> Iterable[Place]:
        """Settle some fresh texts, and before each what is dirty and comes before it."""
        at = self._own[rows.start - 1] if rows.start else 0
        for id, end, words in zip(
            self._ids[rows.start : rows.stop].tolist(),
            self._own[rows.start : rows.stop],
            self._words[rows.start : rows.stop],
            strict=True,
        ):
            while self._dirty and self._dirty[0] < id:
                self._again()
            own, at = self._mattering[at:end], end
            place = self._place(id, words, own)
            if place.hub == id and own:
                self._hub_words[id] = words, brief(words)
                self._rise(id, own)
            yield place

    def _place(self, id: int, words: str, own: list[int]) -> Place:
        near = [hub for hubs in map(self._lists.get, own) if hubs for hub in hubs[:FIRST]]
        if len(near) < SHARED:
            return Place(id)
        short = brief(words)
        shares = Counter(near)
        most = max(shares.values())
        while most >= SHARED:
            least = max(1 << most.bit_length() - 1, SHARED)
            for hub in sorted([h for h, n in shares.items() if least <= n <= most and h < id]):
                text, shortened = self._of_hub(hub)
                if seem_near(shortened, short) and (like := exact(text, words)):
                    return Place(hub, like, shares[hub])
            most = least - 1
        return Place(id)

    def _of_hub(self, hub: int) -> tuple[str, bytes]:
        known = self._hub_words.get(hub)
        if known is None:
            (words,) = self._kept.words(np.array([hub], dtype=np.uint64))
            known = self._hub_words[hub] = words, brief(words)
        return known

    def _rise(self, hub: int, own: list[int]) -> None:
        """List a hub under its keys, and mark the old texts after it that it may change."""
        listed, pushed = [], []
        for key in own:
            hubs = self._lists.setdefault(key, [])
            at = bisect_left(hubs, hub)
            hubs.insert(at, hub)
            if at < FIRST and key in self._disturbing:
                listed.append(key)
                if len(hubs) > FIRST:
                    pushed.append((key, hubs[FIRST]))
        if not listed:
            return
        after = [self._after(key, hub) for key in listed]
        texts, often = np.unique(np.concatenate(after), return_counts=True)
        hubs_, shared = self._standing(texts)
        rank, stood = _RANKS[often], _RANKS[shared]
        better = (rank > stood) | ((rank == stood) & (hub < hubs_)) | (hubs_ == texts)
        self._mark_near(texts[(often >= SHARED) & better], hub)
        for key, gone in pushed:
            self._recount(self._after(key, gone), gone, -1)

    def _fall(self, hub: int, own: list[int]) -> None:
        """Take a hub that is one no more from its lists, and mark the old texts that it leaves."""
        for key in own:
            hubs = self._lists[key]
            at = bisect_left(hubs, hub)
            del hubs[at]
            if at >= FIRST:
                continue
            texts = self._after(key, hub)
            self._mark(texts[self._standing(texts)[0] == hub])
            if len(hubs) >= FIRST:  # the next one is looked at in its place
                follows = hubs[FIRST - 1]
                texts = self._after(key, follows)
                self._recount(texts, follows, 1)
                self._mark_near(texts[self._standing(texts)[0] != follows], follows)

    def _recount(self, texts: Hashes, hub: int, more: int) -> None:
        """Count one key more or less that a hub's texts share with it; mark those it may lose."""
        hubs, shared = self._standing(texts)
        for id, count in zip(
            texts[hubs == hub].tolist(), shared[hubs == hub].tolist(), strict=True
        ):
            self._places[id] = Place(hub, self._liked(id), count + more)
            if _RANKS[count + more] < _RANKS[count] or count + more < SHARED:
                self._mark(np.array([id], dtype=np.uint64))

    def _liked(self, id: int) -> float:
        place = self._places.get(id)
        return place.likeness if place else self._kept.likeness(id)

    def _after(self, key: int, id: int) -> Hashes:
        """Return the old texts that bear a key and come after a number."""
        texts = self._kept.bearing(key)
        return texts[np.searchsorted(texts, np.uint64(id), "right") :]

    def _standing(self, texts: Hashes) -> tuple[Hashes, NDArray[np.uint8]]:
        """Return the hubs of old texts, and the keys they share with them, as things stand now."""
        hubs, shared = self._kept.places(texts)
        if self._places:
            for i, id in enumerate(texts.tolist()):
                if place := self._places.get(id):
                    hubs[i], shared[i] = place.hub, place.shared
        return hubs, shared

    def _mark(self, texts: Hashes) -> None:
        for id in texts.tolist():
            if id not in self._marked:
                self._marked.add(id)
                heappush(self._dirty, id)

    def _mark_near(self, texts: Hashes, hub: int) -> None:
        words, short = self._of_hub(hub)
        texts = np.array([t for t in texts.tolist() if t not in self._marked], dtype=np.uint64)
        near = [
            seem_near(short, brief(text)) and exact(words, text) > 0
            for text in self._kept.words(texts)
        ]
        self._mark(texts[np.array(near, dtype=bool)])

    def _again(self) -> None:
        """Settle the first old text that is marked anew."""
        id = self._dirty[0]
        if id not in self._old:
            self._read()
        heappop(self._dirty)
        self._marked.discard(id)
        hubs, shared = self._standing(np.array([id], dtype=np.uint64))
        before = Place(int(hubs[0]), 0.0, int(shared[0]))
        words, own = self._old[id]
        place = self._place(id, words, own)
        if place.hub == id and before.hub != id:
            self._hub_words[id] = words, brief(words)
            self._rise(id, own)
            self._new_hubs.append(id)
        elif before.hub == id and place.hub != id:
            self._fall(id, own)
        if (place.hub, place.shared) != (before.hub, before.shared):
            self._places[id] = place

    def _read(self) -> None:
        """Read words and keys of all old texts that are marked, and look up their keys' lists."""
        ids = [id for id in self._dirty if id not in self._old]
        words = self._kept.words(np.array(ids, dtype=np.uint64))
        counts, all_ = keys(words)
        ends = np.cumsum(counts)
        for id, text, start, end in zip(ids, words, ends - counts, ends, strict=True):
            self._old[id] = (text, all_[start:end].tolist())
        missing = sorted(set(all_.tolist()) - self._disturbing)
        self._lists |= self._kept.hubs(np.array(missing, dtype=np.uint32))
        self._disturbing.update(missing)

    def _laid_out(self, found: list[Place]) -> Run:
        changed = sorted(self._places)
        places = [*found, *(self._places[id] for id in changed)]
        old = self._kept.words(np.array(changed, dtype=np.uint64))
        texts = pl.DataFrame(
            {
                "text": [*self._ids.tolist(), *changed],
                "words": [*self._words, *old],
                "hub": [place.hub for place in places],
                "likeness": [place.likeness for place in places],
                "shared": [place.shared for place in places],
            },
            schema=TEXTS,
        )
        rows = np.repeat(self._ids, self._counts)
        own = np.repeat([place.hub for place in found] == self._ids, self._counts)
        late = [(key, id) for id in self._new_hubs for key in self._old[id][1]]
        hubs = pl.concat(
            [
                pl.DataFrame({"key": self._keys[own], "text": rows[own]}, schema=KEYS),
                pl.DataFrame(late, schema=KEYS, orient="row"),
            ]
        )
        borne = pl.DataFrame({"key": self._keys, "text": rows}, schema=KEYS)
        return Run(texts.sort("text"), indexed(borne), indexed(hubs))
