"""Which texts and pictures postings have in common, as other matchers and decisions left them."""

import polars as pl

from palermo.link.excerpt import WRITTEN, Excerpt
from palermo.link.matcher import Evidence

# The hub of near texts is one of them.
TEXTS = """
WITH written AS (SELECT * FROM {written}),
near AS (SELECT a AS event, b AS content FROM links WHERE kind = 'near_text'
  UNION SELECT b, b FROM links WHERE kind = 'near_text')
SELECT DISTINCT w.bearer, n.content FROM near n JOIN written w ON w.event = n.event
"""
PICTURED = Excerpt(
    "pictured",
    """SELECT DISTINCT e.exhibit, coalesce(e.posting, e.id) AS bearer,
      concat('picture:', c.value) AS content
    FROM claims c JOIN events e ON e.id = c.event
    WHERE e.kind = 'advert' AND c.kind = 'picture'""",
)
EXCERPTS = (WRITTEN, PICTURED)


def texts(evidence: Evidence) -> pl.DataFrame:
    """Return (bearer, content): what each posting says, by the hub of the texts near it. Asked by
    matchers that come after `near_text`."""
    return pl.DataFrame(pl.from_arrow(evidence.sql(TEXTS.format(written=WRITTEN.of(evidence)))))


def pictures(evidence: Evidence) -> pl.DataFrame:
    """Return (bearer, content): what pictures each posting itself bears."""
    query = f"SELECT DISTINCT bearer, content FROM {PICTURED.of(evidence)}"
    return pl.DataFrame(pl.from_arrow(evidence.sql(query)))
