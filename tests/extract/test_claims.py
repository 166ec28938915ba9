"""The table of claims, and where candidates truly stand."""

import re
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.extract.claims import Batch, Found, Hit, TextExtractor, table
from palermo.extract.phone import Phone
from palermo.vocabulary import CLAIMS, Event, EventKind, Kind, Role, Stretch, events_table

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
    fast = {text: spans for _, text, spans in Batch(events(*texts)).candidates(pattern)}
    slow = {text: [m.span() for m in re.finditer(pattern, text)] for text in texts}
    assert fast == {text: spans for text, spans in slow.items() if spans}


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


SAID = [
    ("tips and pay 020 7946 0018", None, ["020 7946 0018"], "all of it, where nothing is said"),
    ("020 7946 0018;call 020 7946 0123;9", [(14, 32)], ["020 7946 0123"], "one stretch alone"),
    ("020 7946;0018", [(0, 8), (9, 13)], [], "no number goes on in the next stretch"),
    ("020 7946 0018", [], [], "nothing was said"),
    ("é020 7946 0018🙂 020 7946 0123", [(1, 14), (16, 29)], ["020 7946 0018", "020 7946 0123"], "two"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said", "found", "why"), SAID)
@pytest.mark.parametrize("beside", [0, 3])
def test_only_what_people_wrote_is_read(text, said, found, why, beside) -> None:
    stretches = None if said is None else [Stretch(*s) for s in said]
    rows = [Event(kind=EventKind.PAYMENT, locator=str(n), text="x") for n in range(beside)]
    rows.append(
        Event(kind=EventKind.PAYMENT, locator="last", text=text, said=stretches, region="GB")
    )
    claims = Phone().find(events_table("x1", rows, "example", "1")).to_pylist()
    assert [c["written"] for c in claims] == found, why
    assert all(text[c["start"] : c["end"]] == c["written"] for c in claims)


@given(st.text(alphabet="ab 1é🙂", max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_stretches_are_read_as_texts_of_their_own(text: str, cuts: list[int]) -> None:
    ends = sorted({min(cut, len(text)) for cut in cuts})
    said = [Stretch(a, b) for a, b in pairwise(ends)][::2]
    row = Event(kind=EventKind.CALL, locator="1", text=text, said=said)
    batch = Batch(events_table("x1", [row], "example", "1"))
    which, rows, starts = batch.places(range(len(batch.texts)))
    found = sorted(zip(starts.tolist(), batch.texts.gather(which), rows.tolist(), strict=True))
    assert found == sorted((a, text[a:b], 0) for a, b in said)


class Letters(TextExtractor):
    """Every letter, as a plain loop finds it too."""

    name, version, pattern = "letters", "1", "[a-c]"

    def read(self, text: str, start: int, end: int, region: str | None):
        kind = Kind.PHONE if text[start] == "a" else Kind.AGE
        yield Hit(
            kind, f"{text[start]}{region}", start, end, 0.5, f"after {text[:start]}", {"x": text}
        )


TOLD = st.tuples(
    st.text("abc é🙂", max_size=6),
    st.sampled_from([None, "GB", "ES"]),
    st.sampled_from([EventKind.ADVERT, EventKind.PAGE, EventKind.MESSAGE]),
    st.none() | st.lists(st.integers(0, 6), max_size=4),
)


@given(st.lists(TOLD, max_size=8))
def test_equal_texts_are_read_once_and_claimed_at_every_event(told) -> None:
    rows = []
    for n, (text, region, kind, cuts) in enumerate(told):
        ends = sorted({min(cut, len(text)) for cut in cuts or ()})
        said = None if cuts is None else [Stretch(a, b) for a, b in pairwise(ends)][::2]
        rows.append(Event(kind=kind, locator=str(n), text=text, said=said, region=region))
    batch = events_table("x1", rows, "example", "1")
    roles = {EventKind.ADVERT: Role.POSTER, EventKind.PAGE: Role.SITE}
    slow = []
    for n, row in enumerate(rows):
        for begin, stop in [(0, len(row.text))] if row.said is None else row.said:
            text = row.text[begin:stop]
            for at, letter in enumerate(text):
                if letter in "abc":
                    kind = Kind.PHONE if letter == "a" else Kind.AGE
                    contact = roles.get(row.kind, Role.MENTIONED)
                    slow.append(Found(
                        n, kind, f"{letter}{row.region}", letter, begin + at, begin + at + 1,
                        contact if letter == "a" else Role.CONTENT, 0.5, f"after {text[:at]}", {"x": text},
                    ))  # fmt: skip
    expected = table(batch, slow, "letters", "1")
    assert Letters().find(batch).to_pylist() == expected.to_pylist()
