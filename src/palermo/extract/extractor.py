"""The contract of an extractor: a batch of events in, claims out."""

from typing import Protocol, runtime_checkable

import pyarrow as pa


@runtime_checkable
class Extractor(Protocol):
    """Finds one kind of value in what events say. Pure; a batch at a time.

    The first line of the class docstring says what it finds; it is shown to users.
    """

    name: str
    version: str

    def find(self, events: pa.Table) -> pa.Table:
        """Return rows of `vocabulary.CLAIMS` for a table of `vocabulary.EVENTS`.

        Spans are code points of the event's text, and ``text[start:end] == written``. National
        formats follow the event's own `region`, never a default country.
        """
        ...
