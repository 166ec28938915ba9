"""Decides, from all the dates of a chat export, whether day, month or year stands first."""

from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from typing import NamedTuple

from palermo.decode.chat.stamp import Stamp, read_date

ORDERS = ("dmy", "mdy", "ymd")
# Short date patterns of Unicode CLDR; every other country writes the day first.
_MONTH_FIRST = frozenset({"US", "PR", "GU", "AS", "VI", "MP", "UM", "MH", "PW", "FM", "PA", "PH"})
_YEAR_FIRST = frozenset(
    {"CN", "TW", "JP", "KR", "KP", "HU", "LT", "SE", "MN", "NP", "BT", "IR", "AF", "LK", "ZA", "CA"}
)
_SHORT_YEAR_FIRST = frozenset({"KR", "KP", "NP", "ES"})
_IMPOSSIBLE = 3  # a day that does not exist weighs as much as so many steps back in time
_FEW_STEPS = 3  # below so many changes of date, how far they lie apart says nothing


class Order(NamedTuple):
    """`rivals` are the readings that the file leaves open; each message's error covers them."""

    name: str
    confidence: str  # certain, likely or assumed
    reason: str
    rivals: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """How well one order explains the dates met so far; constant in size."""

    impossible: int = 0
    backward: int = 0
    steps: int = 0
    path: int = 0  # days travelled from message to message, either way
    last: date | None = None

    def add(self, day: date | None) -> None:
        if day is None:
            self.impossible += 1
            return
        if self.last is not None and day != self.last:
            self.steps += 1
            self.path += abs((day - self.last).days)
            self.backward += day < self.last
        self.last = day

    @property
    def against(self) -> int:
        return _IMPOSSIBLE * self.impossible + self.backward


@dataclass(slots=True)
class Survey:
    """Collects the evidence of every date of a file, in file order."""

    count: int = 0
    readings: dict[str, _Reading] = field(default_factory=lambda: {o: _Reading() for o in ORDERS})
    differ: dict[frozenset[str], int] = field(
        default_factory=lambda: {frozenset(pair): 0 for pair in combinations(ORDERS, 2)}
    )
    year_may_lead: bool = False  # laid out or in digits as where a two-digit year comes first
    american: bool = True  # every date looks as phones set to American English write it

    def add(self, stamp: Stamp) -> None:
        self.count += 1
        days = {order: read_date(stamp, order) for order in ORDERS}
        for order, day in days.items():
            self.readings[order].add(day)
        for pair in self.differ:
            one, other = pair
            self.differ[pair] += days[one] != days[other]
        self.year_may_lead = self.year_may_lead or stamp.year_may_lead
        self.american = self.american and (
            stamp.upper and stamp.shape[2] == "/" and stamp.widths[1] == 2 and not stamp.shape[0]
        )

    def decide(self, region: str | None = None) -> Order:
        """Return the order that the fewest dates speak against, and how sure that is.

        Dates that do not exist in an order, or lie before WhatsApp did, speak against it, and so
        do steps back in time; then the shorter way from message to message speaks for it. Only
        where all that is equal is the exhibit's `region`, or the way of writing, asked.
        """
        usual, why = self._usual(region)
        ranked = sorted(
            ORDERS,
            key=lambda o: (self.readings[o].against, self.readings[o].path, o != usual),
        )
        best = ranked[0]
        verdicts = {rival: self._against(best, rival, region) for rival in ranked[1:]}
        open_rivals = tuple(r for r, (level, _) in verdicts.items() if level != "certain")
        if not open_rivals:
            return Order(best, "certain", "; ".join(why for _, why in verdicts.values()), ())
        levels = {verdicts[r][0] for r in open_rivals}
        if levels == {"likely"}:
            return Order(best, "likely", verdicts[open_rivals[0]][1], open_rivals)
        if usual in open_rivals and verdicts[usual][0] == "assumed":
            best = usual
            open_rivals = tuple(o for o in ORDERS if o != best and o in (ranked[0], *open_rivals))
        return Order(best, "assumed", f"every date can be read either way; {why}", open_rivals)

    def _against(self, best: str, rival: str, region: str | None) -> tuple[str, str]:
        """Say how surely the file tells `best` from `rival`, and by what."""
        mine, other = self.readings[best], self.readings[rival]
        if not self.differ[frozenset((best, rival))]:
            return "certain", f"{best} and {rival} name the same days here"
        if other.impossible and not mine.against:
            return "certain", f"{other.impossible} of {self.count} dates do not exist in {rival}"
        weight = f"{other.against} signs against {rival}, {mine.against} against {best}"
        if other.against >= 10 * mine.against + _IMPOSSIBLE:
            return "certain", f"dates that do not exist or step back: {weight}"
        if other.against > mine.against:
            return "likely", f"dates that do not exist or step back: {weight}"
        if rival == "ymd" and not (self.year_may_lead or region in _SHORT_YEAR_FIRST):
            return "certain", "only Basque, Korean and Nepali put a two-digit year first"
        if mine.steps >= _FEW_STEPS and other.path >= 2 * mine.path:
            return "likely", f"messages lie closer together in {best} than in {rival}"
        return "assumed", ""

    def _usual(self, region: str | None) -> tuple[str, str]:
        if region in _MONTH_FIRST:
            return "mdy", f"{region} writes the month first"
        if region in _YEAR_FIRST:
            return "ymd", f"{region} writes the year first"
        if region:
            return "dmy", f"{region} writes the day first"
        if self.count and self.american:
            return "mdy", "written as phones set to American English write"
        return "dmy", "most countries write the day first"
