"""A case at work: one method a verb; the only place that composes the stages.

Every method asks the gate first, so that nothing is read or written without a permit.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

import sqlalchemy as sa

from palermo import answers, wiring
from palermo import run as running
from palermo.acquire import note
from palermo.acquire import references as beside
from palermo.acquire.intake import Intake
from palermo.custody import known as known_lists
from palermo.custody import quarantine, sealing, withheld
from palermo.custody.hash_only import HashOnly, only_hashes
from palermo.custody.verify import is_altered, verify
from palermo.look import album, alerts
from palermo.look import status as standing
from palermo.look.consents import consents
from palermo.look.exact import exact
from palermo.look.leads import Leads
from palermo.look.opening import opened
from palermo.look.query import Query
from palermo.look.reader import Reader
from palermo.look.search import Search
from palermo.look.why import Back, entries
from palermo.patterns.movements import stays
from palermo.progress import Progress, quiet
from palermo.review import decisions, waiting
from palermo.review.deciding import Desk, Request
from palermo.run import sighting
from palermo.safeguards import authority as authorities
from palermo.safeguards import consent, consenting, watch
from palermo.safeguards import known as material
from palermo.safeguards.account import account
from palermo.safeguards.authority import Grant
from palermo.safeguards.consenting import Given
from palermo.safeguards.permit import Gate, Permit
from palermo.safeguards.refusal import NotFound, Refused
from palermo.score import is_market, score, score_market
from palermo.share import package
from palermo.share.format import Format
from palermo.share.preview import preview
from palermo.share.views import opened_for
from palermo.store import references
from palermo.store.case import Case, readable
from palermo.vocabulary import Statement, event_id

# What an altered row may lead to wherever it is read.
UNFORESEEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError,
    ValueError, FileNotFoundError, sa.exc.SQLAlchemyError,
)  # fmt: skip


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
        return cls(Case.open(folder), actor or account(), purpose)

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if isinstance(error, UNFORESEEN) and is_altered(self.case):
                next = "See what was altered: palermo verify CASE"
                why = "rows of its catalogue were altered or are missing"
                raise Refused("read the case", why, next, "unsound") from error
        finally:
            self.case.catalogue.engine.dispose()

    # --- the case and its authority ---------------------------------------------------------

    @classmethod
    def new(
        cls, folder: Path, grant: Grant, actor: str | None = None, database: str | None = None
    ) -> answers.Created:
        """Make a case; without a lawful authority there is none."""
        actor = actor or account()
        row = authorities.check(grant, actor)
        case = Case.create(folder, database)
        with case.writer("new"):
            case.refuse_work()  # of another `new` that was quicker
            number, head = authorities.record(case, row, actor)
        return answers.Created(case=str(case.folder), authority=number, head=head)

    def authorise(self, grant: Grant) -> answers.Created:
        """Record a new authority; it replaces the one before, which stays on record. The profile
        stays the case's unless another is named, and so approved."""
        permit = self.gate.ask("authorise", dataclasses.asdict(grant))
        grant = dataclasses.replace(grant, profile=grant.profile or permit.authority.profile)
        row = authorities.check(grant, self.gate.actor)
        number, head = authorities.record(self.case, row, self.gate.actor)
        return answers.Created(case=str(self.case.folder), authority=number, head=head)

    # --- acquire and custody ----------------------------------------------------------------

    def add(
        self,
        where: Sequence[str],
        statement: Statement | None = None,
        origin: str | None = None,
        progress: Progress = quiet,
        hash_only: bool = False,
    ) -> answers.Added:
        """Seal files and folders; `origin` names their source in place of this machine's paths.

        With `hash_only`, or where the authority says so, pictures are taken in by their hashes.
        """
        asked = {"where": list(where), "origin": origin, "hash_only": hash_only}
        permit = self.gate.ask("add", asked)
        refused: list[str] = []
        with self.case.writer("add"):
            for place in where:
                beside.save_beside(self.case, permit, place)
            intake = Intake(self.case, self.gate, permit, refused)
            captures = intake.captures(where, statement or Statement(), origin, progress)
            if hash_only or only_hashes(permit.authority):
                captures = HashOnly(self.case, permit, refused).captures(captures)
            sealed = sealing.seal(self.case, permit, captures)
        return answers.Added(
            exhibits=len(sealed.exhibits),
            known=sealed.known,
            bytes=sealed.size,
            refused=refused + sealed.unread,
            head=standing.head(self.case),
        )

    def save_mapping(self, path: Path) -> list[str]:
        """Keep a column mapping under its file's name; return their names."""
        permit = self.gate.ask("add", {"mapping": path.name})
        return [beside.save_mapping(self.case, permit, path)]

    def words(self, path: Path | None = None) -> answers.WordLists:
        """Keep a list of words that tell of a risk under its file's name; return the case's lists.

        The next run looks for them.
        """
        permit = self.gate.ask("words", {"list": path and path.name})
        if path is not None:
            beside.save_words(self.case, permit, path)
        with self.case.catalogue.read() as connection:
            saved = references.load(connection)["words"]
        return answers.WordLists(
            lists=[answers.WordList(name=name, **content) for name, content in saved.items()]
        )

    def known(
        self, path: Path, duty: str | None = None, progress: Progress = quiet
    ) -> answers.Known:
        """Keep a list of known material, and put in quarantine what of the case it matches."""
        permit = self.gate.ask("known", {"list": path.name})
        hashes, faults = material.load(path)
        with self.case.writer("known"):
            known = known_lists.draft(self.case, path.stem[:120], hashes, duty)
            matches = quarantine.sought(self.case, [known], progress)
            held = quarantine.hold(self.case, permit, matches)
            known_lists.save(self.case, permit, known)
        return answers.Known(
            name=known.name,
            hashes={kind: count for kind, count in known.counts.items() if count},
            refused=faults,
            quarantined=[row.number for row in held],
            duty=known.duty,
        )

    def note(
        self,
        text: str,
        time: str | None = None,
        place: str | None = None,
        lat: float | None = None,
        lon: float | None = None,
        source: str | None = None,
        given: str | None = None,
    ) -> answers.Noted:
        """Enter an observation by hand; it is sealed like any other evidence, and read at once.
        `given`: the number of the consent it was told under, or "public"."""
        given = consent.numbered(given)
        with self.case.catalogue.read() as connection:
            not_so = consent.why_not(consent.load(connection), given, self.gate.clock())
        asked = {"time": time, "place": place, "consent": given}
        permit = self.gate.ask("note", asked, consent=given, why_not=not_so)
        capture = note.captured(
            text,
            by=self.gate.actor,
            consent=given,
            time=time,
            place=place,
            latitude=None if lat is None else str(lat),
            longitude=None if lon is None else str(lon),
            source=source,
        )
        with self.case.writer("note"):
            exhibit = sealing.seal(self.case, permit, [capture]).exhibits[0]
            ran = self._run(permit, quiet)
        return answers.Noted(
            event=event_id(exhibit.id, "offset:0", "note"),
            exhibit=exhibit.id,
            also_read=ran.exhibits - 1,
        )

    # --- consent ----------------------------------------------------------------------------

    def consents(self) -> answers.Consents:
        """Return every consent on record, withdrawn ones too."""
        self.gate.ask("consent")
        return consents(self.case, self.gate.clock())

    def consent(self, stated: Given) -> answers.Consents:
        """Record a consent, and return it with its number."""
        permit = self.gate.ask("consent", {"recipients": stated.recipients})
        row = consenting.check(stated, permit.actor, permit.at)
        number = consenting.record(self.case, permit, row)
        return consents(self.case, self.gate.clock(), number)

    def withdraw(self, number: int, reason: str, progress: Progress = quiet) -> answers.Consents:
        """Record that a consent was withdrawn, at whatever time; what rests on it is taken out at
        once, and what remains is linked anew if the authority still allows to."""
        permit = self.gate.ask("withdraw", {"consent": number})
        consenting.withdraw(self.case, permit, number, reason)
        with self.case.writer("take out what rests on it, which is recorded as withdrawn"):
            withheld.take_out(self.case, permit)
            if permit.at < permit.authority.until:
                self._run(permit, progress)
        return consents(self.case, self.gate.clock(), number)

    # --- decode, extract, link, patterns ----------------------------------------------------

    def run(self, progress: Progress = quiet, engine: str | None = None) -> answers.Ran:
        """Read, extract, link and look for patterns: only what is new or has changed.

        `engine`: a Spark master, such as spark://host:7077; by default the processes of this
        machine.
        """
        permit = self.gate.ask("run", {"engine": engine})
        with self.case.writer("run"):
            return self._run(permit, progress, engine)

    def _run(self, permit: Permit, progress: Progress, engine: str | None = None) -> answers.Ran:
        number, counts = running.run(self.case, permit, progress, engine)
        with self._looking() as query:
            ran = standing.ran(self.case, query, number, counts)
            ran.alerts = self._watching(query).waiting()
            return ran

    # --- looking ----------------------------------------------------------------------------

    @contextmanager
    def _reader(self, act: str, asked: dict[str, Any]) -> Iterator[tuple[Reader, Permit]]:
        permit = self.gate.ask(act, asked)
        with self._looking() as query:
            yield Reader(self.case, query), permit

    def _looking(self) -> AbstractContextManager[Query]:
        return opened(self.case, self.gate.clock())

    def status(self) -> answers.Status:
        with self._reader("status", {}) as (reader, _):
            status = standing.status(self.case, self.gate, reader.query)
            status.alerts = self._watching(reader.query).waiting()
            return status

    def problems(self, limit: int = 1000, offset: int = 0) -> answers.Problems:
        with self._reader("problems", {"limit": limit, "offset": offset}) as (reader, permit):
            found = standing.problems(self.case, reader.query, limit, offset)
            self.gate.shown(permit, (problem.id for problem in found))
            return answers.Problems(problems=found)

    def search(
        self,
        words: str,
        kind: str | None = None,
        place: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
        offset: int = 0,
        site: str | None = None,
    ) -> answers.Found:
        where = {"kind": kind, "place": place, "site": site, "since": since, "until": until}
        permit = self.gate.ask("search", {"words": words, **where})
        with readable():
            found = Search(self.case, self.gate.clock()).search(words, where, limit, offset)
        self.gate.shown(permit, (hit.event.id for hit in found.hits))
        return found

    def show(self, id: str) -> answers.Shown:
        with self._reader("show", {"id": id}) as (reader, permit):
            id = reader.naming.resolve(id, "show")
            shown = reader.show(id)
            self.gate.shown(permit, [id, *(event.id for event in shown.events)])
            return shown

    def picture(self, id: str, reason: str | None = None) -> album.View:
        """Return a photograph's picture: too coarse to make anything out, or clear for a reason."""
        with self.case.catalogue.read() as connection:
            today = album.today(connection, self.gate.actor, self.gate.clock())
        asked = {"id": id, "reason": reason}
        permit = self.gate.ask("picture", asked, reason=reason, today=today)
        return album.view(self.case, self.gate, permit, id, reason)

    def why(self, id: str) -> answers.Why:
        with self._reader("why", {"id": id}) as (reader, permit):
            why = Back(self.case, reader.query).walk(reader.naming.resolve(id, "why"))
            self.gate.shown(permit, (step.id for step in why.steps))
            return why

    def check(self, lines: Sequence[str]) -> answers.Checked:
        with self._reader("check", {"lines": list(lines)}) as (reader, permit):
            checked = reader.check(lines)
            self.gate.shown(
                permit, (id for line in checked.lines for match in line.matches for id in match.ids)
            )
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
            id = id and reader.naming.resolve(id, "timeline")
            timeline = reader.timeline(id, since, until, limit, offset)
            self.gate.shown(permit, (event.id for event in timeline.events))
            return timeline

    def network(self, id: str | None = None, depth: int = 1, limit: int = 500) -> answers.Network:
        with self._reader("network", {"id": id, "depth": depth}) as (reader, permit):
            id = id and reader.naming.resolve(id, "network", scoped=True)
            network = reader.linked.network(id, depth, limit)
            self.gate.shown(permit, (identity.id for identity in network.identities))
            return network

    def leads(self, id: str, limit: int = 20) -> answers.Leads:
        """Suggest who else may belong to what people have confirmed of an identity."""
        with self._reader("leads", {"id": id, "limit": limit}) as (reader, permit):
            id = reader.naming.resolve(id, "leads", scoped=True)
            leads = Leads(self.case, reader.query, permit.at).leads(id, limit)
            told = [event.id for lead in leads.leads for event in lead.events]
            self.gate.shown(permit, told + [lead.id for lead in leads.leads])
            return leads

    def movements(self, id: str | None = None) -> answers.Movements:
        with self._reader("movements", {"id": id}) as (reader, permit):
            id = id and reader.naming.resolve(id, "movements", scoped=True)
            movements = reader.linked.movements(id)
            self.gate.shown(permit, (event for stay in movements.stays for event in stay.events))
            return movements

    def exhibits(self, limit: int = 1000, offset: int = 0) -> answers.Exhibits:
        with self._reader("exhibits", {"limit": limit, "offset": offset}) as (reader, permit):
            exhibits = reader.exhibits()
            page = exhibits[offset : offset + limit]
            self.gate.shown(permit, (exhibit.id for exhibit in page))
            return answers.Exhibits(exhibits=page, total=len(exhibits))

    def custody(self, limit: int = 200, offset: int | None = None) -> answers.Custody:
        """Return the custody log, from `offset` on or its newest entries; reading it is logged."""
        self.gate.ask("custody", {"limit": limit, "offset": offset})
        with self.case.catalogue.read() as connection:
            total, _ = self.case.log.head(connection)
            first = max(0, total - limit) if offset is None else offset
            found = entries(connection, sa.true(), limit, first)
        return answers.Custody(entries=found, total=total)

    # --- watches ----------------------------------------------------------------------------

    def _watching(self, query: Query) -> alerts.Desk:
        return alerts.Desk(self.case, query, self.gate.actor, self.gate.clock())

    def watches(self) -> answers.Watches:
        """Return every watch on record, those that are over too."""
        with self._reader("watch", {}) as (reader, permit):
            told = self._watching(reader.query).register()
            self.gate.shown(permit, (f"watch {one.number}" for one in told.watches))
            return told

    def watch(self, value: str, reason: str, until: str | None = None) -> answers.Watches:
        """Watch an exact value from now on, and return the watch: it is kept by its token alone."""
        permit = self.gate.ask("watch", {"until": until}, reason=reason)
        end = alerts.until(until, permit)
        with self.case.writer("watch"):
            with self._looking() as query:
                desk = self._watching(query)
                found = exact(value, Reader(self.case, query).naming)
                self.gate.check(permit, protected=desk.is_protected(found.nodes))
                stated = (desk.reason(reason, value, found), end)
                how = desk.reason(found.how, value, found)
            number = watch.record(self.case, permit, desk.tokens(found.nodes), how, stated)
            sighting.known(self.case, permit, number)
        with self._looking() as query:
            return self._watching(query).register(number)

    def end_watch(self, number: int, reason: str) -> answers.Watches:
        """End a watch; it stays on record."""
        permit = self.gate.ask("watch", {"end": number}, reason=reason)
        watch.end(self.case, permit, number, reason)
        with self._looking() as query:
            return self._watching(query).register(number)

    def alerts(self, limit: int = 100, mark: bool = True) -> answers.Alerts:
        """Return what is new of watched values since this actor last looked; `mark` it as seen."""
        with self._reader("alerts", {"limit": limit}) as (reader, permit):
            told = self._watching(reader.query).alerts(limit)
            self.gate.shown(permit, (alert.event.id for alert in told.alerts))
            if mark:
                reasons = {alert.watch: alert.reason for alert in told.alerts}
                alerts.seen(self.case, permit, told.through, reasons)
            return told

    def seen(self, through: int) -> answers.Alerts:
        """Mark the alerts up to a number as seen by this actor, and return what is new after it."""
        permit = self.gate.ask("alerts", {"through": through})
        alerts.seen(self.case, permit, through, {})
        return self.alerts(mark=False)

    # --- review -----------------------------------------------------------------------------

    def decide(
        self,
        act: str,
        a: str,
        b: str | None = None,
        reason: str = "",
        role: str | None = None,
    ) -> answers.Decided:
        request = Request(act=act, a=a, b=b, reason=reason, role=role)
        return self.decide_all([request], strict=True)

    def decide_all(
        self, requests: Sequence[Request], progress: Progress = quiet, strict: bool = False
    ) -> answers.Decided:
        """Take decisions, then rebuild what rests on them.

        A refused one is told in the answer, and those after it are taken; `strict` raises it.
        """
        permit = self.gate.ask("review", {"decisions": len(requests)})
        made: list[int] = []
        refused: list[str] = []
        with self.case.writer("review"):
            try:
                for concerns_findings, group in groupby(requests, attrgetter("concerns_findings")):
                    if concerns_findings and made:
                        running.see(
                            self.case, permit, quiet
                        )  # findings as these decisions leave them
                    with self._looking() as query:
                        desk = Desk(self.case, self.gate, permit, query, made)
                        for request in group:
                            try:
                                desk.decide(request)
                            except Refused as no:
                                if strict:
                                    raise
                                refused.append(f"{request.act} {request.a}: {no.why}")
                            progress("review", len(made) + len(refused), len(requests))
            finally:
                number = running.see(self.case, permit, quiet)
        with self.case.catalogue.read() as connection:
            taken = [d for d in decisions.load(connection) if d.number in set(made)]
        with self._looking() as query:
            return answers.Decided(
                decisions=waiting.told(query, taken),
                refused=refused,
                identities=query.count("identities"),
                findings=standing.seen(self.case, number).get("findings", 0),
            )

    def decisions(self) -> answers.Decisions:
        permit = self.gate.ask("decisions")
        with self.case.catalogue.read() as connection:
            made = decisions.load(connection)
        self.gate.shown(permit, (str(d.number) for d in made))
        with self._looking() as query:
            return answers.Decisions(decisions=waiting.told(query, made))

    def queue(self, limit: int = 50) -> answers.Queue:
        """Return what waits for a person, the strongest first."""
        with self._reader("review", {"queue": limit}) as (reader, permit):
            queue = waiting.queue(reader.query, limit)
            ids = [x.id for x in queue.events] + [x.id for x in queue.links]
            ids += [f.id for f in queue.findings]
            self.gate.shown(permit, ids + [f"person:{p.number}" for p in queue.persons])
            return queue

    def score(self, truth: Path) -> answers.Scored:
        """Hold a training case, or a market of adverts, against its truth."""
        with self._reader("score", {}) as (reader, _):
            tables = reader.query.tables
            if is_market(truth):
                return answers.Scored(**score_market(tables, truth))
            found = score(
                tables.sql("SELECT * FROM identities"),
                tables.sql("SELECT id, kind, posting, details, exhibit, locator FROM events"),
                tables.sql("SELECT id, event, kind, value, role, exhibit FROM claims"),
                stays(tables),
                truth,
                tables.sql("SELECT * FROM links"),
            )
            return answers.Scored(**found)

    # --- share and verify -------------------------------------------------------------------

    def share(self, format: str, to: str, purpose: str | None = None) -> answers.Shared:
        """Write a package for a recipient: what was reviewed, masked, and nothing else."""
        gate = dataclasses.replace(self.gate, purpose=purpose or self.gate.purpose)
        plugin = self._format(format)
        permit = gate.ask("share", {"format": format, "to": to}, recipient=to)
        with self.case.writer("share"), opened_for(self.case, permit, to) as views:
            return package.share(self.case, gate, permit, views, plugin, to)

    def preview(self, format: str, to: str, purpose: str | None = None) -> answers.Preview:
        """Say what `share` would write and withhold; a look, that the custody log keeps."""
        gate = dataclasses.replace(self.gate, purpose=purpose or self.gate.purpose)
        self._format(format)
        permit = gate.ask("preview", {"format": format, "to": to}, recipient=to)
        gate.check(dataclasses.replace(permit, act="share"), recipient=to)
        with opened_for(self.case, permit, to) as views:
            told = preview(self.case, gate, permit, views, format, to)
        gate.shown(permit, (exhibit.number for exhibit in told.exhibits))
        return told

    def _format(self, name: str) -> Format:
        formats: dict[str, Format] = wiring.plugins("formats")
        if name not in formats:
            known = ", ".join(formats)
            raise NotFound(f"share as {name}", "there is no such format", f"Use one of: {known}")
        return formats[name]

    def verify(
        self, known: Sequence[tuple[int, str]] = (), progress: Progress = quiet
    ) -> answers.Verified:
        try:
            self.gate.ask("verify")
        except Exception:  # an altered row may make the gate refuse, or fail: that is to be told
            if not is_altered(self.case):
                raise
        return verify(self.case, known, progress)
