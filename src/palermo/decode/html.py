"""Reads loose HTML files: pages saved one by one."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from palermo.decode.decoder import Context
from palermo.decode.web.charset import MARKS
from palermo.decode.web.page import Shot, read_page
from palermo.decode.web.records import LARGEST
from palermo.vocabulary import Event, Part, Problem

OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
TAGS = re.compile(r"</?(?:p|div|span|table|td|br|h[1-6]|ul|li|img|a|article|section)[\s/>]", re.I)
XML = re.compile(r"\s*<\?xml")
# Browsers write where a saved page came from: <!-- saved from url=(0023)https://example.org/a -->
SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d{4,}\)(\S{1,2000})\s*-->")


class Html:
    """HTML pages saved as files, and the adverts on them."""

    name = "html"
    references = ("sites",)
    version = "1"

    def accepts(self, head: bytes, context: Context) -> float:
        charset = next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")
        text = head.decode(charset, "replace").removeprefix("\ufeff")
        if OPENING.match(text):
            return 0.95
        if XML.match(text):
            return 0.0
        named = re.search(r"\.x?html?$", context.name.lower()) is not None
        tags = len(TAGS.findall(text[:8192]))
        if named:
            return 0.6 if tags else 0.3
        return 0.3 if tags >= 4 and text.lstrip().startswith("<") else 0.0

    def read(self, source: BinaryIO, context: Context) -> Iterator[Event | Part | Problem]:
        source.seek(0)
        raw = source.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raw = raw[:LARGEST]
            yield Problem(
                locator=f"offset:{LARGEST}",
                kind="large",
                message=f"the page is longer than {LARGEST} bytes; the rest was not read",
            )
        if not raw:
            return
        saved = SAVED_FROM.search(raw[:4096])
        url = saved[1].decode("utf-8", "replace") if saved else ""
        yield from read_page(Shot(raw=raw, locator=f"offset:0;length:{len(raw)}", url=url), context)

    def payload(self, source: BinaryIO, locator: str) -> bytes:
        source.seek(0)
        return source.read(LARGEST)
