"""Sets a paper as an archival, tagged PDF (PDF/A-2a, PDF/UA-1) with typst and the fonts beside it.

The template is fixed and the paper reaches it as JSON strings, so that nothing in the evidence is
ever read as markup.
"""

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from palermo.share.paper.blocks import (
    Block,
    Facts,
    Heading,
    Inline,
    Items,
    Line,
    Note,
    Notice,
    Paper,
    Paragraph,
    Strong,
    Table,
    Value,
    Written,
)
from palermo.share.paper.plain import rightward, spelt

SHARE = Path(__file__).parent.parent
TEMPLATE = SHARE / "templates" / "report.typ"
FONTS = SHARE / "fonts"
STANDARDS = ["a-2a", "ua-1"]

BREAK = "\u200b"
ISOLATE, POP = "\u2068", "\u2069"  # first strong isolate: each value keeps its own direction
# Runs of letters that are written with spaces; other scripts break by themselves.
LONG = re.compile(r"[!-~\u00a1-\u052f]{24}(?=[!-~\u00a1-\u052f]{4})")
NARROW = re.compile(r"[!-~\u00a1-\u052f]{14}(?=[!-~\u00a1-\u052f]{2})")
PARTS = re.compile(r"[;/@&](?=\S)")
WORD = re.compile(r"[^\W\d_\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffff]{40}")
ENCLOSING = re.compile(r"[\u0488\u0489\u20dd-\u20e4\ua670-\ua672]")
KEYCAP = re.compile(r"(?<=[0-9#*\ufe0f])\u20e3")


def to_pdf(paper: Paper) -> bytes:
    made = datetime.fromisoformat(paper.made)
    inputs = {"paper": json.dumps(_paper(paper)), "fonts": json.dumps(families())}
    compiler = typst.Compiler(
        root=str(SHARE / "templates"), font_paths=_fonts(), ignore_system_fonts=True
    )
    source = TEMPLATE.read_bytes()
    options: dict[str, Any] = {"format": "pdf", "sys_inputs": inputs, "timestamp": made}
    archival = {**options, "pdf_standards": STANDARDS}
    try:
        pdf = compiler.compile(input=source, **archival)
    except typst.TypstError:
        # The archival standard refuses a file when one cluster of marks has no glyph in any font;
        # the same pages with that one glyph missing serve the reader better than no report.
        pdf = compiler.compile(input=source, **options)
    assert isinstance(pdf, bytes)
    return pdf


@cache
def coverage() -> frozenset[int]:
    """Return the code points that the fonts can show, as `fonts/coverage.txt` lists them."""
    points: set[int] = set()
    for line in (FONTS / "coverage.txt").read_text("ascii").split():
        first, _, last = line.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@cache
def families() -> list[str]:
    return list(_fonts().families())


def printable(text: str, narrow: bool = False) -> str:
    """Spell out what no font can show, and let long unbroken words break at the margin."""
    if not text.isascii():
        covered = coverage()
        text = "".join(c if ord(c) in covered or c == "\n" else spelt(c) for c in text)
        text = KEYCAP.sub("\ue000", text)
        text = ENCLOSING.sub(lambda m: spelt(m[0]), text).replace("\ue000", "\u20e3")
        text = WORD.sub(lambda m: m[0] + BREAK, text)
    if narrow:  # a locator or an address breaks between its parts before it breaks within one
        text = PARTS.sub(lambda m: m[0] + BREAK, text)
    return (NARROW if narrow else LONG).sub(lambda m: m[0] + BREAK, text)


def _paper(paper: Paper) -> dict[str, object]:
    return {
        "title": paper.title,
        "subtitle": _inline(paper.subtitle),
        "handling": _inline(paper.handling),
        "footer": _inline(paper.footer),
        "author": printable(paper.author.text),
        "name": printable(f"{paper.title}: {paper.subtitle.text}"),
        "cover": [_block(block) for block in paper.cover],
        "blocks": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, object]:
    match block:
        case Heading(text, level, _):
            return {"is": "heading", "line": _line(text), "level": level}
        case Paragraph(line, quiet):
            return {"is": "paragraph", "line": _line(line), "quiet": quiet}
        case Notice(title, lines):
            return {"is": "notice", "title": title, "lines": [_line(line) for line in lines]}
        case Facts(rows):
            return {"is": "facts", "rows": [[k, _line(v)] for k, v in rows]}
        case Items(lines):
            return {"is": "items", "lines": [_line(line) for line in lines]}
        case Table(columns, widths, rows):
            cells = [[_line(cell, narrow=True) for cell in row] for row in rows]
            return {"is": "table", "columns": columns, "widths": widths, "rows": cells}


def _line(line: Line, narrow: bool = False) -> list[dict[str, object]]:
    return [_inline(part, narrow) for part in line]


def _inline(part: Inline, narrow: bool = False) -> dict[str, object]:
    match part:
        case str():
            return {"is": "ours", "text": part}
        case Strong(text):
            return {"is": "strong", "text": text}
        case Written(words):
            return {"is": "written", "words": _inline(words, narrow)}
        case Note(line):
            return {"is": "note", "line": _line(line)}
        case Value(text, code, mark):
            a, b = mark or (len(text), len(text))
            return {
                "is": "value",
                "before": ISOLATE + printable(text[:a], narrow),
                "mark": printable(text[a:b], narrow),
                "after": printable(text[b:], narrow) + POP,
                "code": code,
                "rtl": not rightward(text),
            }
