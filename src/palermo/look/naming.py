"""Finds in a case what somebody named: an id or part of one, an exhibit's number, a value."""

import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from palermo import wiring
from palermo.look.query import Query, is_event
from palermo.look.reading import Reading, clean, named, read
from palermo.safeguards import masking
from palermo.safeguards.refusal import Invalid, NotFound
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.documents import loose
from palermo.values.text import SPACELESS
from palermo.vocabulary import CONTENT_KINDS, Event, EventKind, Kind, events_table

ID = re.compile(r"[ecflix][0-9a-f]{32}")
PART = re.compile(r"[ecflix][0-9a-f]{7,31}")
_TABLES = {"e": "events", "c": "claims", "f": "findings", "l": "links", "x": "exhibit"}
_NO_PARTY = {"x": "an exhibit", "f": "a finding", "c": "a claim", "l": "a link"}
_EXHIBIT = re.compile(
    r"(?:exhibit|exh\.?|ex)[\s:#-]*(?:no\.?|ex)?[\s:#-]*(\d{1,9})|x(\d{1,9})", re.I
)
_PERSON = re.compile(r"person[\s:#]*(?:no\.?)?\s*(\d{1,9})", re.I)
_TOKEN = re.compile(r"\[?([a-z]+)~([a-z2-7]{13})\]?", re.I)
# What stands in the text of events rather than in a field, and is never looked for by value.
_UNSOUGHT = CONTENT_KINDS
_TOLD = 5  # words, or characters that are words, in which a telephone number may be told
_SIGN = re.compile(r"[\d@/.:_+#]")
_LISTED = 8  # things told of where a name can mean several
# The end of a node after its kind, and after the service or country that a value begins with.
_END = """CASE WHEN kind = 'document' THEN split_part(node, ':', -1)
          ELSE regexp_replace(node, '^[^:]*:[^:]*:', '') END"""


@dataclass
class Meanings:
    """Says what something typed can mean, whether or not the case has it."""

    case: Case

    @cached_property
    def regions(self) -> list[str]:
        """The regions that the case's exhibits are stated to be from."""
        with self.case.catalogue.read() as connection:
            stated = connection.execute(sa.select(c.capture.c.statement)).scalars()
            return sorted({s["region"] for s in stated if s.get("region")})

    def readings(self, texts: Sequence[str]) -> list[tuple[list[Reading], list[str]]]:
        """Return, for each cleaned text, what it can mean and what is wrong with it."""
        told = [read(text, self.regions) for text in texts]
        # What is no field of its own: a number spelt with letters, a link to an account, a sentence.
        unsure = [
            n
            for n, (found, _) in enumerate(told)
            if "/" in texts[n] or not any(reading.sure for reading in found)
        ]
        for n, reading in self._extracted([texts[n] for n in unsure]):
            found = told[unsure[n]][0]
            if (reading.kind, reading.value) not in {(r.kind, r.value) for r in found}:
                found.append(reading)
        return told

    def numbers(self, words: str) -> list[int]:
        """Return the numbers by which the index knows what words surely name, besides being words."""
        text, key = clean(words), self.case.key
        if match := _TOKEN.fullmatch(text):
            return [masking.number_of(match[2].upper())]
        nodes = {f"{kind}:{words.strip()}" for kind in Kind if kind not in _UNSOUGHT}
        nodes.add(words.strip())
        readings = self.readings([text])[0][0] if _tells(text) else read(text, self.regions)[0]
        for reading in readings:
            if reading.sure:
                node = f"{reading.kind}:{reading.value}"
                nodes.add(loose(reading.kind, reading.value) if reading.loose else node)
        return sorted(masking.number(key, node) for node in nodes)

    def _extracted(self, texts: Sequence[str]) -> list[tuple[int, Reading]]:
        """Return (text, reading) for what the extractors find in texts, region by region."""
        regions = [None, *self.regions]
        asked = [(n, place) for place in range(len(regions)) for n in range(len(texts))]
        events = [
            Event(
                kind=EventKind.NOTE,
                locator=f"row:{n};{place}",
                text=texts[n],
                region=regions[place],
            )
            for n, place in asked
        ]
        table = events_table("x", events, "list", "1")
        of = dict(zip(table["id"].to_pylist(), asked, strict=True))
        wanted = [p for n, p in wiring.plugins("extractors").items() if n not in _UNSOUGHT]
        claims = [c for p in wanted for c in p.find(table).to_pylist()] if asked else []
        found: dict[tuple[int, str, str], Reading] = {}
        for claim in sorted(claims, key=lambda claim: of[claim["event"]][1]):
            n, place = of[claim["event"]]
            region = regions[place]
            if claim["kind"] not in _UNSOUGHT:
                how = f"by “{claim['written']}” in it, {claim['reason']}"
                how += f" in {region}" if region and claim["kind"] == Kind.PHONE else ""
                reading = Reading(Kind(claim["kind"]), claim["value"], how)
                found.setdefault((n, reading.kind, reading.value), reading)
        return [(n, reading) for (n, _, _), reading in found.items()]


@dataclass
class Naming(Meanings):
    """Looks names up in one case, as it is now."""

    query: Query

    # --- ids and values ---------------------------------------------------------------------

    def resolve(self, name: str, verb: str, scoped: bool = False) -> str:
        """Return the id or node that `name` means, or say what was tried and what to run.

        `scoped`: what takes part in events is wanted, and a name is told as one exhibit's, since
        equal names are different people.
        """
        found = self._meant(name, verb, scoped)
        what = _NO_PARTY.get(found[0]) if ID.fullmatch(found) else None
        if scoped and what:
            why = (
                f"{what} takes part in nothing: {verb} is of identities, persons, values and events"
            )
            see = "timeline" if found[0] == "x" else "show"
            raise NotFound(f"{verb} {name}", why, f"See what it holds: palermo {see} CASE {found}")
        return found

    def _meant(self, name: str, verb: str, scoped: bool) -> str:
        text = clean(name)
        if ID.fullmatch(text) or text.startswith("posting:"):
            return text
        if match := _PERSON.fullmatch(text):
            return f"person:{match[1]}"
        if match := _EXHIBIT.fullmatch(text):
            return self._exhibit(int(match[1] or match[2]), name, verb)
        if is_mark(text):
            if (node := self.marked(text)) is None:
                why = "no value of this case has this mark: marks differ from case to case"
                raise NotFound(f"{verb} {name}", why, _search(""))
            return node
        if PART.fullmatch(text) and (found := self._begun(text)):
            return self._one(found, name, verb)
        if known := self.query.resolve(name.strip()) if ":" in name else None:
            return known
        return self._value(text, name, verb, scoped)

    def marked(self, text: str) -> str | None:
        """Return the node behind a mark such as [phone~L6PZ5IDM26WSI]."""
        match = _TOKEN.fullmatch(text)
        return self.query.resolve(f"{match[1].lower()}~{match[2].upper()}") if match else None

    def _exhibit(self, number: int, name: str, verb: str) -> str:
        for id, known in self.query.numbers.items():
            if known == number:
                return id
        why = f"the case holds exhibits 1 to {max(self.query.numbers.values(), default=0)}"
        raise NotFound(f"{verb} {name}", why, "See what it holds: palermo status CASE")

    def _begun(self, part: str) -> list[str]:
        """Return the ids that begin so."""
        if part[0] == "x":
            return sorted(id for id in self.query.numbers if id.startswith(part))
        table, column = _TABLES.get(part[0], "identities"), "identity" if part[0] == "i" else "id"
        rows = self.query.tables.sql(
            f"""SELECT DISTINCT {column} AS id FROM {table} WHERE starts_with({column}, ?)
                ORDER BY 1 LIMIT {_LISTED + 1}""",
            [part],
        )
        return list(rows["id"].to_pylist())

    def _value(self, text: str, name: str, verb: str, scoped: bool) -> str:
        readings, faults = self.readings([text])[0]
        present = self.present(readings)
        for sure in (True, False):
            nodes = {node for r, found in present.items() if r.sure == sure for node in found}
            if nodes:
                return self._one(sorted(self._scoped(nodes) if scoped else nodes), name, verb)
        tried = list(dict.fromkeys([*(r.how for r in readings), *faults]))
        why = f"looked for {', '.join(tried)}" if tried else "it has the form of no identifier"
        raise NotFound(f"{verb} {name}", f"{why}; nothing in this case is called so", _search(name))

    def _scoped(self, nodes: Iterable[str]) -> list[str]:
        """Return nodes with each name told as that of the exhibits it stands in."""
        names = [node.partition(":")[2] for node in nodes if node.startswith(f"{Kind.NAME}:")]
        rows = self.query.tables.sql(
            """SELECT DISTINCT 'name:' || exhibit || ':' || value AS node FROM claims
               WHERE kind = 'name' AND value IN (SELECT unnest(?))""",
            [names],
        )
        scoped: list[str] = rows["node"].to_pylist()
        return [n for n in nodes if not n.startswith(f"{Kind.NAME}:")] + scoped

    def _one(self, found: Sequence[str], name: str, verb: str) -> str:
        if len(found) == 1:
            return found[0]
        self.query.name(found[:_LISTED])
        told = [self._told(one) for one in found[:_LISTED]]
        more = f" and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        node = self.query.mask.node(found[0])
        next = f"Name one of them: palermo {verb} CASE {shlex.quote(node)}"
        raise Invalid(f"{verb} {name}", f"it can mean {'; '.join(told)}{more}", next)

    def _told(self, one: str) -> str:
        if is_event(one):
            return f"{one} ({self.query.node(one).shown})"
        if one.startswith(f"{Kind.NAME}:x"):
            exhibit = one.split(":")[1]
            return f"{self.query.mask.node(one)} (in exhibit {self.query.numbers.get(exhibit)})"
        service = f" ({of_service(one)})" if one.startswith(f"{Kind.HANDLE}:") else ""
        return f"{self.query.mask.node(one)}{service}"

    def nodes(self, words: str) -> list[str]:
        """Return what words surely name in the case, besides being words."""
        if known := self.query.resolve(words.strip()):
            return [known]
        readings, _ = self.readings([clean(words)])[0]
        present = self.present([reading for reading in readings if reading.sure])
        return sorted({node for nodes in present.values() for node in nodes})

    def present(self, readings: Sequence[Reading]) -> dict[Reading, list[str]]:
        """Return the readings that are in the case, each with the nodes it is there."""
        asked = list(dict.fromkeys(r for r in readings if r.kind != Kind.NAME))
        rows = self.query.tables.sql(
            f"""
            WITH asked AS (SELECT unnest(?) AS n, unnest(?) AS kind, unnest(?) AS value,
                                  unnest(?) AS loose)
            SELECT a.n, o.node FROM asked a JOIN nodes o ON o.node = a.kind || ':' || a.value
            WHERE NOT a.loose
            UNION
            SELECT a.n, o.node FROM asked a
            JOIN (SELECT kind, node, {_END} AS tail FROM nodes
                  WHERE kind IN ('handle', 'plate', 'document')) o
              ON o.kind = a.kind AND lower(o.tail) = lower(a.value) WHERE a.loose
            ORDER BY 1, 2
            """,
            [
                list(range(len(asked))), [str(r.kind) for r in asked], [r.value for r in asked],
                [r.loose for r in asked],
            ],
        ).to_pylist()  # fmt: skip
        found: dict[Reading, list[str]] = {}
        for row in rows:
            found.setdefault(asked[row["n"]], []).append(row["node"])
        for reading in readings:
            if reading.kind == Kind.NAME and (nodes := self._names.get(named(reading.value))):
                found[reading] = nodes
        return found

    @cached_property
    def _names(self) -> Mapping[str, list[str]]:
        """Every name of the case, as names are compared → its nodes."""
        rows = self.query.tables.sql(
            "SELECT DISTINCT value FROM claims WHERE kind = 'name' ORDER BY 1"
        )
        found: dict[str, list[str]] = {}
        for value in rows["value"].to_pylist():
            found.setdefault(named(value), []).append(f"{Kind.NAME}:{value}")
        return found


def _tells(text: str) -> bool:
    """Whether a value may stand within a text: it has signs, or words enough to tell a number in."""
    words = len(text.split()) + sum(map(len, SPACELESS.findall(text)))
    return words >= _TOLD or _SIGN.search(text) is not None


def is_mark(text: str) -> bool:
    return _TOKEN.fullmatch(text) is not None


def of_service(node: str) -> str:
    """Say of which platform a handle is; whoever typed the name may read that."""
    service = node.split(":")[1]
    return "its platform is not told" if service == "unknown" else f"of {service}"


def _search(words: str) -> str:
    told = f" {shlex.quote(words)}" if words else " WORDS"
    return f"Look for it in the words of the evidence: palermo search CASE{told}"
