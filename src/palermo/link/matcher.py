"""The contract of a matcher: claims in, links out; and the evidence that matchers look at."""

from typing import Protocol, runtime_checkable

import pyarrow as pa


@runtime_checkable
class Evidence(Protocol):
    """A case's tables, pinned: SQL over `events`, `claims` and, for patterns, `links`,
    `identities(node, identity)` and `findings`."""

    def sql(self, query: str) -> pa.Table: ...


@runtime_checkable
class Matcher(Protocol):
    """Suggests what belongs together. Pure; never joins all pairs, but members to a hub.

    The first line of the class docstring says why two things are linked; it is shown to users. A
    matcher that builds on what others found names them in an attribute `after`, a tuple of names:
    it is asked after them, and finds their rows in `links`.
    """

    name: str
    version: str

    def match(self, evidence: Evidence) -> pa.Table:
        """Return rows of `vocabulary.LINKS`, each with its reason and the claims it rests on."""
        ...
