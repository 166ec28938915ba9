"""The verb that holds a list of identifiers against a case and answers every line of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
import sqlalchemy as sa

from palermo import answers
from palermo.link import hamming
from palermo.look import listed
from palermo.look.listed import Entry
from palermo.look.naming import Naming, of_service
from palermo.look.query import Query
from palermo.look.reading import Reading, clean, compact, read
from palermo.run.keeping import WHOLE
from palermo.safeguards.refusal import NotFound
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.vocabulary import CONTENT_KINDS, Kind

BATCH = 20_000  # events whose words are looked at at once
IDS = 100  # events told of one match
LITERAL = 6  # letters and digits of what is looked for as written in the words of events
WITHIN = 500  # lines that are looked for so: each is held against every event's words
# Where numbers are national: a column of telephone numbers is told by any of these.
ANYWHERE = ("GB", "US", "DE", "FR", "ES", "IT", "RO", "RU", "CN", "TH", "VN", "NG")
# What is a text's content, and no identifier to be looked for.
_CONTENT = ", ".join(f"'{kind}'" for kind in sorted(CONTENT_KINDS))

Row = dict[str, Any]


@dataclass
class Check:
    case: Case
    query: Query

    def check(self, lines: Sequence[str]) -> answers.Checked:
        if self.query.run == 0:
            why = "nothing of this case has been read yet, so nothing could be found"
            raise NotFound("check the list", why, "Read it first: palermo run CASE")
        naming = Naming(self.case, self.query)
        seen = listed.entries(lines, lambda text: _identifies(text, naming.regions))
        texts = [clean(entry.text) for entry in seen]
        told = naming.readings(texts)
        present = naming.present([reading for readings, _ in told for reading in readings])
        present |= self._near_pictures(told)
        for (readings, _), text in zip(told, texts, strict=True):
            if node := naming.marked(text):
                mark = Reading(Kind(node.partition(":")[0]), text, "as the mark of a masked value")
                readings.append(mark)
                present[mark] = [node]
        matches = self._matches(present)
        literal = self._as_written(
            [
                (n, text)
                for n, (text, (readings, _)) in enumerate(zip(texts, told, strict=True))
                if not any(reading in present for reading in readings)
            ]
        )
        files = self._files(texts)
        pages = self._pages([readings for readings, _ in told])
        looked = []
        for n, (entry, (readings, faults)) in enumerate(zip(seen, told, strict=True)):
            found = [match for reading in readings for match in matches.get(reading, [])]
            found += files.get(texts[n].lower(), []) + pages.get(n, []) + literal.get(n, [])
            looked.append(_looked(entry, readings, faults, found))
        answered = [line.answer for line in looked]
        return answers.Checked(
            lines=looked,
            found=answered.count("found"),
            absent=answered.count("absent"),
            not_understood=answered.count("not understood"),
            unread=self._unread(),
        )

    def _unread(self) -> int:
        with self.case.catalogue.read() as connection:
            read = set(connection.execute(sa.select(c.reading.c.exhibit).where(WHOLE)).scalars())
        return len(self.query.numbers.keys() - read - self.query.withheld.keys())

    # --- where ------------------------------------------------------------------------------

    def _matches(self, present: dict[Reading, list[str]]) -> dict[Reading, list[answers.Match]]:
        nodes = sorted({node for found in present.values() for node in found})
        where = {row["node"]: row for row in self._where(nodes)}
        return {
            reading: [self._match(where[node], node, _how(reading, node)) for node in found]
            for reading, found in present.items()
        }

    def _where(self, nodes: Sequence[str]) -> list[Row]:
        rows: list[Row] = self.query.tables.sql(
            f"""SELECT node, count(*) AS n, list(event ORDER BY time NULLS LAST, event)[1:{IDS}] AS ids,
                       list(DISTINCT exhibit) AS exhibits
                FROM (SELECT DISTINCT c.kind || ':' || c.value AS node, c.event, e.exhibit, e.time
                      FROM claims c JOIN events e ON e.id = c.event
                      WHERE c.kind || ':' || c.value IN (SELECT unnest(?))) GROUP BY 1""",
            [list(nodes)],
        ).to_pylist()
        return rows

    def _match(self, row: Row, node: str | None, reading: str) -> answers.Match:
        return answers.Match(
            node=None if node is None else self.query.mask.node(node),
            reading=reading,
            events=row["n"],
            ids=row["ids"],
            exhibits=sorted(self.query.numbers.get(x, 0) for x in row["exhibits"]),
        )

    def _files(self, texts: Iterable[str]) -> dict[str, list[answers.Match]]:
        """Return, by digest, the exhibits whose very bytes a list names."""
        with self.case.catalogue.read() as connection:
            wanted = sorted({text.lower().removeprefix("sha256:") for text in texts})
            rows = connection.execute(
                sa.select(c.exhibit.c.id, c.exhibit.c.number, c.exhibit.c.sha256).where(
                    c.among(c.exhibit.c.sha256, [text for text in wanted if len(text) == 64])
                )
            ).all()
        found: dict[str, list[answers.Match]] = {}
        for id, number, digest in rows:
            how = "as the SHA-256 of a sealed exhibit"
            match = answers.Match(node=None, reading=how, events=0, ids=[id], exhibits=[number])
            for written in (digest, f"sha256:{digest}"):
                found.setdefault(written, []).append(match)
        return found

    def _pages(self, told: Sequence[Sequence[Reading]]) -> dict[int, list[answers.Match]]:
        """Return, by line, the pages and adverts captured at an address or on a domain."""
        asked = [
            (n, str(reading.kind), reading.value)
            for n, readings in enumerate(told)
            for reading in readings
            if reading.kind == Kind.URL or (reading.kind == Kind.DOMAIN and reading.sure)
        ]
        if not asked:
            return {}
        rows = self._grouped(
            """asked AS (SELECT unnest(?) AS n, unnest(?) AS kind, unnest(?) AS value),
               pages AS (SELECT id, exhibit, time, details['url'] AS url,
                                regexp_extract(details['url'], '^https?://([^/:?#]+)', 1) AS host
                         FROM events WHERE kind IN ('page', 'advert') AND details['url'] <> '')""",
            """SELECT a.n AS asked, a.kind, NULL AS node, p.id AS event, p.exhibit, p.time
               FROM asked a JOIN pages p ON a.kind = 'url' AND p.url = a.value
               UNION SELECT a.n, a.kind, NULL, p.id, p.exhibit, p.time
               FROM asked a JOIN pages p ON a.kind = 'domain'
                AND (p.host = a.value OR ends_with(p.host, '.' || a.value))""",
            [list(column) for column in zip(*asked, strict=True)],
        )
        how = {"url": "as the address of pages", "domain": "as the domain of pages"}
        return {row["asked"]: [self._match(row, None, how[row["kind"]])] for row in rows}

    def _near_pictures(
        self, told: Sequence[tuple[list[Reading], list[str]]]
    ) -> dict[Reading, list[str]]:
        """Return the listed PDQ hashes near to a picture's, with those pictures."""
        asked = {
            reading: reading.value.removeprefix("pdq:")
            for readings, _ in told
            for reading in readings
            if reading.value.startswith("pdq:")
        }
        if not asked:
            return {}
        nodes: list[str] = self.query.tables.sql(
            "SELECT node FROM nodes WHERE starts_with(node, 'picture:pdq:') ORDER BY 1"
        )["node"].to_pylist()
        known = [node.rpartition(":")[2] for node in nodes]
        if not known:
            return {}
        words = hamming.unpack(known)
        found = {}
        for reading, digits in asked.items():
            apart = np.bitwise_count(words ^ hamming.unpack([digits])).sum(axis=1)
            if near := np.flatnonzero(apart <= hamming.NEAR).tolist():
                found[reading] = [nodes[i] for i in near]
        return found

    # --- as written -------------------------------------------------------------------------

    def _as_written(self, texts: Sequence[tuple[int, str]]) -> dict[int, list[answers.Match]]:
        """Return where texts stand letter by letter, in values and in words; signs count nothing."""
        asked = [(n, compact(text)) for n, text in texts]
        asked = [(n, joined) for n, joined in asked if len(joined) >= 3]
        found: dict[int, list[answers.Match]] = {}
        for row in self._values_written(asked):
            how = f"as written: a {row['kind']} that is not of the usual form, or of another kind"
            found.setdefault(row["asked"], []).append(self._match(row, row["node"], how))
        rest = [
            (n, joined)
            for n, joined in asked
            if n not in found and len(joined) >= LITERAL and any(x.isdigit() for x in joined)
        ]
        for n, events in self._words_written(rest[:WITHIN]).items():
            match = answers.Match(
                node=None,
                reading="as written, in the words of events",
                events=len(events),
                ids=[event.id for event in events],
                exhibits=sorted({event.exhibit_number for event in events}),
            )
            found.setdefault(n, []).append(match)
        return found

    def _values_written(self, asked: Sequence[tuple[int, str]]) -> list[Row]:
        return self._written(
            asked,
            f"""SELECT a.n AS asked, c.kind, c.kind || ':' || c.value AS node, e.id AS event,
                      e.exhibit, e.time
               FROM asked a JOIN (SELECT *, regexp_replace(lower(written), '[^\\p{{L}}\\p{{N}}]', '', 'g')
                                  AS joined FROM claims
                                  WHERE kind NOT IN ({_CONTENT})) c
                 ON c.joined = a.joined JOIN events e ON e.id = c.event""",
        )

    def _words_written(self, asked: Sequence[tuple[int, str]]) -> dict[int, list[answers.Event]]:
        """Return by line the events whose words, masked as anyone reads them, have it as a whole: a
        part would let a masked number be guessed digit by digit."""
        if not asked:
            return {}
        lines: dict[str, list[int]] = {}
        for n, joined in asked:
            lines.setdefault(joined, []).append(n)
        rows = list(self._bearing(list(lines)))
        events = {event.id: event for event in self.query.by_id(id for _, id in rows)}
        found: dict[int, list[answers.Event]] = {}
        for joined, id in rows:
            event = events.get(id)
            if event and _whole(joined, event.text):
                for n in lines[joined]:
                    found.setdefault(n, []).append(event)
        return found

    def _bearing(self, words: list[str]) -> Iterable[tuple[str, str]]:
        """Give which events have words among their letters and digits, the first of each in time;
        all words are looked for in one pass, and only their finds are kept."""
        batches = self.query.tables.stream("SELECT id, time, text FROM events", BATCH)
        letters = pl.col("text").str.replace_all(r"[^\p{L}\p{N}]+", "").str.to_lowercase()
        found = [
            pl.DataFrame(pl.from_arrow(batch))
            .select("id", "time", word=letters.str.extract_many(words, overlapping=True))
            .explode("word")
            .drop_nulls("word")
            .unique()
            for batch in batches
        ]
        if not found:
            return []
        rows = pl.concat(found).sort("time", "id", nulls_last=True)
        first = rows.group_by("word", maintain_order=True).head(IDS)
        return first.select("word", "id").iter_rows()

    def _written(self, asked: Sequence[tuple[int, str]], found: str) -> list[Row]:
        if not asked:
            return []
        return self._grouped(
            "asked AS (SELECT unnest(?) AS n, unnest(?) AS joined)",
            found,
            [[n for n, _ in asked], [joined for _, joined in asked]],
        )

    def _grouped(self, asked: str, found: str, parameters: Sequence[object]) -> list[Row]:
        """Return found events by line, kind and node."""
        rows: list[Row] = self.query.tables.sql(
            f"""WITH {asked}
                SELECT asked, kind, node, count(*) AS n,
                       list(event ORDER BY time NULLS LAST, event)[1:{IDS}] AS ids,
                       list(DISTINCT exhibit) AS exhibits
                FROM (SELECT DISTINCT * FROM ({found})) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3""",
            parameters,
        ).to_pylist()
        return rows


def _whole(joined: str, text: str) -> bool:
    """Whether letters and digits stand in a text, signs between them or not, and no more at either
    end."""
    between = r"[\W_]*".join(map(re.escape, joined))
    return re.search(rf"(?<![^\W_]){between}(?![^\W_])", text, re.IGNORECASE) is not None


def _identifies(text: str, regions: Sequence[str]) -> bool:
    """Whether a cell of a table is surely an identifier, wherever it is from."""
    readings, faults = read(clean(text), [*regions, *ANYWHERE])
    return any(reading.sure for reading in readings) or any("checksum" in fault for fault in faults)


def _how(reading: Reading, node: str) -> str:
    if reading.kind == Kind.HANDLE and reading.loose:
        return f"as a handle {of_service(node)}"
    if reading.value.startswith("pdq:") and node != f"{Kind.PICTURE}:{reading.value}":
        return f"as a picture within {hamming.NEAR} of 256 bits of it"
    if reading.kind == Kind.PLATE and reading.loose:
        return f"as a plate of {node.split(':')[1]}"
    return reading.how


def _looked(
    entry: Entry, readings: Sequence[Reading], faults: Sequence[str], found: list[answers.Match]
) -> answers.Looked:
    unique = list({(match.node, *match.ids[:1]): match for match in reversed(found)}.values())[::-1]
    wrong = [fault for fault in faults if "checksum" in fault or not readings]
    if unique:
        answer, why = "found", "; ".join(dict.fromkeys([*wrong, *(m.reading for m in unique)]))
    elif readings or any("checksum" in fault for fault in faults):
        sure = [reading.how for reading in readings if reading.sure]
        tried = sure or [reading.how for reading in readings]
        answer, why = "absent", "; ".join(dict.fromkeys([*faults, f"looked for {_list(tried)}"]))
    elif not entry.text:
        answer, why = "not understood", "the cell is empty"
    else:
        answer, why = "not understood", "; ".join(faults) or "it has the form of no identifier"
    return answers.Looked.model_validate(
        {
            "line": entry.line,
            "column": entry.column,
            "written": entry.text,
            "answer": answer,
            "why": why,
            "matches": unique,
        }
    )


def _list(tried: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(tried)) + (", and as written" if tried else "as written")
