"""What of many events may be read, found at once, is what is found of each by itself."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.safeguards.covering import BLANK, Covering
from palermo.safeguards.readable import Readable
from palermo.store.case import Case
from palermo.store.engine import Tables
from palermo.store.lake import SCHEMAS

EVENT = {"id": "e1", "kind": "advert", "exhibit": "x1", "lat": None, "lon": None,
         "text": "", "place": "", "title": ""}  # fmt: skip
EVENTS = {"id": pl.String, "kind": pl.String, "exhibit": pl.String, "lat": pl.Float64,
          "lon": pl.Float64, "text": pl.String, "place": pl.String, "title": pl.String}  # fmt: skip
CLAIMS = {"event": pl.String, "kind": pl.String, "value": pl.String, "written": pl.String,
          "start": pl.Int32, "end": pl.Int32}  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    made = Tables(tmp_path_factory.mktemp("lake"), {name: [] for name in SCHEMAS})
    yield made
    made.close()


def claim(written, start=None, kind="phone", end=None, value=None):
    end = start + len(written) if start is not None and end is None else end
    return {"event": "e1", "kind": kind, "value": value or written, "written": written,
            "start": start, "end": end}  # fmt: skip


def both(tables, event, claims):
    """Return the words as found at once, and one by one."""
    readable = Readable(Covering(tables, BLANK, {}), ["x1"])
    row = EVENT | event
    own = pl.DataFrame(claims, schema=CLAIMS)
    fast = readable.words(pl.DataFrame([row], schema=EVENTS), own)[0]
    hidden = [c for c in claims if c["kind"] not in {"place", "domain"}]
    return fast.split(), readable.covered(row, hidden).split()


ADVERTS = [
    ({"text": "call 020 7946 0018 now"}, [claim("020 7946 0018", 5)], "a number in its place"),
    ({"text": "0207946 or 0207946"}, [claim("0207946", 0)], "written again where no claim says so"),
    ({"text": "0207946 or 0207946"}, [claim("0207946", 0), claim("0207946", 11)], "claimed twice"),
    ({"text": "ask for 0207946"}, [claim("0207946")], "a claim without a place in the text"),
    ({"text": "a b", "title": "0207946"}, [claim("0207946")], "in the title"),
    ({"text": "a b", "place": "Maria's"}, [claim("Maria Lind", kind="name")], "a word of a name"),
    ({"text": "Al is here", "title": "Al"}, [claim("Al", 0, "name")], "a short name"),
    ({"text": "abcdefgh"}, [claim("abcdef", 0), claim("cdefgh", 2)], "overlapping"),
    ({"text": "abcdefgh"}, [claim("abcdefgh", 0), claim("cdef", 2)], "one in the other"),
    ({"text": "aXaXaXaXa"}, [claim("aXaXaX", 0), claim("aXaXaX", 2)], "overlapping itself"),
    (
        {"text": "abcdef ghijkl"},
        [claim("abcdef", 0), claim("ghijkl", 6)],
        "a span beside its words",
    ),
    ({"text": "abc"}, [claim("abc", 1, end=99)], "a span that ends beyond the text"),
    ({"text": "abc"}, [claim("", 1, end=1)], "a span of nothing"),
    ({"text": "London"}, [claim("London", 0, "place")], "nobody's"),
    ({"text": "ห้อง 020 ห้อง"}, [claim("020", 5)], "places count characters"),
    ({"text": "51.50741, -0.12781", "lat": 51.5, "lon": -0.12}, [], "a public position"),
]


@pytest.mark.parametrize("kind", ["advert", "page", "message", "tip"])
@pytest.mark.parametrize(("event", "claims", "why"), ADVERTS)
def test_at_once_is_as_one_by_one(tables, event, claims, why, kind):
    fast, slow = both(tables, event | {"kind": kind}, claims)
    assert fast == slow, why


def test_nothing_of_a_claimed_value_is_left(tables):
    for event, claims, why in ADVERTS[:5]:
        fast, _ = both(tables, event, claims)
        assert not any("7946" in word for word in fast), why


PIECES = st.sampled_from(["020794", "0018", "ann", "lee", " ", "-", "é", "ห", "\n"])


@given(st.data())
def test_any_advert(tables, data):
    text = "".join(data.draw(st.lists(PIECES, max_size=12)))
    title = "".join(data.draw(st.lists(PIECES, max_size=2)))
    claims = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, max(0, len(text) - 1)))
        end = data.draw(st.integers(start, len(text)))
        kind = data.draw(st.sampled_from(["phone", "name", "place"]))
        told = data.draw(st.booleans())
        claims.append(claim(text[start:end], start if told else None, kind, end if told else None))
    fast, slow = both(tables, {"text": text, "title": title}, claims)
    assert fast == slow


def test_a_whole_investigation(trained):
    case = Case.open(trained)
    tables = case.tables()
    events = pl.from_arrow(
        tables.sql(
            """SELECT id, kind, exhibit, lat, lon, coalesce(text, '') AS text,
                 coalesce(place, '') AS place, coalesce(details['title'], '') AS title FROM events"""
        )
    )
    claims = pl.from_arrow(
        tables.sql(
            """SELECT event, kind, value, coalesce(written, '') AS written, start, "end" FROM claims
               WHERE kind NOT IN ('place', 'price', 'date', 'age', 'domain', 'picture', 'device',
                                  'vessel')"""
        )
    )
    readable = Readable(Covering(tables, BLANK, {}), set(events["exhibit"]))
    words = readable.words(events, claims)
    own = {
        key[0]: part.to_dicts() for key, part in claims.partition_by("event", as_dict=True).items()
    }
    told = 0
    for row, fast in zip(events.to_dicts(), words, strict=True):
        if row["kind"] not in {"position", "balance"}:
            assert fast.split() == readable.covered(row, own.get(row["id"], [])).split()
            told += len(fast) > 20
    tables.close()
    case.catalogue.engine.dispose()
    assert told > 1000
