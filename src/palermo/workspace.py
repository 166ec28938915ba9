"""A case at work: one method a verb; the only place that composes the stages.

Every method asks the gate first, so that nothing is read or written without a permit.
"""

import dataclasses
import getpass
import hashlib
import io
import json
import time as clock
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from palermo import answers, wiring
from palermo import run as running
from palermo.acquire import folder as folders
from palermo.custody import sealing
from palermo.custody.log import Act, canonical
from palermo.custody.verify import verify
from palermo.decode import mapping, note
from palermo.reading import Reader
from palermo.review import decisions, persons
from palermo.review.deciding import Desk, Request
from palermo.review.decisions import Made
from palermo.safeguards.masking import Mask
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import Invalid, NotFound, Refused
from palermo.safeguards.rules.scope import KEYS
from palermo.share import clearance
from palermo.store import catalogue as c
from palermo.store.case import Case
from palermo.store.query import Query
from palermo.store.why import Back, entries
from palermo.vocabulary import Capture, Offence, Statement, event_id

Progress = Callable[[str, int, int], None]


def quiet(_stage: str, _done: int, _total: int) -> None:
    """No progress."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An authority as somebody states it; see `safeguards/rules` for what each part decides."""

    offence: str
    authority: str
    basis: str
    until: str
    approved_by: str
    necessity: str = ""
    since: str | None = None
    scope: dict[str, Any] = dataclasses.field(default_factory=dict)


class Workspace:
    """A case, opened by an actor for a purpose (default: the authority's)."""

    def __init__(self, case: Case, actor: str, purpose: str | None) -> None:
        self.case = case
        self.gate = Gate(catalogue=case.catalogue, log=case.log, actor=actor, purpose=purpose)

    @classmethod
    def open(
        cls, folder: Path, actor: str | None = None, purpose: str | None = None
    ) -> "Workspace":
        """Open a case; the default actor is the operating system's account, unauthenticated."""
        return cls(Case.open(folder), actor or getpass.getuser(), purpose)

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.case.catalogue.engine.dispose()

    # --- the case and its authority ---------------------------------------------------------

    @classmethod
    def new(
        cls, folder: Path, grant: Grant, actor: str | None = None, database: str | None = None
    ) -> answers.Created:
        """Make a case; without a lawful authority there is none."""
        actor = actor or getpass.getuser()
        row = _authority(grant, actor)
        case = Case.create(folder, database)
        workspace = cls(case, actor, None)
        number, head = workspace._authorise(row)
        return answers.Created(case=str(case.folder), authority=number, head=head)

    def authorise(self, grant: Grant) -> answers.Created:
        """Record a new authority; it replaces the one before, which stays on record."""
        self.gate.ask("authorise", dataclasses.asdict(grant))
        number, head = self._authorise(_authority(grant, self.gate.actor))
        return answers.Created(case=str(self.case.folder), authority=number, head=head)

    def _authorise(self, row: dict[str, Any]) -> tuple[int, str]:
        with self.case.catalogue.write() as connection:
            number: int = connection.execute(
                sa.insert(c.authority).values(**row).returning(c.authority.c.number)
            ).scalar_one()
            act = Act(act="authority", actor=self.gate.actor, detail={**row, "number": number})
            last, head = self.case.log.append(connection, act)
        return number, f"{last}:{head}"

    # --- acquire and custody ----------------------------------------------------------------

    def add(
        self,
        where: Sequence[str],
        statement: Statement | None = None,
        origin: str | None = None,
        progress: Progress = quiet,
    ) -> answers.Added:
        """Seal files and folders; `origin` names their source in place of this machine's paths."""
        permit = self.gate.ask("add", {"where": list(where), "origin": origin})
        statement = statement or Statement()
        refused: list[str] = []
        with self.case.writer("add"):
            for place in where:
                self._save_references(permit, place)
            captures = self._captures(where, statement, origin, permit, refused, progress)
            sealed = sealing.seal(self.case, permit, captures)
        return answers.Added(
            exhibits=len(sealed.exhibits),
            known=sealed.known,
            bytes=sealed.size,
            refused=refused,
            head=self._head(),
        )

    def _captures(
        self,
        where: Sequence[str],
        statement: Statement,
        origin: str | None,
        permit: Permit,
        refused: list[str],
        progress: Progress,
    ) -> Iterator[Capture]:
        done = 0
        for place in where:
            source = next((s for s in wiring.plugins("sources").values() if s.accepts(place)), None)
            if source is None:
                raise Invalid(f"add {place}", "no source brings this in", "Name a file or folder")
            base = Path(place).absolute().as_uri()
            for capture in source.fetch(place, statement):
                if origin is not None:
                    inside = capture.origin.removeprefix(base).lstrip("/") or capture.name
                    capture = dataclasses.replace(capture, origin=f"{origin}/{inside}")
                try:
                    self.gate.check(permit, origin=capture.origin)
                except Refused as no:
                    refused.append(f"{capture.origin}: {no.why}")
                    continue
                yield capture
                done += 1
                progress("add", done, 0)

    def _save_references(self, permit: Permit, place: str) -> None:
        """Keep the mappings and sites that lie beside an intake file: readings rest on them."""
        root = Path(place)
        if not (root / folders.INTAKE).is_file():
            return
        try:
            mappings = mapping.load(root / "mappings")
            sites = {
                path.stem: mapping.read_yaml(path.read_text(encoding="utf-8"))
                for path in sorted((root / "sites").glob("*.yaml"))
            }
        except mapping.MappingError as error:
            raise Invalid(f"add {place}", str(error), "Mend that file, see docs/mappings.md") from error
        found = {("mapping", name): content for name, content in mappings.items()}
        found |= {("site", name): content for name, content in sites.items()}
        for (kind, name), content in found.items():
            self._save_reference(permit, kind, name, content)

    def _save_reference(
        self, permit: Permit, kind: str, name: str, content: dict[str, Any]
    ) -> None:
        sha256 = hashlib.sha256(canonical(content).encode()).hexdigest()
        r = c.reference.c
        here = (r.kind == kind) & (r.name == name)
        with self.case.catalogue.write() as connection:
            if connection.execute(sa.select(r.sha256).where(here)).scalar() == sha256:
                return
            connection.execute(sa.delete(c.reference).where(here))
            values = {"kind": kind, "name": name, "sha256": sha256, "at": datetime.now(UTC)}
            plain = json.loads(canonical(content))
            connection.execute(sa.insert(c.reference).values(content=plain, **values))
            detail = {"kind": kind, "name": name, "sha256": sha256}
            self.case.log.append(
                connection,
                Act(act="save", actor=permit.actor, permit=permit.number, detail=detail),
            )

    def save_mapping(self, path: Path) -> list[str]:
        """Keep a column mapping under its file's name; return their names."""
        permit = self.gate.ask("add", {"mapping": path.name})
        content = mapping.read_yaml(path.read_text(encoding="utf-8"))
        self._save_reference(permit, "mapping", path.stem, content)
        return [path.stem]

    def note(
        self,
        text: str,
        time: str | None = None,
        place: str | None = None,
        lat: float | None = None,
        lon: float | None = None,
        source: str | None = None,
    ) -> answers.Noted:
        """Enter an observation by hand; it is sealed like any other evidence, and read at once."""
        permit = self.gate.ask("note", {"time": time, "place": place})
        content = note.compose(
            text,
            time=time,
            place=place,
            latitude=None if lat is None else str(lat),
            longitude=None if lon is None else str(lon),
            by=self.gate.actor,
            source=source,
        )
        now = datetime.now(UTC)
        capture = Capture(
            origin=f"note:{self.gate.actor}/{now.isoformat()}",
            name="note.txt",
            open=partial(io.BytesIO, content),
            method="entered by hand",
            captured=now,
            statement=Statement(),
        )
        with self.case.writer("note"):
            exhibit = sealing.seal(self.case, permit, [capture]).exhibits[0]
            self._run(permit, quiet)
        return answers.Noted(event=event_id(exhibit.id, "offset:0", "note"), exhibit=exhibit.id)

    # --- decode, extract, link, patterns ----------------------------------------------------

    def run(self, progress: Progress = quiet) -> answers.Ran:
        """Read, extract, link and look for patterns: only what is new or has changed."""
        permit = self.gate.ask("run")
        with self.case.writer("run"):
            return self._run(permit, progress)

    def _run(self, permit: Permit, progress: Progress) -> answers.Ran:
        counts = running.Counts()
        running.decode(self.case, permit, progress, counts)
        running.extract(self.case, permit, progress, counts)
        number = running.see(self.case, permit, progress)
        return self._ran(number, counts)

    def _ran(self, number: int, counts: running.Counts) -> answers.Ran:
        with self.case.catalogue.read() as connection:
            rows = self._rows(connection, number)
            problems = connection.execute(sa.select(sa.func.sum(c.problem.c.count))).scalar()
            none = sa.select(sa.func.count()).where(c.reading.c.method.is_(None))
            not_understood = connection.execute(none).scalar_one()
            identities = self._identities(number)
        return answers.Ran(
            run=number,
            exhibits=counts.exhibits,
            events=counts.events,
            claims=counts.claims,
            links=rows.get("links", 0),
            identities=identities,
            findings=rows.get("findings", 0),
            problems=int(problems or 0),
            not_understood=not_understood,
            seconds=round(clock.monotonic() - counts.started, 3),
        )

    def _rows(self, connection: sa.Connection, number: int) -> dict[str, int]:
        f = c.lake_file.c
        query = sa.select(f.kind, sa.func.sum(f.rows)).where(f.run == number).group_by(f.kind)
        return {kind: int(rows) for kind, rows in connection.execute(query)}

    def _identities(self, number: int) -> int:
        tables = self.case.tables(number)
        try:
            counted = tables.sql("SELECT count(DISTINCT identity) AS n FROM identities")
            return int(counted["n"][0].as_py())
        finally:
            tables.close()

    # --- looking ----------------------------------------------------------------------------

    @contextmanager
    def _reader(self, act: str, asked: dict[str, Any]) -> Iterator[tuple[Reader, Permit]]:
        permit = self.gate.ask(act, asked)
        query = self.query()
        try:
            yield Reader(self.case, query), permit
        finally:
            query.tables.close()

    def query(self, leaving: bool = False) -> Query:
        """Open the query layer on the case as it is now, with what may be read in it."""
        tables = self.case.tables()
        now = datetime.now(UTC)
        with self.case.catalogue.read() as connection:
            number = self.case.last_run(connection) or 0
            made = decisions.load(connection)
            people = persons.load(connection)
            listed = sa.select(c.exhibit.c.id, c.exhibit.c.number)
            numbers: dict[str, int] = {r.id: r.number for r in connection.execute(listed)}
        published = tables.sql("SELECT node FROM nodes WHERE published")["node"].to_pylist()
        open_ = persons.readable(people.values(), now)
        revealed = {d.a for d in made if d.act == "reveal"}
        mask = Mask(
            key=self.case.key,
            published=frozenset(published),
            revealed=open_ if leaving else frozenset(open_ | revealed),
            leaving=leaving,
        )
        query = Query(
            tables=tables,
            mask=mask,
            run=number,
            numbers=numbers,
            decided=decisions.standing(made),
            exculpatory=frozenset(d.a for d in made if d.act == "exculpatory"),
            persons={},
            held={node: p.number for p in people.values() for node in p.nodes},
        )
        query.persons = {p.number: _person(p, query) for p in people.values()}
        return query

    def status(self) -> answers.Status:
        with self._reader("status", {}) as (reader, _):
            return self._status(reader.query)

    def _status(self, query: Query) -> answers.Status:
        authority = self.gate.authority()
        assert authority is not None

        def by_kind(table: str) -> dict[str, int]:
            counted = query.tables.sql(
                f"SELECT kind, count(*) AS n FROM {table} GROUP BY kind ORDER BY kind"
            )
            return {row["kind"]: row["n"] for row in counted.to_pylist()}

        def count(connection: sa.Connection, table: sa.Table) -> int:
            return int(connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one())

        with self.case.catalogue.read() as connection:
            sizes = connection.execute(sa.select(sa.func.sum(c.exhibit.c.size))).scalar()
            exhibits = count(connection, c.exhibit)
            problems = connection.execute(sa.select(sa.func.sum(c.problem.c.count))).scalar()
            number, head = self.case.log.head(connection)
            counts = {
                name: count(connection, table)
                for name, table in (
                    ("decisions", c.decision), ("persons", c.person), ("packages", c.package)
                )
            }  # fmt: skip
            read = count(connection, c.reading)
        identities = query.tables.sql("SELECT count(DISTINCT identity) AS n FROM identities")
        return answers.Status(
            case=self.case.about["name"],
            offence=authority.offence,
            authority=authority.authority,
            basis=authority.basis,
            until=authority.until.date(),
            approved_by=authority.approved_by,
            approval="claimed",
            exhibits=exhibits,
            bytes=int(sizes or 0),
            pending=exhibits - read,
            events=by_kind("events"),
            claims=by_kind("claims"),
            links=by_kind("links"),
            findings=by_kind("findings"),
            identities=identities["n"][0].as_py(),
            problems=int(problems or 0),
            run=query.run,
            stale=running.is_stale(self.case),
            custody_entries=number,
            head=f"{number}:{head}",
            **counts,
        )

    def problems(self, limit: int = 1000, offset: int = 0) -> answers.Problems:
        permit = self.gate.ask("problems", {"limit": limit, "offset": offset})
        p, x = c.problem.c, c.exhibit.c
        query = (
            sa.select(c.problem, x.number.label("exhibit_number"), x.name)
            .join(c.exhibit, x.id == p.exhibit)
            .order_by(x.number, p.locator, p.id)
            .limit(limit)
            .offset(offset)
        )
        with self.case.catalogue.read() as connection:
            rows = [answers.Problem(**row) for row in connection.execute(query).mappings()]
        self.gate.shown(permit, (row.id for row in rows))
        return answers.Problems(problems=rows)

    def search(
        self,
        words: str,
        kind: str | None = None,
        place: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
        offset: int = 0,
    ) -> answers.Found:
        where = {"kind": kind, "place": place, "since": since, "until": until}
        with self._reader("search", {"words": words, **where}) as (reader, permit):
            found = reader.search(words, where, limit, offset)
            self.gate.shown(permit, (hit.event.id for hit in found.hits))
            return found

    def show(self, id: str) -> answers.Shown:
        with self._reader("show", {"id": id}) as (reader, permit):
            shown = reader.show(id)
            self.gate.shown(permit, [id, *(event.id for event in shown.events)])
            return shown

    def why(self, id: str) -> answers.Why:
        with self._reader("why", {"id": id}) as (reader, permit):
            why = Back(self.case, reader.query).walk(id)
            self.gate.shown(permit, (step.id for step in why.steps))
            return why

    def check(self, lines: Sequence[str]) -> answers.Checked:
        with self._reader("check", {"lines": list(lines)}) as (reader, permit):
            checked = reader.check(lines)
            self.gate.shown(permit, (id for match in checked.matches for id in match.ids))
            return checked

    def timeline(
        self,
        id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 200,
        offset: int = 0,
    ) -> answers.Timeline:
        asked = {"id": id, "since": since, "until": until}
        with self._reader("timeline", asked) as (reader, permit):
            timeline = reader.timeline(id, since, until, limit, offset)
            self.gate.shown(permit, (event.id for event in timeline.events))
            return timeline

    def network(
        self, id: str | None = None, depth: int = 1, limit: int = 500
    ) -> answers.Network:
        with self._reader("network", {"id": id, "depth": depth}) as (reader, permit):
            network = reader.linked.network(id, depth, limit)
            self.gate.shown(permit, (identity.id for identity in network.identities))
            return network

    def movements(self, id: str | None = None) -> answers.Movements:
        with self._reader("movements", {"id": id}) as (reader, permit):
            movements = reader.linked.movements(id)
            self.gate.shown(permit, (event for stay in movements.stays for event in stay.events))
            return movements

    def exhibits(self, limit: int = 1000, offset: int = 0) -> answers.Exhibits:
        with self._reader("exhibits", {"limit": limit, "offset": offset}) as (reader, permit):
            exhibits = reader.exhibits()
            page = exhibits[offset : offset + limit]
            self.gate.shown(permit, (exhibit.id for exhibit in page))
            return answers.Exhibits(exhibits=page, total=len(exhibits))

    def custody(self, limit: int = 200, offset: int = 0) -> answers.Custody:
        """Return the custody log; reading it is itself logged."""
        self.gate.ask("custody", {"limit": limit, "offset": offset})
        with self.case.catalogue.read() as connection:
            found = entries(connection, sa.true(), limit, offset)
            total, _ = self.case.log.head(connection)
        return answers.Custody(entries=found, total=total)

    # --- review -----------------------------------------------------------------------------

    def decide(
        self,
        act: str,
        a: str,
        b: str | None = None,
        reason: str = "",
        role: str | None = None,
    ) -> answers.Decided:
        return self.decide_all([Request(act=act, a=a, b=b, reason=reason, role=role)])

    def decide_all(
        self, requests: Sequence[Request], progress: Progress = quiet
    ) -> answers.Decided:
        """Take decisions, then rebuild what rests on them; a refused one stops those after it."""
        permit = self.gate.ask("review", {"decisions": len(requests)})
        with self.case.writer("review"):
            query = self.query()
            desk = Desk(self.case, self.gate, permit, query)
            try:
                for done, request in enumerate(requests, 1):
                    desk.decide(request)
                    progress("review", done, len(requests))
            finally:
                query.tables.close()
                number = running.see(self.case, permit, quiet)
        with self.case.catalogue.read() as connection:
            made = [d for d in decisions.load(connection) if d.number in set(desk.made)]
            rows = self._rows(connection, number)
        return answers.Decided(
            decisions=self._told(made),
            identities=self._identities(number),
            findings=rows.get("findings", 0),
        )

    def decisions(self) -> answers.Decisions:
        permit = self.gate.ask("decisions")
        with self.case.catalogue.read() as connection:
            made = decisions.load(connection)
        self.gate.shown(permit, (str(d.number) for d in made))
        return answers.Decisions(decisions=self._told(made))

    def _told(self, made: Sequence[Made]) -> list[answers.Decision]:
        query = self.query()
        try:
            return [
                answers.Decision(
                    number=d.number,
                    at=d.at,
                    actor=d.actor,
                    act=d.act,
                    a=query.mask.node(d.a),
                    b=None if d.b is None else query.mask.node(d.b),
                    reason=query.words(d.reason, [n for n in (d.a, d.b) if n]),
                )
                for d in made
            ]
        finally:
            query.tables.close()

    def queue(self, limit: int = 50) -> answers.Queue:
        """Return what waits for a person, the strongest first."""
        with self._reader("review", {"queue": limit}) as (reader, permit):
            q = reader.query
            ends = {end for pair in q.decided for end in pair if end}
            open_ = "NOT (l.a IN (SELECT unnest(?)) AND l.b IN (SELECT unnest(?)))"
            links = q.links(open_, [list(ends)] * 2, f"ORDER BY l.score DESC, l.id LIMIT {limit}")
            done = [a for a, b in q.decided if b is None]
            findings = q.findings(
                "f.id NOT IN (SELECT unnest(?))", [done], f"ORDER BY f.score DESC, f.id LIMIT {limit}"
            )
            undecided = [p for p in q.persons.values() if not p.roles]
            total = sum(
                int(q.tables.sql(f"SELECT count(*) AS n FROM {t}")["n"][0].as_py())
                for t in ("links", "findings")
            )
            self.gate.shown(permit, [x.id for x in links] + [f.id for f in findings])
            return answers.Queue(
                links=links, findings=findings, persons=undecided, total=total - len(q.decided)
            )

    # --- share and verify -------------------------------------------------------------------

    def share(self, format: str, to: str, purpose: str | None = None) -> answers.Shared:
        """Write a package for a recipient: what was reviewed, masked, and nothing else."""
        gate = dataclasses.replace(self.gate, purpose=purpose or self.gate.purpose)
        formats = wiring.plugins("formats")
        if format not in formats:
            raise NotFound(
                f"share as {format}",
                "there is no such format",
                f"Use one of: {', '.join(formats)}",
            )
        permit = gate.ask("share", {"format": format, "to": to}, recipient=to)
        query = self.query(leaving=True)
        try:
            with self.case.writer("share"):
                return clearance.share(self.case, gate, permit, query, formats[format], to)
        finally:
            query.tables.close()

    def verify(
        self, known: Sequence[tuple[int, str]] = (), progress: Progress = quiet
    ) -> answers.Verified:
        self.gate.ask("verify")
        return verify(self.case, known, progress)

    def _head(self) -> str:
        with self.case.catalogue.read() as connection:
            number, head = self.case.log.head(connection)
        return f"{number}:{head}"


def _authority(grant: Grant, actor: str) -> dict[str, Any]:
    """Check a stated authority and lay it out as a row."""
    what = "record the authority"
    if grant.offence not in set(Offence):
        raise Invalid(what, f"{grant.offence!r} is no offence", "Use trafficking or smuggling")
    for name in ("authority", "basis", "approved_by"):
        if not getattr(grant, name).strip():
            option = "--" + name.replace("_", "-")
            raise Invalid(what, f"it names no {name.replace('_', ' ')}", f"Give it: {option} TEXT")
    unknown = grant.scope.keys() - KEYS
    if unknown:
        known = ", ".join(sorted(KEYS))
        raise Invalid(what, f"{sorted(unknown)} are no keys of a scope", f"Use: {known}")
    if " ".join(grant.approved_by.casefold().split()) == " ".join(actor.casefold().split()):
        raise Refused(
            what,
            f"{grant.approved_by} cannot approve what {actor} requests",
            "Name another person: --approved-by NAME",
        )
    try:
        since = persons.moment(grant.since) or datetime.now(UTC)
        until = persons.moment(grant.until)
    except ValueError as error:
        raise Invalid(what, str(error), "Write dates as 2027-01-31") from error
    assert until is not None
    if until <= since:
        raise Refused(what, f"it ends on {grant.until}, before it begins", "Give a later --until")
    return {
        "offence": grant.offence,
        "authority": grant.authority,
        "basis": grant.basis,
        "necessity": grant.necessity,
        "scope": grant.scope,
        "since": since,
        "until": until,
        "requested_by": actor,
        "approved_by": grant.approved_by,
    }


def _person(person: persons.Person, query: Query) -> answers.Person:
    def day(when: datetime | None) -> date | None:
        return when.date() if when else None

    return answers.Person(
        number=person.number,
        label=person.label,
        roles=[
            answers.Role(role=r.role, since=day(r.since), until=day(r.until), source=r.source)
            for r in person.roles
        ],
        nodes=[query.node(node) for node in person.nodes],
    )
