"""A search reads few rows of the lake; what it shows is masked as in the whole case."""

import random
import shutil
from collections import defaultdict
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from case import make
from palermo.look import search
from palermo.look.opening import Few, Small, Whole, opened, over_few
from palermo.look.search import Search, _snippet
from palermo.safeguards.covering import BLANK, Covering
from palermo.safeguards.masking import PUBLIC
from palermo.safeguards.readable import HIDDEN, Readable
from palermo.store.case import Case
from palermo.store.documents import words_analyzer
from palermo.store.hits import Asked, Index
from palermo.values.text import fold
from palermo.workspace import Workspace

NOW = datetime.now(UTC)
EMPTY = dict.fromkeys(("kind", "place", "site", "since", "until"))


@pytest.fixture(scope="module")
def case(trained: Path, tmp_path_factory):
    """The training case with decisions on it: a value revealed, a risk said and one taken back."""
    folder = shutil.copytree(trained, tmp_path_factory.mktemp("finding") / "case")
    with Workspace.open(folder, "analyst") as workspace:
        hits = workspace.search("", limit=400).hits
        chats = [hit.event for hit in hits if hit.event.kind == "message"]
        parties = [party.value for event in chats for party in event.parties]
        masked = next(value.node for value in parties if value.masked)
        workspace.decide("reveal", masked, reason="A witness who agreed")
        workspace.decide("risk", chats[0].id, reason="It tells of a threat")
        adverts = [hit.event for hit in hits if hit.event.kind == "advert"]
        workspace.decide("risk", adverts[0].identities[0], reason="A minor may be with them")
        workspace.run()
    case = Case.open(folder)
    yield case
    case.catalogue.engine.dispose()


def found(case: Case) -> Index:
    with case.catalogue.read() as connection:
        return Index(case.folder / "index", case.lake.files(connection, "events"))


def test_few_events_are_masked_as_in_the_whole_case(case):
    index = found(case)
    places = [index.where(at) for at in index.find(Asked()).rows["at"]]
    kinds = set()
    with opened(case, NOW) as query:
        for first in range(0, len(places), 40):
            with closing(Whole(case)) as whole:
                few = Few.at(case, places[first : first + 40])
                over = over_few(case, whole, few, NOW)
                ids = few.events["id"].to_pylist()
                shown = over.by_id(ids)
                over.tables.close()
            assert shown == query.by_id(ids)
            kinds |= {event.kind for event in shown}
    assert len(places) > 1500 and kinds > PUBLIC


def test_every_row_that_the_index_names_is_the_events_own(case):
    index = found(case)
    rows = index.find(Asked(words="room")).rows
    few = Few.at(case, [index.where(at) for at in rows["at"]])
    keys = {int(id[1:17], 16) for id in few.events["id"].to_pylist()}
    assert keys == set(rows["key"]) and rows.height > 50
    with closing(case.tables()) as tables:
        claims = tables.sql(
            "SELECT id FROM claims WHERE event IN (SELECT unnest(?))",
            [few.events["id"].to_pylist()],
        )
    assert sorted(few.claims["id"].to_pylist()) == sorted(claims["id"].to_pylist())


EVENTS = """SELECT id, kind, exhibit, lat, lon, coalesce(text, '') AS text, coalesce(place, '') AS place,
    coalesce(details['title'], '') AS title FROM events WHERE kind NOT IN ('position', 'balance')"""


def test_words_find_what_reading_every_event_as_it_may_be_read_finds(case):
    dice, index, words = random.Random(5), found(case), defaultdict(set)
    with closing(case.tables()) as tables, opened(case, NOW) as query:
        rows = tables.sql(EVENTS).to_pylist()
        readable = Readable(Covering(tables, BLANK, query.parents), {r["exhibit"] for r in rows})
        kinds = ", ".join(f"'{kind}'" for kind in HIDDEN)
        claims = defaultdict(list)
        for claim in tables.sql(f"SELECT * FROM claims WHERE kind IN ({kinds})").to_pylist():
            claims[claim["event"]].append(claim)
        for row in rows:
            for word in words_analyzer().analyze(fold(readable.covered(row, claims[row["id"]]))):
                words[word].add(int(row["id"][1:17], 16))
    assert len(words) > 1000
    for word in dice.sample(sorted(words), 150):
        assert {*index.find(Asked(words=word)).rows["key"]} == words[word], word
    for _ in range(100):
        one, two = dice.sample(sorted(words, key=lambda w: -len(words[w]))[:200], 2)
        both = words[one] & words[two]
        assert {*index.find(Asked(words=f"{one} {two}")).rows["key"]} == both, (one, two)


def test_adverts_are_shown_without_opening_the_whole_case(trained, monkeypatch):
    case = Case.open(trained)
    index = found(case)
    few = Few.at(case, [index.where(at) for at in index.find(Asked(kind="advert")).rows["at"][:9]])
    monkeypatch.setattr(Case, "tables", lambda *_: pytest.fail("the whole case was opened"))
    over = over_few(case, Whole(case), few, NOW)
    assert len(over.by_id(few.events["id"].to_pylist())) == 9
    over.tables.close()


def test_what_is_at_risk_is_listed_first(case):
    for words in ("", "room"):
        hits = Search(case, NOW).search(words, EMPTY, 400, 0).hits
        risky = [hit.event.risk is not None for hit in hits]
        assert risky == sorted(risky, reverse=True)
    assert any(hit.event.risk for hit in Search(case, NOW).search("", EMPTY, 20, 0).hits)


def test_a_posting_is_listed_once_with_its_sightings(case):
    told = Search(case, NOW).search("room", EMPTY | {"kind": "advert"}, 500, 0)
    postings = [hit.event.posting for hit in told.hits]
    assert len(postings) == len({*postings}) == told.listed < told.total
    with closing(case.tables()) as tables:
        for hit in told.hits[:20]:
            counted = tables.sql(
                """SELECT count(*) AS n, min(coalesce(p.time, e.time)) AS first,
                     max(coalesce(p.time, e.time)) AS last
                   FROM events e LEFT JOIN events p ON p.id = e.within WHERE e.posting = ?""",
                [hit.event.posting],
            ).to_pylist()[0]
            assert (hit.sightings, hit.first, hit.last) == tuple(counted.values())


def test_pages_follow_each_other(case):
    whole = [h.event.id for h in Search(case, NOW).search("room", EMPTY, 60, 0).hits]
    parts = [
        h.event.id
        for at in (0, 25, 50)
        for h in Search(case, NOW).search("room", EMPTY, 25, at).hits
    ]
    assert parts[:60] == whole and len(whole) == 60


def test_facets_add_up_and_narrow(case):
    told = Search(case, NOW).search("room", EMPTY, 1, 0)
    assert told.exact and sum(told.facets["kind"].values()) == told.total
    assert sum(told.facets["day"].values()) == sum(told.facets["month"].values())
    for name in ("kind", "place", "site"):
        value, count = next(iter(told.facets[name].items()))
        assert Search(case, NOW).search("room", EMPTY | {name: value}, 1, 0).total == count


def test_an_event_is_found_by_its_id(case):
    (hit,) = Search(case, NOW).search("room", EMPTY, 1, 0).hits
    assert [h.event.id for h in Search(case, NOW).search(hit.event.id, EMPTY, 9, 0).hits] == [
        hit.event.id
    ]


PARTS = [
    ("7946 00", "a part of a published number", True),
    ("helper@exam", "of an address", True),
    ("079460018", "without its blanks", True),
    ("0207946 0018", "the whole, in another form", True),
    ("O2O 7946 oo18", "as the advert hides it", True),
    ("0999", "of a number that a chat tells", False),
    ("46 0999", "and more of it", False),
    ("Quil", "of a name", False),
    ("020 7946 0999", "the whole of a masked number", True),
]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    with Workspace.open(make(tmp_path_factory.mktemp("small")), "tester") as workspace:
        yield workspace


@pytest.mark.parametrize(("words", "why", "there"), PARTS)
def test_a_part_of_a_value_finds_what_an_advert_shows_alone(small, words, why, there):
    assert bool(small.search(words).total) == there, why


def test_what_was_found_is_marked(small):
    hit = next(hit for hit in small.search("46 001").hits if hit.event.kind in PUBLIC)
    assert [hit.snippet[a:b] for a, b in hit.spans] == ["O2O 7946 oo18"]
    hit = small.search("020 7946 0999").hits[0]
    assert not hit.spans and "0999" not in hit.snippet, "a masked number is not marked"


def test_a_snippet_begins_before_what_was_found():
    text = "x " * 300 + "a room here"
    snippet, spans = _snippet(text, "room", ())
    assert len(snippet) <= search.SNIPPET and [snippet[a:b] for a, b in spans] == ["room"]
    assert _snippet("", "room", ()) == ("", [])


def test_small_tables_do_not_see_each_other():
    one, two = (Small({"events": pa.table({"n": [n]})}) for n in (1, 2))
    assert one.sql("SELECT n FROM events")["n"].to_pylist() == [1]
    one.close()
    assert two.sql("SELECT n FROM events")["n"].to_pylist() == [2]
    with closing(two), closing(Small({})) as none, pytest.raises(duckdb.CatalogException):
        none.sql("SELECT n FROM events")
