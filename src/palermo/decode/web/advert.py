"""Turns the adverts that a page holds into events of their own."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from palermo.decode.web.fields import CONTACT_HREF, PROSE, Line
from palermo.decode.web.listing import Block, find_blocks
from palermo.decode.web.outline import Outline, host_of, split
from palermo.decode.web.posted import Posted, Reading, habit, place_in_time, read_posted
from palermo.decode.web.sites import Described, described
from palermo.vocabulary import Event, EventKind, Kind, Party, Role

UNDATED = (
    30 * 86400
)  # seconds: an advert without a date may have stood that long, as a rule of thumb
TRACKING = re.compile(
    r"utm_|fbclid$|gclid$|yclid$|mc_|ref$|referrer$|sid$|phpsessid$|session", re.I
)
PAGED = re.compile(r"/(?:pages?|seite|pagina|страница)[-/_]?\d+(?=/|$|\.)", re.I)
# A segment with a figure, or words put together: /ads/2131.html, /room-near-the-station.
ITEM = re.compile(r"/[^/]*(?:\d|[^\W\d_]+(?:[-_+][^\W_]+){2})[^/]*")
ITEM_QUERY = re.compile(
    r"(?:id|\b(?:ad|item|post|posting|listing|offer|show|t|view))=\w|\bp=\d{4}", re.I
)
LONGEST_TITLE = 200
MESSENGERS = {
    "wa.me": "whatsapp",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "zalo.me": "zalo",
    "m.me": "messenger",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What adverts take from their page and its capture."""

    locator: str
    charset: str
    captured: datetime | None
    time_written: str | None
    zone: str | None  # IANA name that the site's description or the exhibit's statement gives
    region: str | None  # from the site's description; the exhibit's is filled in for all events


@dataclass(slots=True)
class Advert:
    """An advert's fields as written; `reading` is its time of posting."""

    block: Block
    title: str = ""
    price: str = ""
    place: str = ""
    posted: str = ""
    reading: Reading | None = None
    contacts: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()


def adverts(outline: Outline, site: Mapping[str, Any] | None) -> list[Advert]:
    """Return a page's adverts: by its site's description, where there is one, else by structure.

    Raises ValueError for a description whose selectors are none.
    """
    if site is not None and site.get("advert"):
        return [_by_description(outline, found) for found in described(outline, site)]
    found = [_by_structure(outline, block) for block in find_blocks(outline)]
    _unnamed_places(outline, found)
    return found


def advert_events(outline: Outline, found: list[Advert], frame: Frame) -> Iterator[Event]:
    readings = [advert.reading for advert in found if advert.reading is not None]
    day_first = habit(readings, _hint(outline.language, frame.region))
    for advert in found:
        text, runs = outline.markup.text(advert.block.ranges())
        if not runs:
            continue
        first, last = min(run.first for run in runs), max(run.last for run in runs)
        event = Event(
            kind=EventKind.ADVERT,
            locator=f"{frame.locator};first:{first};last:{last}",
            text=text,
            map=runs,
            place=advert.place or None,
            region=frame.region,
            within=f"{EventKind.PAGE}@{frame.locator}",
            parties=list(_parties(advert, text)),
        )
        url = _own_url(outline, advert)
        event.posting = _posting(outline, url, advert, text)
        event.details = {
            "url": url or outline.url,
            "title": advert.title,
            "posted": advert.posted,
            "price": advert.price,
            "contact": "\n".join(advert.contacts),
            "pictures": "\n".join(advert.pictures),
            "charset": frame.charset,
        }
        _set_time(event, advert, frame, day_first)
        yield event


def _set_time(event: Event, advert: Advert, frame: Frame, day_first: bool | None) -> None:
    posted: Posted | None = None
    if advert.reading is not None:
        posted = place_in_time(advert.reading, frame.captured, frame.zone, day_first)
    if posted is not None:
        event.time, event.time_error, event.zone = posted.time, posted.error, posted.zone
        event.time_written = advert.posted
    elif frame.captured is not None:
        event.time, event.time_error, event.zone = frame.captured, UNDATED, "+00:00"
        event.time_written = advert.posted or frame.time_written


def _by_structure(outline: Outline, block: Block) -> Advert:
    lines = [line for part in block.ranges() for line in outline.within(*part)]
    lines = [line for line in lines if block.begin <= line.begin < block.end]
    title = _title(outline, block, lines)
    dated = next((line for line in lines if line.posted is not None and line.tells_time), None)
    contacts = [contact for line in lines for contact in line.contacts]
    return Advert(
        block,
        title=title,
        price=_first(line.price for line in sorted(lines, key=lambda line: not line.short)),
        place=_first(line.place for line in lines),
        posted=dated.written.strip() if dated else "",
        reading=dated.posted if dated else None,
        contacts=tuple(dict.fromkeys(contacts)),
        pictures=_pictures(outline, block),
    )


def _unnamed_places(outline: Outline, found: list[Advert]) -> None:
    """Fill in places that no name gives away, in a listing that is all of one make.

    Where each advert shows a title, a time, a price and one more short part without digits, and
    that part differs between them, it is where the advert is for.
    """
    if any(advert.place for advert in found):
        return
    rests = [_rest(outline, advert) for advert in found]
    told = [rest for rest in rests if rest]
    if len(told) > len(found) / 2 and len(set(told)) > 1:
        for advert, rest in zip(found, rests, strict=True):
            advert.place = rest


def _rest(outline: Outline, advert: Advert) -> str:
    if not (advert.price and advert.posted) or advert.block.whole:
        return ""
    rest = [
        line.text
        for line in outline.within(advert.block.begin, advert.block.end)
        if not (line.posted or line.price or line.contacts or line.heading)
        and line.text != advert.title
        and line.letters + line.linked < PROSE
    ]
    plain = len(rest) == 1 and not any(map(str.isdigit, rest[0]))
    return rest[0] if plain else ""


def _title(outline: Outline, block: Block, lines: list[Line]) -> str:
    """Return the heading, else what is called a title, else the longest link, else a line."""
    if named := outline.named_title(block.begin, block.end):
        return _one_line(named)
    titled = [line for line in lines if not line.contacts]
    linked = max(titled, key=lambda line: line.linked, default=None)
    if linked is not None and linked.linked > linked.letters:
        return _one_line(linked.text)
    worded = (line for line in lines if line.letters > 3 and line.posted is None)
    return _one_line(next((line.text for line in worded), ""))


def _by_description(outline: Outline, found: Described) -> Advert:
    def texts(key: str) -> list[str]:
        stretches = [(element.begin, element.end) for element in found.fields.get(key, [])]
        return [text for one in stretches if (text := outline.markup.words(*one))]

    advert = _by_structure(outline, found.block)
    if "title" in found.fields:
        advert.title = _one_line(_first(texts("title")))
    if "price" in found.fields:
        advert.price = _first(texts("price"))
    if "place" in found.fields:
        advert.place = _first(texts("place"))
    if "contact" in found.fields:
        links = [_contact_link(element.attributes) for element in found.fields["contact"]]
        advert.contacts = tuple(dict.fromkeys(filter(None, [*texts("contact"), *links])))
    if "posted" in found.fields:
        stamps = [element.attributes.get("datetime") or "" for element in found.fields["posted"]]
        written = next((s for s in [*stamps, *texts("posted")] if read_posted(s[:80])), "")
        advert.posted = written or _first(texts("posted"))
        advert.reading = read_posted(written[:80]) if written else None
    if "pictures" in found.fields:
        sources = [
            element.attributes.get("data-src") or element.attributes.get("src") or ""
            for element in found.fields["pictures"]
        ]
        advert.pictures = tuple(dict.fromkeys(outline.absolute(s) for s in sources if s))
    if found.fields.get("body"):
        parts = [*found.fields["body"]]
        for key in ("title", "posted", "place", "price", "contact"):
            parts += found.fields.get(key, [])
        advert.block = _only(found.block, [(part.begin, part.end) for part in parts])
    return advert


def _only(block: Block, parts: list[tuple[int, int]]) -> Block:
    """Return a block whose text is that of its described parts."""
    gaps, at = [], block.begin
    for begin, end in sorted(parts):
        if begin > at:
            gaps.append((at, begin))
        at = max(at, end)
    return Block(block.begin, block.end, [*gaps, (at, block.end)])


def _contact_link(attributes: Mapping[str, str | None]) -> str:
    href = (attributes.get("href") or "").strip()
    return href if CONTACT_HREF.match(href) else ""


def _pictures(outline: Outline, block: Block) -> tuple[str, ...]:
    found = [
        outline.absolute(source)
        for part in block.ranges()
        for source in outline.pictures_within(*part)
    ]
    return tuple(dict.fromkeys(url for url in found if url))


def _own_url(outline: Outline, advert: Advert) -> str:
    """Return the address of the posting itself: a summary's link, or the page's own address."""
    if not advert.block.whole:
        link = outline.own_link(advert.block.begin, advert.block.end)
        own_page = clean_url(link) == clean_url(outline.url)
        return link if host_of(link) == outline.host and not own_page else ""
    canonical, url = split(outline.canonical), split(outline.url)
    useful = canonical.netloc and (canonical.path.strip("/") or not url.path.strip("/"))
    return outline.canonical if useful else outline.url


def _posting(outline: Outline, url: str, advert: Advert, text: str) -> str:
    """Return the key that all captures of one posting share.

    Where the posting has no address of its own it is its host and words; its time is left out,
    since "2 hours ago" ages. A list that happens to show one advert has an address too, and
    another advert tomorrow.
    """
    if url and (not advert.block.whole or names_item(url)):
        return clean_url(url)
    kept = " ".join(line for line in text.split("\n") if line.strip() != advert.posted)
    folded = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", kept).casefold())
    return f"{outline.host}#{hashlib.sha256(folded.encode('utf-8', 'replace')).hexdigest()[:32]}"


def names_item(url: str) -> bool:
    """Whether an address can be one posting's: it has a number or a slug, beside a page's."""
    parts = split(url)
    path = PAGED.sub("", unquote(parts.path))
    return bool(ITEM.search(path) or ITEM_QUERY.search(parts.query))


@lru_cache(maxsize=4096)
def clean_url(url: str) -> str:
    """Return host, path and query without what only says how somebody got there."""
    parts = split(url)
    query = [(k, v) for k, v in parse_qsl(parts.query, True) if not TRACKING.match(k)]
    path = parts.path.rstrip("/") or "/"
    return host_of(url) + path + (f"?{urlencode(sorted(query))}" if query else "")


def _parties(advert: Advert, text: str) -> Iterator[Party]:
    """Yield the contacts that stand in links only; those in the text are found there."""
    links = [contact for contact in advert.contacts if CONTACT_HREF.match(contact)]
    digits = re.sub(r"\D", "", text) if links else ""
    for link in links:
        party = contact_party(link)
        if party is None:
            continue
        shown = re.sub(r"\D", "", party.value) if party.kind is Kind.PHONE else party.value.lower()
        if shown not in (digits if party.kind is Kind.PHONE else text.lower()):
            yield party


def contact_party(href: str, role: Role = Role.POSTER) -> Party | None:
    scheme, _, rest = href.partition(":")
    value = unquote(rest.split("?")[0]).strip().strip("/")
    scheme = scheme.lower()
    if scheme == "mailto":
        return Party(role, Kind.EMAIL, value) if "@" in value else None
    if scheme in ("tel", "sms", "callto", "whatsapp", "viber"):
        query = dict(parse_qsl(rest.partition("?")[2]))
        number = (
            value if any(map(str.isdigit, value)) else query.get("phone", query.get("number", ""))
        )
        return Party(role, Kind.PHONE, number.strip()) if number else None
    host, _, name = value.partition("/")
    name = name.partition("/")[0]
    if host.removeprefix("www.") == "wa.me" and name.isdigit():
        return Party(role, Kind.PHONE, f"+{name}")
    service = MESSENGERS.get(host.removeprefix("www."))
    return Party(role, Kind.HANDLE, f"{service}:{name}") if service and name else None


def _hint(language: str, region: str | None) -> str:
    """Return what suggests the order of day and month: a country or a language."""
    return region.lower() if region else language


def _one_line(text: str) -> str:
    return " ".join(text.split())[:LONGEST_TITLE]


def _first(values: Iterable[str | None]) -> str:
    return next((value for value in values if value), "")
