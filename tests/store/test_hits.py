"""Whatever is asked, the index finds what reading every event finds: as many, in the same order, with
the same counts; after another day, after a withdrawal, and made anew."""

import math
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from laid import KEY, SITES, Lake
from palermo.safeguards.masking import number
from palermo.store.hits import Asked, Index
from palermo.vocabulary import Event, events_table

# Words that no two of fold into one; those of the second kind are written without spaces.
SPACED = [
    "room", "work", "Thursday", "2026", "café", "Zażółć", "Đường", "øre", "straße", "naïve",
    "комната", "ёлка", "сдаётся", "Σίσυφος", "δωμάτιο", "غرفة", "مُتاح", "إيجار", "חדר", "דִּירָה",
    "कमरा", "चाहिए", "방", "깨끗한", "அறை",
]  # fmt: skip
SPACELESS = ["房间出租", "很干净", "间出租房", "きれいな", "ルーム", "ห้องพัก", "ใกล้สถานี", "បន្ទប់"]
PLACES = [("Leeds", "LEEDS"), ("York", "York"), ("Kraków", "in Kraków")]
MARA = ("name", "Mara Quill", "Mara Quill")
CONTACTS = [
    ("phone", "+442079460018", "020 7946 0018"), ("phone", "+442079460118", "O2O-7946-oII8"),
    ("phone", "+12125550137", "(212) 555-0137"), ("handle", "telegram:example_travel", "@example_travel"),
    ("handle", "telegram:travel_two", "@travel_two"), ("email", "ann.lee@example.org", "ann.lee@example.org"),
    ("plate", "GB:AB12CDE", "AB12 CDE"), ("url", "https://example.net/r/0018", "example.net/r/0018"),
    ("domain", "example.net", "example.net"), ("iban", "GB82WEST12345698765432", "GB82 WEST 1234"), MARA,
]  # fmt: skip
SHOWN = {
    "phone",
    "handle",
    "email",
    "plate",
    "url",
}  # a part of these finds them, if an advert has it
SPELLINGS = [
    str, str.upper, str.lower, str.title,
    lambda word: unicodedata.normalize("NFD", word),
    lambda word: "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn"),
    lambda word: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in word),
]  # fmt: skip
FIRST = datetime(2026, 3, 1, tzinfo=UTC)


@dataclass
class Told:
    """An event as it is laid, and what a reader of all events looks at."""

    kind: str
    words: list[str]  # as listed above
    spelt: list[str]
    title: int  # of its words stand in its title too
    claims: list[tuple[str, str, str]]
    place: tuple[str, str] | None
    site: str
    n: int = 0

    def laid(self) -> dict:
        written = [w for kind, _, w in self.claims if kind != "domain"]
        text = " ".join([*self.spelt, *written])
        claims = list(self.claims)
        if self.place:
            claims.append(("place", *self.place))
        role = "poster" if self.kind == "advert" else "sender"
        return {
            "kind": self.kind, "locator": f"row:{self.n}", "exhibit": "x1" if self.kind == "advert" else "x2",
            "text": text, "time": self.time, "claims": [(*claim, role) for claim in claims],
            "details": {"title": " ".join(self.spelt[: self.title]), "url": f"https://{self.site}/{self.n}"},
        }  # fmt: skip

    @property
    def time(self) -> datetime:
        return FIRST + timedelta(hours=11 * self.n)

    @cached_property
    def key(self) -> int:
        given = self.laid()
        exhibit = given.pop("exhibit")
        given.pop("claims")
        table = events_table(exhibit, [Event(**given)], "test", "1")
        return int(table["id"][0].as_py()[1:17], 16)

    @property
    def terms(self) -> list[str]:
        return [t for word in self.words + self.words[: self.title] for t in terms(word)]

    @property
    def nodes(self) -> set[str]:
        return {f"{kind}:{value}" for kind, value, _ in self.claims}


def terms(word: str) -> list[str]:
    """A word, or each two characters that stand side by side; marks aside."""
    if any(word in run for run in SPACELESS) or word not in SPACED:
        apart = unicodedata.normalize("NFKD", word)
        bare = "".join(c for c in apart if unicodedata.category(c) != "Mn")
        return [bare] if len(bare) == 1 else [bare[i : i + 2] for i in range(len(bare) - 1)]
    return [word]


@dataclass
class Question:
    words: list[str] = field(default_factory=list)
    spelt: list[str] = field(default_factory=list)
    part: str = ""
    whole: str = ""
    where: dict = field(default_factory=dict)

    @property
    def asked(self) -> Asked:
        nodes = [number(KEY, self.whole)] if self.whole else []
        words = " ".join([*self.spelt, self.part])
        return Asked(words=words.strip(), part=self.part, nodes=nodes, **self.where)


def bare(value: str) -> str:
    return "".join(c for c in value.lower() if c.isalnum())


def having(part: str, events: list[Told]) -> set[str]:
    """Return the values of which something is a part, and that an advert shows."""
    sought = {bare(part)}
    if bare(part).isdecimal() and bare(part).startswith("0"):
        sought.add(bare(part).lstrip("0"))
    found = set()
    for event in events:
        for kind, value, _ in event.claims:
            shown = kind == "domain" or (kind in SHOWN and event.kind == "advert")
            if kind in {"url", "domain"} and not {*part} & {*"./:"}:
                continue
            own = bare(value.split(":", 1)[-1])
            if shown and any(len(one) > 3 and one in own for one in sought):
                found.add(f"{kind}:{value}")
    return found


def scanned(question: Question, events: list[Told], lying: list[Told]) -> dict[int, float]:
    """Return by key how well each event fits, by reading all; `lying`: what words are weighed by."""
    wanted = {t for word in question.words for t in terms(word)}
    parts = having(question.part, lying) if question.part else set()
    signs = 100.0 if any(not (c.isalpha() or c.isspace()) for c in question.part) else 0.01
    counts = [Counter(event.terms) for event in lying]
    mean = sum(c.total() for c in counts) / max(1, len(counts))
    found = {}
    for event in events:
        if not fits(event, question.where):
            continue
        own, score, hit = Counter(event.terms), 0.0, False
        if wanted and not question.part and all(own[t] for t in wanted):
            hit = True
            for t in wanted:
                n = sum(1 for c in counts if c[t])
                rarity = math.log(1 + (len(counts) - n + 0.5) / (n + 0.5))
                long = 1.2 * (0.25 + 0.75 * own.total() / mean)
                score += rarity * 2.2 * own[t] / (own[t] + long)
        if question.whole in event.nodes:
            hit, score = True, score + 1000
        if parts & event.nodes:
            hit, score = True, score + signs
        every = not (question.words or question.part or question.whole)
        if hit or (every and event.kind != "position"):
            found[event.key] = score
    return found


def fits(event: Told, where: dict) -> bool:
    names = {*event.place} if event.place else set()
    return (
        where.get("kind") in (None, event.kind)
        and (where.get("place") is None or where["place"] in names)
        and (where.get("site") is None or (where["site"] == event.site and event.kind == "advert"))
        and (where.get("since") is None or event.time >= where["since"])
        and (where.get("until") is None or event.time < where["until"])
    )


def counted(events: list[Told]) -> dict[str, dict[str, int]]:
    told = {
        "kind": Counter(e.kind for e in events),
        "place": Counter(e.place[0] for e in events if e.place),
        "site": Counter(e.site for e in events if e.kind == "advert"),
        "month": Counter(e.time.strftime("%Y-%m") for e in events),
        "day": Counter(e.time.date().isoformat() for e in events),
    }
    return {name: dict(counts) for name, counts in told.items()}


# --- what is drawn ------------------------------------------------------------------------------


@st.composite
def drawn(draw: st.DrawFn) -> Told:
    words = draw(st.lists(st.sampled_from([*SPACED, *SPACED, *SPACELESS]), min_size=1, max_size=7))
    spelt = [draw(st.sampled_from(SPELLINGS))(w) if w in SPACED else w for w in words]
    kind = draw(st.sampled_from(["advert", "advert", "advert", "message"]))
    return Told(
        kind, words, spelt, draw(st.integers(0, 2)) % (len(words) + 1),
        draw(st.lists(st.sampled_from(CONTACTS), max_size=3, unique=True)),
        draw(st.sampled_from([None, *PLACES])), draw(st.sampled_from(SITES)),
    )  # fmt: skip


@st.composite
def asked(draw: st.DrawFn) -> Question:
    question = Question(where=draw(narrowing))
    sort = draw(st.sampled_from(["words", "words", "run", "part", "whole", "every"]))
    if sort == "words":
        question.words = draw(st.lists(st.sampled_from(SPACED), min_size=1, max_size=3))
        question.spelt = [draw(st.sampled_from(SPELLINGS))(word) for word in question.words]
    elif sort == "run":
        run = draw(st.sampled_from(SPACELESS))
        first = draw(st.integers(0, len(run) - 2))
        piece = run[first : draw(st.integers(first + 2, len(run)))]
        question.words = question.spelt = [piece] if len(terms(piece)[0]) == 2 else [run]
    elif sort == "part":
        _, value, written = draw(st.sampled_from(CONTACTS))
        source = draw(st.sampled_from([value.split(":", 1)[-1], written, value.upper()]))
        first = draw(st.integers(0, max(0, len(source) - 4)))
        question.part = source[first : draw(st.integers(min(first + 3, len(source)), len(source)))].strip()  # fmt: skip
    elif sort == "whole":
        question.whole = ":".join(draw(st.sampled_from(CONTACTS))[:2])
    return question


days = st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))
narrowing = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["advert", "message"]),
        "place": st.sampled_from(["Leeds", "LEEDS", "Kraków"]),
        "site": st.sampled_from(SITES), "since": days, "until": days,
    },
)  # fmt: skip


# --- what is found ------------------------------------------------------------------------------


def check(index: Index, question: Question, events: list[Told], lying: list[Told]) -> None:
    """`lying`: what lies in the index, by which it weighs words."""
    ask = question.asked
    hits = index.find(ask)
    expected = scanned(question, events, lying)
    keys, scores = hits.rows["key"].to_list(), hits.rows["score"].to_list()
    assert sorted(keys) == sorted(expected), question
    assert (hits.total, hits.exact) == (len(expected), True)
    by_key = {event.key: event for event in events}
    if ask.every:
        times = [by_key[key].time for key in keys]
        assert times == sorted(times, reverse=True)
    else:
        assert sorted(zip((-s for s in scores), keys, strict=True)) == [
            (-s, k) for s, k in zip(scores, keys, strict=True)
        ]
    if not index.record.gone:  # what was taken out goes on weighing until files are merged
        assert scores == pytest.approx([expected[key] for key in keys], rel=1e-4, abs=1e-3)
    assert index.facets(ask, hits.nodes) == counted([by_key[key] for key in keys])


# To shrink a question takes minutes, for each takes an index.
@settings(max_examples=15, phases=[Phase.explicit, Phase.generate])
@given(st.data())
def test_the_index_finds_what_reading_every_event_finds(data: st.DataObject):
    days = [data.draw(st.lists(drawn(), min_size=1, max_size=9)) for _ in range(3)]
    for n, event in enumerate(event for day in days for event in day):
        event.n = n
    questions = data.draw(st.lists(asked(), min_size=6, max_size=12))
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        laid, whole = Lake(folder), []
        files = []
        for day in days:
            files.append(laid.add([event.laid() for event in day]))
            whole += day
            index = laid.index(folder / "index")
            for question in questions:
                check(index, question, whole, whole)
        gone = data.draw(st.integers(0, 2))
        del laid.files[files[gone]]
        left = [event for n, day in enumerate(days) if n != gone for event in day]
        stale = Index(folder / "index", [*laid.files])  # not yet brought up to date
        for question in questions:
            check(stale, question, left, whole)
        for name in ("index", "anew"):
            index = laid.index(folder / name)
            for question in questions:
                check(index, question, left, left)
