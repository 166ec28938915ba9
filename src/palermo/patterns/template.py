"""Looks for a text template that several accounts use, and writes it down readably."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import groupby

import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.link.matcher import Evidence
from palermo.link.minhash import SLOT, blank
from palermo.link.near_text import FILLED
from palermo.patterns.table import Seen, findings_table, frame, nodes, organising

ACCOUNTS = 3
# Texts that are compared with the first one to see which words stay; and how many must keep them.
COMPARED = 20
CONSTANT = 0.8

USED = """
SELECT l.b AS hub, l.a AS event, l.id AS link, e.time, coalesce(i.identity, l.a) AS identity
FROM links l JOIN events e ON e.id = l.a LEFT JOIN identities i ON i.node = l.a
WHERE l.kind = 'near_text' AND e.kind = 'advert'
UNION ALL
SELECT DISTINCT l.b, l.b, NULL, e.time, coalesce(i.identity, l.b)
FROM links l JOIN events e ON e.id = l.b LEFT JOIN identities i ON i.node = l.b
WHERE l.kind = 'near_text' AND e.kind = 'advert'
"""
TEXTS = """
SELECT e.id, e.text FROM events e WHERE e.kind = 'advert' AND e.id IN
  (SELECT a FROM links WHERE kind = 'near_text' UNION
   SELECT b FROM links WHERE kind = 'near_text')
"""
SPANS = f"""
SELECT event, start, "end" FROM claims WHERE start IS NOT NULL
  AND kind IN ({", ".join(f"'{kind}'" for kind in FILLED)})
  AND event IN (SELECT a FROM links WHERE kind = 'near_text' UNION
                SELECT b FROM links WHERE kind = 'near_text')
"""

COUNTER = (
    "Texts are copied: between competitors, from a site's own example, by one helper who writes for"
    " many. The template alone makes nobody one with anybody; look for another tie."
)


class Template:
    """Several accounts use one text template with only its slots filled anew."""

    name = "template"
    version = "1"

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: template (readable, slots as □), accounts, adverts."""
        used = frame(evidence, USED).join(organising(evidence), on="identity", how="semi")
        wide = used.filter(pl.col("identity").n_unique().over("hub") >= ACCOUNTS)
        if wide.is_empty():
            return findings_table([], self.name, self.version)
        texts = _blanked(frame(evidence, TEXTS), frame(evidence, SPANS))
        named = nodes(evidence)
        found = [
            _seen(str(hub), rows, texts, named)
            for (hub,), rows in wide.sort("hub", "event").group_by("hub", maintain_order=True)
        ]
        return findings_table(found, self.name, self.version)


def readable(texts: list[str]) -> str:
    """Write the template of near texts down: words that most keep, and □ for what changes."""
    first = texts[0].split()
    others = texts[1 : COMPARED + 1]
    kept = [0] * len(first)
    for other in others:
        blocks = SequenceMatcher(None, first, other.split(), autojunk=False).get_matching_blocks()
        for block in blocks:
            for at in range(block.a, block.a + block.size):
                kept[at] += 1
    words = [word if kept[at] >= CONSTANT * len(others) else SLOT for at, word in enumerate(first)]
    return " ".join(key if key == SLOT else " ".join(run) for key, run in groupby(words, _slot))


def _slot(word: str) -> str:
    return SLOT if SLOT in word else ""


def _blanked(texts: pl.DataFrame, spans: pl.DataFrame) -> dict[str, str]:
    own: dict[str, list[tuple[int, int]]] = {}
    for event, start, end in spans.iter_rows():
        own.setdefault(event, []).append((start, end))
    return {event: blank(text, iter(own.get(event, ()))) for event, text in texts.iter_rows()}


def _seen(hub: str, rows: pl.DataFrame, texts: dict[str, str], named: dict[str, list[str]]) -> Seen:
    accounts = rows["identity"].unique().sort().to_list()
    events = rows["event"].to_list()
    others = [texts[event] for event in events if event != hub]
    template = readable([texts[hub], *others])
    return Seen(
        subjects=list(_subjects(accounts, named)),
        score=min(0.8, 1 - 0.85 ** (len(accounts) - 1)),
        title=f"One text template used by {many(len(accounts), 'account')}",
        reason=(
            f"{many(len(events), 'advert')} by {many(len(accounts), 'account')} that nothing else holds"
            " together share more than half of their word pairs, numbers, prices and places left"
            " out."
        ),
        counter=COUNTER,
        evidence=events + rows["link"].drop_nulls().to_list(),
        start=rows["time"].min(),  # type: ignore[arg-type]
        end=rows["time"].max(),  # type: ignore[arg-type]
        key=hub,
        details={"template": template, "accounts": len(accounts), "adverts": len(events)},
    )


def _subjects(accounts: Iterable[str], named: dict[str, list[str]]) -> Iterable[str]:
    for account in accounts:
        yield named.get(account, [account])[0]
