"""What waits for a person: a risk to life or to a child on top, then the strongest."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from palermo import answers
from palermo.look.query import Query
from palermo.review.decisions import Made, pair

# Signs of a risk on whose event, or on another sighting that states the same, nobody has decided.
_UNSEEN = """SELECT a.of, a.event, a.to, a.time, coalesce(c.confidence, 1) AS confidence
  FROM at_risk a LEFT JOIN claims c ON c.id = a.claim WHERE NOT EXISTS (
    SELECT 1 FROM risks o JOIN looked_at l ON l.node = o.event
    WHERE o.of = a.of AND o.sign = a.sign AND o.value = a.value)"""
# Links that are not decided, with whether what they rest on or hold together is at risk. That
# captures of one address show one posting is read, not suggested: nobody is asked.
_LINKS = """WITH open AS (
    SELECT id, a, b, score, claims FROM links l
    WHERE b NOT LIKE 'posting:%' AND a NOT LIKE 'posting:%'
      AND NOT EXISTS (SELECT 1 FROM values_done d WHERE d.a = l.a)
      AND NOT EXISTS (SELECT 1 FROM values_done d WHERE d.a = l.b)
      AND NOT EXISTS (SELECT 1 FROM done d WHERE d.a = least(l.a, l.b) AND d.b = greatest(l.a, l.b))
  ), at_risk_ids AS (
    SELECT id FROM open WHERE a IN (SELECT node FROM risky) OR b IN (SELECT node FROM risky)
    UNION
    SELECT id FROM (SELECT id, unnest(claims) AS thing FROM open) u
    WHERE thing IN (SELECT thing FROM risky_things)
  ) SELECT id, id IN (SELECT id FROM at_risk_ids) AS risk FROM open"""
_FINDINGS = """WITH open AS (
    SELECT id, score, list_concat(subjects, evidence) AS things FROM findings f
    WHERE NOT EXISTS (SELECT 1 FROM done d WHERE d.b IS NULL AND d.a = f.id)
  ), at_risk_ids AS (
    SELECT DISTINCT id FROM (SELECT id, unnest(things) AS thing FROM open) u
    WHERE thing IN (SELECT thing FROM risky_things)
  ) SELECT id, id IN (SELECT id FROM at_risk_ids) AS risk FROM open"""


def queue(query: Query, limit: int) -> answers.Queue:
    """Return what waits, `limit` of each sort; the counts are of all."""
    total, at_risk = counted(query)
    first = f"ORDER BY w.risk DESC, x.score DESC, x.id LIMIT {int(limit)}"
    wanted = "SELECT x.id FROM {0} x JOIN waiting_{0} w USING (id) " + first
    links, findings = (
        query.tables.sql(wanted.format(name))["id"].to_pylist() for name in ("links", "findings")
    )
    unroled = [person for person in query.persons.values() if not person.roles]
    linked = {link.id: link for link in query.links("l.id IN (SELECT unnest(?))", [links])}
    found = {one.id: one for one in query.findings("f.id IN (SELECT unnest(?))", [findings])}
    return answers.Queue(
        events=query.by_id(_unseen(query, limit)),
        links=[linked[id] for id in links],
        findings=[found[id] for id in findings],
        persons=sorted(unroled, key=lambda person: person.risk is None),
        total=total,
        at_risk=at_risk,
    )


def counted(query: Query) -> tuple[int, int]:
    """Return how much waits, and how much of it for a risk; gives the tables `waiting_links` and
    `waiting_findings`."""
    tables = query.tables
    _ready(query)
    tables.give("waiting_links", tables.sql(_LINKS))
    tables.give("waiting_findings", tables.sql(_FINDINGS))
    rows = tables.sql(
        f"""SELECT count(*) AS n, count(*) FILTER (WHERE risk) AS at_risk FROM
            (SELECT risk FROM waiting_links UNION ALL SELECT risk FROM waiting_findings
             UNION ALL SELECT true FROM (SELECT DISTINCT of FROM ({_UNSEEN})))"""
    ).to_pylist()
    return rows[0]["n"], rows[0]["at_risk"]


def _ready(query: Query) -> None:
    """Give the tables what people have decided, and the claims of events at risk."""
    assert query.marks  # its views
    done = [pair(a, b) for a, b in query.decided]
    ends: dict[str, list[Any]] = {"a": [a for a, _ in done], "b": [b for _, b in done]}
    texts = pa.schema([("a", pa.string()), ("b", pa.string())])
    query.tables.give("done", pa.table(ends, schema=texts))
    values = "SELECT a FROM done WHERE b IS NULL AND a LIKE '%:%'"
    query.tables.give("values_done", query.tables.sql(values))
    looked = pa.schema([("node", pa.string())])
    query.tables.give("looked_at", pa.table({"node": sorted(query.looked_at)}, schema=looked))
    things = query.tables.sql(
        """SELECT node AS thing FROM risky UNION ALL SELECT id FROM claims
           WHERE event IN (SELECT node FROM risky WHERE node NOT LIKE '%:%')"""
    )
    query.tables.give("risky_things", things)


def _unseen(query: Query, limit: int) -> list[str]:
    """Return events at risk that nobody has looked at: life first, then the surest, then the newest;
    of a posting its newest sighting."""
    rows = query.tables.sql(
        f"""SELECT max_by(event, (coalesce(time, '0001-01-01'), event)) AS event FROM ({_UNSEEN})
            GROUP BY of ORDER BY bool_or("to" = 'life') DESC, max(confidence) DESC,
            max(time) DESC NULLS LAST, of LIMIT {int(limit)}"""
    )
    return list(rows["event"].to_pylist())


def told(query: Query, made: Iterable[Made]) -> list[answers.Decision]:
    """Return decisions with their endpoints and reasons masked."""
    return [
        answers.Decision(
            number=d.number,
            at=d.at,
            actor=d.actor,
            act=d.act,
            a=query.mask.node(d.a),
            b=None if d.b is None else query.mask.node(d.b),
            reason=query.free(d.reason, [n for n in (d.a, d.b) if n]),
            claimed_by=d.claimed_by,
            claimed_at=d.claimed_at,
            vouched=d.vouched,
            own=d.own,
        )
        for d in made
    ]
