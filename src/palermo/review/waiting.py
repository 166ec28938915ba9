"""What waits for a person: a child at risk first, then the strongest."""

from collections.abc import Iterable

from palermo import answers
from palermo.look.query import Query
from palermo.review.decisions import Made

# Whose stated age is a child's comes first. Only what is stated counts: no word, no look, no style.
CHILD = 18
AT_RISK = (
    f"""(SELECT event FROM claims WHERE kind = 'age' AND TRY_CAST(value AS INTEGER) < {CHILD})"""
)


def queue(query: Query, limit: int) -> answers.Queue:
    decided = query.decided
    ends = [a for a, b in decided if b is not None], [b for _, b in decided if b is not None]
    # That captures of one address show one posting is read, not suggested: nobody is asked.
    open_ = """NOT EXISTS (SELECT 1 FROM (SELECT unnest(?) AS p, unnest(?) AS q)
               WHERE (l.a = p AND l.b = q) OR (l.a = q AND l.b = p))
               AND l.a NOT IN (SELECT unnest(?)) AND l.b NOT IN (SELECT unnest(?))
               AND l.b NOT LIKE 'posting:%' AND l.a NOT LIKE 'posting:%'"""
    done = [a for a, b in decided if b is None]
    settled = [*ends, done, done]
    links = query.links(
        open_,
        settled,
        f"ORDER BY (l.a IN {AT_RISK} OR l.b IN {AT_RISK}) DESC, l.score DESC, l.id LIMIT {int(limit)}",
    )
    findings = query.findings(
        "f.id NOT IN (SELECT unnest(?))",
        [done],
        f"""ORDER BY coalesce(list_has_any(f.evidence, (SELECT list(event) FROM {AT_RISK})), false) DESC,
            f.score DESC, f.id LIMIT {int(limit)}""",
    )
    waiting = query.tables.sql(
        f"""SELECT (SELECT count(*) FROM links l WHERE {open_})
                 + (SELECT count(*) FROM findings f WHERE f.id NOT IN (SELECT unnest(?))) AS n""",
        [*settled, done],
    )
    return answers.Queue(
        links=links,
        findings=findings,
        persons=[person for person in query.persons.values() if not person.roles],
        total=waiting["n"][0].as_py(),
    )


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
        )
        for d in made
    ]
