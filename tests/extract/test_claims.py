"""The table of claims, and where candidates truly stand."""

import re

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from palermo.extract.claims import Batch, Found, table
from palermo.vocabulary import CLAIMS, Event, EventKind, Kind, Role, events_table

PATTERNS = [
    r"[ab]c*(?:-[ab]c*){1,3}",
    r"(?:ab|a)(?:[.-]{0,2}b){2,}",
    r"a+|b+c",
    r"(?:cab|ca)(?:b-)?",
]


def events(*texts: str, kind: EventKind = EventKind.ADVERT) -> pa.Table:
    rows = [Event(kind=kind, locator=str(i), text=t) for i, t in enumerate(texts)]
    return events_table("x1", rows, "example", "1")


@given(st.lists(st.text(alphabet="abc-. é🙂", max_size=60), max_size=6), st.sampled_from(PATTERNS))
def test_candidates_stand_where_a_plain_search_finds_them(texts: list[str], pattern: str) -> None:
    fast = {row: spans for row, _, spans in Batch(events(*texts)).candidates(pattern)}
    slow = {i: [m.span() for m in re.finditer(pattern, text)] for i, text in enumerate(texts)}
    assert fast == {i: spans for i, spans in slow.items() if spans}


def test_an_event_without_text_holds_nothing() -> None:
    batch = events("a").set_column(12, "text", pa.array([None], pa.string()))
    assert batch.column_names[12] == "text"
    assert list(Batch(batch).candidates("a")) == []


def test_no_events_give_an_empty_table_of_claims() -> None:
    assert table(events(), [], "example", "1").schema == CLAIMS


def test_of_two_equal_claims_the_surer_stays() -> None:
    def claim(confidence: float) -> Found:
        return Found(0, Kind.AGE, "23", "23", 0, 2, Role.CONTENT, confidence, "why")

    found = table(events("23"), [claim(0.5), claim(0.75), claim(0.25)], "example", "1")
    assert found["confidence"].to_pylist() == [0.75]


def test_contacts_belong_to_the_poster_the_site_or_nobody() -> None:
    for kind, role in [
        (EventKind.ADVERT, Role.POSTER),
        (EventKind.PAGE, Role.SITE),
        (EventKind.MESSAGE, Role.MENTIONED),
        (EventKind.TIP, Role.MENTIONED),
        (EventKind.NOTE, Role.MENTIONED),
    ]:
        assert Batch(events("x", kind=kind)).contact == [role]
