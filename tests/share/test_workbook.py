"""The chronology as a workbook: nothing is lost, nothing is a formula, no clock leaves a trace."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import unescape

import openpyxl
import pyarrow as pa
import pytest

from dossier import make
from palermo.share import table as module
from palermo.share.format import Dossier
from palermo.share.table import CELL, Table
from palermo.testing import check_format

SHEETS = ["chronology", "claims", "links", "findings", "exhibits", "disclosure", "decisions",
          "persons", "identities", "problems", "about"]  # fmt: skip


def book(dossier: Dossier, folder: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(Table().write(dossier, folder)[0])


def rows(sheet) -> list[dict[str, object]]:
    head, *body = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in body]


def with_texts(texts: list[str]) -> Dossier:
    case = make()
    event = case.events.slice(0, 1)
    many = pa.concat_tables([event] * len(texts))
    names = many.schema.names
    many = many.set_column(names.index("text"), "text", pa.array(texts, pa.string()))
    ids = pa.array([f"e{n:032x}" for n in range(len(texts))], pa.string())
    return make(events=many.set_column(names.index("id"), "id", ids))


def test_the_workbook_keeps_the_promises_of_a_format(
    dossier: Dossier, empty: Dossier, tmp_path: Path
):
    for name, case in (("full", dossier), ("empty", empty)):
        (tmp_path / name).mkdir()
        check_format(Table(), case, tmp_path / name)


def test_every_row_is_there_under_a_frozen_filtered_header(dossier: Dossier, tmp_path: Path):
    found = book(dossier, tmp_path)
    assert found.sheetnames == SHEETS
    for sheet in found:
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref
        assert all(d.width > 5 for d in sheet.column_dimensions.values())
    for name in ("claims", "links", "findings", "exhibits", "disclosure", "decisions", "problems"):
        assert found[name].max_row - 1 == getattr(dossier, name).num_rows, name
    assert found["chronology"].max_row - 1 == dossier.events.num_rows


def test_times_are_real_dates_in_order_with_the_zone_beside(dossier: Dossier, tmp_path: Path):
    told = rows(book(dossier, tmp_path)["chronology"])
    times = [row["time (UTC)"] for row in told]
    dated = [t for t in times if t is not None]
    assert all(isinstance(t, datetime) for t in dated) and dated == sorted(dated)
    assert times[len(dated) :] == [None, None], "what has no time comes last"
    advert = next(r for r in told if r["kind"] == "advert")
    assert advert["time (UTC)"] == datetime(2026, 3, 3, 9, 30)
    assert advert["time, exact"] == "2026-03-03T09:30:00+00:00"
    assert (advert["zone"], advert["uncertainty (± s)"], advert["exhibit"]) == (
        "+01:00",
        60,
        "EX-1",
    )


def test_amounts_lose_no_digit(dossier: Dossier, tmp_path: Path):
    told = rows(book(dossier, tmp_path)["chronology"])
    found = {r["kind"]: r["amount"] for r in told if r["amount"] is not None}
    assert found == {"payment": "1234567890123456.12345678", "balance": -10.5}


@pytest.mark.parametrize(
    ("number", "exact"),
    [(Decimal("0.1"), True), (Decimal("123456789012345"), True), (Decimal("1E+20"), False),
     (Decimal("1234567890.12345678"), False), (Decimal("-99.99999999"), True),
     (float("nan"), False), (2**60, False)],
)  # fmt: skip
def test_a_number_is_a_number_only_if_excel_keeps_it(number, exact: bool):
    assert module._exact(number) is exact
    if exact:
        assert Decimal(repr(float(number))) == Decimal(number)


def test_no_value_becomes_a_formula(tmp_path: Path):
    formulas = ["=1+1", "+442079460018", "-2+3", "@SUM(A1)", '=HYPERLINK("http://example.org")']
    texts = [*formulas, "\t=1", "https://example.org/", "0123", "_x0041_", "a\x00b\u202ec", "12E5"]
    sheet = book(with_texts(texts), tmp_path)["chronology"]
    column = [c.value for c in sheet[1]].index("text")
    cells = [row[column] for row in sheet.iter_rows(min_row=2)]
    assert [c.data_type for c in cells] == ["s"] * len(texts), "text, not formulas"
    assert [c.value for c in cells[:5]] == texts[:5] and not cells[7].quotePrefix
    assert all(c.quotePrefix for c in cells[:5])
    assert unescape(cells[8].value, {"_x005F_": "_"}) == "_x0041_"  # Excel reads it so
    assert cells[9].value == "a⟨U+0000⟩b⟨U+202E⟩c" and cells[7].value == "0123"
    assert not any(c.hyperlink for c in cells)


@pytest.mark.parametrize("letter", ["x", "😀", "ก"])
def test_a_text_too_long_for_a_cell_says_how_much_is_missing(letter: str, tmp_path: Path):
    sheet = book(with_texts([letter * 50_000]), tmp_path)["chronology"]
    text = rows(sheet)[0]["text"]
    assert len(text.encode("utf-16-le")) // 2 <= CELL
    missing = int(text.rsplit("[… ", 1)[1].split(" ")[0].replace(",", ""))
    assert text.count(letter) - text.rsplit("[…", 1)[1].count(letter) + missing == 50_000


def test_rows_beyond_one_sheet_go_to_further_sheets(monkeypatch, tmp_path: Path):
    monkeypatch.setattr(module, "ROWS", 4)
    found = book(with_texts([f"text {n}" for n in range(10)]), tmp_path)
    names = [n for n in found.sheetnames if n.startswith("chronology")]
    assert names == ["chronology", "chronology 2", "chronology 3"]
    told = [row["text"] for name in names for row in rows(found[name])]
    assert told == [f"text {n}" for n in range(10)]


def test_a_time_before_excels_calendar_stays_readable(tmp_path: Path):
    case = with_texts(["old"])
    time = pa.array([datetime(1601, 1, 1, tzinfo=UTC)], case.events.schema.field("time").type)
    at = case.events.schema.names.index("time")
    sheet = book(make(events=case.events.set_column(at, "time", time)), tmp_path)["chronology"]
    assert rows(sheet)[0]["time (UTC)"] == "1601-01-01T00:00:00+00:00"


def test_an_empty_disclosure_sheet_says_so(empty: Dossier, tmp_path: Path):
    assert "no link was rejected" in book(empty, tmp_path)["disclosure"]["A2"].value


def test_about_carries_purpose_handling_custody_and_what_was_withheld(dossier, tmp_path: Path):
    told = {r["what"]: r["value"] for r in rows(book(dossier, tmp_path)["about"])}
    assert told["purpose"] == "prosecution" and told["handling"].startswith("OFFICIAL")
    assert told["custody head"] == "ab" * 32
    assert "withheld rows" in told and "limits of use" in told
