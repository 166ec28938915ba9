"""Looks for a text template that several accounts use, and writes it down readably."""

import re
from collections.abc import Iterable
from typing import Any

import polars as pl
import pyarrow as pa

from palermo.counting import many
from palermo.link.excerpt import WRITTEN
from palermo.link.matcher import Evidence
from palermo.link.near_text import FILLED, numbered
from palermo.patterns.own_words import own_words
from palermo.patterns.slots import Template as Written
from palermo.patterns.slots import templates
from palermo.patterns.table import (
    EVIDENCE,
    EXCERPTS,
    Seen,
    findings_table,
    frame,
    nodes,
    organising,
)

ACCOUNTS = 3
# So much of a template is in words of its own, or it is the language of a trade and no finding.
OWN = 0.5
# Adverts, the first by id, by which phrases are known that many use.
SAMPLE = 20_000
# A number as long as a telephone number, however its digits are grouped.
LONG = re.compile(r"[+(]*\d(?:[^\w\n]{0,3}\d){6,}")
UNREAD = "…"

USED = """
SELECT l.b AS hub, l.a AS event, l.id AS link, e.time, coalesce(i.identity, l.a) AS identity
FROM links l JOIN {written} e ON e.event = l.a LEFT JOIN identities i ON i.node = l.a
WHERE l.kind = 'near_text' AND e.kind = 'advert'
UNION ALL
SELECT DISTINCT l.b, l.b, NULL, e.time, coalesce(i.identity, l.b)
FROM links l JOIN {written} e ON e.event = l.b LEFT JOIN identities i ON i.node = l.b
WHERE l.kind = 'near_text' AND e.kind = 'advert'
"""
SAMPLED = """
SELECT e.text, coalesce(i.identity, e.id) AS account
FROM events e LEFT JOIN identities i ON i.node = e.id
WHERE e.id IN (SELECT id FROM events WHERE kind = 'advert' ORDER BY id LIMIT {size})
"""
# The events of one cluster, the hub first, so that what is left out of a long list is not the hub.
CLUSTER = """
SELECT e.id AS event, e.text FROM events e WHERE e.id = '{hub}' OR e.id IN
  (SELECT a FROM links WHERE kind = 'near_text' AND b = '{hub}')
ORDER BY e.id <> '{hub}', e.id
"""
HUB = "SELECT b FROM links WHERE kind = 'near_text' AND (a = '{event}' OR b = '{event}') LIMIT 1"

COUNTER = (
    "Texts are copied: between competitors, from a site's own example, by one helper who writes for"
    " many. The template alone makes nobody one with anybody; look for another tie."
)


class Template:
    """Several accounts use one text template, in words of its own, with only its slots filled anew."""

    name = "template"
    version = "3"
    excerpts = (WRITTEN, *EXCERPTS)

    def find(self, evidence: Evidence) -> pa.Table:
        """`details`: template (readable, its slots in braces), slots (in order: name, and values by
        the event that has them), accounts, adverts."""
        used = _wide(frame(evidence, USED.format(written=WRITTEN.of(evidence))))
        used = used.join(organising(evidence, used["identity"]), on="identity", how="semi")
        wide = _own(evidence, _wide(used))
        if wide.is_empty():
            return findings_table([], self.name, self.version)
        named = nodes(evidence, wide["identity"])
        clusters = wide.sort("hub", pl.col("event") != pl.col("hub"), "event")
        groups = clusters.partition_by("hub", maintain_order=True)
        written = _written(evidence, [rows["event"].head(EVIDENCE).to_list() for rows in groups])
        found = [_seen(rows, one, named) for rows, one in zip(groups, written, strict=True)]
        return findings_table(found, self.name, self.version)


def _wide(used: pl.DataFrame) -> pl.DataFrame:
    return used.filter(pl.col("identity").n_unique().over("hub") >= ACCOUNTS)


def _own(evidence: Evidence, used: pl.DataFrame) -> pl.DataFrame:
    """Keep the clusters that are mostly in words of their own; `own` says how far."""
    if used.is_empty():
        return used
    shown = used.sort("hub", "event").group_by("hub", "identity", maintain_order=True).first()
    texts = _texts(evidence, shown["event"])
    clusters = shown.join(texts, on="event", maintain_order="left")
    clusters = clusters.select(cluster="hub", account="identity", text="text")
    (total,) = frame(evidence, "SELECT count(*) FROM events WHERE kind = 'advert'").row(0)
    others = frame(evidence, SAMPLED.format(size=SAMPLE))
    told = own_words(clusters, others, max(1.0, total / SAMPLE))
    return used.join(told.filter(pl.col("own") >= OWN), left_on="hub", right_on="cluster")


def _texts(evidence: Evidence, events: pl.Series) -> pl.DataFrame:
    wanted = ", ".join(f"'{event}'" for event in events)
    return frame(evidence, f"SELECT id AS event, text FROM events WHERE id IN ({wanted})")


def around(evidence: Evidence, event: str) -> dict[str, Any] | None:
    """Return the template of the texts near an event's, whoever posted them: template, slots (as
    `Template` gives them) and adverts; None where no text is near."""
    hubs = evidence.sql(HUB.format(event=event))["b"].to_pylist()
    if not hubs:
        return None
    events = frame(evidence, CLUSTER.format(hub=hubs[0]))["event"].to_list()
    (written,) = _written(evidence, [events[:EVIDENCE]])
    return _details(events[:EVIDENCE], written) | {"adverts": len(events)}


def _written(evidence: Evidence, clusters: list[list[str]]) -> list[Written]:
    rows = pl.DataFrame({"event": [event for cluster in clusters for event in cluster]})
    wanted = ", ".join(f"'{event}'" for event in rows["event"])
    spans = frame(
        evidence,
        f'SELECT event, start, "end", kind FROM claims WHERE start IS NOT NULL AND event IN ({wanted})',
    )
    rows = rows.with_row_index("row").join(
        _texts(evidence, rows["event"]), on="event", maintain_order="left"
    )
    placed = numbered(spans).join(rows, on="event").select("row", "start", "end", "kind")
    placed = placed.sort("row", "start", "end", "kind")
    text, at, cut = rows["text"].to_list(), 0, []
    for cluster in clusters:
        cut.append(text[at : at + len(cluster)])
        at += len(cluster)
    return templates(cut, placed, [str(kind) for kind in FILLED])


def _details(events: list[str], written: Written) -> dict[str, Any]:
    slots = [
        {
            "name": name,
            "values": {
                event: _told(values[at], name)
                for event, values in zip(events, written.values, strict=True)
            },
        }
        for at, name in enumerate(written.slots)
    ]
    return {"template": LONG.sub(UNREAD, written.text), "slots": slots}


def _told(value: str, slot: str) -> str:
    """Leave out long numbers that nothing has read: whoever masks what was read would show them."""
    read = slot.split(" ")[0] in FILLED
    return value if read and LONG.fullmatch(value) else LONG.sub(UNREAD, value)


def _seen(rows: pl.DataFrame, written: Written, named: dict[str, list[str]]) -> Seen:
    accounts = rows["identity"].unique().sort().to_list()
    events = rows["event"].to_list()
    return Seen(
        subjects=list(_subjects(accounts, named)),
        score=min(0.8, 1 - 0.85 ** (len(accounts) - 1)),
        title=f"One text template used by {many(len(accounts), 'account')}",
        reason=(
            f"{many(len(events), 'advert')} by {many(len(accounts), 'account')} that nothing else holds"
            " together have more than half of their words in common and in the same order, numbers,"
            f" prices and places left out; {rows['own'][0]:.0%} of its phrases few others use."
        ),
        counter=COUNTER,
        evidence=events + rows["link"].drop_nulls().to_list(),
        start=rows["time"].min(),  # type: ignore[arg-type]
        end=rows["time"].max(),  # type: ignore[arg-type]
        key=rows["hub"][0],
        details=_details(events[:EVIDENCE], written)
        | {"accounts": len(accounts), "adverts": len(events)},
    )


def _subjects(accounts: Iterable[str], named: dict[str, list[str]]) -> Iterable[str]:
    for account in accounts:
        yield named.get(account, [account])[0]
