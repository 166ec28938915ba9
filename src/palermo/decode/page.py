"""Turns the bytes of an HTML page into a `page` event and the `advert` events on it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from palermo.decode.charset import charset_of
from palermo.decode.decoder import Context
from palermo.decode.markup import Markup
from palermo.vocabulary import Event, EventKind, Problem


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
    """Yield the page, then its adverts; each word of the page belongs to one of them."""
    charset, fault = charset_of(shot.raw, shot.charset)
    if fault:
        yield Problem(locator=shot.locator, kind="charset", message=f"the page {fault}")
    markup = Markup(shot.raw, charset)
    text, runs = markup.text([(0, len(markup.pieces))])
    yield Event(
        kind=EventKind.PAGE,
        locator=shot.locator,
        time=shot.time,
        time_error=None if shot.time is None else 1,
        zone=None if shot.time is None else "+00:00",
        time_written=shot.time_written,
        text=text,
        map=runs,
        details={
            "url": shot.url,
            "title": title_of(markup),
            "media_type": shot.media_type,
            "status": "" if shot.status is None else str(shot.status),
            "charset": charset,
        },
    )


def title_of(markup: Markup) -> str:
    for element in markup.elements:
        if element.tag == "title":
            return markup.text([(element.begin, element.end)])[0]
    return ""
