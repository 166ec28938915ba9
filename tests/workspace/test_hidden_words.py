"""Names and numbers that no claim marks, however a file writes them: in no answer, in no package."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from case import grant
from palermo.vocabulary import Statement
from palermo.workspace import Workspace

STATEMENT = """\
:20:S1
:25:DE89370400440532013000
:28C:1/1
:60F:C260301EUR1000,00
:61:2603040304D250,00NTRFNONREF//B100
:86:166?00SEPA?20RENT MARCH?30BYLADEM1001?31GB82WEST12345698765432?32Elena Po?33pa
:61:2603050305D70,50NTRFNONREF//B101
:86:166?00SEPA?20for ELENA PO?21PA room?31GB82WEST12345698765432?32Harbour Cafe
:61:2603060306C10,00NTRFNONREF//B102
:86:/ORDP//NAME/Dragoș Ionescu/REMI/popa elena owes, ask IONESCU DRA
GOS or Анна Иванова
:61:2603070307D20,00NTRFNONREF//B103
:86:/BENM//NAME/Анна Иванова/REMI/back
:62F:C260307EUR669,50
-
"""
TIPS = (
    "time,channel,text,reporter\n"
    '2026-03-08T10:00:00Z,web,"A woman, Popa Elena, and Dragos-Ionescu. Also Elena\nPopa.",\n'
    '2026-03-08T11:00:00Z,web,"Her number is 0207/946 0777 or 79461234, since 2026-03-01 14:05",\n'
    "2026-03-08T12:00:00Z,web,Иванова Анна was there. Paid 1250.00 EUR,\n"
)
ADVERTS = (
    "time,url,title,body,contact\n"
    '2026-03-08T10:00:00Z,https://ads.example.org/1,Rooms,"Warm rooms, call 020 7946 0555",'
    "020 7946 0666\n"
)
CHAT = """\
08/03/2026, 21:05 - Messages and calls are end-to-end encrypted.
08/03/2026, 21:06 - Mira Volkova: Is the bunk free?
08/03/2026, 21:07 - Rosa Quill: Mira call the driver, at 51.50741, -0.12781
08/03/2026, 21:08 - Rosa Quill: VOLKOVA pays the driver
"""
NAMES = ("elena", "popa", "po?33pa", "po?21pa", "dragoș", "dragos", "ionescu", "анна", "иванова")
NUMBERS = ("7946 0777", "79460777", "79461234", "7946 0555", "7946 0666", "79460555", "79460666")


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case whose exhibits state no region, so that no number in it can be normalised."""
    folder = tmp_path_factory.mktemp("hidden")
    evidence = folder / "evidence"
    evidence.mkdir()
    for name, text in (
        ("s.sta", STATEMENT),
        ("tips.csv", TIPS),
        ("adverts.csv", ADVERTS),
        ("WhatsApp Chat with Mira.txt", CHAT),
    ):
        (evidence / name).write_text(text, encoding="utf-8")
    Workspace.new(folder / "case", grant(), "tester")
    with Workspace.open(folder / "case", "tester") as workspace:
        workspace.add([str(evidence)], Statement())
        workspace.run()
    return folder / "case"


def bytes_of(path: Path) -> str:
    """Return all that a file holds: its own bytes, its members', and a document's text."""
    raw = path.read_bytes()
    told = raw.decode("utf-8", "replace")
    if zipfile.is_zipfile(io.BytesIO(raw)):
        with zipfile.ZipFile(path) as book:
            told += "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        told += " ".join(page.get_textpage().get_text_bounded() for page in document)
    return told.casefold()


def test_no_answer_names_them(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        events = workspace.timeline(limit=100).events
        told = [workspace.show(e.id) for e in events] + [workspace.why(e.id) for e in events]
        told += [workspace.search(words) for words in ("rent", "room", "woman", "ask", "back")]
        whole = "\n".join(answer.model_dump_json() for answer in told).casefold()
    assert len(events) == 12 and "rent march" in whole and "a woman" in whole
    assert not [name for name in NAMES if name in whole]
    assert "2026-03-01 14:05" in whole and "79461234" in whole  # inside the case


GUESSES = [
    *((word, "a word of a full name") for word in ("Elena", "Popa", "Ionescu", "Иванова")),
    ("Mira", "a first name alone, of one who takes part"),
    ("mira driver", "with words that stand beside it"),
    ("Volkova", "a surname alone, in capitals"),
    ("Rosa", "who only writes"),
    ("51 50741", "a pair of coordinates"),
]


@pytest.mark.parametrize(("words", "why"), GUESSES)
def test_no_search_finds_them_by_a_word_of_a_text(case: Path, words: str, why: str) -> None:
    with Workspace.open(case, "tester") as workspace:
        found = workspace.search(words)
        assert (found.total, found.hits) == (0, []), why
        assert not any(found.facets.values()), why
        assert workspace.check([words]).found == 0, why


def test_what_is_shown_of_an_event_is_what_finds_it(case: Path) -> None:
    with Workspace.open(case, "tester") as workspace:
        events = workspace.timeline(limit=100).events
        for word in ("driver", "bunk", "paid", "woman"):
            shown = {e.id for e in events if word in f"{e.title} {e.text}".lower()}
            assert {hit.event.id for hit in workspace.search(word).hits} == shown != set()


@pytest.mark.parametrize("format", ["report", "table", "ftm"])
def test_no_package_names_them_or_holds_a_number(case: Path, format: str) -> None:
    with Workspace.open(case, "tester") as workspace:
        for event in workspace.timeline(limit=100).events:
            if not event.tags:
                workspace.decide("exculpatory", event.id, reason="Must be disclosed")
        shared = workspace.share(format, "Prosecutor's office", "Charging decision")
        files = [path for path in Path(shared.folder).rglob("*") if path.is_file()]
    told = "\n".join(map(bytes_of, files))
    assert shared.rows["events"] >= 7
    assert "rent march" in told and "[number]" in told and "since 2026-03-01 14:05" in told
    found = [value for value in (*NAMES, *NUMBERS) if value in told]
    assert not found, [(f, told[max(0, told.find(f) - 80) : told.find(f) + 80]) for f in found]
