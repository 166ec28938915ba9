"""Counts problems of one sort, so that a file full of them does not drown its reader."""

from collections import Counter
from collections.abc import Iterator

from palermo.vocabulary import Problem

LISTED = 1000  # of one sort that are listed one by one; the rest are counted


class Tally:
    """Lists problems one by one up to `LISTED` a sort; of the sorts in `once`, only counts them."""

    def __init__(self, once: frozenset[str] = frozenset()) -> None:
        self.once = once
        self.counts: Counter[tuple[str, str]] = Counter()
        self.firsts: dict[tuple[str, str], str] = {}

    def problem(self, locator: str, kind: str, message: str) -> Iterator[Problem]:
        """Give the problem if it is one to be listed."""
        key = (kind, message)
        self.counts[key] += 1
        if kind not in self.once and self.counts[key] <= LISTED:
            yield Problem(locator=locator, kind=kind, message=message)
        elif key not in self.firsts:
            self.firsts[key] = locator

    def rest(self) -> Iterator[Problem]:
        """Give one problem for each sort that was only counted, at the place of its first."""
        for (kind, message), locator in self.firsts.items():
            count = self.counts[kind, message]
            if kind not in self.once:
                count -= LISTED
                message += f" ({count} more like those listed)"
            yield Problem(locator=locator, kind=kind, message=message, count=count)
