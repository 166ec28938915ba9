"""Tables by mapping: every row an event that leads back to its bytes, or a located problem."""

import codecs
import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.decode.decoder import Context
from palermo.decode.mapping import read_yaml
from palermo.decode.table import Table
from palermo.decode.tables.layout import Outside
from palermo.decode.tables.rows import Splitter, records
from palermo.testing import check_decoder
from palermo.vocabulary import Event, Kind, Problem, Role, Statement

EXHIBIT = "x" + "0" * 32
CARRIER = """
event: call
match: {header: [Type, Dir, Other, Start, Dur, Cell]}
file: {footer: "^Total"}
time: {column: Start, format: "%d/%m/%Y %H:%M:%S", zone: Europe/London}
direction: {column: Dir, out: [MO], in: [MT]}
parties:
  - {holder: true, role: {out: caller, in: callee}}
  - {column: Other, kind: phone, role: {out: callee, in: caller}}
duration: {column: Dur, format: "h:m:s"}
antenna: Cell
antennas: [{id: "17", lat: "51.5", lon: "-0.1", name: Strand, radius_m: "800"}]
details: {type: {column: Type, values: {Voice: call, SMS: sms}}}
ignore: [Tariff]
"""
CALLS = (
    "Type;Dir;Other;Start;Dur;Cell;Tariff\r\n"
    "Voice;MO;020 7946 0018;05/04/2024 23:30:00;0:02:05;17;A\r\n"
    'SMS;MT;"020 7946 0019";06/04/2024 00:10:00;;17;A\r\n'
    "Total;2;;;;;\r\n"
)
BANK = """
event: payment
match: {header: [Date, Name, Konto, Zweck, Betrag]}
time: {column: Date, format: "%d.%m.%Y", zone: Europe/Berlin}
amount: {column: Betrag, decimal: ",", group: ".", sign: true}
currency: {value: EUR}
parties:
  - {holder: true, role: {out: payer, in: payee}}
  - {column: Konto, kind: [iban, account], role: {out: payee, in: payer}}
  - {column: Name, kind: name, role: {out: payee, in: payer}}
details: {reference: Zweck}
"""
ADVERTS = """
event: advert
match: {header: [posted, title, body, phone]}
time: {column: posted, zone: in_value}
text: [title, body]
parties: [{column: phone, kind: phone, role: poster, split: ";"}]
details: {title: title}
"""


def context(mapping="", name="file.csv", named=None, **stated):
    mappings = {"saved": read_yaml(mapping)} if mapping else {}
    statement = Statement(mapping=named, **stated)
    return Context(exhibit=EXHIBIT, name=name, statement=statement, mappings=mappings)


def read(data, ctx):
    items = list(Table().read(io.BytesIO(data), ctx))
    events = [item for item in items if isinstance(item, Event)]
    return events, [item for item in items if isinstance(item, Problem)]


def test_calls_of_a_carrier():
    ctx = context(CARRIER, holder="phone:+442079460000")
    items = check_decoder(Table(), CALLS.encode(), ctx, variants=60)
    call, text = items
    assert call.time == datetime(2024, 4, 5, 22, 30, tzinfo=UTC)  # summer time
    assert (call.zone, call.time_error) == ("assumed Europe/London", 1)
    assert call.text == CALLS.splitlines()[1]
    assert (call.lat, call.lon, call.place, call.place_error) == (51.5, -0.1, "Strand", 800)
    assert call.details["duration"] == "125" and call.details["type"] == "call"
    assert call.details["antenna"] == "17" and call.details["direction"] == "out"
    roles = {(p.role, p.kind, p.value) for p in call.parties if p.role is not Role.CONTENT}
    assert roles == {
        (Role.CALLER, Kind.PHONE, "+442079460000"),
        (Role.CALLEE, Kind.PHONE, "020 7946 0018"),
    }
    assert [p.value for p in text.parties if p.role is Role.CALLER] == ["020 7946 0019"]
    assert Table().payload(io.BytesIO(CALLS.encode()), text.locator).decode() == text.text


ENCODINGS = [
    ("utf-8", b"", "the usual"),
    ("utf-8", codecs.BOM_UTF8, "as a spreadsheet program saves it"),
    ("utf-16-le", codecs.BOM_UTF16_LE, "a spreadsheet program's Unicode text"),
    ("utf-16-be", codecs.BOM_UTF16_BE, "the other byte order"),
    ("utf-16-le", b"", "without its mark"),
    ("cp1252", b"", "an old export, nothing says so"),
]


@pytest.mark.parametrize(("encoding", "mark", "why"), ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(encoding, mark, why, end):
    text = end.join(
        ["Date;Name;Konto;Zweck;Betrag"]
        + [
            f'0{day}.03.2024;"Café; Zoë";DE89370400440532013000;Miete {day};-1.250,50'
            for day in (1, 2)
        ]
    )
    data = mark + text.encode(encoding)
    items = check_decoder(Table(), data, context(BANK), variants=15)
    events = [item for item in items if isinstance(item, Event)]
    assert [e.details["reference"] for e in events] == ["Miete 1", "Miete 2"], why
    for event in events:
        assert event.amount == Decimal("1250.50") and event.currency == "EUR"
        assert event.details["direction"] == "out"
        name = next(p for p in event.parties if p.kind is Kind.NAME)
        assert name.value == "Café; Zoë"
        assert event.text[name.start : name.end] == name.value
        raw = Table().payload(io.BytesIO(data), event.locator)
        assert raw.decode(event.details.get("charset", "utf-8")) == event.text
    reported = [item.kind for item in items if isinstance(item, Problem)]
    assert reported == ["holder"] + (["encoding"] if encoding == "cp1252" else []) or reported == [
        "encoding", "holder",
    ]  # fmt: skip


AMOUNTS = [
    ("-1.250,50", "out", "1250.50", "a minus in front"),
    ("1.250,50-", "out", "1250.50", "a minus behind"),
    ("(12,00)", "out", "12.00", "brackets, as accountants write"),
    ("−12,00", "out", "12.00", "the typographic minus"),
    ("12,00", "in", "12.00", "no sign"),
    ("+12", "in", "12.0", "a plus"),
    ("€ 12,00", "in", "12.00", "with a sign of currency"),
    ("12,00 DR", "out", "12.00", "debit in words"),
]


@pytest.mark.parametrize(("written", "direction", "amount", "why"), AMOUNTS)
def test_amounts(written, direction, amount, why):
    data = f"Date;Name;Konto;Zweck;Betrag\n01.03.2024;A;12;x;{written}\n".encode()
    (event,), _ = read(data, context(BANK))
    assert (event.amount, event.details["direction"]) == (Decimal(amount), direction), why


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1,250.50", "the marks are the other way round"),
        ("1.25", "no group of three: twelve hundred, or one and a quarter?"),
        ("--5", "two signs"),
        ("5 EUR USD", "two currencies"),
        ("(5", "half a bracket"),
        ("123456789012345678901", "more than can be kept"),
        ("0,123456789", "finer than can be kept"),
        ("five", "no number"),
        ("", "nothing"),
    ],
)
def test_amounts_that_are_refused(written, why):
    data = f"Date;Name;Konto;Zweck;Betrag\n01.03.2024;A;12;x;{written}\n".encode()
    events, problems = read(data, context(BANK, holder="iban:DE89370400440532013000"))
    assert not events, why
    (problem,) = problems
    assert problem.kind == "value" and problem.locator.startswith("row:2;offset:29;")
    assert "Betrag" in problem.message


def test_debit_and_credit_columns():
    mapping = """
    event: payment
    match: {header: [Date, Paid out, Paid in, To]}
    time: {column: Date, format: "%d %b %Y"}
    amount: {debit: Paid out, credit: Paid in, group: ","}
    currency: {value: GBP}
    parties: [{column: To, kind: name, role: {out: payee, in: payer}}]
    """
    data = (
        b"Date,Paid out,Paid in,To\n"
        b'01 Mar 2024,"1,000.00",,Harbour Lettings\n'
        b"02 Mar 2024,,25.00,A N Example\n"
        b"03 Mar 2024,0.00,7.50,A N Example\n"
        b"04 Mar 2024,5.00,7.50,Both\n"
    )
    events, problems = read(data, context(mapping))
    assert [(str(e.amount), e.parties[0].role) for e in events] == [
        ("1000.00", Role.PAYEE),
        ("25.00", Role.PAYER),
        ("7.50", Role.PAYER),
    ]
    assert [p.locator for p in problems] == ["row:5;offset:131;length:26"]
    assert events[0].zone == "unknown" and events[0].time_error >= 14 * 3600


@pytest.mark.parametrize(
    ("sign", "ways", "why"),
    [
        ("", ["in"], "what a minus means is not said"),
        (", sign: true", ["out", "in", "in"], "a debit with a minus, one taken back, a credit"),
    ],
)
def test_debits_with_a_minus(sign, ways, why):
    mapping = f"""
    event: payment
    match: {{header: [Date, Out, In]}}
    time: Date
    amount: {{debit: Out, credit: In{sign}}}
    """
    data = b"Date,Out,In\n2024-03-01,-5.00,\n2024-03-02,5.00,\n2024-03-03,,7.00\n"
    events, _ = read(data, context(mapping))
    assert [event.details["direction"] for event in events][-len(ways) :] == ways, why
    assert all(event.amount > 0 for event in events)


TIMES = [
    ("format: excel", "45352.5", "2024-03-01 12:00:00", 1, "a workbook's serial"),
    ("format: excel", "45352", "2024-03-01 00:00:00", 86400, "a whole day"),
    ("format: epoch", "1709294405", "2024-03-01 12:00:05", 1, "seconds"),
    ("format: epoch_ms", "1709294405250", "2024-03-01 12:00:05.250000", 0, "milliseconds"),
    ("format: '%m/%d/%y %I:%M %p'", "03/01/24 12:05 AM", "2024-03-01 00:05:00", 60, "twelve hours"),
    ("formats: [iso, '%d.%m.%Y']", "01.03.2024", "2024-03-01 00:00:00", 86400, "the second of two"),
    ("format: '%Y%m%d%H%M%S %z'", "20240301120000 +0300", "2024-03-01 09:00:00", 1, "its offset"),
    ("zone: '-05:30'", "2024-03-01 12:00", "2024-03-01 17:30:00", 60, "a fixed offset"),
    ("zone: UTC, error: 300", "2024-03-01 12:00", "2024-03-01 12:00:00", 300, "a coarser clock"),
]


@pytest.mark.parametrize(("spec", "written", "expected", "error", "why"), TIMES)
def test_times(spec, written, expected, error, why):
    if "zone" not in spec:
        spec += ", zone: UTC"
    mapping = f"event: note\nmatch: {{header: [t, x]}}\ntime: {{column: t, {spec}}}"
    (event,), problems = read(f"t,x\n{written},a\n".encode(), context(mapping + "\nignore: [x]"))
    assert str(event.time.replace(tzinfo=None)) == expected, why
    assert event.time_error == error and event.time_written == written and not problems


def test_date_time_and_zone_in_columns_of_their_own():
    mapping = """
    event: note
    match: {header: [d, t, z]}
    time: {columns: [d, t], format: "%d/%m/%Y %H:%M", zone: {column: z}}
    """
    data = b"d,t,z\n01/07/2024,12:00,Europe/Paris\n01/07/2024,12:00,+0530\n01/07/2024,12:00,Mars\n"
    events, problems = read(data, context(mapping))
    assert [(e.time.hour, e.zone) for e in events] == [
        (10, "Europe/Paris"), (6, "+0530"), (12, "unknown"),
    ]  # fmt: skip
    assert [p.locator.split(";")[0] for p in problems] == ["row:4"]


def test_text_of_chosen_columns_leads_back_through_quotes_and_line_breaks():
    data = (
        "posted,title,body,phone\r\n"
        '2024-03-01T12:00+01:00,"Rooms, ""quiet""","Two lines:\r\nsecond é",'
        "020 7946 0018;020 7946 0019\r\n"
        "2024-03-02T12:00Z,Rooms,Plain,\r\n"
    ).encode()
    first, second = check_decoder(Table(), data, context(ADVERTS), variants=60)
    assert first.text == 'Rooms, "quiet"\nTwo lines:\r\nsecond é'
    raw = Table().payload(io.BytesIO(data), first.locator)
    pieces = [raw[run.first : run.last].decode().replace('""', '"') for run in first.map]
    assert pieces == [first.text[run.start : run.end] for run in first.map]
    assert [p.value for p in first.parties] == ["020 7946 0018", "020 7946 0019"]
    assert first.zone == "+01:00" and first.time_error == 60
    assert second.locator.startswith("row:3;")
    assert not second.parties


def test_json_lines():
    rows = [
        {
            "posted": "2024-03-01",
            "title": "Caf\u00e9 \U0001f600",
            "body": 'a\n"b"',
            "phone": "020 7946 0018",
        },
        {"posted": "2024-03-02", "title": "T", "body": "B", "phone": None, "user": {"id": 7}},
    ]
    data = "\n".join(json.dumps(row) for row in rows).encode() + b'\n{"posted": "2024-03-03", "ti'
    mapping = ADVERTS.replace("zone: in_value", "zone: UTC")
    items = check_decoder(Table(), data, context(mapping, name="a.jsonl"), variants=60)
    first, second = (item for item in items if isinstance(item, Event))
    assert first.text == 'Café 😀\na\n"b"'
    assert first.parties[0].value == "020 7946 0018"
    assert first.time_error == 86400
    problems = {(p.kind, p.locator.partition(";")[0]) for p in items if isinstance(p, Problem)}
    assert problems == {("row", "row:3"), ("column", "row:1")}
    raw = Table().payload(io.BytesIO(data), second.locator)
    assert json.loads(raw) == rows[1]


def test_json_lists_give_several_parties():
    mapping = ADVERTS.replace('split: ";"', "optional: true").replace("zone: in_value", "zone: UTC")
    line = {
        "posted": "2024-03-01",
        "title": "T",
        "body": "B",
        "phone": ["020 7946 0018", "020 7946 0019"],
    }
    (event,), problems = read(json.dumps(line).encode(), context(mapping, name="a.jsonl"))
    assert [p.value for p in event.parties] == line["phone"] and not problems


def workbook(rows, sheet="Calls", others=()):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(row)
    for title, count in others:
        extra = book.create_sheet(title)
        for n in range(count):
            extra.append([n])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_workbook():
    rows = [
        ["Statement for A N Example"],
        [],
        ["Date", "Name", "Konto", "Zweck", "Betrag"],
        [date(2024, 3, 1), "A", "DE89370400440532013000", "rent", -1250.5],
        [datetime(2024, 3, 2, 10, 30), "B", 12345678, "food", "=1+2"],
        ["03.03.2024", "C", "12", "text", "1.000,10"],
        ["nonsense", "C", "12", "text", "1"],
    ]
    data = workbook(rows, others=[("Notes", 2), ("Empty", 0)])
    ctx = context(BANK, name="bank.xlsx", holder="iban:DE89370400440532013000")
    assert Table().accepts(data[:65536], ctx) > 0.5
    items = check_decoder(Table(), data, ctx, variants=20)
    events = [item for item in items if isinstance(item, Event)]
    assert [(e.locator, str(e.amount), e.time_error) for e in events] == [
        ("sheet:Calls;row:4", "1250.5", 86400),
        ("sheet:Calls;row:6", "1000.10", 86400),
    ]
    assert events[0].text == "2024-03-01\tA\tDE89370400440532013000\trent\t-1250.5"
    assert Table().payload(io.BytesIO(data), events[1].locator).decode() == events[1].text
    problems = [(p.kind, p.locator) for p in items if isinstance(p, Problem)]
    assert problems == [
        ("preamble", "sheet:Calls;row:1"),
        ("value", "sheet:Calls;row:5"),  # the formula's result was never stored
        ("value", "sheet:Calls;row:7"),
        ("formula", "sheet:Calls;row:5"),
        ("sheet", "sheet:Notes"),
    ]


def test_midnight_of_a_payment_in_a_workbook_is_a_day():
    header = ["Date", "Name", "Konto", "Zweck", "Betrag"]
    rows = [[datetime(2024, 3, 1), "A", "1", "x", 1], [datetime(2024, 3, 1, 9), "A", "1", "x", 1]]
    events, _ = read(workbook([header, *rows]), context(BANK, name="a.xlsx"))
    assert [event.time_error for event in events] == [86400, 1]


def test_workbook_with_a_stored_formula_result_is_read_and_reported():
    data = workbook(
        [["Date", "Name", "Konto", "Zweck", "Betrag"], ["01.03.2024", "A", "1", "x", "=1+2"]]
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            part = old.read(member).replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
            new.writestr(member, part.replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>"))
    (event,), problems = read(out.getvalue(), context(BANK, name="a.xlsx", holder="name:A"))
    assert event.amount == 3
    assert [(p.kind, p.count) for p in problems] == [("formula", 1)]


def test_dangerous_workbooks_are_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
        archive.writestr("xl/workbook.xml", "<x/>")
    _, (problem,) = read(out.getvalue(), context(BANK, name="a.xlsx"))
    assert problem.kind == "workbook" and "document type" in problem.message


def test_columns_that_nobody_mapped_are_reported_once_with_their_rows():
    data = CALLS.replace("Tariff", "Extra").encode()
    events, problems = read(data, context(CARRIER, holder="phone:+442079460000"))
    assert len(events) == 2
    (problem,) = problems
    assert (problem.kind, problem.count) == ("column", 2) and "Extra" in problem.message


def test_no_mapping_is_reported_with_what_to_do():
    ctx = context()
    assert 0 < Table().accepts(b"a,b,c\n1,2,3\n", ctx) < 0.5
    events, (problem,) = read(b"a,b,c\n1,2,3\n", ctx)
    assert not events and problem.kind == "mapping"
    assert "a, b, c" in problem.message and "--mapping" in problem.message


def test_values_of_a_table_without_header_are_not_repeated():
    _, (problem,) = read(b"1;22;02079460018;x\n" * 3, context())
    assert "no header, and 4 columns" in problem.message and "0018" not in problem.message


UNFIT = [
    (dict(named="missing"), "there is no mapping missing"),
    (dict(named="bandicoot"), "does not fit"),
]


@pytest.mark.parametrize(("stated", "said"), UNFIT)
def test_a_named_mapping_that_does_not_fit(stated, said):
    _, (problem,) = read(CALLS.encode(), context(CARRIER, **stated))
    assert said in problem.message


def test_a_column_that_the_mapping_needs_and_the_file_lacks():
    mapping = CARRIER.replace("[Type, Dir, Other, Start, Dur, Cell]", "[Type, Dir]")
    data = b"Type;Dir;Other;Start;Dur\nVoice;MO;1;05/04/2024 23:30:00;1\n"
    _, (problem,) = read(data, context(mapping))
    assert "needs Cell" in problem.message


def test_two_mappings_that_fit_equally_are_not_chosen_between():
    raw = read_yaml(CARRIER)
    ctx = Context(exhibit=EXHIBIT, name="x.csv", mappings={"a": raw, "b": raw})
    events, (problem,) = read(CALLS.encode(), ctx)
    assert not events and "a, b fit equally well" in problem.message


def test_bad_rows_are_located_and_the_rest_is_read():
    rows = [
        "Voice;MO;020 7946 0018;31/02/2024 10:00:00;0:01:00;17;A",  # no such day
        "Voice;XX;020 7946 0018;05/04/2024 10:00:00;0:01:00;17;A",  # unknown direction
        "Voice;MO;020 7946 0018;05/04/2024 10:00:00;0:01:00;99;A",  # unknown antenna
        "Voice;MO;020 7946 0018;05/04/2024 10:00:00;0:01:00;17;A;surplus",
        "Voice;MO;020 7946 0018;05/04/2024 11:00:00;0:01:00;17",  # short
        "Voice;MO;020 7946 0018;;0:01:00;17;A",  # no time
        'Voice;MO;"020 7946 0018;05/04/2024 12:00:00;0:01:00;17;A',  # quote never closed
        "Fax;MO;020 7946 0018;05/04/2024 13:00:00;61;17;A",  # unknown type, odd duration
    ]
    data = "\n".join([CALLS.splitlines()[0], *rows]).encode()
    events, problems = read(data, context(CARRIER, holder="phone:+442079460000"))
    located = [(int(p.locator.split(";")[0][4:]) - 2, p.kind) for p in problems]
    assert located == [
        (0, "value"), (1, "value"), (2, "value"), (3, "row"), (4, "row"), (5, "value"),
        (6, "row"), (7, "value"), (7, "value"),
    ]  # fmt: skip
    for problem in problems:
        raw = Table().payload(io.BytesIO(data), problem.locator).decode()
        assert raw in rows
    read_rows = [int(e.locator.split(";")[0][4:]) - 2 for e in events]
    assert read_rows == [1, 2, 4, 6, 7]
    unknown_way = [p.role for p in events[0].parties if p.kind is Kind.PHONE]
    assert unknown_way == [Role.MENTIONED]  # ties nobody to anything


def test_clock_changes_are_honest():
    rows = [("27/10/2024 01:30:00", "happens twice"), ("31/03/2024 01:30:00", "never happens")]
    for when, why in rows:
        data = f"{CALLS.splitlines()[0]}\nVoice;MO;020 7946 0018;{when};1:00;17;A\n".encode()
        (event,), _ = read(data, context(CARRIER))
        assert event.time_error >= 3600, why


def test_problems_beyond_the_listed_are_counted(monkeypatch):
    monkeypatch.setattr("palermo.decode.tally.LISTED", 3)
    data = (CALLS.splitlines()[0] + "\n" + "Voice;MO;1;never;1:00;17;A\n" * 10).encode()
    _, problems = read(data, context(CARRIER, holder="phone:+442079460000"))
    assert sum(problem.count for problem in problems) == 10 and len(problems) == 4


cell = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=8)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(cell, min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(",;\t|"),
)
def test_rows_agree_with_pythons_csv(rows, delimiter):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    text = out.getvalue()
    found = list(records(io.BytesIO(text.encode()), Outside(), Splitter(delimiter), text.encode()))
    for row in found:
        for each in row.cells:
            if '"' not in each.value:
                assert row.text[each.start : each.end] == each.value
        assert not row.complaints
    # a blank before a quote is no part of the cell for us, and is for `csv`
    if f'{delimiter} "' in text or text.startswith(' "') or '\n "' in text:
        return
    assert [[c.value for c in row.cells] for row in found] == list(
        csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab",\n\r \\;'), max_size=60))
def test_no_text_is_lost_or_makes_it_fail(text):
    data = text.encode()
    found = list(records(io.BytesIO(data), Outside(), Splitter(","), data))
    covered = bytearray(data)
    for row in found:
        keys = dict(pair.split(":") for pair in row.locator.split(";"))
        first = int(keys["offset"])
        last = first + int(keys["length"])
        assert data[first:last].decode() == row.text
        covered[first:last] = b"\n" * (last - first)
    assert not covered.strip(b"\r\n")


REAL = [
    ("calls/bandicoot/demo_ego.csv", None, 314),
    ("calls/bandicoot/demo_A.csv", None, 42),
    ("calls/bandicoot/u_test.csv", "bandicoot_orange", 500),
    ("calls/bandicoot/u_test_antennas.csv", None, 500),
    ("calls/bandicoot/u_test_no_position.csv", None, 500),
    ("tracks/liverpool_bus_route14.csv", None, 1533),
    ("tracks/geolife_small.csv", None, 5908),
    ("tracks/solent_ais_2016.csv", None, 18623),
]


@pytest.mark.parametrize(("path", "named", "count"), REAL)
def test_real_files(shared, path, named, count):
    data = shared(path).read_bytes()
    ctx = context(name=path, named=named, holder="phone:+12025550100", zone="Europe/London")
    assert Table().accepts(data[:65536], ctx) > 0.8
    if count > 5000:
        events, problems = read(data, ctx)
    else:
        items = check_decoder(Table(), data, ctx, variants=5)
        events = [item for item in items if isinstance(item, Event)]
        problems = items[len(events) :]
    assert len(events) == count and not problems
    lines = data.decode().splitlines()
    assert [event.text for event in events] == lines[len(lines) - count :]


def test_real_ships_agree_with_a_plain_reading(shared):
    data = shared("tracks/solent_ais_2016.csv").read_bytes()
    events, _ = read(data, context(zone="UTC"))
    slow = csv.DictReader(io.StringIO(data.decode()))
    for event, row in zip(events, slow, strict=True):
        assert event.time == datetime.fromisoformat(row["Time"]).replace(tzinfo=UTC)
        assert (event.lat, event.lon) == (
            float(row["Latitude_degrees"]),
            float(row["Longitude_degrees"]),
        )
        assert [p.value for p in event.parties] == [row["MMSI"]]


def test_an_antenna_table_says_where_it_belongs(shared):
    _, (problem,) = read(shared("calls/bandicoot/demo_antennas.csv").read_bytes(), context())
    assert problem.count == 27 and "antennas_file" in problem.message


class Endless(io.RawIOBase):
    """A table of many rows that is made while it is read."""

    def __init__(self, rows):
        self.rows, self.at = rows, 0
        self.head, self.row = b"time,lat,lon,device\n", b"2024-01-01T00:00:00Z,51.5,-0.1,A\n"

    def readline(self, size=-1):
        self.at += 1
        if self.at == 1:
            return self.head
        return self.row if self.at <= self.rows else b""

    def read(self, size=-1):
        return self.head + self.row * 100

    def seek(self, offset, whence=0):
        self.at = 0
        return offset


def test_memory_is_bounded():
    tracemalloc.start()
    count = sum(1 for _ in Table().read(Endless(4_000), context()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_999 and peak < 1 << 20


WITH_WORDS = """
event: payment
match: {header: [Day, Amount, Currency, Purpose, Partner, Account, Verwendungszweck 2]}
time: {column: Day, format: "%Y-%m-%d", zone: UTC}
amount: {column: Amount, sign: true}
currency: Currency
parties:
  - {holder: true, role: {out: payer, in: payee}}
  - {column: Account, kind: [iban, account], role: {out: payee, in: payer}}
  - {column: Partner, kind: name, role: {out: payee, in: payer}}
details: {reference: Purpose}
"""


def test_of_a_record_only_what_people_wrote_is_said():
    data = (
        b"Day;Amount;Currency;Purpose;Partner;Account;Verwendungszweck 2\r\n"
        b'2024-03-01;-20.50;GBP;"Rent; ""flat 2""";PARIS CAFE;GB82WEST12345698765432;until 5 May\r\n'
        b"2024-03-02;-20.50;GBP;;Leeds Hotel;;\r\n"
    )
    ctx = context(WITH_WORDS, name="file.csv", named="saved", holder="account:1234")
    events = [item for item in check_decoder(Table(), data, ctx) if isinstance(item, Event)]
    said = [[event.text[a:b] for a, b in event.said] for event in events]
    assert said == [['Rent; ""flat 2""', "until 5 May"], []]
    assert any(p.value == "PARIS CAFE" for p in events[0].parties)


def test_a_call_says_nothing_and_chosen_columns_say_all():
    calls = check_decoder(Table(), CALLS.encode(), context(CARRIER, holder="phone:+442079460000"))
    assert [item.said for item in calls if isinstance(item, Event)] == [[], []]
    data = b"posted,title,body,phone\r\n2024-03-02T12:00Z,Rooms,Plain,\r\n"
    events, _ = read(data, context(ADVERTS))
    assert [event.said for event in events] == [None]


def test_a_json_records_words_are_those_of_its_notes():
    row = {
        "Day": "2024-03-01",
        "Amount": "-1",
        "Currency": "GBP",
        "Purpose": "caf\u00e9",
        "Partner": "P",
    }
    row |= {"Account": "", "Verwendungszweck 2": "", "x": {"note": "by 020 7946 0018", "n": 1.02}}
    ctx = context(WITH_WORDS, name="file.jsonl", named="saved", holder="account:1234")
    events, _ = read(json.dumps(row).encode() + b"\n", ctx)
    assert [[e.text[a:b] for a, b in e.said] for e in events] == [
        ["caf\\u00e9", "by 020 7946 0018"]
    ]
