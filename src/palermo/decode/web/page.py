"""Turns the bytes of an HTML page into a `page` event and the `advert` events on it."""

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from palermo.decode.decoder import Context
from palermo.decode.web.advert import Advert, Frame, advert_events, adverts, contact_party
from palermo.decode.web.charset import charset_of
from palermo.decode.web.fields import CONTACT_HREF
from palermo.decode.web.markup import Markup
from palermo.decode.web.outline import Outline
from palermo.decode.web.plain import shows_contacts
from palermo.decode.web.sites import faults_of, site_for
from palermo.vocabulary import Event, EventKind, Party, Problem, Role

MANY = 10_000  # elements of a page, which are one ring of garbage, that is cleared away at once
NO_ADVERT = "no advert"  # the kind of problem; told once a site


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A page as it was captured: its bytes, where they stand, and what is known of the capture."""

    raw: bytes
    locator: str
    url: str = ""
    time: datetime | None = None  # of the capture, in UTC
    time_written: str | None = None
    media_type: str = "text/html"
    status: int | None = None
    charset: str | None = None  # as stated outside the page


def read_page(shot: Shot, context: Context) -> Iterator[Event | Problem]:
    """Yield the page, then its adverts; each word of the page belongs to one of them.

    The site's own words, among them its own contacts, are so kept apart from the posters'.
    """
    charset, fault = charset_of(shot.raw, shot.charset)
    if fault:
        yield Problem(locator=shot.locator, kind="charset", message=f"the page {fault}")
    name, site = site_for(context.sites, shot.url) or ("", None)
    markup = Markup(shot.raw, charset, apart=site is not None)
    if markup.end < len(shot.raw):
        yield _too_large(shot, markup.end)
    outline = Outline(markup, shot.url)
    found: list[Advert] = []
    for complaint in faults_of(site) if site is not None else ():
        yield _site_problem(shot, name, complaint)
    try:
        found = adverts(outline, site)
    except ValueError as error:
        yield _site_problem(shot, name, str(error))
    zone = str(site["zone"]) if site is not None and site.get("zone") else context.statement.zone
    frame = Frame(
        locator=shot.locator,
        charset=charset,
        captured=shot.time,
        time_written=shot.time_written,
        zone=zone,
        region=str(site["region"]) if site is not None and site.get("region") else None,
    )
    rows = list(advert_events(outline, found, frame))
    yield _page(shot, outline, found, frame)
    yield from rows
    if not found and site is None and shows_contacts(outline):
        yield _without_advert(shot, outline)
    if len(markup.elements) > MANY:
        del markup, outline, found, rows
        gc.collect()


def _page(shot: Shot, outline: Outline, found: list[Advert], frame: Frame) -> Event:
    markup = outline.markup
    taken = sorted(part for advert in found for part in advert.block.ranges())
    ranges, at = [], 0
    for begin, end in taken:
        ranges.append((at, begin))
        at = max(at, end)
    text, runs = markup.text([*ranges, (at, len(markup.pieces))])
    return Event(
        kind=EventKind.PAGE,
        locator=shot.locator,
        time=shot.time,
        time_error=None if shot.time is None else 1,
        zone=None if shot.time is None else "+00:00",
        time_written=shot.time_written,
        text=text,
        map=runs,
        region=frame.region,
        parties=list(_parties(outline, taken)),
        details={
            "url": shot.url,
            "title": outline.title,
            "media_type": shot.media_type,
            "status": "" if shot.status is None else str(shot.status),
            "charset": frame.charset,
            "adverts": str(len(found)),
        },
    )


def _parties(outline: Outline, taken: list[tuple[int, int]]) -> Iterator[Party]:
    """Yield the contacts that the page links to outside its adverts."""
    role = Role.SITE if taken else Role.MENTIONED
    inside = bytearray(len(outline.markup.pieces) + 1)
    for begin, end in taken:
        inside[begin:end] = b"\1" * (end - begin)
    seen = set()
    for begin, _, href in outline.anchors:
        if not CONTACT_HREF.match(href.strip()) or inside[begin]:
            continue
        party = contact_party(href.strip(), role)
        if party is not None and party not in seen:
            seen.add(party)
            yield party


def _without_advert(shot: Shot, outline: Outline) -> Problem:
    message = (
        f"contacts, and no advert recognised, on a page of {outline.host or 'an unknown site'}: they "
        "are kept as the page's. Where it holds adverts, describe the site (docs/sites.md), put the "
        "description into sites/ beside an intake.yaml, palermo add that folder, then palermo run"
    )
    return Problem(locator=shot.locator, kind=NO_ADVERT, message=message)


def _too_large(shot: Shot, end: int) -> Problem:
    message = (
        f"the page is larger than pages are: {len(shot.raw)} bytes, of which {end} were read; it is "
        "sealed as a whole"
    )
    return Problem(locator=f"{shot.locator};first:{end}", kind="large", message=message)


def _site_problem(shot: Shot, name: str, complaint: str) -> Problem:
    message = f"the site description {name!r} {complaint}"
    return Problem(locator=shot.locator, kind="site", message=message)
