"""What happens in a fictional case, and who is who: the plan that the writers turn into files."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from palermo.simulate.identifiers import Pool
from palermo.simulate.world import City, Site

Size = Literal["small", "large"]


@dataclass(slots=True)
class Actor:
    """Who controls identifiers and adverts: the unit of identity. `part` is their part in it."""

    id: str
    group: str | None
    part: str
    home: City
    language: str
    name: str
    keys: list[str] = field(default_factory=list)

    def first(self, kind: str) -> str:
        """Return the value of the actor's first identifier of a kind."""
        return next(k.split(":", 1)[1] for k in self.keys if k.startswith(kind + ":"))


@dataclass(slots=True)
class Group:
    """Actors that work together. `traits` says how this one is made, for truth/groups.csv."""

    id: str
    make: str
    region: str
    traits: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture as drawn: its seed, and where, when and with which device it was taken."""

    id: int
    place: City
    taken: datetime
    device: tuple[str, str, str] | None = None  # make, model, serial


@dataclass(frozen=True, slots=True)
class Shown:
    """A copy of a shot as an advert shows it; each variant is another size and quality."""

    shot: Shot
    variant: int


@dataclass(slots=True)
class Posting:
    url: str
    site: Site
    actor: str
    category: str
    language: str
    city: City
    posted: datetime
    title: str
    body: str
    price: str
    contacts: list[tuple[str, str, str]]  # key, as written, trick
    pictures: list[Shown] = field(default_factory=list)
    template: str | None = None
    trap: str | None = None


@dataclass(slots=True)
class Stay:
    actor: str
    city: City
    start: datetime
    end: datetime


@dataclass(slots=True)
class Message:
    time: datetime
    sender: str  # a phone key's value, "me", or "" for the messenger itself
    text: str
    attachment: Shot | None = None


@dataclass(slots=True)
class Chat:
    """A chat on the holder's phone. `shown` maps a phone to the name it is saved under."""

    holder: str
    others: list[str]
    shown: dict[str, str]
    zone: str
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class Call:
    other: str
    start: datetime
    seconds: int
    out: bool
    sms: bool
    city: City
    mast: int


@dataclass(slots=True)
class CallRecord:
    """A carrier's record of one phone's calls."""

    holder: str
    region: str
    calls: list[Call] = field(default_factory=list)


@dataclass(slots=True)
class Entry:
    """A line of a statement; `amount` is negative where money leaves the account."""

    time: datetime
    amount: Decimal
    account: str  # the other side's, "" for cards and cash
    name: str
    text: str


@dataclass(slots=True)
class Ledger:
    holder: str  # "iban:..." or "account:..."
    name: str
    currency: str
    region: str
    opening: Decimal
    entries: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Fix:
    time: datetime
    lat: float
    lon: float
    speed: float  # metres per second
    course: float  # degrees


@dataclass(slots=True)
class Track:
    holder: str  # a key
    form: Literal["gpx", "vessel", "ais"]
    name: str
    fixes: list[Fix]


@dataclass(slots=True)
class Album:
    """The pictures found on one phone."""

    holder: str
    shots: list[Shot]


@dataclass(slots=True)
class Tip:
    time: datetime
    channel: str
    text: str
    reporter: str  # a phone's value or ""
    city: City


@dataclass(slots=True)
class Decision:
    act: str
    a: str
    by: str
    at: datetime
    reason: str
    b: str = ""
    role: str = ""
    since: datetime | None = None


class Story:
    """Collects a case while it is planned. Everything drawn comes from streams of the seed."""

    def __init__(self, seed: int, size: Size, start: datetime, days: int) -> None:
        self.seed = seed
        self.size = size
        self.start = start
        self.days = days
        self.pool = Pool(self.stream("identifiers"), str(seed))
        self.sites: list[Site] = []
        self.groups: list[Group] = []
        self.actors: dict[str, Actor] = {}
        self.owner: dict[str, str] = {}  # key -> actor
        self.traps: dict[str, tuple[str, str]] = {}  # key -> kind, why
        self.stays: list[Stay] = []
        self.postings: list[Posting] = []
        self.chats: list[Chat] = []
        self.records: list[CallRecord] = []
        self.ledgers: list[Ledger] = []
        self.tracks: list[Track] = []
        self.albums: list[Album] = []
        self.tips: list[Tip] = []
        self.decisions: list[Decision] = []
        self.contradictions: list[tuple[str, City]] = []  # an advert, where its poster really was
        self.written: set[tuple[str, str, str]] = set()  # key, as written, where
        self._shots = 0
        self._numbers: set[int] = set()
        self._ids = self.stream("postings")

    @property
    def end(self) -> datetime:
        return self.start + timedelta(days=self.days)

    def stream(self, name: str) -> random.Random:
        """Return a source of chance of its own, so that one part's draws shift no other's."""
        return random.Random(f"palermo/{self.seed}/{self.size}/{name}")

    def actor(self, group: str | None, part: str, home: City, language: str, name: str) -> Actor:
        actor = Actor(f"a{len(self.actors) + 1:05d}", group, part, home, language, name)
        self.actors[actor.id] = actor
        return actor

    def own(self, actor: Actor, kind: str, value: str) -> str:
        key = f"{kind}:{value}"
        assert self.owner.get(key, actor.id) == actor.id, f"{key} has two owners"
        if key not in self.owner:
            self.owner[key] = actor.id
            actor.keys.append(key)
        return value

    def own_phone(self, actor: Actor, city: City | None = None) -> str:
        return self.own(actor, "phone", self.pool.phone(city or actor.home))

    def shot(
        self, place: City, taken: datetime, device: tuple[str, str, str] | None = None
    ) -> Shot:
        self._shots += 1
        return Shot(self._shots, place, taken, device)

    def post(self, posting: Posting) -> Posting:
        """Give a posting its address on its site and keep it."""
        number = self._ids.randrange(10**6, 10**8)
        while number in self._numbers:
            number += 1
        self._numbers.add(number)
        slug = posting.city.name.lower().replace(" ", "-")
        path = {
            "cards": f"/{slug}/{posting.category}/{number}.html",
            "table": f"/view.php?id={number}",
            "soup": f"/p/{number}",
            "article": f"/{posting.category}/{slug}-{number}",
            "definition": f"/ads/{number}/",
        }[posting.site.layout]
        posting.url = f"https://{posting.site.host}{path}"
        self.postings.append(posting)
        for key, written, _ in posting.contacts:
            self.written.add((key, written, posting.url))
        return posting

    def members(self, group: str, *parts: str) -> Iterable[Actor]:
        return (a for a in self.actors.values() if a.group == group and a.part in parts)
