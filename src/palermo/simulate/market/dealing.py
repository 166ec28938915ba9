"""Deals a block's contacts to its operators, and says which of them each advert gives."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from palermo.simulate.market.contacts import COMMON, Contact, email, handle, phone, supply
from palermo.simulate.market.dice import Dice, Ints
from palermo.simulate.market.ground import REGIONS
from palermo.simulate.market.plan import BLOCK, Block, Plan, block

BURNERS = 0.5  # of the operators: the first line's number is given up after some adverts
SHORTEST, SPREAD = 5, 28  # adverts that a burner lasts
SECOND_LINE, SECOND_OF_BURNERS = 0.65, 0.9  # of the operators have one
LARGE = 50  # adverts: operators of more always have one
SECOND_GIVEN = 0.55  # of their adverts give it
HANDOVER = 4  # adverts of a new number that give the old one too, most of the time
KINDS = ("phone", "email", "handle")
FIRST_KINDS, SECOND_KINDS = (0.72, 0.10, 0.18), (0.15, 0.40, 0.45)
AGENCY = (
    0.03  # of the operators work through an agency whose switchboard half of their adverts give
)
AGENCY_SIZE = 30  # operators, on average
HELP = 0.01  # of the adverts give a help line, hotel or taxi besides
HELPERS = 12  # such numbers a country, for each 100,000 adverts of the market; at most COMMON / 2
LISTS = 0.01  # of the operators with one advert give a list of other people's contacts
NONE = -1


@dataclass(frozen=True, slots=True)
class Deal:
    """Contacts by their place in the block, and the places that each advert gives, or NONE."""

    plan: Plan
    number: int
    kind: Ints  # place in KINDS
    region: Ints
    rank: Ints  # of a phone, in its country's supply
    first: Ints
    old: Ints
    second: Ints
    agency: Ints  # number of the agency
    helper: Ints  # number of the helper, of the advert's country
    lists: Ints  # the operator whose neighbours' contacts are listed
    line: Ints  # the first contact of each operator

    def contact(self, place: int) -> Contact:
        kind = KINDS[self.kind[place]]
        if kind == "phone":
            return phone(REGIONS[self.region[place]], int(self.rank[place]))
        # two contacts an advert are the most there can be
        return (email if kind == "email" else handle)(self.number * 2 * BLOCK + place)

    def common(self, sort: str, number: int, region: int) -> Contact:
        """Return what is nobody's own: the switchboard of an agency, a helper."""
        place = number % (COMMON // 2) + (COMMON // 2 if sort == "agency" else 0)
        return phone(REGIONS[region], place)


@lru_cache(maxsize=1)
def deal(plan: Plan, number: int) -> Deal:
    drawn = block(plan, number)
    seed, ids = plan.seed, drawn.base + np.arange(len(drawn.size), dtype=np.int64)
    burner = (Dice(seed, "burner").unit(ids) < BURNERS) & (drawn.size > SHORTEST)
    lasts = np.where(burner, SHORTEST + Dice(seed, "lasts").below(ids, SPREAD), LAST)
    share = np.where(burner, SECOND_OF_BURNERS, SECOND_LINE)
    has_second = (Dice(seed, "second").unit(ids) < share) | (drawn.size > LARGE)
    turned = burner & (Dice(seed, "both").unit(ids) < 0.3)  # the second line is given up too, later
    lasts_second = np.where(turned, 5 * lasts, LAST)
    firsts = -(-drawn.size // lasts)
    seconds = np.where(has_second, -(-drawn.size // lasts_second), 0)
    begin = np.cumsum(firsts + seconds) - firsts - seconds
    kind, region, rank = _kinds(plan, drawn, firsts, seconds)
    given = _given(plan, drawn, (begin, firsts, lasts), (has_second, lasts_second))
    return Deal(plan, number, kind, region, rank, *given, *_common(plan, drawn), line=begin)


LAST = 1 << 40  # adverts: for good


def _kinds(plan: Plan, drawn: Block, firsts: Ints, seconds: Ints) -> tuple[Ints, Ints, Ints]:
    """Return kind, country and rank among the country's numbers of each contact.

    Past the country's supply, e-mail addresses and accounts take the place of numbers.
    """
    ids = drawn.base + np.arange(len(firsts), dtype=np.int64)
    per = np.stack([firsts, seconds], axis=1).ravel()
    kinds = np.stack(
        [
            np.searchsorted(np.cumsum(shares)[:-1], Dice(plan.seed, name).unit(ids), side="right")
            for name, shares in (("first kind", FIRST_KINDS), ("second kind", SECOND_KINDS))
        ],
        axis=1,
    ).ravel()
    kind = np.repeat(kinds, per).astype(np.int64)
    region = np.repeat(drawn.region, firsts + seconds)
    rank = np.zeros(len(kind), dtype=np.int64)
    places = np.arange(len(kind), dtype=np.int64)
    for number, name in enumerate(REGIONS):
        mine = np.flatnonzero((kind == 0) & (region == number))
        begin, end = _slice(plan, drawn.number, supply(name))
        rank[mine] = begin + np.arange(len(mine))
        beyond = mine[end - begin :]
        kind[beyond] = 1 + Dice(plan.seed, "beyond").below(places[beyond], 2)
    return kind, region, rank


def _slice(plan: Plan, number: int, numbers: int) -> tuple[int, int]:
    free = numbers - COMMON
    return tuple(COMMON + free * n // plan.blocks for n in (number, number + 1))  # type: ignore[return-value]


def _given(
    plan: Plan, drawn: Block, one: tuple[Ints, Ints, Ints], two: tuple[np.ndarray, Ints]
) -> tuple[Ints, Ints, Ints]:
    """Return the contacts that each advert gives: the first line's, its former one, the second's."""
    begin, firsts, lasts = one
    has_second, lasts_second = two
    operator = drawn.operator
    adverts = drawn.base + np.arange(len(operator), dtype=np.int64)
    turn, since = np.divmod(drawn.nth, lasts[operator])
    first = begin[operator] + turn
    handed = (turn > 0) & (since < HANDOVER) & (Dice(plan.seed, "old").unit(adverts) < 0.75)
    second = begin[operator] + firsts[operator] + drawn.nth // lasts_second[operator]
    shows = has_second[operator] & (Dice(plan.seed, "shows").unit(adverts) < SECOND_GIVEN)
    silent = shows & (Dice(plan.seed, "silent").unit(adverts) < 0.1)
    columns = (
        np.where(silent, NONE, first), np.where(handed, first - 1, NONE), np.where(shows, second, NONE),
    )  # fmt: skip
    return tuple(column[drawn.content] for column in columns)  # type: ignore[return-value]


def _common(plan: Plan, drawn: Block) -> tuple[Ints, Ints, Ints]:
    operator, ids = drawn.operator, drawn.base + np.arange(len(drawn.size), dtype=np.int64)
    adverts = drawn.base + np.arange(len(operator), dtype=np.int64)
    agencies = max(1, round(plan.adverts / 8 * AGENCY / AGENCY_SIZE))
    member = Dice(plan.seed, "agency").unit(ids) < AGENCY
    which = Dice(plan.seed, "which agency").below(ids, min(agencies, COMMON // 2 * len(REGIONS)))
    half = Dice(plan.seed, "switchboard").unit(adverts) < 0.5
    agency = np.where(member[operator] & half, which[operator], NONE)
    helpers = max(2, min(COMMON // 2, HELPERS * plan.adverts // 100_000))
    helps = Dice(plan.seed, "help").unit(adverts) < HELP
    helper = np.where(helps, Dice(plan.seed, "helper").below(adverts, helpers), NONE)
    listing = (drawn.size == 1) & (Dice(plan.seed, "lists").unit(ids) < LISTS)
    lists = np.where(listing[operator], operator, NONE)
    return tuple(column[drawn.content] for column in (agency, helper, lists))  # type: ignore[return-value]
