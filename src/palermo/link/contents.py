"""Which texts and pictures postings have in common, as other matchers and decisions left them."""

import polars as pl

from palermo.link.matcher import Evidence

# The hub of near texts is one of them.
TEXTS = """
WITH near AS (SELECT a AS event, b AS content FROM links WHERE kind = 'near_text'
  UNION SELECT b, b FROM links WHERE kind = 'near_text')
SELECT DISTINCT coalesce(e.posting, e.id) AS bearer, n.content FROM near n
JOIN events e ON e.id = n.event
"""
PICTURES = """
SELECT DISTINCT coalesce(e.posting, e.id) AS bearer, concat('picture:', c.value) AS content
FROM claims c JOIN events e ON e.id = c.event
WHERE e.kind = 'advert' AND c.kind = 'picture'
"""


def texts(evidence: Evidence) -> pl.DataFrame:
    """Return (bearer, content): what each posting says, by the hub of the texts near it. Asked by
    matchers that come after `near_text`."""
    return pl.DataFrame(pl.from_arrow(evidence.sql(TEXTS)))


def pictures(evidence: Evidence) -> pl.DataFrame:
    """Return (bearer, content): what pictures each posting itself bears."""
    return pl.DataFrame(pl.from_arrow(evidence.sql(PICTURES)))
