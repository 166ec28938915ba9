import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from palermo.link.names import identified, ranked
from palermo.vocabulary import identify

NAMES = st.lists(st.text(max_size=6))


@given(NAMES, NAMES)
def test_places_lead_back_to_the_names(one, other):
    names, columns = ranked(pl.Series(one, dtype=pl.String), pl.Series(other, dtype=pl.String))
    assert names.to_list() == sorted({*one, *other})
    assert [names.gather(column).to_list() for column in columns] == [one, other]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=20))
def test_ids_are_those_of_one_at_a_time(rows):
    table = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
    assert identified("l", "kind", table).to_list() == [identify("l", "kind", *r) for r in rows]
