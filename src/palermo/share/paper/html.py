"""Writes a paper as one HTML file that needs nothing else: no request, no script."""

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from pathlib import Path

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

STYLE = Path(__file__).parent.parent / "templates" / "report.css"


def to_html(paper: Paper) -> str:
    return _Page().render(paper)


class _Page:
    """One run over the blocks; collects the footnotes as it meets them."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def render(self, paper: Paper) -> str:
        style = STYLE.read_text("utf-8")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
        cover, blocks = self.blocks(paper.cover), self.blocks(paper.blocks)
        return (
            '<!doctype html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{escape(paper.title)}: {escape(paper.subtitle.text)}</title>\n"
            f"<style>{style}</style>\n</head>\n<body>\n"
            '<a class="skip" href="#content">Skip to the content</a>\n'
            f'<header class="cover">\n<p class="handling">{self.value(paper.handling)}</p>\n'
            f"<h1>{escape(paper.title)}<br>{self.value(paper.subtitle)}</h1>\n{cover}</header>\n"
            f'{_contents(paper.blocks)}<main id="content">\n{blocks}</main>\n{self.sources()}'
            f"<footer>{self.value(paper.footer)}</footer>\n</body>\n</html>\n"
        )

    def blocks(self, blocks: Iterable[Block]) -> str:
        return "".join(self.block(block) for block in blocks)

    def block(self, block: Block) -> str:
        match block:
            case Heading(text, level, anchor):
                tag = f"h{level + 1}"
                return f'<{tag} id="{escape(anchor)}">{self.line(text)}</{tag}>\n'
            case Paragraph(line, quiet):
                return f"<p{' class=quiet' if quiet else ''}>{self.line(line)}</p>\n"
            case Notice(title, lines):
                body = "".join(f"<p>{self.line(line)}</p>" for line in lines)
                return f'<aside class="notice"><h4>{escape(title)}</h4>{body}</aside>\n'
            case Facts(rows):
                body = "".join(
                    f"<div><dt>{escape(k)}</dt><dd>{self.line(v)}</dd></div>" for k, v in rows
                )
                return f"<dl>{body}</dl>\n"
            case Items(lines):
                return "<ul>" + "".join(f"<li>{self.line(i)}</li>" for i in lines) + "</ul>\n"
            case Table(columns, widths, rows):
                shares = "".join(f'<col width="{round(100 * w / sum(widths))}%">' for w in widths)
                head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
                return (
                    '<div class="scroll" tabindex="0" role="region" aria-label="table">'
                    f"<table><colgroup>{shares}</colgroup><thead><tr>{head}</tr></thead><tbody>\n{self.rows(rows)}</tbody>"
                    "</table></div>\n"
                )

    def rows(self, rows: Iterable[tuple[Line, ...]]) -> str:
        return "".join(
            "<tr>" + "".join(f"<td>{self.line(cell)}</td>" for cell in row) + "</tr>\n"
            for row in rows
        )

    def line(self, line: Line) -> str:
        return "".join(self.inline(part) for part in line)

    def inline(self, part: Inline) -> str:
        match part:
            case str():
                return escape(part)
            case Strong(text):
                return f"<strong>{escape(text)}</strong>"
            case Value():
                return self.value(part)
            case Written(words):
                return f'<small class="written">As written: “{self.value(words)}”</small>'
            case Note(line):
                body = self.line(line)
                self.notes.append(body)
                n = len(self.notes)
                return f'<sup><a id="r{n}" href="#n{n}" aria-label="source {n}">{n}</a></sup>'

    def value(self, value: Value) -> str:
        tag = "code" if value.code else "bdi"
        text = escape(value.text)
        if value.mark:
            a, b = value.mark
            before, words, after = value.text[:a], value.text[a:b], value.text[b:]
            text = f"{escape(before)}<mark>{escape(words)}</mark>{escape(after)}"
        return f'<{tag} dir="auto">{text}</{tag}>'

    def sources(self) -> str:
        if not self.notes:
            return ""
        items = "".join(
            f'<li id="n{n}">{body} <a href="#r{n}" aria-label="back to the statement">↩</a></li>\n'
            for n, body in enumerate(self.notes, 1)
        )
        body = f'<h2>Sources</h2>\n<ol class="notes">\n{items}</ol>'
        return f'<section id="sources">{body}</section>\n'


def _contents(blocks: Iterable[Block]) -> str:
    links = "".join(
        f'<li><a href="#{escape(block.anchor)}">{_words(block.text)}</a></li>\n'
        for block in blocks
        if isinstance(block, Heading) and block.level == 1
    )
    return f'<nav aria-label="Contents"><h2>Contents</h2><ol>\n{links}</ol></nav>\n'


def _words(line: Line) -> str:
    parts = (
        p if isinstance(p, str) else p.text for p in line if isinstance(p, str | Value | Strong)
    )
    return escape("".join(parts))
