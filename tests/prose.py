"""Reads the project's pages: their code blocks, commands, links and headings."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
FENCE = re.compile(
    r"^(?P<fence>```+)(?P<language>\w*)(?:[ ]+title=\"(?P<title>[^\"]+)\")?[ ]*\n(?P<code>.*?)^(?P=fence)[ ]*$",
    re.M | re.S,
)


class Block(NamedTuple):
    language: str
    title: str | None
    code: str


def pages() -> list[Path]:
    """Return every page that the project writes for people."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def blocks(page: Path) -> Iterator[Block]:
    for match in FENCE.finditer(page.read_text("utf-8")):
        yield Block(match["language"], match["title"], match["code"])


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", page.read_text("utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    found = re.findall(r"^#{1,6} (.+)$", prose(page), re.M)
    plain = [re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower() for heading in found]
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in plain}
