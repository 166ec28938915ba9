"""How long work goes on is told to whoever waits for it, by a function like `quiet`."""

from collections.abc import Callable

# Stages whose progress is told in bytes; that of others in what they go through.
IN_BYTES = frozenset({"decode"})

Progress = Callable[[str, int, int], None]  # what is done, how many are done, of how many


def quiet(_what: str, _done: int, _total: int) -> None:
    """No progress."""
