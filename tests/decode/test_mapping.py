"""Column mappings: loaded, refused where they contradict themselves, checked, suggested."""

import contextlib
import io
import json
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.decoder import Context
from palermo.decode.mapping import MappingError, builtin, check, load, parse, read_yaml, suggest
from palermo.decode.table import Table
from palermo.vocabulary import Event, Kind, Statement

DOCS = Path(__file__).resolve().parents[2] / "docs" / "mappings.md"
EXAMPLES = re.findall(r"```yaml\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
CALLS = """
event: call
match: {header: [when, who, way]}
time: {column: when, format: "%d/%m/%Y %H:%M"}
direction: {column: way, out: [out], in: [in]}
parties:
  - {holder: true, role: {out: caller, in: callee}}
  - {column: who, kind: phone, role: {out: callee, in: caller}}
"""


def read(mapping, data, name="a.csv", **stated):
    context = Context(
        exhibit="x" + "0" * 32, name=name, mappings={"m": mapping}, statement=Statement(**stated)
    )
    return list(Table().read(io.BytesIO(data), context))


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_documented_examples_are_valid(text):
    raw = read_yaml(text)
    raw.pop("antennas_file", None)
    assert parse("example", raw).header


def test_the_documented_carrier_example_reads_a_file(tmp_path):
    (tmp_path / "carrier.yaml").write_text(EXAMPLES[0])
    (tmp_path / "carrier_a_antennas.csv").write_text(
        "id,lat,lon,name\n234-15-1,51.50,-0.12,Strand\n"
    )
    mapping = load(tmp_path)["carrier"]
    data = (
        "Subscriber report\r\nfor the period\r\n\r\n"
        "Type;Direction;Other party;Start;Duration;Cell;Tariff\r\n"
        "Voice;MO;020 7946 0018;05/04/2024 23:30:00;0:02:05;234-15-1;B\r\n"
        "Total;1\r\n"
    ).encode("cp1252")
    (event,) = read(mapping, data, holder="phone:+442079460000")
    assert event.place == "Strand" and event.details["duration"] == "125"


def test_every_key_is_documented():
    from palermo.decode.tables import grammar

    text = DOCS.read_text("utf-8")
    for key in sorted(grammar.KEYS | grammar.FILE_KEYS | grammar.VALUE_KEYS):
        assert f"`{key}`" in text or f"`{key}:" in text or f"{key}:" in text, key


def test_builtin_mappings():
    found = builtin()
    assert {"bandicoot", "ais_reports", "bus_positions", "geolife", "calls", "tips"} <= set(found)
    headers = [frozenset(layout.header) for layout in found.values() if layout.header]
    assert len(set(headers)) == len(headers), "two built-in mappings would fit the same file"


REFUSED = [
    ("parties: []", "needs `event`"),
    ("event: party", "no kind of event"),
    ("event: call\ncolour: red", "unknown colour"),
    ("event: call\ntime: {column: a, format: '%q'}", "%q"),
    ("event: call\ntime: {column: a, format: tomorrow}", "no format"),
    ("event: call\ntime: {column: a, formats: ['%d/%m/%Y', '%m/%d/%Y']}", "05/04 would be both"),
    ("event: call\ntime: {column: a, zone: Europe/Atlantis}", "neither an IANA zone"),
    (
        "event: call\nparties: [{column: a, kind: phone, role: {out: callee, in: caller}}]",
        "nothing",
    ),
    ("event: call\nparties: [{column: a, kind: phone, role: boss}]", "no role"),
    ("event: call\nparties: [{column: a, kind: soul, role: caller}]", "no kind of party"),
    ("event: payment\ntime: a", "needs `amount`"),
    ("event: payment\namount: {debit: a}", "go together"),
    ("event: payment\namount: {column: a, decimal: ';'}", "decimal is"),
    ("event: payment\namount: {column: a, decimal: ',', group: ','}", "group is one mark"),
    ("event: position\nlat: a", "go together"),
    ("event: position\ntime: a", "needs `lat` and `lon`"),
    ("event: call\nfile: {delimiter: ';;'}", "more than one character"),
    ("event: call\nfile: {encoding: latin-99}", "no encoding"),
    ("event: call\nfile: {footer: '('}", "no regular expression"),
    ("event: call\nfile: {preamble: -1}", "whole number"),
    ("event: call\nspeed: {column: a, unit: furlongs}", "unit is one of"),
    ("event: call\nantennas: [{id: a, lat: 100, lon: 0}]", "not on Earth"),
    ("event: call\nantennas: [{id: a, lat: x, lon: 0}]", "no readable lat"),
    ("event: call\nantennas: [{id: a, lat: 1, lon: 0}, {id: a, lat: 2, lon: 0}]", "two places"),
    ("event: call\nplace: {}", "needs `column`"),
    ("event: call\nplace: {column: a, value: b}", "needs `column`"),
    ("event: call\ndetails: [a]", "shape"),
    ("event: call\ntext: {a: b}", "unknown a"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_faulty_mappings_are_refused_with_the_reason(text, said):
    with pytest.raises(MappingError, match=re.escape(said)):
        parse("m", read_yaml(text))


@pytest.mark.parametrize("text", ["- a", "a: [", "&a [*a]", "x: !!python/name:os.system", "\0"])
def test_what_is_no_yaml_map(text):
    with pytest.raises(MappingError):
        parse("m", read_yaml(text))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
)
KEYS = [
    "match",
    "file",
    "time",
    "text",
    "amount",
    "direction",
    "parties",
    "details",
    "skip",
    "antennas",
]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(KEYS), json_values, max_size=4))
def test_any_data_is_a_mapping_or_refused(raw):
    with contextlib.suppress(MappingError):
        parse("m", {"event": "call", **raw})


def test_words_of_yaml_stay_words():
    raw = read_yaml("event: call\ndetails: {type: {column: a, values: {No: sms, 1: call, on: x}}}")
    assert raw["details"]["type"]["values"] == {"No": "sms", "1": "call", "on": "x"}


def test_a_folder_of_mappings(tmp_path):
    (tmp_path / "a.yaml").write_text(CALLS + "antenna: cell\nantennas_file: cells.csv\n")
    (tmp_path / "cells.csv").write_text("\ufeffid;lat;lon;radius_m\n7;51.5;-0.1;500\n")
    (tmp_path / "b.yaml").write_text(
        CALLS
        + "antenna: cell\nantennas_file: {file: more.csv, id: Cell, lat: Y, lon: X, name: Site}\n"
    )
    (tmp_path / "more.csv").write_text("Site,Cell,X,Y\nStrand,7,-0.1,51.5\n")
    found = load(tmp_path)
    assert found == json.loads(json.dumps(found)) and pickle.loads(pickle.dumps(found)) == found
    assert found["a"]["antennas"] == [{"id": "7", "lat": "51.5", "lon": "-0.1", "radius_m": "500"}]
    assert parse("b", found["b"]).antennas["7"].name == "Strand"


@pytest.mark.parametrize(
    ("antennas", "said"),
    [
        ("id,lat\n1,2\n", "no column lon"),
        ("id,lat,lon\n1,2\n", "no readable lat"),
        (None, "cells.csv"),
    ],
)
def test_faulty_antenna_files_are_named(tmp_path, antennas, said):
    (tmp_path / "a.yaml").write_text(CALLS + "antennas_file: cells.csv\n")
    if antennas:
        (tmp_path / "cells.csv").write_text(antennas)
    with pytest.raises(MappingError, match=said):
        load(tmp_path)


def test_an_antenna_file_stays_beside_the_mapping(tmp_path):
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "a.yaml").write_text(CALLS + "antennas_file: ../cells.csv\n")
    (tmp_path / "cells.csv").write_text("id,lat,lon\n1,2,3\n")
    with pytest.raises(MappingError, match="not beside"):
        load(tmp_path / "m")


def test_real_antennas_are_joined(shared, tmp_path):
    (tmp_path / "demo.yaml").write_text(
        (
            Path(__file__).resolve().parents[2] / "src/palermo/decode/mappings/bandicoot.yaml"
        ).read_text()
        + "antennas_file: {file: demo_antennas.csv, id: antenna_id, "
        "lat: latitude, lon: longitude}\n"
    )
    antennas = shared("calls/bandicoot/demo_antennas.csv")
    (tmp_path / "demo_antennas.csv").write_bytes(antennas.read_bytes())
    data = shared("calls/bandicoot/demo_ego.csv").read_bytes()
    items = read(load(tmp_path)["demo"], data, holder="phone:+12025550100")
    assert all(isinstance(item, Event) for item in items)
    slow = dict(line.split(",", 1) for line in antennas.read_text().splitlines()[1:])
    for event in items:
        assert f"{event.lat:.6f},{event.lon:.6f}" == ",".join(
            f"{float(value):.6f}" for value in slow[event.details["antenna"]].split(",")
        )
        assert any(p.kind is Kind.PLACE and p.value.startswith("antenna:") for p in event.parties)


def test_a_check_says_row_by_row_what_is_read():
    said = check(
        read_yaml(CALLS), io.BytesIO(b"when,who,way,tariff\n05/04/2024 10:00,020 7946 0018,out,A\n")
    )
    assert said[0] == "not mapped, name or ignore them: tariff"
    assert said[1].startswith("row 2: call; 2024-04-05 10:00:00 UTC (unknown")
    assert "caller name the holder; callee phone 020 7946 0018; direction out" in said[1]
    assert "doubtful" in said[2] and "%m/%d/%Y" in said[2]


CHECKS = [
    (b"when,who\n1,2\n", "lacks"),
    (b"a,b,c\n1,2,3\n", "no header with the columns"),
    (b"when,who,way\n2024-04-05,1,out\n", "is not written as %d/%m/%Y"),
    (b"when,who,way\n05/04/2024 10:00,1,sideways\n", "does not know"),
    (b"PK\x03\x04nothing", "is no readable workbook"),
    (b"", "no header"),
]


@pytest.mark.parametrize(("data", "said"), CHECKS)
def test_a_check_says_what_is_wrong(data, said):
    mapping = read_yaml(CALLS.replace("[when, who, way]", "[when, who]"))
    assert any(said in line and "wrong" in line for line in check(mapping, io.BytesIO(data)))


def test_dates_that_only_fit_one_order_are_not_doubted():
    data = b"when,who,way\n25/04/2024 10:00,1,out\n05/04/2024 10:00,1,out\n"
    assert not [line for line in check(read_yaml(CALLS), io.BytesIO(data)) if "doubtful" in line]


SUGGESTED = [
    (b"Date,Latitude,Longitude,Speed\n2024-03-01 10:00:00,51.5,-0.1,3\n", "position", "iso"),
    (
        b"Date;Description;Money Out;Money In;Balance\n25/03/2024;Rent;1.00;;2\n",
        "payment",
        "%d/%m/%Y",
    ),
    (b"Start\tFrom\tTo\tDuration\n25.03.2024 10:11:12\t1\t2\t3\n", "call", "%d.%m.%Y %H:%M:%S"),
    (
        b'{"posted": 1709294405, "title": "Rooms", "body": "Quiet", "city": "Leeds"}\n',
        "advert",
        "epoch",
    ),
    (b"Received,Narrative,Telephone\n2024-03-01,Seen,020 7946 0018\n", "tip", "iso"),
]


@pytest.mark.parametrize(("data", "kind", "form"), SUGGESTED)
def test_a_suggestion_is_valid_and_reads_the_sample(data, kind, form):
    mapping = suggest(data)
    assert mapping["event"] == kind and mapping["time"]["format"] == form
    name = "a.jsonl" if data.startswith(b"{") else "a.csv"
    items = read(mapping, data, name=name, holder="phone:1")
    assert [item.kind for item in items] == [kind]


def test_a_suggestion_agrees_with_a_reviewed_mapping(shared):
    data = shared("tracks/solent_ais_2016.csv").read_bytes()[:20_000].rpartition(b"\n")[0]
    mine = [item for item in read(suggest(data), data) if isinstance(item, Event)]
    theirs = [item for item in read({}, data) if isinstance(item, Event)]
    assert [(e.time, e.lat, e.lon, e.parties) for e in mine] == [
        (e.time, e.lat, e.lon, e.parties) for e in theirs
    ]


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"a,b\n1,2\n", b"{", b"PK\x03\x04"])
def test_nothing_is_suggested_for_an_unknown_header(data):
    assert suggest(data) is None


def test_a_suggestion_is_never_used_by_itself():
    data = SUGGESTED[0][0]
    context = Context(exhibit="x" + "0" * 32, name="a.csv")
    assert not [i for i in Table().read(io.BytesIO(data), context) if isinstance(i, Event)]
