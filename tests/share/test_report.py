"""The case report: both files say the same, cite everything, and obey nothing in evidence."""

import io
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pyarrow as pa
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossier import make
from palermo.share.format import Dossier
from palermo.share.paper.blocks import Note, Paper, Paragraph, Table, Value, value
from palermo.share.paper.html import to_html
from palermo.share.paper.pdf import to_pdf
from palermo.share.report import Report, compose
from palermo.testing import check_format
from palermo.vocabulary import EVENTS

SECTIONS = ["Summary", "Findings", "Persons", "Identities and networks", "Movements", "Chronology",
            "Exhibits", "Disclosure schedule", "Decisions", "What could not be read", "Withheld",
            "How to verify"]  # fmt: skip
HOSTILE = [
    '#eval("1+1") #panic("x") *bold* _it_ = head $x^2$ @ref <lab> \\ // c #include "/etc/passwd"',
    "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;<!--",
    "</style><style>*{display:none}</style>",
    "\"'><svg/onload=alert(1)>",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "a\x00b\x1b[31m\x07",
    "\ud800 lone",
    "x" * 100_000,
    "ا" * 5_000,
    "ก" * 5_000,
    "0\ufe0f\u20e3 a\u20e3 e\u0489 \U000e0041 \U0001f9ff🏴\U000e0067\U000e007f",
    "]]>{{7*7}}${7*7}<%= 7 %>",
    "=1+1",
    "\u0301\u0301\u0301" * 50,
]


class Shown(HTMLParser):
    """Collects a page's tags, attributes and visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text: list[str] = []
        self.hidden = 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        self.hidden += tag == "style"

    def handle_endtag(self, tag):
        self.hidden -= tag == "style"

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def pages(pdf: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    for page in document:
        yield page.get_textpage().get_text_bounded()


def words(text: str) -> str:
    """Return letters and digits alone: line breaks and hyphens differ between HTML and PDF."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(c for c in folded if c.isalnum() and c.isascii())


def hostile(text: str) -> Dossier:
    """Return the fictional case with `text` wherever evidence or people's words can stand."""
    case = make()
    changed: dict[str, object] = {}
    for name in (
        "case",
        "authority",
        "basis",
        "necessity",
        "scope",
        "profile",
        "recipient",
        "purpose",
        "handling",
        "made_by",
    ):
        changed[name] = text
    safe = text.encode("utf-8", "replace").decode()  # Arrow holds no lone surrogate
    for name in ("events", "claims", "links", "findings", "decisions", "persons", "disclosure",
                 "problems", "exhibits"):  # fmt: skip
        table = getattr(case, name).slice(0, 3)
        for field in ("text", "place", "zone", "time_written", "written", "value", "reason",
                      "label", "title", "counter", "description", "message", "source", "origin",
                      "name", "actor", "locator"):  # fmt: skip
            if field in table.schema.names:
                column = pa.array([safe] * table.num_rows, pa.string())
                table = table.set_column(table.schema.get_field_index(field), field, column)
        changed[name] = table
    return make(**changed, withheld={text: 1})


def test_the_report_keeps_the_promises_of_a_format(dossier: Dossier, tmp_path: Path):
    files = check_format(Report(), dossier, tmp_path)
    assert [f.name for f in files] == ["report.html", "report.pdf"]


def test_pdf_is_archival_tagged_and_accessible(dossier: Dossier):
    pdf = to_pdf(compose(dossier))
    for claim in (b"<pdfaid:part>2<", b"<pdfaid:conformance>A<", b"<pdfuaid:part>1<"):
        assert claim in pdf


def test_html_and_pdf_say_the_same(dossier: Dossier):
    paper = compose(dossier)
    pdf = words("".join(pages(to_pdf(paper))))
    said = [words(text) for text in Shown(to_html(paper)).text]
    said = [text for text in said if text not in ("Skiptothecontent", "Sources")]
    assert len(said) > 300
    for text in said:  # a page may end within a long one
        assert text[:30] in pdf and text[-30:] in pdf, text


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_there_even_in_an_empty_case(section, dossier: Dossier, empty: Dossier):
    for case in (dossier, empty):
        paper = compose(case)
        assert f">{section}</h2>" in to_html(paper)
    assert any(section in page for page in pages(to_pdf(compose(empty))))


def test_an_empty_disclosure_schedule_says_that_it_is_empty(empty: Dossier):
    said = "This schedule is empty"
    assert said in to_html(compose(empty))
    assert any(said in page for page in pages(to_pdf(compose(empty))))


def test_the_disclosure_schedule_is_never_cut():
    row = make().disclosure.to_pylist()[0]
    rows = [row | {"description": f"rejected pair {n:05d}"} for n in range(3000)]
    case = make(disclosure=pa.Table.from_pylist(rows, schema=make().disclosure.schema))
    html = to_html(compose(case))
    assert all(f"rejected pair {n:05d}" in html for n in range(3000))


def test_a_finding_brings_evidence_reasons_and_what_speaks_against_it(dossier: Dossier):
    html = to_html(compose(dossier))
    finding = dossier.findings.to_pylist()[0]
    assert "moved from place to place" in html and "switchboard" in html
    assert finding["id"] in html and "Officer B. Example" in html
    assert "1 piece of evidence withheld from this report." in html
    notes = re.findall(r'<li id="n\d+">(.*?)</li>', html)
    cited = [n for n in notes if "<mark>O2O 7946 oo18</mark>" in n]
    assert cited, "the links' claims are cited with their words marked"
    assert all("EX-1" in n and "row:1" in n and "+442079460018" in n for n in cited)
    assert all("†" in n for n in notes if "phone" in n), "machine-read claims are marked"


def test_movements_cite_each_stay_and_tell_gaps_and_contradictions(dossier: Dossier):
    html = to_html(compose(dossier))
    part = html.split('id="movements"')[1].split('id="chronology"')[0]
    rows = re.findall(r"<tr><td>(.*?)</tr>", part)
    assert len(rows) == 8 and all("EX-1" in row and "row:" in row for row in rows)
    assert "nothing is known from 2026-03-03 17:30:00 UTC to 2026-03-04 09:30:00 UTC" in part
    assert "Two cities at once." in part


def test_no_table_holds_a_footnote(dossier: Dossier):
    """Setting a long table with footnotes takes minutes and gigabytes; its cells name the source."""
    for block in compose(dossier).blocks:
        if isinstance(block, Table):
            assert not any(isinstance(p, Note) for r in block.rows for cell in r for p in cell)


def test_every_footnote_has_its_mark_and_its_way_back(dossier: Dossier):
    html = to_html(compose(dossier))
    marks = re.findall(r'id="r(\d+)" href="#n(\d+)"', html)
    notes = re.findall(r'<li id="n(\d+)">', html)
    assert notes == [n for n, _ in marks] == [n for _, n in marks] and len(notes) > 10


def test_pdf_sets_each_footnote_on_the_page_of_its_mark(dossier: Dossier):
    texts = list(pages(to_pdf(compose(dossier))))
    for n, text in enumerate(texts):
        said = [int(m) for m in re.findall(r"^(\d{1,2})EX-\d", text, re.M)]
        marks = [int(m) for m in re.findall(r"EX-\d+(\d{1,2})$", text, re.M)]
        assert not said or not marks or min(said) <= min(marks), n


def test_what_a_person_entered_is_not_marked_as_machine_read(dossier: Dossier):
    rows = re.findall(r"<tr>.*?</tr>", to_html(compose(dossier)), re.S)
    note = next(r for r in rows if "Seen by Officer" in r)
    tip = next(r for r in rows if "Workers at the farm" in r)
    assert "†" not in note and "†" in tip


def test_times_show_zone_uncertainty_and_the_written_form(dossier: Dossier):
    text = "".join(Shown(to_html(compose(dossier))).text)
    assert "2026-03-03 09:30:00 UTC ± 1 min, zone +01:00, written 03/03/2026 09:30" in text
    assert "± 14 h, zone unknown" in text and "zone assumed Europe/London" in text


def test_amounts_keep_every_digit(dossier: Dossier):
    assert "1,234,567,890,123,456.12345678 GBP" in "".join(Shown(to_html(compose(dossier))).text)


def test_html_needs_nothing_else_and_runs_nothing(dossier: Dossier):
    page = Shown(to_html(compose(dossier)))
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & set(page.tags)
    for name, content in page.attributes:
        assert not name.startswith("on") and name not in ("src", "style", "srcset")
        if name == "href":
            assert content and content.startswith("#")
    assert "url(" not in to_html(compose(dossier)).split("</style>")[0]
    assert ("http-equiv", "Content-Security-Policy") in page.attributes


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_shown_and_does_nothing(text: str, dossier: Dossier):
    paper = compose(hostile(text))
    html = to_html(paper)
    html.encode("utf-8")
    harmless = Shown(to_html(compose(dossier)))
    page = Shown(html)
    assert set(page.tags) <= set(harmless.tags), "no tag of its own"
    assert html.count("<style>") == 1
    assert {n for n, _ in page.attributes} <= {n for n, _ in harmless.attributes}
    assert not re.search("[\x00\x1b\u202a-\u202e\u2066-\u2069]", html)
    assert len(html) < 2_000_000, "long words are cut where they are quoted"
    pdf = to_pdf(paper)
    assert b"<pdfaid:part>2<" in pdf, "the archival standard holds"
    assert "".join(pages(pdf))


def test_hostile_markup_reaches_the_page_as_it_is():
    text = "".join(Shown(to_html(compose(hostile(HOSTILE[0])))).text)
    assert HOSTILE[0] in text
    pdf = "".join(pages(to_pdf(compose(hostile(HOSTILE[0])))))
    assert '#eval("1+1")' in pdf and "*bold*" in pdf and "$x^2$" in pdf


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=120))
def test_any_text_becomes_an_archival_pdf(text: str):
    shown = value(text)
    paper = Paper(
        title="Case report", subtitle=shown, handling=shown, footer=shown, author=shown,
        made="2026-04-01T12:00:00+00:00", cover=(Paragraph((shown,)),),
        blocks=(Table(("A",), (1,), (((Value(shown.text, code=True),),),)),),
    )  # fmt: skip
    assert b"<pdfaid:part>2<" in to_pdf(paper)


def test_each_value_keeps_its_own_direction(dossier: Dossier):
    html = to_html(compose(dossier))
    assert re.search(r'<bdi dir="auto">[^<]*غرف', html)
    assert "\u2067" not in html


def test_a_bulk_case_stays_bounded_and_says_how_many_it_left_out():
    case = make()
    event = case.events.to_pylist()[0]
    ids = [f"e{n:032x}" for n in range(20_000)]
    many = pa.Table.from_pylist([event], schema=case.events.schema)
    many = pa.concat_tables([many] * len(ids))
    many = many.set_column(0, "id", pa.array(ids, pa.string()))
    whole = pa.concat_tables([case.events, many])
    claims = case.claims.to_pylist()
    paper = compose(make(events=whole))
    html = to_html(paper)
    assert len(html) < 400_000 and f"of {whole.num_rows:,}; all are in" in html
    assert "chronology workbook" in html
    cited = {c["event"] for c in claims if c["role"] == "poster"}
    assert all(i in html for i in cited if i in {e["id"] for e in case.events.to_pylist()})
    assert EVENTS.names == whole.schema.names[:-1]
