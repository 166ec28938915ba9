"""The contract of a source: where bytes come from, and what is stated of them."""

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

from palermo.vocabulary import Capture, Statement


@runtime_checkable
class Source(Protocol):
    """Brings bytes in, each with its origin; seals nothing and decides nothing.

    The first line of the class docstring says what it brings; it is shown to users.
    """

    name: str
    version: str

    def accepts(self, where: str) -> bool:
        """Whether `where` (a path or URI) is this source's."""
        ...

    def fetch(self, where: str, statement: Statement) -> Iterator[Capture]:
        """Give each capture found at `where`; `statement` holds for those that have none of
        their own."""
        ...
