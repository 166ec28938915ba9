"""Finds routes: places that words or signs join to a journey; two towns side by side are none.

Words of leaving and arriving ("from", "до", "থেকে"), arrows and dashes say where a place must stand;
what stands there is looked up in the gazetteer, all of a batch at once. A dash alone joins places
only where travel is spoken of, or where they lie in different countries.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from palermo.extract.claims import Batch, Hit, TextExtractor
from palermo.values import journey, route
from palermo.values.journey import Join, Span
from palermo.values.lines import APART
from palermo.values.whereabouts import Place, find
from palermo.vocabulary import Kind

_LONGEST = 4  # words in a name
_RUN = 14  # characters in a name of a script without spaces
_APART = 34  # characters between a journey's places, with what stands there: "by train, then"
_SMALL = 100_000  # people of a town whose name in small letters is still read, after "from" or "to"
_ARTICLE = re.compile(
    r"(?:the|la|el|los|las|le|les|il|lo|os|as|o|die|den|der|l|d)(?:\s|['’])", re.I
)
_GAP = re.compile(r"[ \u00a0]|[-‐‑–'’]|\. ?")
_STOP = re.compile(r"[.!?;](?=\s|\Z)|[\n。！？|/]")
_STREET = re.compile(r"\s(?:street|st|road|rd|avenue|ave|airport|hotel|branch)\b", re.I)


class Mention(NamedTuple):
    """A place where a journey's word or sign says that one stands."""

    start: int
    end: int
    place: Place
    roles: frozenset[str]


class Slot(NamedTuple):
    """Where a place may stand: the spans that may be its name, the longest first."""

    spans: tuple[tuple[int, int], ...]
    role: str


class Route(TextExtractor):
    """Finds routes in many languages: from where, through which places, to where."""

    name = "route"
    version = "1"

    def hits(self, batch: Batch) -> Iterator[tuple[int, Hit]]:
        indexes = journey.candidates(batch.texts).arg_true().to_list()
        texts = batch.texts.gather(indexes)
        slots = [(i, text, list(_slots(text))) for i, text in zip(indexes, texts, strict=True)]
        regions: dict[str | None, set[str]] = {}
        for index, text, own in slots:
            asked = regions.setdefault(batch.regions[index], set())
            asked.update(text[a:b] for slot in own for a, b in slot.spans)
        known = {region: find(names, region) for region, names in regions.items()}
        travelling = {index for index, _, _ in batch.said("travel")}
        for index, text, own in slots:
            for hit in _routes(text, own, known[batch.regions[index]], index in travelling):
                yield index, hit


def _slots(text: str) -> Iterator[Slot]:
    """Yield where places may stand beside a text's words and signs of a journey."""
    words = journey.cut(text)
    for join in journey.read(text, words):
        after = join.role.endswith("_after")
        left = after or join.role in ("arrow", "dash") or (join.role == "to" and not join.weak)
        if left and (spans := tuple(_left(text, words, join))):
            yield Slot(spans, join.role.removesuffix("_after") if after else f"{join.role}<")
        if join.role != "to_after" and (spans := tuple(_right(text, words, join))):
            yield Slot(spans, _role(join, after))


def _role(join: Join, after: bool) -> str:
    if after:  # "দিল্লি से দুবাই": what follows the place of leaving is where one goes
        return "weak"
    return "weak" if join.weak else join.role


def _right(text: str, words: Sequence[Span], join: Join) -> Iterator[Span]:
    """Yield what may be a place's name after a word or sign, the longest first."""
    start = _past_spaces(text, join.end)
    if start < len(text) and APART.match(text[start]):
        end = start
        while end < min(len(text), start + _RUN) and APART.match(text[end]):
            end += 1
        yield from ((start, stop) for stop in range(end, start + 1, -1))
        return
    at = bisect_left(words, (start, 0))
    lead = _ARTICLE.match(text, start)
    for first in (at, at + 1) if lead else (at,):
        own = _name(text, words[first : first + _LONGEST])
        if own and own[0][0] in (start, lead and lead.end()):
            yield from ((own[0][0], own[n - 1][1]) for n in range(len(own), 0, -1))


def _left(text: str, words: Sequence[Span], join: Join) -> Iterator[Span]:
    """Yield what may be a place's name before a word or sign, the longest first."""
    end = len(text[: join.start].rstrip())
    if end and APART.match(text[end - 1]):
        start = end
        while start > max(0, end - _RUN) and APART.match(text[start - 1]):
            start -= 1
        yield from ((first, end) for first in range(start, end - 1))
        return
    at = bisect_left(words, (end, 0))
    own = words[max(0, at - _LONGEST) : at]
    if not own or own[-1][1] != end:
        return
    for n in range(len(own)):
        if _may_begin(text, own[n][0]) and len(_name(text, own[n:])) == len(own) - n:
            yield own[n][0], end


def _name(text: str, words: Sequence[Span]) -> Sequence[Span]:
    """Return those of the words, from the first, that stand as close as those of one name; none where
    no name begins so."""
    if not words or not _may_begin(text, words[0][0]):
        return ()
    for n, (a, b) in enumerate(pairwise(words), 1):
        if not _GAP.fullmatch(text, a[1], b[0]):
            return words[:n]
    # In small letters only short names are read.
    return words[:2] if text[words[0][0]].islower() else words


def _may_begin(text: str, at: int) -> bool:
    """Whether a name can begin with this letter; in small letters one must stand alone in its clause."""
    return not text[at].islower() or text[at - 5 : at].lower().endswith(("from ", "to "))


def _past_spaces(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _routes(
    text: str, slots: Sequence[Slot], known: Mapping[str, Place], travelling: bool
) -> Iterator[Hit]:
    for group in _groups(text, _mentions(text, slots, known)):
        if hit := _journey(text, group, travelling):
            yield hit


def _mentions(text: str, slots: Sequence[Slot], known: Mapping[str, Place]) -> list[Mention]:
    found: dict[tuple[int, int], tuple[Place, set[str]]] = {}
    for slot in slots:
        for start, end in slot.spans:
            place = known.get(text[start:end])
            if place and _so_written(text, start, end, place, slot.role):
                found.setdefault((start, end), (place, set()))[1].add(slot.role)
                break
    kept: list[Mention] = []
    for (start, end), (place, roles) in sorted(found.items(), key=lambda f: (f[0][0], -f[0][1])):
        if kept and start < kept[-1].end:
            kept[-1] = kept[-1]._replace(roles=kept[-1].roles | roles)
            continue
        kept.append(Mention(start, end, place, frozenset(roles)))
    return kept


def _so_written(text: str, start: int, end: int, place: Place, role: str) -> bool:
    """Whether the name is written as one: with a capital, where the script has them."""
    first = text[start]
    if _STREET.match(text, end):
        return False
    if first.lower() == first.upper() or first.isupper():
        return end - start > 1
    return role in ("from", "to") and end - start > 3 and place.population >= _SMALL


def _groups(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Give the places that stand near enough to be of one journey."""
    group: list[Mention] = []
    for one in mentions:
        gap = (group[-1].end, one.start) if group else (0, 0)
        again = "from" in one.roles and any(m.roles & {"to", "weak"} for m in group)
        back = again and any("from" in m.roles or "to<" in m.roles for m in group)
        if group and (gap[1] - gap[0] > _APART or _STOP.search(text, *gap) or back):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _journey(text: str, group: Sequence[Mention], travelling: bool) -> Hit | None:
    roles = [m.roles for m in group]
    leaves = any("from" in r for r in roles)
    arrives = any(r & {"to", "weak"} for r in roles)
    signs = [
        (a, b)
        for a, b in pairwise(group)
        for sign in ("arrow", "dash")
        if f"{sign}<" in a.roles and sign in b.roles
    ]
    if leaves and arrives:
        parts, sure, why = _ordered(group), 0.9, "words of leaving and arriving"
    elif signs and any("arrow" in m.roles for m in group):
        parts, sure, why = _joined(group, signs), 0.9, "arrows between the places"
    elif signs and (travelling or len({m.place.country for m in group}) > 1):
        parts, sure, why = _joined(group, signs), 0.7, "dashes between the places"
        why += ", and travel is spoken of" if travelling else " of different countries"
    else:
        parts = [m for pair in _direct(text, group) for m in pair] or []
        parts += [m for m in group if parts and m not in parts and m.roles & {"via", "to"}]
        sure, why = 0.75, "a word of arriving between the places"
    return _hit(text, parts, sure, why)


def _joined(group: Sequence[Mention], signs: Sequence[tuple[Mention, Mention]]) -> list[Mention]:
    own = {m for pair in signs for m in pair}
    return [m for m in group if m in own]


def _ordered(group: Sequence[Mention]) -> list[Mention]:
    """Put places in a journey's order: where it begins, what it passes, where it ends."""
    start = [m for m in group if "from" in m.roles][-1:]
    others = [m for m in group if m not in start and m.roles - {"to<", "arrow<", "dash<"}]
    others = [m for m in others if "from" not in m.roles]
    through = [m for m in others if "via" in m.roles and "to" not in m.roles]
    ends = [m for m in others if m not in through]
    last_end = max((m.start for m in ends), default=0)
    late = [m for m in through if m.start > last_end]
    path = [m for m in others if m not in late]
    return [*start, *path[:-1], *late, *path[-1:]]


def _direct(text: str, group: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """Yield two places with nothing but a word of arriving between them: "Kabul to Istanbul"."""
    for a, b in pairwise(group):
        near = len(text[a.end : b.start].split()) <= 2
        if "to<" in a.roles and "to" in b.roles and near and text[a.start].isupper():
            yield a, b
            return


def _hit(text: str, parts: Sequence[Mention], sure: float, why: str) -> Hit | None:
    value = route.compose([m.place.value for m in parts])
    if value is None:
        return None
    start, end = min(m.start for m in parts), max(m.end for m in parts)
    for m in parts:
        sure *= m.place.share**0.5
    details = {
        "written": ">".join(text[m.start : m.end] for m in parts),
        "names": " > ".join(m.place.name for m in parts),
        # where each place stands, from the beginning of what is written
        "spans": " ".join(f"{m.start - start}-{m.end - start}" for m in parts),
    }
    return Hit(Kind.ROUTE, value, start, end, round(sure, 3), f"{why}", details)
