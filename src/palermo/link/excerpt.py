"""What matchers and patterns read of each event: few narrow columns, kept beside its file, so that
a run need not go through the whole lake for them again."""

import hashlib
from typing import NamedTuple

import pyarrow as pa

from palermo.link.matcher import Evidence


class Excerpt(NamedTuple):
    """A table drawn from `events` and `claims` by SQL, of which each row rests on one event and its
    claims alone, and names their `exhibit`: the excerpt of all files is that of each, end to end.

    A matcher or pattern names those that it reads in an attribute `excerpts`.
    """

    name: str  # at most nine letters
    sql: str

    @property
    def kind(self) -> str:
        """Its kind in the lake: of changed SQL, another."""
        return f"{self.name}_{hashlib.sha256(self.sql.encode()).hexdigest()[:6]}"

    def draw(self, evidence: Evidence) -> pa.Table:
        return evidence.sql(self.sql)

    def of(self, evidence: Evidence) -> str:
        """Return what to write after FROM: the kept excerpt, or where none is, its SQL."""
        kept: frozenset[str] = getattr(evidence, "excerpts", frozenset())
        return self.kind if self.kind in kept else f"({self.sql})"


# What posters give as their own.
POSTED = Excerpt(
    "posted",
    """SELECT c.event, e.exhibit, coalesce(e.posting, c.event) AS bearer, c.kind, c.value,
      min(c.id) AS claim, max(c.confidence) AS confidence
    FROM claims c JOIN events e ON e.id = c.event
    WHERE c.role = 'poster'
    GROUP BY c.event, e.exhibit, e.posting, c.kind, c.value""",
)
# Whose texts can be near others', and when they were posted. An advert found on a page without a
# date of its own bears the day of its capture, which tells of the crawler, not of the poster.
WRITTEN = Excerpt(
    "written",
    """SELECT id AS event, exhibit, kind, coalesce(posting, id) AS bearer, posting, time,
      coalesce(details['posted'] <> '', false) OR within IS NULL AS dated
    FROM events WHERE kind IN ('advert', 'tip', 'message')""",
)
