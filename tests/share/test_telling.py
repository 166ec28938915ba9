"""Events as sentences: each row says why it is there; and nothing of a record is lost beside them."""

from datetime import UTC, datetime
from decimal import Decimal

import openpyxl
import pyarrow as pa
import pytest

from dossier import make
from palermo.share.format import Dossier
from palermo.share.paper.html import to_html
from palermo.share.paper.telling import lasted, money, said, told
from palermo.share.report import compose
from palermo.share.table import Table
from palermo.vocabulary import EventKind

GB, RO = "GB33BUKB20201555555555", "RO49AAAA1B31007593840000"
A, B = "+442079460018", "+442079460027"


def event(kind: str, parties: tuple[tuple[str, str, str], ...] = (), **fields: object) -> dict:
    empty = dict.fromkeys(("time", "amount", "currency", "place", "lat", "lon", "place_error"))
    row: dict[str, object] = {"kind": kind, "text": "", "details": [], **empty}
    row["parties"] = [dict(zip(("role", "kind", "value"), party, strict=True)) for party in parties]
    details = fields.pop("details", {})
    assert isinstance(details, dict)
    return row | {"details": list(details.items())} | fields


SUM = {"amount": Decimal("450.0"), "currency": "RON"}
TOLD = [
    (event("payment", (("payer", "iban", GB), ("payee", "iban", RO)), **SUM,
           details={"reference": "ROOM 4"}),
     f"IBAN {GB} paid IBAN {RO} 450 RON, reference ROOM 4", "who paid whom how much for what"),
    (event("payment", (("payer", "iban", "iban~ABCDEFGHIJKLM"), ("payer", "name", "name~A")), **SUM),
     "iban~ABCDEFGHIJKLM (name~A) paid someone not named 450 RON", "masked, and no payee"),
    (event("payment", (("payee", "account", "00012345"),), **SUM,
           details={"direction": "in", "reversal": "yes", "booked": "2026-03-02"}),
     "Someone not named paid account 00012345 450 RON, booked 2026-03-02, a reversal", "no payer"),
    (event("payment", (("holder", "iban", GB),), **SUM, details={"direction": "out"}),
     f"IBAN {GB} paid someone not named 450 RON", "only the account's holder is known: out"),
    (event("payment", (("holder", "iban", GB),), **SUM, details={"direction": "in"}),
     f"Someone not named paid IBAN {GB} 450 RON", "only the account's holder is known: in"),
    (event("payment", ()), "Someone not named paid someone not named a sum that is not stated",
     "nothing at all is known"),
    (event("balance", (("holder", "iban", GB),), amount=Decimal("-10.5"), currency="EUR",
           details={"type": "opening"}),
     f"The opening balance of IBAN {GB} was -10.50 EUR", "below nothing"),
    (event("call", (("caller", "phone", A), ("callee", "phone", B)),
           details={"duration": "3661", "type": "call", "antenna": "MAN05"}),
     f"{A} called {B} for 1 h 1 min 1 s, by antenna MAN05", "how long and where"),
    (event("call", (("caller", "phone", A), ("callee", "phone", B)), details={"type": "sms"}),
     f"{A} sent {B} a text message", "a text message is no call"),
    (event("call", (("caller", "phone", A),), details={"type": "call"}),
     f"{A} called someone not named; for how long is not stated", "no duration is not 0 s"),
    (event("message", (("sender", "name", "Ana"), ("recipient", "phone", B), ("recipient", "phone", A)),
           details={"thread": "Trip", "attachment": "map.jpg"}),
     f"Ana wrote to {B} ({A}) in the chat “Trip”, attaching “map.jpg”", "a group"),
    (event("message", (), details={"system": "yes", "thread": "Trip"}),
     "The application told in the chat “Trip”", "nobody wrote it"),
    (event("position", (("device", "vessel", "mmsi:235012345"),), lat=51.5, lon=-0.1,
           place_error=25.0, details={"speed": "5", "course": "90"}),
     "Vessel mmsi:235012345 was moving at 18.0 km/h, course 90°, at 51.50000, -0.10000 (± 25 m)",
     "metres per second are told as km/h"),
    (event("position", (), lat=51.5, lon=-0.1), "A device was at 51.50000, -0.10000", "bare"),
    (event("photograph", (("holder", "phone", A),), time=datetime(2026, 1, 1, tzinfo=UTC),
           details={"make": "Example", "model": "M1", "width": "800", "height": "600"}),
     f"A photograph was taken with Example M1, 800 × 600, on the device of {A}", "camera and size"),
    (event("photograph"), "A photograph", "whether and when it was taken is not known"),
    (event("advert", (), place="Leeds", details={"title": "Driver", "price": "£9", "url": "https://example.org/1"}),
     "An advert called “Driver”, price £9, at https://example.org/1, place Leeds", "an advert"),
    (event("tip", (("reporter", "phone", A),), details={"channel": "web form"}),
     f"{A} gave a tip by web form", "a tip"),
    (event("note"), "A note was entered by hand", "a person's own words"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "sentence", "why"), TOLD)
def test_an_event_is_told_in_a_sentence(row: dict, sentence: str, why: str) -> None:
    assert said(told(row)) == sentence, why


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_has_its_sentence(kind: str) -> None:
    assert said(told(event(kind))) != f"A {kind}"[:1] and "None" not in said(told(event(kind)))


MONEY = [("450.0", "450"), ("450.5", "450.50"), ("1234.56", "1,234.56"), ("0.00001234", "0.00001234"),
         ("1E+3", "1,000"), ("-0.1", "-0.10")]  # fmt: skip


@pytest.mark.parametrize(("amount", "written"), MONEY)
def test_money_keeps_every_digit(amount: str, written: str) -> None:
    assert money(Decimal(amount)) == written
    assert Decimal(written.replace(",", "")) == Decimal(amount)


@pytest.mark.parametrize(
    ("seconds", "told"), [("0", "0 s"), ("59", "59 s"), ("60", "1 min"), ("3601", "1 h 1 s"), ("x", "x s")]
)  # fmt: skip
def test_a_duration_is_told_in_its_units(seconds: str, told: str) -> None:
    assert lasted(seconds) == told


def test_the_record_stands_beside_its_sentence(dossier: Dossier) -> None:
    html = to_html(compose(dossier))
    row = next(e for e in dossier.events.to_pylist() if e["kind"] == "payment")
    cell = html.split('id="chronology"')[1].split(row["text"])[0].rsplit("<td>", 1)[1]
    assert "paid account" in cell and "As written: “" in cell
    after = html.split('id="chronology"')[1].split(row["text"])[1].split("</tr>")[0]
    assert "EX-2" in after and row["locator"] in after


def test_the_workbook_has_a_column_for_each_typed_field(dossier: Dossier, tmp_path) -> None:
    book = openpyxl.load_workbook(Table().write(dossier, tmp_path)[0])
    head, *body = book["chronology"].iter_rows(values_only=True)
    rows = [dict(zip(head, row, strict=True)) for row in body]
    call = next(row for row in rows if row["kind"] == "call")
    assert (call["from"], call["to"]) == ("+442079460018", "+442079460123")
    assert call["duration (s)"] == 61, "a number, so that it can be summed"
    payment = next(row for row in rows if row["kind"] == "payment")
    assert payment["from"].startswith("IBAN GB33") and payment["to"] == "account 00012345"
    assert payment["what happened"].startswith("IBAN GB33") and payment["text"].startswith("02/03")


def test_a_sentence_is_no_markup_and_cannot_turn_the_page_around() -> None:
    hostile = "<b>x</b>\u202e=HYPERLINK"
    table = make().events.slice(8, 1)
    parties = [[{"role": "caller", "kind": "name", "value": hostile, "start": None, "end": None}]]
    field = table.schema.get_field_index("parties")
    table = table.set_column(
        field, "parties", pa.array(parties, type=table.schema.field(field).type)
    )
    html = to_html(compose(make(events=table)))
    assert "<b>x" not in html and "\u202e" not in html and "⟨U+202E⟩" in html
