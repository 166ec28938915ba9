"""What every verb answers: one model a verb, the same on the command line (--json) and over REST.

Values that are masked carry a token in place of the value (``phone~7K3F9A2B``): equal values have
equal tokens within a case and none outside it, so that links stay visible without the value.
"""

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Node(Answer):
    """A value, or an event standing for its author."""

    node: str  # an event's id, "<kind>:<value>", or "<kind>~<token>" where masked
    kind: str
    shown: str  # what a person may read
    masked: bool


class Party(Answer):
    role: str
    value: Node


class Claim(Answer):
    id: str
    event: str
    kind: str
    role: str
    value: Node
    written: str  # masked like the value
    start: int | None
    end: int | None
    confidence: float
    reason: str
    details: dict[str, str]
    method: str
    version: str


class Risk(Answer):
    """A risk to life or to a child: it stands on top of every queue."""

    to: str  # life, child, both, or "life or child" where a person said so
    why: str
    since: datetime | None  # when it was first stated, or said
    by: str | None  # who said so; null: it is stated in what rests_on names
    rests_on: list[str]  # claims and events


class Event(Answer):
    id: str
    kind: str
    exhibit: str
    exhibit_number: int
    locator: str
    time: datetime | None
    time_error: int | None
    zone: str | None
    place: str | None
    lat: float | None
    lon: float | None
    place_error: float | None
    title: str
    text: str
    amount: str | None
    currency: str | None
    parties: list[Party]
    within: str | None
    posting: str | None
    details: dict[str, str]
    identities: list[str]
    tags: list[str]
    reviewed: bool  # events and claims are machine-read unless a person has confirmed them
    risk: Risk | None = None


class Link(Answer):
    id: str
    kind: str
    a: Node
    b: Node
    score: float
    reason: str
    claims: list[str]
    decision: str | None  # "confirm", "reject"
    risk: Risk | None = None


class Finding(Answer):
    id: str
    kind: str
    title: str
    score: float
    start: datetime | None
    end: datetime | None
    reason: str
    counter: str
    subjects: list[Node]
    identities: list[str]
    evidence: list[str]
    details: dict[str, Any]
    decision: str | None
    run: int
    risk: Risk | None = None


class Exhibit(Answer):
    number: int
    id: str
    name: str
    origin: str
    sha256: str
    size: int
    parent: str | None
    acquired: datetime
    acquired_by: str
    method: str
    decoder: str | None
    statement: dict[str, str | None]
    withheld: str | None = None  # why it is sealed and not read
    events: int
    problems: int
    quarantined: bool = False  # known material: nothing is told of it but number, digest and size


class Exhibits(Answer):
    exhibits: list[Exhibit]
    total: int


class Role(Answer):
    role: str
    since: date | None
    until: date | None
    source: str


class Person(Answer):
    number: int
    label: str
    roles: list[Role]
    nodes: list[Node]
    risk: Risk | None = None


class Identity(Answer):
    id: str
    label: str  # its most telling value, masked where due
    nodes: list[Node]
    events: int
    kinds: dict[str, int]  # events by kind
    start: datetime | None
    end: datetime | None
    places: list[str]
    persons: list[Person]
    risk: Risk | None = None


class Entry(Answer):
    """One entry of the custody log."""

    number: int
    at: datetime
    actor: str
    act: str
    purpose: str
    subject: str
    entry: str


class Created(Answer):
    case: str
    authority: int
    head: str


class Added(Answer):
    exhibits: int
    known: int  # the same bytes from the same origin
    bytes: int
    refused: list[str]
    head: str


class Known(Answer):
    """What `known` did with a list of known material; nothing of the list itself."""

    name: str
    hashes: dict[str, int]  # by kind
    refused: list[str]  # lines that hold no hash: where, and why
    quarantined: list[int]  # exhibits that matched now
    duty: str


class Noted(Answer):
    event: str
    exhibit: str
    also_read: int  # exhibits that waited to be read, and were read with it


class Consent(Answer):
    """What somebody agreed to who gave evidence of their own will."""

    number: int
    at: datetime  # when it was recorded
    giver: str  # the case's own reference, never a name
    purpose: str
    language: str  # in which it was explained
    age: Literal["adult", "child", "unknown"]
    guardian: str | None  # who spoke for a child, or for whose age is not known
    preference: str | None  # of an interviewer
    recipients: list[str]  # with whom it may be shared; nobody else
    given: date
    until: datetime | None
    withdrawn: datetime | None
    reason: str | None  # how it was withdrawn
    over: str | None  # why it is in force no more; null: it is
    exhibits: int  # that were sealed under it


class Consents(Answer):
    consents: list[Consent]


class Match(Answer):
    """One way in which a line of a list stands in the case."""

    node: str | None  # None: as written, in a file or in the words of events
    reading: str  # how the line was read to match
    events: int
    ids: list[str]  # of events, the first in time, 100 at most; or the exhibit's
    exhibits: list[int]  # numbers


class Looked(Answer):
    line: int  # from 1, as in the file
    column: str  # of a table; empty in a plain list
    written: str
    answer: Literal["found", "absent", "not understood"]
    why: str  # how it was read; what is wrong with it
    matches: list[Match]


class Checked(Answer):
    lines: list[Looked]  # each line but blank ones and comments; in a table each identifier
    found: int
    absent: int
    not_understood: int
    unread: int  # exhibits that `palermo run` has not read: what they hold is not looked at


class Watch(Answer):
    """A watch on one exact value; those that are over stay on record."""

    number: int
    at: datetime
    actor: str
    value: Node  # by its token where no evidence bears it, or where it is masked
    how: str  # what was typed was read
    reason: str
    until: datetime | None  # null: as long as the authority runs
    over: str | None  # why it runs no more; null: it runs
    events: int  # in which the value was met, those before the watch among them
    new: int  # of these, what whoever asks was not shown as an alert


class Watches(Answer):
    watches: list[Watch]


class Alert(Answer):
    """A watched value in an event that was read since the watch began."""

    number: int
    watch: int
    value: Node
    reason: str  # of the watch
    event: Event
    claim: Claim | None  # null: the value is the picture's own hash
    why: str  # what `why` leads from to the bytes


class Alerts(Answer):
    """What whoever asks was not shown before, the oldest first."""

    alerts: list[Alert]
    waiting: int  # in all, these among them
    through: int  # the last of these, by number
    watches: int  # that run


class Ran(Answer):
    run: int
    exhibits: int  # newly decoded
    events: int  # newly read
    claims: int
    links: int  # in the whole case
    identities: int
    findings: int
    problems: int
    not_understood: int
    seconds: float
    alerts: int = 0  # new sightings of watched values, for whoever asks


class WordList(Answer):
    name: str
    risk: str  # what its words tell of: life, child
    words: list[str]


class WordLists(Answer):
    lists: list[WordList]


class Status(Answer):
    at_risk: int = 0  # what tells of a risk to life or to a child, and waits for a person
    case: str
    offence: str
    authority: str
    basis: str
    necessity: str
    scope: str  # in words; "the whole authority" where nothing narrows it
    profile: str  # police, ngo
    profile_says: str
    until: date
    approved_by: str
    approval: Literal["claimed"]
    exhibits: int
    bytes: int
    pending: int  # exhibits that `palermo run` has not read
    withheld: int  # exhibits that it does not read: in quarantine, or consent is over
    events: dict[str, int]
    claims: dict[str, int]
    links: dict[str, int]
    findings: dict[str, int]
    identities: int  # held together by links or decisions; a value that none ties is not counted
    persons: int
    problems: int
    decisions: int
    packages: int
    run: int
    stale: bool
    custody_entries: int
    head: str
    quarantined: list[int] = []  # numbers of the exhibits in quarantine as known material
    duty: str = ""  # the duty to report them, as the lists state it
    pictures: Literal["shown", "none", "hashes"] = "shown"  # what the authority lets be shown
    exposure: int = 0  # pictures that were shown clear to whoever asks, in this case
    alerts: int = 0  # sightings of watched values that whoever asks was not shown


class Problem(Answer):
    id: str
    exhibit: str
    exhibit_number: int
    name: str
    locator: str
    kind: str
    message: str
    count: int


class Problems(Answer):
    problems: list[Problem]


class Hit(Answer):
    event: Event
    score: float
    snippet: str
    spans: list[tuple[int, int]]  # in `snippet`, to highlight
    sightings: int = 1  # how often this posting, or a page that says this, was captured
    first: datetime | None = None  # when it was first and last seen
    last: datetime | None = None


class Found(Answer):
    query: str
    total: int  # events found
    listed: int  # hits that there are: what was seen often is listed once
    exact: bool = True  # else `listed` tells what is there at least
    hits: list[Hit]
    facets: dict[str, dict[str, int]]  # events by kind, place, month, day, site


class Picture(Answer):
    """A photograph of the case that may be asked for: blurred, or clear for a reason."""

    id: str
    exhibit: str
    exhibit_number: int


class Slot(Answer):
    """A place of a template that every text fills anew: what each event has there."""

    name: str
    values: dict[str, str]


class Template(Answer):
    """What near texts have in common, readable, with each slot's name in braces."""

    text: str
    adverts: int
    slots: list[Slot]


class Shown(Answer):
    """What `show ID` found: exactly one of the fields is filled, and what goes with it."""

    event: Event | None = None
    claims: list[Claim] = []
    claim: Claim | None = None
    link: Link | None = None
    finding: Finding | None = None
    exhibit: Exhibit | None = None
    identity: Identity | None = None
    person: Person | None = None
    node: Node | None = None
    events: list[Event] = []  # where a node, identity or exhibit occurs
    pictures: list[Picture] = []  # what an event or an exhibit shows
    template: Template | None = None  # of the texts near an event's, or of a finding


class Step(Answer):
    """One step of the way back: what it is, and what it rests on."""

    id: str
    what: str  # finding, link, claim, event, exhibit, custody
    text: str
    rests_on: list[str]


class Excerpt(Answer):
    """The original around a claim: bytes of the sealed exhibit, read again now."""

    exhibit: str
    locator: str
    first: int | None  # bytes of the payload
    last: int | None
    before: str
    words: str
    after: str
    verified: bool  # the sealed blob's digest is right, and these bytes give the words as written
    sha256: str


class Why(Answer):
    id: str
    steps: list[Step]
    excerpts: list[Excerpt]
    custody: list[Entry]


class LeadReason(Answer):
    kind: str  # text, picture, contact, mention, web, account_name, sentence, price, place ...
    points: float  # its weight, by how much of it there is
    says: str
    rests_on: list[str]  # claims, links and events


class Lead(Answer):
    """Somebody outside a network who may belong to it: an identity, or an advert that nothing ties."""

    id: str
    score: float  # 0 to 1: strength, not a probability
    value: Node | None  # the contact that most of the adverts give
    adverts: int
    events: list[Event]  # the first few
    reasons: list[LeadReason]  # the strongest first
    against: list[str]
    a: str  # what review names to confirm or reject it: of the network ...
    b: str  # ... and of the lead


class Leads(Answer):
    id: str  # of the identity
    confirmed: list[Node]  # what leads rest on, and nothing else does
    adverts: int  # confirmed
    leads: list[Lead]
    total: int
    rejected: int  # left out, since a person has said that they do not belong
    shared_by_many: list[str]  # what the network shares with so many that it leads to nobody
    weights: dict[str, float]  # points of each reason at its most
    learned: str
    says: str


class Edge(Answer):
    a: str  # identity
    b: str
    kind: str  # call, message, payment, ...
    count: int
    start: datetime | None
    end: datetime | None
    amounts: dict[str, str]


class Network(Answer):
    identities: list[Identity]
    edges: list[Edge]
    links: list[Link]
    total: int  # identities, and values that no link ties, before the cap


class Timeline(Answer):
    events: list[Event]
    total: int


class Stay(Answer):
    identity: str
    place: str
    lat: float | None
    lon: float | None
    start: datetime
    end: datetime
    basis: str  # observed, claimed
    events: list[str]
    risk: Risk | None = None  # of whose stay it is


class Contradiction(Answer):
    identity: str
    reason: str
    events: list[str]


class Movements(Answer):
    stays: list[Stay]
    contradictions: list[Contradiction]
    coarsened: bool  # a victim's places are given no finer than the region


class Queue(Answer):
    """What waits for a person, a risk to life or to a child first in every list."""

    events: list[Event] = []  # at risk, and nobody has looked at them
    links: list[Link]
    findings: list[Finding]
    persons: list[Person]
    total: int
    at_risk: int = 0  # of the total, those at risk


class Decision(Answer):
    number: int
    at: datetime
    actor: str  # who took it, or brought it in a file and answers for that
    act: str
    a: str
    b: str | None
    reason: str
    claimed_by: str | None = None  # who decided, by the file that it came in
    claimed_at: datetime | None = None
    vouched: str | None = None  # why the actor answers for it
    own: bool = True  # the actor answers for it; otherwise it opens nothing, and overrules nobody


class Decided(Answer):
    decisions: list[Decision]
    refused: list[str] = []  # decisions that were not taken, and why
    identities: int
    findings: int


class Decisions(Answer):
    decisions: list[Decision]


class Leaving(Answer):
    """An exhibit whose events would leave; its bytes never do."""

    number: str  # EX-12
    name: str  # masked
    events: int


class Preview(Answer):
    """What a package would hold; nothing was written, and nothing left."""

    format: str
    recipient: str
    purpose: str
    rows: dict[str, int]  # by table
    events: dict[str, int]  # by kind
    links: dict[str, int]
    findings: dict[str, int]
    disclosure: dict[str, int]
    persons: dict[str, int]  # by role
    exhibits: list[Leaving]
    withheld: dict[str, int]  # reason: how many rows
    refusals: list["Refusal"]  # why `share` would refuse it now


class Shared(Answer):
    package: str
    folder: str
    files: list[str]
    rows: dict[str, int]
    withheld: dict[str, int]


class Verified(Answer):
    sound: bool
    exhibits: int
    bytes: int
    entries: int
    head: str
    faults: list[str]


class Custody(Answer):
    entries: list[Entry]
    total: int


class Mapped(Answer):
    saved: str | None  # the mapping's name; None where it was only tried on a sample
    lines: list[str]  # what it reads in the sample's first rows


class Served(Answer):
    address: str  # with this start's token in its fragment


class Simulated(Answer):
    seed: int
    size: str  # small, large, or market
    adverts: int
    files: int
    bytes: int
    days: int | None = None  # of a market
    seconds: float | None = None  # that it took to write a market


class Scored(Answer):
    scores: dict[str, dict[str, float]]
    traps_joining: list[str]


class Refusal(Answer):
    """Why something was not done, and what to do next; the one shape of every error."""

    error: str  # the exit code's name
    what: str
    why: str
    next: str
