"""Adverts on pages that nobody made for us are found by their structure; what holds none says so."""

from datetime import UTC, datetime

import pytest

from other_pages import OTHER_PAGES, Page
from palermo.decode.decoder import Context
from palermo.decode.web.page import Shot, read_page
from palermo.testing import check_map
from palermo.vocabulary import Event, EventKind, Problem

URL = "https://board.example.com/p/1"


def read(page: Page) -> tuple[list[Event], list[Problem]]:
    raw = page.html.encode()
    shot = Shot(raw=raw, locator="offset:0", url=URL, time=datetime(2026, 3, 2, tzinfo=UTC))
    items = list(read_page(shot, Context(exhibit="x" + "0" * 32, name="page")))
    events = [item for item in items if isinstance(item, Event)]
    for event in events:
        check_map(event, raw, event.kind)
    adverts = [event for event in events if event.kind is EventKind.ADVERT]
    return adverts, [item for item in items if isinstance(item, Problem)]


@pytest.mark.parametrize("page", OTHER_PAGES, ids=lambda page: page.name)
def test_pages_of_other_make(page: Page) -> None:
    adverts, problems = read(page)
    told = [(advert.details["title"], advert.text) for advert in adverts]
    assert len(adverts) == len(page.adverts), (page.why, told)
    for advert, own in zip(adverts, page.adverts, strict=True):
        assert own.body in advert.text, page.why
        assert own.title in (advert.details["title"] or advert.text), (page.why, told)
        reach = advert.text + advert.details["contact"]
        assert own.contact in reach or own.contact.replace(" ", "") in reach, (page.why, told)
        assert "020 7946 0900" not in advert.text, "the site's own number is no poster's"
    assert [p.kind for p in problems] == (["no advert"] if page.speaks else []), page.why
