"""Reads HTML into a tree whose every text leads back to its bytes.

The parser (lexbor) gives no positions. So the bytes are first cut into tags and texts; each text
is replaced by its number, the parser builds the tree, and the numbers in it say which bytes stand
where. However the parser mends a broken page, a text's bytes are known by construction.
"""

import html
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from palermo.decode.web.charset import TRANSCODED
from palermo.decode.web.limits import MOST_BYTES, MOST_RECODED, transcode, whole
from palermo.decode.web.mould import Runs, cast, learn
from palermo.decode.web.shape import BREAKS, CELL, LARGEST, LINE, Element, Shape, kept_shape
from palermo.decode.web.tokens import Marker, mark_quickly
from palermo.vocabulary import Run

PARTS = re.compile(
    rb"[ \t\n\r\f]{2,}|[\t\n\r\f]|\x00+"
    rb"|&(?:#[0-9]{1,12};?|#[xX][0-9a-fA-F]{1,12};?|[a-zA-Z][a-zA-Z0-9]{1,40};?)"
)
UNLIKE = re.compile(rb"[&\t\n\r\f\x00]")  # what a text may be written with that is not itself


class Text(NamedTuple):
    """A line or cell as a reader sees it, of `pieces[begin:end]`, and where it comes from."""

    begin: int
    end: int
    text: str
    runs: Runs
    gap: str  # what parts it from the one before


class Markup:
    """A page as a tree, with its texts by number. Where `apart`, its elements are its own: they have
    nodes, and attributes as written."""

    def __init__(self, raw: bytes, charset: str, apart: bool = False) -> None:
        self.charset = charset
        self.source = raw
        self.back: array[int] | None = None  # from bytes of `raw` to bytes of the source
        most = whole(raw, MOST_RECODED if charset in TRANSCODED else MOST_BYTES, charset)
        raw = raw[:most]
        if charset in TRANSCODED:
            raw, self.back = transcode(raw, charset)
            charset = "utf-8"
        self._codec = charset
        self.raw = raw
        usual = not apart and _is_ascii_based(charset)
        fit = cast(raw, charset) if usual and self.back is None else None
        shared = fit.marked if fit else mark_quickly(raw, charset) if usual else None
        marked = shared or Marker(raw, charset).marked
        self.spans, self.data, self.values = marked.spans, marked.data, marked.values
        # bytes of the source that were read
        self.end = marked.end if self.back is None else self.back[marked.end]
        if fit is not None:
            self.shape = fit.mould.shape
        elif shared is not None and len(marked.html) <= LARGEST:
            self.shape = kept_shape(marked.html, charset, len(self.spans))
            if self.back is None:
                learn(marked, charset, self.shape)
        else:
            self.shape = Shape(marked.html.decode(charset, "replace"), len(self.spans))
        self.texts = list(self._texts(fit.rows() if fit else {}))
        if fit is not None:
            fit.keep((text.begin, text.text, text.runs) for text in self.texts)
        self._begins = [text.begin for text in self.texts]

    @property
    def pieces(self) -> list[int]:
        return self.shape.pieces

    @property
    def elements(self) -> list[Element]:
        return self.shape.elements

    def value(self, attribute: str | None) -> str:
        """Return an attribute's value, "" for none, where the shape may hold its number."""
        if attribute and attribute[0] == "\x01" and self.values:
            return self.values[int(attribute[1:-1])]
        return attribute or ""

    def _texts(self, known: Mapping[int, tuple[str, Runs]]) -> Iterable[Text]:
        gap = ""
        for begin, end, alone, before in self.shape.rows:
            if before and gap != "\n":
                gap = before
            if begin in known:
                text, runs = known[begin]
            elif alone >= 0 and len(parts := self._parts(alone)) == 1:
                text, first, last = parts[0]
                runs = [(0, len(text), first, last)] if first < last else []
            else:
                text, runs = self._written(begin, end)
            if text:
                yield Text(begin, end, text, runs, gap)
                gap = ""

    def text(self, ranges: Iterable[tuple[int, int]]) -> tuple[str, list[Run]]:
        """Return the text of ranges of pieces as a reader sees it, and the map to its bytes."""
        out: list[str] = []
        runs: list[Run] = []
        length = 0
        for begin, end in ranges:
            apart = bool(out)
            for text in self._within(begin, end):
                if out:
                    out.append("\n" if apart else text.gap)
                    length += 1
                apart = False
                out.append(text.text)
                runs += [Run(length + a, length + b, c, d) for a, b, c, d in text.runs]
                length += len(text.text)
        return "".join(out), runs

    def words(self, begin: int, end: int) -> str:
        """Return the text of `pieces[begin:end]` as a reader sees it."""
        texts = self._within(begin, end)
        if len(texts) == 1:
            return texts[0].text
        return "".join([part for text in texts for part in (text.gap, text.text)][1:])

    def _within(self, begin: int, end: int) -> list[Text]:
        """Return the lines and cells of a range; what it cuts off of them is left out."""
        first, last = bisect_left(self._begins, begin), bisect_left(self._begins, end)
        found = self.texts[first:last]
        if first and (before := self.texts[first - 1]).end > begin:
            found.insert(0, before)
        if found and (found[0].begin < begin or found[-1].end > end):
            return [cut for text in found if (cut := self._cut_off(text, begin, end)).text]
        return found

    def _cut_off(self, text: Text, begin: int, end: int) -> Text:
        if begin <= text.begin and text.end <= end:
            return text
        begin, end = max(begin, text.begin), min(end, text.end)
        words, runs = self._written(begin, end)
        return Text(begin, end, words, runs, text.gap)

    def _written(self, begin: int, end: int) -> tuple[str, Runs]:
        """Return what is written in `pieces[begin:end]`, and the map to its bytes."""
        out: list[str] = []
        runs: Runs = []
        length, gap = 0, ""
        for piece in self.pieces[begin:end]:
            if piece < 0:
                if piece == LINE or (piece == CELL and gap != "\n"):
                    gap = BREAKS[piece]
                elif not gap:
                    gap = " "
                continue
            for text, first, last in self._parts(piece):
                if not text:
                    gap = gap or " "
                    continue
                if gap:
                    if out:
                        out.append(gap)
                        length += 1
                    gap = ""
                out.append(text)
                if first < last:
                    runs.append((length, length + len(text), first, last))
                length += len(text)
        return "".join(out), runs

    def _parts(self, number: int) -> Sequence[tuple[str, int, int]]:
        """Cut a text where it differs from its bytes: (text, first, last), "" for white space."""
        start, end = self.spans[number]
        written = self.raw[start:end]
        if written[0] == 32 or written[-1] == 32 or UNLIKE.search(written) or b"  " in written:
            parts = list(self._cut(start, end))
        else:
            parts = [(written.decode(self._codec, "replace"), start, end)]
        return parts if self.back is None else [self._led_back(*part) for part in parts]

    def _led_back(self, text: str, first: int, last: int) -> tuple[str, int, int]:
        """Return a part with its place in the source, or with none where that is not certain."""
        assert self.back is not None
        start, end = self.back[first], self.back[last]
        written = self.source[start:end].decode(self.charset, "replace")
        # broken shifts of ISO-2022-JP make a part read otherwise by itself than in its place
        return (text, start, end) if text in ("", written, html.unescape(written)) else (text, 0, 0)

    def _cut(self, start: int, end: int) -> Iterable[tuple[str, int, int]]:
        raw, codec = self.raw, self._codec
        if raw[start] == 0x20:  # a single space between words stays in the run, at the ends not
            yield "", start, start + 1
            start += 1
        at = start
        for match in PARTS.finditer(raw, start, end):
            first, last = match.span()
            if at < first:
                yield raw[at:first].decode(codec, "replace"), at, first
            at = last
            kind = raw[first]
            if kind == 0x26:
                yield _unescaped(match[0]), first, last
            elif kind:
                yield "", first, last
        if at < end and raw[end - 1] == 0x20:
            if at < end - 1:
                yield raw[at : end - 1].decode(codec, "replace"), at, end - 1
            yield "", end - 1, end
        elif at < end:
            yield raw[at:end].decode(codec, "replace"), at, end


@cache
def _is_ascii_based(codec: str) -> bool:
    printed = bytes(range(0x20, 0x7F))
    return printed.decode(codec, "replace") == printed.decode("ascii")


@lru_cache(maxsize=1 << 16)
def _unescaped(entity: bytes) -> str:
    return html.unescape(entity.decode("ascii"))
