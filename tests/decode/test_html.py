"""Loose pages are read like archived ones, and nothing else is taken for a page."""

import pytest

from pages import ADS, MAKES, cards, page
from palermo.decode.decoder import Context
from palermo.decode.html import Html
from palermo.testing import check_decoder

URL = "https://board.example.org/rooms"
EXHIBIT = "x" + "0" * 32
SITE = {"hosts": ["example.org"], "advert": ".sc-1x", "zone": "Europe/London", "region": "GB"}


@pytest.mark.parametrize("make", MAKES, ids=lambda make: make.__name__)
def test_promises_of_loose_pages(make):
    context = Context(exhibit=EXHIBIT, name="page.html", sites={"board": SITE})
    for lang in ("en", "ar"):
        raw = page(make(ADS[lang]), lang)
        items = check_decoder(
            Html(), b"<!-- saved from url=(0030)https://board.example.org/rooms -->" + raw, context
        )
        assert items[0].details["url"] == URL or "sc-1x" in raw.decode()


def test_loose_pages_in_utf_16_and_what_is_no_page():
    raw = page(cards(ADS["ru"]), "ru").decode().replace("utf-8", "utf-16").encode("utf-16")
    items = check_decoder(Html(), raw, Context(exhibit=EXHIBIT, name="page"), variants=10)
    assert len(items) == 1 + len(ADS["ru"])
    context = Context(exhibit=EXHIBIT, name="file")
    for other in (
        b"",
        b"a,b\n1,2\n",
        b"<?xml version='1.0'?><gpx><trk/></gpx>",
        b"{}",
        b"\x89PNG\r\n",
    ):
        assert Html().accepts(other, context) == 0


PAGES = [
    (b"<!DOCTYPE html><p>x", "file", "a document type"),
    (b"\n<!-- saved --><html lang=th>", "file", "a comment first"),
    (b"\xef\xbb\xbf<HTML><HEAD>", "file", "a byte order mark first"),
    ("\ufeff<html><p>x".encode("utf-16-be"), "file", "two bytes a character"),
    (b"<?xml version='1.0'?><!DOCTYPE html><html>", "file", "XHTML"),
    (b"<div><p>a</p><p>b</p></div>", "part.html", "by its name"),
]


@pytest.mark.parametrize(("head", "name", "why"), PAGES, ids=[row[2] for row in PAGES])
def test_pages_are_accepted(head, name, why):
    assert Html().accepts(head, Context(exhibit=EXHIBIT, name=name)) > 0.5
