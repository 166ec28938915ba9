"""Draws who posts when: the operators of a block of adverts and the time of each advert.

A block is a million adverts and the unit of memory: about 150 MB while it is drawn. An operator
lies in one block. Times are ranks: adverts are put in the order of their operators' lives, and the
days take their shares of that order, so that each day has exactly its number.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

import numpy as np

from palermo.simulate.market.dice import Dice, Ints
from palermo.simulate.market.ground import LANGUAGES, REGION_SHARES, REGIONS, TRADES, towns_of

BLOCK = 1_000_000
LARGEST = 3_000  # adverts of one operator
EXPONENT = 1.0  # of the Pareto law of adverts an operator
FIRST_DAY = date(2025, 1, 6)
RECAPTURED = 0.08  # of the adverts whose operator's last one is of an earlier day
PUT_UP_AGAIN = 0.08  # of the postings: the operator's last one, word for word
MOVING = 0.4  # of the operators with at least `MOVERS` adverts
MOVERS = 8
SECONDS = 86_400


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. `last_day`: adverts of the last day; None: as many as on the others."""

    seed: int
    adverts: int
    days: int = 30
    last_day: int | None = None

    def __post_init__(self) -> None:
        if self.adverts < 1 or self.days < 1:
            raise ValueError("a market has at least one advert and one day")
        if self.last_day is not None and not (self.days > 1 and 0 < self.last_day < self.adverts):
            raise ValueError("the last day takes a part of the adverts of several days")

    @property
    def blocks(self) -> int:
        return -(-self.adverts // BLOCK)

    def size(self, block: int) -> int:
        return min(BLOCK, self.adverts - block * BLOCK)

    def day(self, number: int) -> date:
        first = FIRST_DAY + timedelta(days=Dice(self.seed, "first day").word(0) % 365)
        return first + timedelta(days=number)

    def bounds(self, block: int) -> Ints:
        """Return where the days of a block begin and end, among its adverts in order of time."""
        last = self.adverts / self.days if self.last_day is None else float(self.last_day)
        shares = np.full(self.days, (self.adverts - last) / max(1, self.days - 1))
        shares[-1] = last
        ends = np.cumsum(shares) / self.adverts * self.size(block)
        return np.concatenate([[0], np.rint(ends).astype(np.int64)])


@dataclass(frozen=True, slots=True)
class Block:
    """A block's operators (one array each) and its adverts, laid out operator by operator."""

    number: int
    # operators
    size: Ints
    begin: Ints
    region: Ints
    language: Ints
    trade: Ints
    # adverts
    operator: Ints  # place among the block's operators
    nth: Ints  # of the operator's adverts
    day: Ints
    second: Ints
    posting: Ints  # the advert whose capture this is: itself, or an earlier one
    content: Ints  # the advert whose words this posting has: itself, or an earlier one
    town: Ints
    order: Ints  # adverts in order of time
    bounds: Ints  # of the days in `order`

    @property
    def base(self) -> int:
        return self.number * BLOCK


@lru_cache(maxsize=1)
def block(plan: Plan, number: int) -> Block:
    n, base = plan.size(number), number * BLOCK
    size = _sizes(plan, number, n)
    begin = np.cumsum(size) - size
    ids = base + np.arange(len(size), dtype=np.int64)
    region = _choose(plan, "region", ids, REGION_SHARES)
    operator = np.repeat(np.arange(len(size), dtype=np.int64), size)
    nth = np.arange(n, dtype=np.int64) - begin[operator]
    adverts = base + np.arange(n, dtype=np.int64)
    order = np.argsort(_times(plan, ids, size, operator, nth, adverts), kind="stable")
    bounds = plan.bounds(number)
    day, second = _clock(order, bounds)
    posting = _same_as_before(plan, "recapture", adverts, begin[operator], RECAPTURED, day)
    content = _same_as_before(plan, "again", adverts, begin[operator], PUT_UP_AGAIN, None)[posting]
    return Block(
        number=number, size=size, begin=begin, region=region,
        language=_choose(plan, "language", ids, [share for _, _, share in LANGUAGES]),
        trade=Dice(plan.seed, "trade").below(ids, len(TRADES)),
        operator=operator, nth=nth, day=day, second=second, posting=posting, content=content,
        town=_towns(plan, ids, size, region, operator, nth)[content],
        order=order, bounds=bounds,
    )  # fmt: skip


def _sizes(plan: Plan, number: int, n: int) -> Ints:
    ids = number * BLOCK + np.arange(n, dtype=np.int64)
    largest = max(10, min(LARGEST, plan.adverts // 50))
    tail = 1.0 - Dice(plan.seed, "size").unit(ids) * (1.0 - largest**-EXPONENT)
    sizes: Ints = (tail ** (-1.0 / EXPONENT)).astype(np.int64)
    ends = np.cumsum(sizes)
    kept = int(np.searchsorted(ends, n)) + 1
    sizes = sizes[:kept].copy()
    sizes[-1] -= int(ends[kept - 1]) - n
    return sizes


def _choose(plan: Plan, name: str, ids: Ints, shares: list[float] | tuple[float, ...]) -> Ints:
    ends = np.cumsum(shares) / np.sum(shares)
    found = np.searchsorted(ends, Dice(plan.seed, name).unit(ids), side="right")
    return np.minimum(found, len(shares) - 1).astype(np.int64)


def _times(
    plan: Plan, ids: Ints, size: Ints, operator: Ints, nth: Ints, adverts: Ints
) -> np.ndarray:
    """Return when in the market's life, from 0 to 1, each advert falls; growing with `nth`."""
    longest = np.minimum(1.0, 0.05 + size / 60)
    span = longest * (0.3 + 0.7 * Dice(plan.seed, "span").unit(ids))
    start = Dice(plan.seed, "start").unit(ids) * (1.0 - span)
    within = (nth + Dice(plan.seed, "moment").unit(adverts)) / size[operator]
    return start[operator] + span[operator] * within


def _clock(order: Ints, bounds: Ints) -> tuple[Ints, Ints]:
    day, second = np.empty_like(order), np.empty_like(order)
    for number, (first, last) in enumerate(pairwise(bounds.tolist())):
        day[order[first:last]] = number
        second[order[first:last]] = np.arange(last - first) * SECONDS // max(1, last - first)
    return day, second


def _same_as_before(
    plan: Plan, name: str, adverts: Ints, begin: Ints, share: float, day: Ints | None
) -> Ints:
    """Return for each advert the one that it repeats: itself, or the operator's last fresh one."""
    places = np.arange(len(adverts), dtype=np.int64)
    repeats = (Dice(plan.seed, name).unit(adverts) < share) & (places > begin)
    if day is not None:
        repeats[1:] &= day[1:] > day[:-1]
    return np.maximum.accumulate(np.where(repeats, 0, places))


def _towns(plan: Plan, ids: Ints, size: Ints, region: Ints, operator: Ints, nth: Ints) -> Ints:
    """Return each advert's town: home, or one of a circuit of three to six for some adverts each."""
    own = [towns_of(name) for name in REGIONS]
    first, count = (np.array(column) for column in zip(*((t[0], len(t)) for t in own), strict=True))
    home = Dice(plan.seed, "home").below(ids, count[region])
    moves = (size >= MOVERS) & (Dice(plan.seed, "moves").unit(ids) < MOVING)
    stops = np.where(moves, 3 + Dice(plan.seed, "stops").below(ids, 4), 1)
    stay = 3 + Dice(plan.seed, "stay").below(ids, 10)
    stride = 1 + Dice(plan.seed, "stride").below(ids, 4)
    stop = nth // stay[operator] % stops[operator]
    there = region[operator]
    found: Ints = first[there] + (home[operator] + stop * stride[operator]) % count[there]
    return found
